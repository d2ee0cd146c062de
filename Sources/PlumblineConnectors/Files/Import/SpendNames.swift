import PlumblineCore

/// Tells the rows of spend whose channel or campaign has blanks at its ends.
///
/// Cells are read without them everywhere; in a name they would split one campaign in two, so it is
/// worth a word that they were there.
struct SpendNames {
  /// The most lines that the finding names.
  static let mostLines = 20

  private var lines: [UInt32] = []

  /// Passes over a table once more, if it holds spend.
  ///
  /// - Complexity: O(bytes of the file).
  init(_ plan: TablePlan, path: String) {
    let names = plan.records.filter { $0.mapping.kind == .spend }.flatMap { record in
      ["channel", "campaign"].flatMap { record.mapping[$0]?.columns.map(\.name) ?? [] }
    }
    // A plan may have looked at the beginning of the file only.
    guard !names.isEmpty,
      let table = try? TableReader(path: path, options: plan.reader.options)
    else { return }
    let columns = Set(names.compactMap { table.column(named: $0) }).sorted()
    table.forEachRow { row in
      let hasBlanks = columns.contains { row.rawBytes($0).count != row.bytes($0).count }
      if hasBlanks { lines.append(UInt32(clamping: row.line)) }
    }
  }

  /// What is to be said; nil where no name has blanks.
  func finding(path: String) -> Diagnostic? {
    guard let first = lines.first else { return nil }
    let rest = lines.count - min(lines.count, Self.mostLines)
    return Diagnostic(
      .note,
      code: "import.blank-ends",
      "\(lines.count == 1 ? "1 row of spend has" : "\(lines.count) rows of spend have") a channel or "
        + "campaign with blanks at its ends, which were left off so that one name stays one, on "
        + SpendBlanks.text(Array(lines.prefix(Self.mostLines)))
        + (rest > 0 ? " and \(rest) more." : "."),
      at: Diagnostic.Location(file: path, line: Int(first)),
      remedy: "Nothing, unless the two spellings are two campaigns."
    )
  }
}
