import Synchronization

/// The stored texts of a domain that are read when somebody asks for them, and those that come behind
/// them.
package final class LateTexts: Sendable {
  /// How many codes are in use, the missing text's included.
  package let count: Int
  /// The texts behind those that are stored: its code 1 stands for the first code behind them.
  package let news: TextDictionary
  private let all: Deferred<TextDictionary>
  private let one: @Sendable (UInt32) throws -> String
  /// How many texts were read by themselves.
  private let readCount = Atomic(0)
  /// How many texts are read by themselves before all are: the examples of all gaps, no list.
  private static let mostReads = CaptureGap.Kind.allCases.count * CaptureGap.mostExamples

  /// Texts that were checked before, so that reading them does not fail.
  ///
  /// - Parameters:
  ///   - storedCount: How many codes are stored, the missing text's included.
  ///   - news: The texts behind them.
  ///   - all: Reads what is stored.
  ///   - one: Reads the text of a code that is stored, without reading all.
  package init(
    storedCount: Int,
    news: TextDictionary = TextDictionary(),
    all: @escaping @Sendable () throws -> TextDictionary,
    one: @escaping @Sendable (UInt32) throws -> String
  ) {
    count = storedCount + news.count - 1
    self.news = news
    self.one = one
    self.all = Deferred {
      let stored = try all()
      return news.count > 1 ? stored.followed(by: news) : stored
    }
  }

  /// How many codes are stored, the missing text's included.
  package var storedCount: Int { count - news.count + 1 }

  /// All texts, not indexed.
  package var dictionary: TextDictionary { Self.checked { try all.value() } }

  /// The text of a code.
  ///
  /// - Precondition: The code is in use.
  func text(of code: UInt32) -> String {
    if code == TextDictionary.missing { return "" }
    if Int(code) >= storedCount { return news[code - UInt32(storedCount) + 1] }
    let (reads, _) = readCount.add(1, ordering: .relaxed)
    return Self.checked { try reads < Self.mostReads ? one(code) : all.value()[code] }
  }

  private static func checked<Value>(_ read: () throws -> Value) -> Value {
    do {
      return try read()
    } catch {
      preconditionFailure("texts that were checked cannot be read: \(error)")
    }
  }
}

extension TextDictionary {
  /// The texts with others behind them, not indexed; code 1 of the others follows the last code.
  fileprivate func followed(by others: TextDictionary) -> TextDictionary {
    let base = UInt32(bytes.count)
    return TextDictionary(
      bytes: bytes + others.bytes,
      ends: ends + others.ends.dropFirst().map { base + $0 }
    )
  }
}
