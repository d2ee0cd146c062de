import Synchronization
import Testing

@testable import PlumblineCore

struct LateTextsTests {
  private static let storedCount = 3000

  /// How often texts were read one by one, and how often all at once.
  private final class Reads: Sendable {
    let one = Atomic(0)
    let all = Atomic(0)
  }

  private func texts(_ reads: Reads) -> LateTexts {
    var stored = TextDictionary()
    for code in 1..<Self.storedCount { _ = stored.intern("lead \(code)") }
    var news = TextDictionary()
    _ = news.intern("the first behind them")
    _ = news.intern("the second")
    let dictionary = stored
    return LateTexts(storedCount: Self.storedCount, news: news) {
      reads.all.add(1, ordering: .relaxed)
      return dictionary
    } one: { code in
      reads.one.add(1, ordering: .relaxed)
      return dictionary[code]
    }
  }

  @Test func `some are read one by one, of many all at once, and they are the same`() {
    let reads = Reads()
    let texts = texts(reads)
    for code in 1..<50 { #expect(texts.text(of: UInt32(code)) == "lead \(code)") }
    #expect(reads.all.load(ordering: .relaxed) == 0)
    for code in 50..<Self.storedCount { #expect(texts.text(of: UInt32(code)) == "lead \(code)") }
    #expect(reads.all.load(ordering: .relaxed) == 1)
    #expect(reads.one.load(ordering: .relaxed) < Self.storedCount / 2)
  }

  @Test func `texts behind the stored ones and the missing one need no reading`() {
    let reads = Reads()
    let texts = texts(reads)
    #expect(texts.count == Self.storedCount + 2)
    #expect(texts.text(of: 0).isEmpty)
    #expect(texts.text(of: UInt32(Self.storedCount)) == "the first behind them")
    #expect(texts.text(of: UInt32(Self.storedCount) + 1) == "the second")
    #expect(reads.one.load(ordering: .relaxed) == 0)
    #expect(reads.all.load(ordering: .relaxed) == 0)
    #expect(texts.dictionary[UInt32(Self.storedCount) + 1] == "the second")
    #expect(reads.all.load(ordering: .relaxed) == 1)
  }
}
