import PlumblineCore

/// The facts of one row: all of them, or none when one cannot be read.
struct RowFacts {
  private let readings: [RecordReading]
  private var ends: [(kind: FactKind, end: Int)] = []
  private var values: [Int64] = []
  private var blanks: [[Int64]] = []

  init(_ readings: [RecordReading]) { self.readings = readings }

  /// Reads a row; what an earlier row gave is gone.
  ///
  /// - Throws: `RecordReading.Refusal` when a cell cannot be read.
  mutating func read(
    _ row: TableRow,
    _ texts: inout TextDictionaries,
    _ joins: JoinTables
  ) throws(RecordReading.Refusal) {
    ends.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    blanks.removeAll(keepingCapacity: true)
    for index in readings.indices {
      try readings[index].read(row, &texts, joins) {
        values.append(contentsOf: $1)
        ends.append(($0, values.count))
      }
      if let blank = readings[index].blankStageDate() { blanks.append(blank) }
    }
  }

  /// Calls `body` with each fact of the row that was read last.
  func forEachFact(_ body: (FactKind, ArraySlice<Int64>) -> Void) {
    var start = 0
    for fact in ends {
      body(fact.kind, values[start..<fact.end])
      start = fact.end
    }
  }

  /// Calls `body` with each stage date that the row leaves blank.
  func forEachBlank(_ body: ([Int64]) -> Void) { blanks.forEach(body) }
}
