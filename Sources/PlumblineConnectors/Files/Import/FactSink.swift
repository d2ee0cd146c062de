import PlumblineCore

/// Where the facts of files go: on to the store piece by piece, with everything that is found on the
/// way.
///
/// Both ways of reading end here, so that they cannot say different things of a file.
struct FactSink {
  /// The most rows of a piece.
  static let pieceRowCount = 65_536

  /// What came of reading so far; its batch holds the texts and no facts.
  var outcome = FileImport.Outcome()
  /// The index of the file that is read.
  private(set) var file: UInt32 = 0

  private let mapping: Mapping
  private let calendar: LocalCalendar
  private let progress: (String, Int) -> Void
  private let store: (FactTable) throws -> Void
  private var report = ImportReport.File(name: "")

  init(
    _ mapping: Mapping,
    _ calendar: LocalCalendar,
    progress: @escaping (String, Int) -> Void,
    store: @escaping (FactTable) throws -> Void
  ) {
    self.mapping = mapping
    self.calendar = calendar
    self.progress = progress
    self.store = store
  }

  /// Begins a file, and returns what reads its rows one by one.
  mutating func begin(_ plan: TablePlan) -> [RecordReading] {
    file = UInt32(outcome.importedFiles.count)
    report = ImportReport.File(name: fileName(ofPath: plan.reader.file.path))
    let readings = plan.records.map {
      RecordReading($0, mapping, calendar, &outcome.batch.texts)
    }
    for reading in readings where reading.plan.mapping["stage"]?.constant != nil {
      outcome.stageDateColumns.insert(reading.plan.evidence)
    }
    return readings
  }

  /// Counts rows of data.
  mutating func countRows(_ count: Int) {
    let steps = report.rowCount / Self.pieceRowCount
    report.rowCount += count
    if report.rowCount / Self.pieceRowCount > steps { progress(report.name, report.rowCount) }
  }

  /// Counts a row of data as refused.
  mutating func refuse(_ line: Int, _ refusal: RecordReading.Refusal) {
    report.refusedCount += 1
    list(line, refusal.code, refusal.reason)
  }

  /// Passes facts on.
  mutating func pass(_ table: FactTable) throws {
    guard table.rowCount > 0 else { return }
    report.factCounts[table.kind, default: 0] += table.rowCount
    try store(table)
  }

  /// Ends a file.
  ///
  /// - Parameters:
  ///   - plan: The plan of its table.
  ///   - summary: What the pass over it met.
  ///   - readings: What read its rows one by one.
  ///   - imported: The record of the file.
  ///   - spend: Its facts of spend before sums; passed on here.
  /// - Throws: `InputError` when spend cannot be added up, and what storing throws.
  mutating func end(
    _ plan: TablePlan,
    _ summary: TableSummary,
    _ readings: [RecordReading],
    _ imported: ImportedFile,
    spend: FactTable = FactTable(.spend)
  ) throws {
    let path = plan.reader.file.path
    let currencies = outcome.batch.texts[.currency]
    let sums = try SpendSums(spend, file: file, path: path, currencies: currencies)
    try pass(sums.table)
    for refusal in summary.refused.listed {
      list(refusal.lines.lowerBound, refusal.code, refusal.message)
    }
    report.rowCount += summary.refused.count
    report.refusedCount += summary.refused.count
    report.describe(plan.reader)
    report.mendedCount = summary.mendedLines.count
    report.repeatedHeaderCount = summary.repeatedHeaderLines.count
    report.totalsRowCount = summary.totals.count
    report.unusedColumns = plan.unusedColumns
    outcome.files.append(report)
    outcome.importedFiles.append(imported)
    outcome.diagnostics += plan.reader.notes
    outcome.diagnostics += readings.flatMap { $0.lookUpFindings(file: path) }
    let hasRevenue = plan.records.contains {
      $0.mapping.kind == .spend && $0.mapping["revenue"] != nil
    }
    let blanks = SpendBlanks(spend, file: file, hasRevenue: hasRevenue)
    outcome.diagnostics += blanks.findings(path: path)
    if spend.rowCount > 0 {
      outcome.diagnostics += SpendNames(plan, path: path).finding(path: path).map { [$0] } ?? []
    }
    outcome.diagnostics += sums.finding(path: path).map { [$0] } ?? []
    outcome.diagnostics += summary.diagnostics(file: path, limit: 0).filter {
      $0.code != "file.more-rows-refused" && $0.code != "file.totals-rows"
    }
    outcome.diagnostics += TotalsCheck(plan).findings(summary, sums.table, currencies)
  }

  private mutating func list(_ line: Int, _ code: String, _ reason: String) {
    guard outcome.refused.count < ImportReport.mostRefusedRows else { return }
    outcome.refused.append(
      ImportReport.RefusedRow(file: report.name, line: line, code: code, reason: reason)
    )
  }
}
