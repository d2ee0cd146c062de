/// Finds repeated rows in facts that are in order of time: only rows of one time are compared.
struct OrderedRows: Sendable {
  private static let mostRetained = 8
  private static let mostComparedInPairs = 16

  private let columns: [Int]
  private let timeColumn: Int
  private let rises: Bool
  private var newest: Int64
  /// The rows of the newest time, each once.
  private var group: FactTable?
  /// All pieces so far while there are few, for the case that the order breaks.
  private(set) var retained: [FactTable]? = []

  init(_ columns: [Int], by timeColumn: Int, rises: Bool) {
    self.columns = columns
    self.timeColumn = timeColumn
    self.rises = rises
    newest = rises ? .min : .max
  }

  /// The rows of the next piece that repeat earlier ones, ascending; nil when it is out of order,
  /// and then nothing has changed.
  mutating func repeatedRows(of table: FactTable) -> [Int]? {
    guard table.rowCount > 0 else { return [] }
    let times = table.columns[timeColumn]
    var repeated: [Int] = []
    var lastStart = 0
    let isInOrder = times.withUnsafeBufferPointer { times in
      var previous = newest
      var start = 0
      for row in times.indices {
        let time = times[row]
        if time == previous { continue }
        guard (time > previous) == rises else { return false }
        if row - start > 1 || start == 0 { close(start..<row, table, &repeated) }
        start = row
        previous = time
      }
      lastStart = start
      return true
    }
    guard isInOrder else { return nil }
    close(lastStart..<table.rowCount, table, &repeated)
    keepGroup(lastStart, table, repeated)
    newest = times[times.count - 1]
    retained?.append(table)
    if retained?.count ?? 0 > Self.mostRetained { retained = nil }
    return repeated
  }

  /// Compares the rows of one time with each other, and the first of a piece with those of the same
  /// time before it.
  private func close(_ rows: Range<Int>, _ table: FactTable, _ repeated: inout [Int]) {
    guard !rows.isEmpty else { return }
    if rows.lowerBound == 0, let group, table.columns[timeColumn][0] == newest {
      var both = group
      both.append(contentsOf: table.slice(rows))
      var found: [Int] = []
      compare(0..<both.rowCount, both, &found)
      repeated += found.map { $0 - group.rowCount }
    } else {
      compare(rows, table, &repeated)
    }
  }

  private func compare(_ rows: Range<Int>, _ table: FactTable, _ repeated: inout [Int]) {
    if rows.count > Self.mostComparedInPairs {
      var keys = KeySet()
      repeated += keys.repeatedRows(of: table, columns, Array(rows))
      return
    }
    for row in rows.dropFirst() where rows.lowerBound < row {
      let isRepeated = (rows.lowerBound..<row).contains { other in
        columns.allSatisfy { table.columns[$0][row] == table.columns[$0][other] }
      }
      if isRepeated { repeated.append(row) }
    }
  }

  private mutating func keepGroup(_ start: Int, _ table: FactTable, _ repeated: [Int]) {
    let repeatedHere = Set(repeated.reversed().prefix { $0 >= start })
    let fresh = table.selecting((start..<table.rowCount).filter { !repeatedHere.contains($0) })
    if start == 0, table.columns[timeColumn][0] == newest, group != nil {
      group?.append(contentsOf: fresh)
    } else {
      group = fresh
    }
  }
}
