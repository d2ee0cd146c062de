import PlumblineCore
import PlumblineYAML

/// Passes over one table and makes its facts.
struct TableReading {
  private let plan: TablePlan
  private let mapping: Mapping
  private let calendar: LocalCalendar
  private let joins: JoinTables
  private let file: UInt32

  init(
    _ plan: TablePlan,
    mapping: Mapping,
    calendar: LocalCalendar,
    joins: JoinTables,
    file: Int
  ) {
    self.plan = plan
    self.mapping = mapping
    self.calendar = calendar
    self.joins = joins
    self.file = UInt32(file)
  }

  mutating func run(
    into outcome: inout FileImport.Outcome,
    progress: (String, Int) -> Void
  ) throws {
    let path = plan.reader.file.path
    let name = fileName(ofPath: path)
    var report = ImportReport.File(name: name)
    let readings = plan.records.map {
      RecordReading($0, mapping, calendar, &outcome.batch.texts)
    }
    for reading in readings where reading.plan.mapping["stage"]?.constant != nil {
      outcome.stageDateColumns.insert(reading.plan.evidence)
    }
    // One row's facts, one after the other, until all of them are known to be readable.
    var row: [(kind: FactKind, end: Int)] = []
    var values: [Int64] = []
    var tables = FactKind.allCases.map { outcome.batch[$0] }
    for kind in FactKind.allCases { outcome.batch[kind] = FactTable(kind) }
    let positions = Dictionary(uniqueKeysWithValues: zip(FactKind.allCases, 0...))
    var blanks: [[Int64]] = []
    let summary = plan.reader.forEachRow { tableRow in
      report.rowCount += 1
      if report.rowCount % 65_536 == 0 { progress(name, report.rowCount) }
      row.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      blanks.removeAll(keepingCapacity: true)
      let line = UInt32(clamping: tableRow.line)
      do throws(RecordReading.Refusal) {
        for index in readings.indices {
          try readings[index].read(tableRow, &outcome.batch.texts, joins) {
            values.append(contentsOf: $1)
            row.append(($0, values.count))
          }
          if let blank = readings[index].blankStageDate() { blanks.append(blank) }
        }
      } catch {
        report.refusedCount += 1
        refuse(name, tableRow.line, error.code, error.reason, &outcome)
        return
      }
      var start = 0
      for fact in row {
        tables[positions[fact.kind] ?? 0].append(values[start..<fact.end], file: file, line: line)
        start = fact.end
      }
      for blank in blanks { outcome.blankStageDates.append(blank[...], file: file, line: line) }
    }
    let spend = try SpendSums(
      tables[positions[.spend] ?? 0],
      file: file,
      path: path,
      currencies: outcome.batch.texts[.currency]
    )
    tables[positions[.spend] ?? 0] = spend.table
    for (kind, table) in zip(FactKind.allCases, tables) {
      outcome.batch[kind] = table
      let count = table.files.count { $0 == file }
      if count > 0 { report.factCounts[kind] = count }
    }
    for refusal in summary.refused.listed {
      refuse(name, refusal.lines.lowerBound, refusal.code, refusal.message, &outcome)
    }
    report.rowCount += summary.refused.count
    report.refusedCount += summary.refused.count
    describe(&report, summary)
    outcome.files.append(report)
    outcome.importedFiles.append(ImportedFile(plan.reader.file))
    outcome.diagnostics += plan.reader.notes
    outcome.diagnostics += readings.flatMap { $0.lookUpFindings(file: path) }
    outcome.diagnostics += spend.finding(path: path).map { [$0] } ?? []
    outcome.diagnostics += summary.diagnostics(file: path, limit: 0).filter {
      $0.code != "file.more-rows-refused" && $0.code != "file.totals-rows"
    }
    outcome.diagnostics += TotalsCheck(plan, file: file).findings(summary, outcome.batch)
  }

  private func refuse(
    _ name: String,
    _ line: Int,
    _ code: String,
    _ reason: String,
    _ outcome: inout FileImport.Outcome
  ) {
    guard outcome.refused.count < ImportReport.mostRefusedRows else { return }
    outcome.refused.append(
      ImportReport.RefusedRow(file: name, line: line, code: code, reason: reason)
    )
  }

  private func describe(_ report: inout ImportReport.File, _ summary: TableSummary) {
    report.describe(plan.reader)
    report.mendedCount = summary.mendedLines.count
    report.repeatedHeaderCount = summary.repeatedHeaderLines.count
    report.totalsRowCount = summary.totals.count
    report.unusedColumns = plan.unusedColumns
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

/// Compares the rows of totals that a report ends with against the sum of its data.
struct TotalsCheck {
  private let plan: TablePlan
  private let file: UInt32

  init(_ plan: TablePlan, file: UInt32) {
    self.plan = plan
    self.file = file
  }

  /// A note when a totals row says the sum of the amounts read, a warning when none does.
  ///
  /// Reports round each row and each total on its own, so the two may be apart by what rounding
  /// explains.
  func findings(_ summary: TableSummary, _ batch: FactBatch) -> [Diagnostic] {
    guard summary.totals.count > 0 else { return [] }
    let leftOut =
      summary.totals.count == 1
      ? "1 row of totals was left out" : "\(summary.totals.count) rows of totals were left out"
    let location = Diagnostic.Location(
      file: plan.reader.file.path,
      line: summary.totals.listed.first?.row.line
    )
    guard let (kind, column, format) = amountColumn() else {
      return [note("\(leftOut).", location)]
    }
    let table = batch[kind]
    let rows = (0..<table.rowCount).filter { row in
      table.files[row] == file && table["amount"][row] != FactColumn.noNumber
    }
    let currencies = Set(rows.map { table["currency"][$0] })
    guard currencies.count < 2 else {
      return [
        note(
          "\(leftOut); the rows are in several "
            + "currencies, so no sum was checked.",
          location
        )
      ]
    }
    let currency = currencies.first.map { batch.texts[.currency][UInt32($0)] } ?? ""
    let decimals = Currency.decimals(of: currency.uppercased())
    let sum = rows.reduce(Int64(0)) { $0 &+ table["amount"][$1] }
    let stated = summary.totals.listed.compactMap { total -> Int64? in
      guard total.row.cells.indices.contains(column) else { return nil }
      var cell = total.row.cells[column]
      let reading = cell.withUTF8 {
        format.minorUnits(UnsafeRawBufferPointer($0), exponent: decimals)
      }
      if case .value(let value) = reading { return value } else { return nil }
    }
    if stated.isEmpty {
      return [
        note(
          "\(leftOut); none states the amount.",
          location
        )
      ]
    }
    let slack = Self.roundingSlack(rowCount: summary.dataRowCount)
    if stated.contains(where: { abs($0 - sum) <= slack }) {
      return [
        note(
          "\(leftOut); the stated total equals the sum "
            + "of the rows\(stated.contains(sum) ? "" : " but for rounding").",
          location
        )
      ]
    }
    // Totals of parts stand beside the total of all: the largest is the nearest to meaning it.
    let largest = stated.max { $0.magnitude < $1.magnitude } ?? 0
    return [
      Diagnostic(
        .warning,
        code: "file.totals-differ",
        "the rows add up to \(text(sum, decimals)), but the largest total is "
          + "\(text(largest, decimals)).",
        at: location,
        remedy: "Look for rows that the export left out or that were refused."
      )
    ]
  }

  /// By how many minor units a sum of rounded amounts may be apart from the rounded sum.
  ///
  /// Half a unit a row at most; with many rows, four standard deviations of that many errors
  /// between -1/2 and 1/2 (each has the variance 1/12).
  static func roundingSlack(rowCount: Int) -> Int64 {
    let count = Double(rowCount + 1)
    return Int64(min(count / 2, 1 + 4 * (count / 12).squareRoot()))
  }

  private func note(_ message: String, _ location: Diagnostic.Location) -> Diagnostic {
    Diagnostic(.note, code: "file.totals-rows", message, at: location)
  }

  private func amountColumn() -> (FactKind, Int, NumberColumnFormat)? {
    for record in plan.records where record.mapping.kind == .spend {
      for field in record.fields {
        if case .amount(let format) = field.parse, let column = field.columns.first,
          field.mapping.scale == nil
        {
          return (record.mapping.kind, column, format)
        }
      }
    }
    return nil
  }

  private func text(_ minorUnits: Int64, _ decimals: Int) -> String {
    ExactDecimal(significand: minorUnits, decimals: decimals).description
  }
}
