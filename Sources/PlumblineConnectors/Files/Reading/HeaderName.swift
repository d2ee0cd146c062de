/// Column names as people and programs vary them.
public enum HeaderName {
  /// The name for comparing: lower case, blanks and underscores collapsed to one blank, none at the
  /// ends.
  ///
  /// - Complexity: O(name).
  public static func normalized(_ name: String) -> String {
    name.lowercased().split { $0.isWhitespace || $0 == "_" || isInvisible($0) }
      .joined(separator: " ")
  }

  /// The currency that a name such as `Amount spent (USD)` carries in its last brackets.
  ///
  /// - Parameter name: A column's name.
  /// - Returns: A code of ISO 4217 in capitals, or nil when the name ends in none.
  public static func currency(in name: String) -> String? {
    let trimmed = name.trimmingSuffix { $0.isWhitespace }
    for (open, close) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
      guard trimmed.last == close, let start = trimmed.lastIndex(of: open) else { continue }
      let inner = trimmed[trimmed.index(after: start)...].dropLast()
      let code = inner.filter { !$0.isWhitespace }
      // "CLICKS (ALL)" has nothing to do with Albania.
      if CurrencyMark.isCode(code) && code != "ALL" { return code }
    }
    return nil
  }

  /// The names of a header row: trimmed, the empty ones numbered, later twins as `Amount (2)`.
  ///
  /// - Parameter cells: The header's cells as they stand.
  /// - Returns: Names that differ from each other, one a cell, and the positions renamed.
  static func unique(_ cells: [String]) -> (names: [String], unnamed: [Int], twins: [Int]) {
    var names: [String] = []
    var taken = Set(cells.map(normalized))
    var seen: Set<String> = []
    var unnamed: [Int] = []
    var twins: [Int] = []
    for (index, cell) in cells.enumerated() {
      let name = trimmed(cell)
      let isNew = seen.insert(normalized(name)).inserted
      if !name.isEmpty && isNew {
        names.append(name)
        continue
      }
      if name.isEmpty { unnamed.append(index) } else { twins.append(index) }
      var number = name.isEmpty ? index + 1 : 2
      func candidate() -> String { name.isEmpty ? "Column \(number)" : "\(name) (\(number))" }
      while !taken.insert(normalized(candidate())).inserted { number += 1 }
      names.append(candidate())
    }
    return (names, unnamed, twins)
  }

  /// The name without blanks and invisible characters at its ends.
  static func trimmed(_ name: String) -> String {
    var name = name
    return name.withUTF8 { TextBytes.string(TextBytes.trimmed(UnsafeRawBufferPointer($0))) }
  }

  private static func isInvisible(_ character: Character) -> Bool {
    character == "\u{FEFF}" || character == "\u{200B}"
  }
}

extension String {
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}
