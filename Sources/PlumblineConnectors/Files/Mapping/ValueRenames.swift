/// What values of a file are called in answers.
///
/// A value is compared without regard to case and to blanks at its ends, unless two of the renamed
/// values differ by nothing else: those two are told apart by case.
public struct ValueRenames: Hashable, Sendable {
  /// One rename.
  public struct Entry: Hashable, Sendable {
    /// The value as files write it.
    public let from: String
    /// The value as answers write it; empty to read it as missing.
    public let to: String

    /// A rename.
    public init(_ from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  /// The renames in the order of the mapping file.
  public let entries: [Entry]
  private let byKey: [String: String]
  private let byCase: [String: String]

  /// Renames; of two for the same value the first holds.
  public init(_ entries: [Entry] = []) {
    self.entries = entries
    let groups = Dictionary(grouping: entries) { Self.key($0.from) }
    let ambiguous = groups.filter { Set($0.value.map { Self.trimmed($0.from) }).count > 1 }
    byKey = groups.filter { ambiguous[$0.key] == nil }.compactMapValues { $0.first?.to }
    byCase = Dictionary(
      ambiguous.values.joined().map { (Self.trimmed($0.from), $0.to) }
    ) { first, _ in first }
  }

  /// Whether nothing is renamed.
  public var isEmpty: Bool { entries.isEmpty }

  /// What a value is called in answers, or nil when it keeps its name.
  public func renamed(_ value: String) -> String? {
    byCase[Self.trimmed(value)] ?? byKey[Self.key(value)]
  }

  /// The value without blanks at its ends, in lower case.
  static func key(_ value: String) -> String { trimmed(value).lowercased() }

  /// The value without blanks at its ends.
  static func trimmed(_ value: String) -> String {
    let scalars = value.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }
}
