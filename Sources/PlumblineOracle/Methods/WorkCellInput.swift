import PlumblineCore
import PlumblineStatistics

/// The cells of a case about whose leak it is: a file with the columns channel, rep, segment,
/// sla_met, n, won and, where a score is known, score_band.
struct WorkCellInput {
  let cells: WorkCells

  /// Reads the file that the case names; levels are numbered in order of appearance.
  init(_ input: OracleInput) throws {
    let rows = try input.table(at: input.text("cells_csv"))
    var (channels, owners, segments) = (Levels(), Levels(), Levels())
    var bands = max(1, input["score_bands"].integer ?? 1)
    var cells: [WorkCells.Cell] = []
    for row in rows {
      let band = row["score_band"].flatMap { Double($0) }.map { Int($0) } ?? 0
      guard let leads = row["n"].flatMap({ Double($0) }), leads > 0 else { continue }
      bands = max(bands, band + 1)
      cells.append(
        WorkCells.Cell(
          channel: channels.position(of: row["channel"] ?? ""),
          owner: owners.position(of: row["rep"] ?? ""),
          segment: segments.position(of: row["segment"] ?? ""),
          scoreBand: max(0, band),
          isFollowedUp: row["sla_met"].flatMap { Double($0) } == 1,
          leads: Int(leads),
          wins: Int(row["won"].flatMap { Double($0) } ?? 0)
        )
      )
    }
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
