import PlumblineCore

/// Passes over one table row by row and makes its facts: the way that reads every file.
struct TableReading {
  private let plan: TablePlan
  private let joins: JoinTables

  init(_ plan: TablePlan, joins: JoinTables) {
    self.plan = plan
    self.joins = joins
  }

  /// Reads the table.
  ///
  /// - Throws: `InputError` when spend cannot be added up, and what the sink throws.
  func run(into sink: inout FactSink) throws {
    let readings = sink.begin(plan)
    var row = RowFacts(readings)
    var tables = FactKind.allCases.map { FactTable($0) }
    let positions = Dictionary(uniqueKeysWithValues: zip(FactKind.allCases, 0...))
    let summary = try plan.reader.forEachRow { tableRow in
      sink.countRows(1)
      let line = UInt32(clamping: tableRow.line)
      do throws(RecordReading.Refusal) {
        try row.read(tableRow, &sink.outcome.batch.texts, joins)
      } catch {
        sink.refuse(tableRow.line, error)
        return
      }
      let file = sink.file
      var isFull = false
      row.forEachFact { kind, values in
        let position = positions[kind] ?? 0
        tables[position].append(values, file: file, line: line)
        if tables[position].rowCount >= FactSink.pieceRowCount { isFull = true }
      }
      row.forEachBlank { sink.outcome.blankStageDates.append($0[...], file: file, line: line) }
      // Rows of spend are added up first, when all are known.
      for position in tables.indices
      where isFull && tables[position].rowCount >= FactSink.pieceRowCount
        && tables[position].kind != .spend
      {
        try sink.pass(tables[position])
        tables[position] = FactTable(tables[position].kind)
      }
    }
    for table in tables where table.kind != .spend { try sink.pass(table) }
    try sink.end(
      plan,
      summary,
      readings,
      ImportedFile(plan.reader.file),
      spend: tables[positions[.spend] ?? 0]
    )
  }
}

extension ImportedFile {
  /// The record of a file that was read.
  init(_ file: FileBytes) {
    self.init(
      name: fileName(ofPath: file.path),
      contentHash: file.sha256(),
      byteCount: file.storedByteCount
    )
  }
}

extension ImportReport.File {
  /// Says how a table's bytes were read.
  mutating func describe(_ reader: TableReader) {
    encoding = reader.file.encoding.rawValue + (reader.file.isCompressed ? ", gzip" : "")
    delimiter = reader.dialect.delimiter.name
    preambleLineCount = reader.preamble.count
  }
}
