import PlumblineCore

/// A mapping whose keys are known beforehand; keys that are not known are faults.
public struct YAMLFields {
  /// The name of the mapping for messages.
  public let name: String
  /// Where the mapping begins.
  public let position: YAMLPosition
  /// Where faults are noted.
  public let findings: YAMLFindings
  /// The known keys that are there, in the order of the file.
  public let entries: [YAMLEntry]
  private let byKey: [String: YAMLEntry]

  /// The fields of a value that must be a mapping; nil, and a fault, when it is not.
  ///
  /// - Parameters:
  ///   - value: The mapping.
  ///   - known: All keys that may stand there.
  public init?(_ value: YAMLValue, known: [String]) {
    guard case .mapping(let all) = value.node.content else {
      value.reportWrongType(
        wanted: "a mapping",
        remedy: "Known keys: \(known.joined(separator: ", "))."
      )
      return nil
    }
    name = value.name
    position = value.position
    findings = value.findings
    let words = Set(known)
    entries = all.filter { words.contains($0.key) }
    byKey = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    for entry in all where !words.contains(entry.key) {
      findings.report(
        code: findings.code("unknown-key"),
        "\(name) has no key \"\(entry.key.shownInMessage)\".",
        at: entry.keyPosition,
        remedy: Suggestion.nearest(to: entry.key, among: known).map { "Did you mean \"\($0)\"?" }
          ?? "Known keys: \(known.joined(separator: ", "))."
      )
    }
  }

  /// The value of a key, or nil when the key is not there.
  public subscript(key: String) -> YAMLValue? {
    byKey[key].map { YAMLValue($0.value, name: "\"\(key)\"", findings: findings) }
  }

  /// Where a key stands, or nil when it is not there.
  public func keyPosition(_ key: String) -> YAMLPosition? { byKey[key]?.keyPosition }

  /// The value of a key that must be there.
  public func required(_ key: String) -> YAMLValue? {
    guard let value = self[key] else {
      findings.report(
        code: findings.code("missing-key"),
        "\(name) has no \"\(key)\".",
        at: position,
        remedy: "Add \"\(key)\"."
      )
      return nil
    }
    return value
  }
}
