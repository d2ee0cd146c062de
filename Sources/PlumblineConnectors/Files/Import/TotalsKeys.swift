import PlumblineCore

/// Which columns name what a row of spend is about: a row in which all of them are empty is a row
/// of totals, any other one is data.
///
/// A campaign and a channel name it together, so that spend of an unknown campaign stays spend.
/// Where a file has rows with a date alone, only a look at it can tell: exports state one such
/// total, above all rows or below them, with the dates of the whole report; anything else is spend
/// of which only the day is known.
struct TotalsKeys {
  /// The names of the columns.
  private(set) var names: [String] = []

  /// The columns for a file that a part of the mapping reads.
  ///
  /// - Parameters:
  ///   - part: The part of the mapping.
  ///   - open: Opens the file's table as it is, without key columns; nil where it cannot be read.
  init(of part: FileMapping, opening open: () -> TableReader?) {
    for record in part.records where record.kind == .spend {
      let days = record["from"]?.columnNames ?? []
      guard let campaigns = record["campaign"]?.columnNames, !campaigns.isEmpty else {
        names += days
        continue
      }
      let naming = campaigns + (record["channel"]?.columnNames ?? [])
      names += naming
      if !days.isEmpty, let table = open(), Self.hasNamelessData(table, naming, days) {
        names += days
      }
    }
  }

  /// Whether a table has rows that have a date and no name and are not the one total of a report.
  private static func hasNamelessData(
    _ table: TableReader,
    _ naming: [String],
    _ days: [String]
  ) -> Bool {
    let naming = naming.compactMap { table.column(named: $0) }
    let days = days.compactMap { table.column(named: $0) }
    guard !naming.isEmpty, !days.isEmpty else { return false }
    var rows = 0
    var nameless: [Int] = []
    table.forEachRow { row in
      rows += 1
      guard nameless.count < 2, naming.allSatisfy({ TextBytes.isBlank(row.rawBytes($0)) }),
        days.contains(where: { !TextBytes.isBlank(row.rawBytes($0)) })
      else { return }
      nameless.append(rows)
    }
    switch nameless.count {
    case 0: return false
    case 1: return rows == 1 || nameless[0] != 1 && nameless[0] != rows
    default: return true
    }
  }
}
