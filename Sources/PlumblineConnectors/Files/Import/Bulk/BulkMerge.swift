import PlumblineCore

/// Passes the facts of blocks on, one block after the other: gives new texts their codes, reads
/// hard rows one by one and puts their facts where they belong.
struct BulkMerge: ~Copyable {
  private let plan: BulkPlan
  private let file: UnsafeRawBufferPointer
  private let joins: JoinTables
  private var pass: TablePass
  private var row: RowFacts
  /// The number of the line on which the next block begins.
  private var line: Int

  init(
    plan: BulkPlan,
    file: UnsafeRawBufferPointer,
    readings: [RecordReading],
    joins: JoinTables
  ) {
    self.plan = plan
    self.file = file
    self.joins = joins
    pass = TablePass(
      over: UnsafeRawBufferPointer(rebasing: file[..<0]),
      of: plan.table.reader,
      at: 0
    )
    row = RowFacts(readings)
    line = plan.table.reader.dataLine
  }

  /// What was met so far.
  var summary: TableSummary { pass.summary }

  /// Passes on what a block gave.
  ///
  /// - Throws: `FileImport.Restart` when a hard row holds a surprise, and what the sink throws.
  mutating func pass(_ block: BulkBlock, into sink: inout FactSink) throws {
    var extras = Extras()
    block.texts.begin()
    for hard in block.hardRows {
      block.texts.intern(before: UInt64(hard.start), into: &sink.outcome.batch.texts)
      try read(hard, block.end, &sink, &extras)
    }
    block.texts.intern(before: .max, into: &sink.outcome.batch.texts)
    pass.countRows(block.rowCount)
    sink.countRows(block.rowCount)
    for (index, kind) in plan.kinds.enumerated() {
      block.facts[index].fill(from: block.texts)
      try block.facts[index].tables(
        file: sink.file,
        firstLine: line,
        extras: extras.facts[kind] ?? [],
        limit: FactSink.pieceRowCount
      ) { try sink.pass($0) }
      // Facts of a kind that only hard rows give do not exist: records give kinds, not rows.
    }
    if block.blanks.rowCount > 0 || !extras.blanks.isEmpty {
      block.blanks.fill(from: block.texts)
      block.blanks.tables(
        file: sink.file,
        firstLine: line,
        extras: extras.blanks,
        limit: .max
      ) { sink.outcome.blankStageDates.append(contentsOf: $0) }
    }
    line += block.lineCount
  }

  /// What hard rows give, with their lines counted from 0 at the block's beginning.
  private struct Extras {
    var facts: [FactKind: [(line: UInt32, values: [Int64])]] = [:]
    var blanks: [(line: UInt32, values: [Int64])] = []
  }

  private mutating func read(
    _ hard: BulkHardRow,
    _ end: Int,
    _ sink: inout FactSink,
    _ extras: inout Extras
  ) throws {
    let text = UnsafeRawBufferPointer(rebasing: file[..<end])
    guard let tableRow = pass.row(in: text, at: hard.start, line: line + hard.line) else { return }
    guard plan.accepts(tableRow) else {
      throw FileImport.Restart(paths: [plan.table.reader.file.path])
    }
    sink.countRows(1)
    do throws(RecordReading.Refusal) {
      try row.read(tableRow, &sink.outcome.batch.texts, joins)
    } catch {
      sink.refuse(tableRow.line, error)
      return
    }
    let line = UInt32(clamping: hard.line)
    row.forEachFact { kind, values in
      extras.facts[kind, default: []].append((line, Array(values)))
    }
    row.forEachBlank { extras.blanks.append((line, $0)) }
  }
}
