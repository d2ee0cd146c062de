import PlumblineCore

/// Tells the rows of spend that leave money blank, so that nobody takes a blank for nothing.
struct SpendBlanks {
  /// The most lines that a finding lists; further ones are counted.
  static let mostLines = 1000

  private let amounts: [UInt32]
  private let revenues: [UInt32]

  /// Looks for blanks.
  ///
  /// - Parameters:
  ///   - table: Spend, before rows are added up.
  ///   - file: The file whose rows are looked at.
  ///   - hasRevenue: Whether the mapping names what the report claims to have brought.
  /// - Complexity: O(rows).
  init(_ table: FactTable, file: UInt32, hasRevenue: Bool) {
    func blanks(_ column: String) -> [UInt32] {
      let values = table[column]
      return values.indices.filter { row in
        table.files[row] == file && values[row] == FactColumn.noNumber
      }.map { table.lines[$0] }
    }
    amounts = blanks("amount")
    revenues = hasRevenue ? blanks("revenue") : []
  }

  /// One finding for each field with blanks, with the line of each.
  func findings(path: String) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    if let first = amounts.first {
      findings.append(
        Diagnostic(
          .warning,
          code: "import.blank-spend",
          "\(Self.rows(amounts.count)) no amount: what was spent there is not known and is left "
            + "out of every sum, on \(Self.text(amounts)).",
          at: Diagnostic.Location(file: path, line: Int(first)),
          remedy: "Fill the cells in and import the file again; write missing: \"0\" at the "
            + "field amount only if a blank means that nothing was spent."
        )
      )
    }
    if let first = revenues.first {
      findings.append(
        Diagnostic(
          .note,
          code: "import.blank-revenue",
          "\(Self.rows(revenues.count)) no revenue: what the report claims there is not known, on "
            + "\(Self.text(revenues)).",
          at: Diagnostic.Location(file: path, line: Int(first)),
          remedy: "Write missing: \"0\" at the field revenue if a blank means none."
        )
      )
    }
    return findings
  }

  private static func rows(_ count: Int) -> String {
    count == 1 ? "1 row of spend has" : "\(count) rows of spend have"
  }

  /// Lines as a person would write them: `line 4`, `lines 4, 10–12`.
  static func text(_ lines: [UInt32]) -> String {
    var runs: [ClosedRange<UInt32>] = []
    for line in lines.prefix(mostLines) {
      if let last = runs.last, last.upperBound + 1 == line {
        runs[runs.count - 1] = last.lowerBound...line
      } else {
        runs.append(line...line)
      }
    }
    let words = runs.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
    }
    let rest = lines.count > mostLines ? " and \(lines.count - mostLines) more" : ""
    return "\(lines.count == 1 ? "line" : "lines") \(words.joined(separator: ", "))\(rest)"
  }
}
