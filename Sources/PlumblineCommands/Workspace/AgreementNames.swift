import Foundation
import PlumblineAgreement
import PlumblineCore

/// The text of an agreement as the present question may see it.
public struct ShownAgreementText: Sendable {
  /// The text; empty where it cannot be shown without names.
  public var text: String
  /// Whether names of sales stand otherwise in it than in the file.
  public var leavesOutNames: Bool
}

/// Takes the names of sales out of texts that stand around an agreement.
///
/// Made while the question of somebody is answered, for them; see `ReadingShelf`.
public struct AgreementNames: Sendable {
  private let pseudonyms: OwnerPseudonyms?
  /// Finds every name with letters, the longest first, whatever stands between its words.
  private let pattern: NSRegularExpression?
  /// Finds ids without letters, such as numbers, where a line begins with one as a key.
  private let keyPattern: NSRegularExpression?

  /// The names that are not for the present question.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - texts: The texts of agreements that may name people who are not on record.
  /// - Throws: What the store throws.
  public init(_ workspace: Workspace, namedBy texts: [String]) throws {
    let agreements = texts.compactMap {
      AgreementReader.read(text: $0, file: workspace.agreementPath).agreement
    }
    guard let shelf = ReadingShelf.current,
      let pseudonyms = try shelf.pseudonyms(of: workspace, naming: agreements)
    else {
      (pseudonyms, pattern, keyPattern) = (nil, nil, nil)
      return
    }
    self.pseudonyms = pseudonyms
    let owners = try shelf.owners(of: workspace)
    let named = agreements.flatMap { $0.goals.compactMap(\.owner) }
    let names = Set(owners.ids + owners.names.values + named)
      .filter { !$0.isEmpty && pseudonyms.name(for: $0) != $0 }
    pattern = try Self.pattern(
      names.filter { $0.contains(where: \.isLetter) },
      "(?<![\\p{L}\\p{N}])"
    )
    keyPattern = try Self.pattern(
      names.filter { !$0.contains(where: \.isLetter) },
      "(?m)(?<=^ {1,40}[\"']?)",
      followedBy: "(?=[\"']? *:)"
    )
  }

  /// A text without the names that are not for the present question.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The same with pseudonyms.
  public func hiding(_ text: String) -> String {
    [pattern, keyPattern].compactMap { $0 }.reduce(text, replacing)
  }

  /// The text of an agreement without the names that are not for the present question.
  ///
  /// What comes out is read once more: a name that is written otherwise than a name usually is, with
  /// escapes for instance, must not stay. Then, and where goals stand in a text that cannot be read,
  /// nothing of it is shown.
  ///
  /// - Parameter text: The text of an agreement.
  /// - Returns: The text as it may be shown.
  public func shown(_ text: String) -> ShownAgreementText {
    guard let pseudonyms else { return ShownAgreementText(text: text, leavesOutNames: false) }
    let hidden = hiding(text)
    let nothing = ShownAgreementText(text: "", leavesOutNames: true)
    guard let real = AgreementReader.read(text: text, file: "agreement.yaml").agreement else {
      return text.contains("goals")
        ? nothing : ShownAgreementText(text: hidden, leavesOutNames: hidden != text)
    }
    let read = AgreementReader.read(text: hidden, file: "agreement.yaml").agreement
    guard let read, read.goals.map(\.owner) == pseudonyms.hiding(real).goals.map(\.owner) else {
      return nothing
    }
    return ShownAgreementText(text: hidden, leavesOutNames: hidden != text)
  }

  private func replacing(_ text: String, _ pattern: NSRegularExpression) -> String {
    guard let pseudonyms else { return text }
    var result = ""
    var end = text.startIndex
    for match in pattern.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
      guard let range = Range(match.range, in: text) else { continue }
      result += text[end..<range.lowerBound]
      result += pseudonyms.name(for: String(text[range]))
      end = range.upperBound
    }
    return result + text[end...]
  }

  private static func pattern(
    _ names: Set<String>,
    _ before: String,
    followedBy after: String = "(?![\\p{L}\\p{N}])"
  ) throws -> NSRegularExpression? {
    guard !names.isEmpty else { return nil }
    let choices = names.sorted { ($0.count, $1) > ($1.count, $0) }.map { name in
      name.split { $0 == " " || $0 == "-" || $0 == "_" }
        .map { NSRegularExpression.escapedPattern(for: String($0)) }
        .joined(separator: "[ _-]+")
    }
    return try NSRegularExpression(
      pattern: "\(before)(?:\(choices.joined(separator: "|")))\(after)",
      options: .caseInsensitive
    )
  }
}
