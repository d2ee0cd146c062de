import PlumblineCore
import PlumblineStatistics

/// The cells of a case about whose leak it is: a file with the columns channel, rep, segment,
/// sla_met, n, won and, where a score is known, score_band.
struct WorkCellInput {
  let cells: WorkCells

  /// More bands than any score has; a mistyped number must not ask for memory.
  private static let bandCounts = 1...100

  /// Reads the file that the case names; levels are numbered in order of appearance.
  ///
  /// - Throws: `InputError` when the file cannot be read, with every cell that is not a number it
  ///   could be.
  init(_ input: OracleInput) throws {
    let path = try input.text("cells_csv")
    var (channels, owners, segments) = (Levels(), Levels(), Levels())
    var bands = try input.integer("score_bands", in: Self.bandCounts, default: 1)
    var cells: [WorkCells.Cell] = []
    var findings: [Diagnostic] = []
    for (index, row) in try input.table(at: path).enumerated() {
      var numbers = RowNumbers(row: row, path: path, number: index + 1)
      let leads = numbers.whole("n", in: 0...1_000_000_000)
      let wins = numbers.whole("won", in: 0...1_000_000_000)
      let band = numbers.whole("score_band", in: 0...Self.bandCounts.upperBound - 1)
      if numbers.findings.isEmpty, wins > leads { numbers.note("won", "more than the row's n") }
      findings += numbers.findings
      guard leads > 0, findings.isEmpty else { continue }
      bands = max(bands, band + 1)
      cells.append(
        WorkCells.Cell(
          channel: channels.position(of: row["channel"] ?? ""),
          owner: owners.position(of: row["rep"] ?? ""),
          segment: segments.position(of: row["segment"] ?? ""),
          scoreBand: band,
          isFollowedUp: row["sla_met"].flatMap { Double($0) } == 1,
          leads: leads,
          wins: wins
        )
      )
    }
    guard findings.isEmpty else { throw InputError(findings) }
    self.cells = WorkCells(
      channels: channels.names,
      owners: owners.names,
      segments: segments.names,
      scoreBandCount: bands,
      cells: cells
    )
  }

  /// The cells as trials and successes; every segment is a stratum.
  var table: CrossedTable {
    CrossedTable(
      rowCount: cells.channels.count,
      columnCount: cells.owners.count,
      stratumCount: cells.segments.count,
      cells: cells.cells.map {
        CrossedTable.Cell(
          row: $0.channel,
          column: $0.owner,
          stratum: $0.segment,
          isExposed: $0.isFollowedUp,
          trials: Double($0.leads),
          successes: Double($0.wins)
        )
      }
    )
  }

  private struct Levels {
    var names: [String] = []
    private var positions: [String: Int] = [:]

    mutating func position(of name: String) -> Int {
      if let known = positions[name] { return known }
      positions[name] = names.count
      names.append(name)
      return names.count - 1
    }
  }
}

/// The numbers of one row of a table, and what is wrong with them.
private struct RowNumbers {
  let row: [String: String]
  let path: String
  /// Counted from 1, without the line of column names.
  let number: Int
  private(set) var findings: [Diagnostic] = []

  init(row: [String: String], path: String, number: Int) {
    self.row = row
    self.path = path
    self.number = number
  }

  /// A whole number; 0 where the cell is empty or there is no such column, or the cell is wrong.
  mutating func whole(_ column: String, in range: ClosedRange<Int>) -> Int {
    guard let text = row[column], !text.isEmpty else { return 0 }
    if let value = Double(text).flatMap({ Int(exactly: $0) }), range.contains(value) {
      return value
    }
    note(column, "not a whole number of \(range.lowerBound) to \(range.upperBound)")
    return 0
  }

  mutating func note(_ column: String, _ what: String) {
    findings.append(
      Diagnostic(
        .error,
        code: "oracle.input",
        "row \(number) of \(path) has \"\(row[column] ?? "")\" in column \(column), "
          + "which is \(what).",
        remedy: "Compare with the file of a reference case of the same method."
      )
    )
  }
}
