/// One thing that an agreement says: where it stands, and what it is, in words.
public struct AgreementValue: Hashable, Sendable {
  /// Where it stands, as the file's keys name it, such as `stages.mql.gate.score`.
  public var path: String
  /// What it is, in words for people.
  public var text: String

  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
  }
}

/// One agreed value that differs between two agreements.
public struct AgreementChange: Hashable, Sendable {
  /// Where it stands.
  public var path: String
  /// What the first agreement says; nil where it says nothing.
  public var before: String?
  /// What the second agreement says; nil where it says nothing.
  public var after: String?

  /// What differs between two agreements, in the order of the file; names, versions and dates of
  /// the agreements themselves are left out.
  ///
  /// - Complexity: O(values).
  public static func changes(from first: Agreement, to second: Agreement) -> [AgreementChange] {
    let (old, new) = (first.values, second.values)
    let (before, after) = (texts(old), texts(new))
    var seen: Set<String> = []
    // What only the first one says stands where it stood: after what it followed there.
    var paths: [String] = []
    var rest = new[...]
    for value in old {
      if after[value.path] != nil {
        while let next = rest.first, before[next.path] == nil || seen.contains(next.path) {
          paths.append(next.path)
          rest.removeFirst()
        }
        if rest.first?.path == value.path { rest.removeFirst() }
      }
      paths.append(value.path)
      seen.insert(value.path)
    }
    paths += rest.map(\.path)
    var isListed: Set<String> = []
    return paths.compactMap { path in
      guard isListed.insert(path).inserted, before[path] != after[path] else { return nil }
      return AgreementChange(path: path, before: before[path], after: after[path])
    }
  }

  private static func texts(_ values: [AgreementValue]) -> [String: String] {
    Dictionary(values.map { ($0.path, $0.text) }, uniquingKeysWith: { "\($0); \($1)" })
  }
}
