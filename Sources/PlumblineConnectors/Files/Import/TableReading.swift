import PlumblineCore

/// Passes over one table and makes its facts.
struct TableReading {
  private let plan: TablePlan
  private let mapping: Mapping
  private let calendar: LocalCalendar
  private let joins: JoinTables
  private let file: UInt32

  init(
    _ plan: TablePlan, mapping: Mapping, calendar: LocalCalendar, joins: JoinTables, file: Int
  ) {
    self.plan = plan
    self.mapping = mapping
    self.calendar = calendar
    self.joins = joins
    self.file = UInt32(file)
  }

  mutating func run(
    into outcome: inout FileImport.Outcome, progress: (String, Int) -> Void
  ) throws {
    let path = plan.reader.file.path
    let name = fileName(ofPath: path)
    var report = ImportReport.File(name: name)
    var readings = plan.records.map {
      RecordReading($0, mapping, calendar, &outcome.batch.texts)
    }
    for reading in readings where reading.plan.mapping["stage"]?.constant != nil {
      outcome.stageDateColumns.insert(reading.plan.evidence)
    }
    var row: [(kind: FactKind, values: [Int64])] = []
    var blanks: [[Int64]] = []
    let summary = plan.reader.forEachRow { tableRow in
      report.rowCount += 1
      if report.rowCount % 65_536 == 0 { progress(name, report.rowCount) }
      row.removeAll(keepingCapacity: true)
      blanks.removeAll(keepingCapacity: true)
      let line = UInt32(clamping: tableRow.line)
      do throws(RecordReading.Refusal) {
        for index in readings.indices {
          try readings[index].read(tableRow, &outcome.batch.texts, joins) {
            row.append(($0, $1))
          }
          if let blank = readings[index].blankStageDate() { blanks.append(blank) }
        }
      } catch {
        report.refusedCount += 1
        refuse(name, tableRow.line, error.code, error.reason, &outcome)
        return
      }
      for fact in row {
        outcome.batch[fact.kind].append(fact.values, file: file, line: line)
        report.factCounts[fact.kind, default: 0] += 1
      }
      for blank in blanks { outcome.blankStageDates.append(blank, file: file, line: line) }
    }
    for refusal in summary.refused.listed {
      refuse(name, refusal.lines.lowerBound, refusal.code, refusal.message, &outcome)
    }
    report.rowCount += summary.refused.count
    report.refusedCount += summary.refused.count
    describe(&report, summary)
    outcome.files.append(report)
    outcome.importedFiles.append(
      ImportedFile(
        name: name, contentHash: plan.reader.file.sha256(),
        byteCount: plan.reader.file.storedByteCount))
    outcome.diagnostics += plan.reader.notes
    outcome.diagnostics += summary.diagnostics(file: path, limit: 0).filter {
      $0.code != "file.more-rows-refused" && $0.code != "file.totals-rows"
    }
    outcome.diagnostics += TotalsCheck(plan, file: file).findings(summary, outcome.batch)
  }

  private func refuse(
    _ name: String, _ line: Int, _ code: String, _ reason: String,
    _ outcome: inout FileImport.Outcome
  ) {
    guard outcome.refused.count < ImportReport.mostRefusedRows else { return }
    outcome.refused.append(
      ImportReport.RefusedRow(file: name, line: line, code: code, reason: reason))
  }

  private func describe(_ report: inout ImportReport.File, _ summary: TableSummary) {
    report.encoding =
      plan.reader.file.encoding.rawValue + (plan.reader.file.isCompressed ? ", gzip" : "")
    report.delimiter = plan.reader.dialect.delimiter.name
    report.mendedCount = summary.mendedLines.count
    report.repeatedHeaderCount = summary.repeatedHeaderLines.count
    report.preambleLineCount = plan.reader.preamble.count
    report.totalsRowCount = summary.totals.count
    report.unusedColumns = plan.unusedColumns
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
  func findings(_ summary: TableSummary, _ batch: FactBatch) -> [Diagnostic] {
    guard summary.totals.count > 0 else { return [] }
    let location = Diagnostic.Location(
      file: plan.reader.file.path, line: summary.totals.listed.first?.row.line)
    guard let (kind, column, format) = amountColumn() else {
      return [note("\(summary.totals.count) rows of totals were left out.", location)]
    }
    let table = batch[kind]
    var sum: Int64 = 0
    for row in 0..<table.rowCount where table.files[row] == file {
      let amount = table["amount"][row]
      if amount != FactColumn.noNumber { sum &+= amount }
    }
    let stated = summary.totals.listed.compactMap { total -> Int64? in
      guard total.row.cells.indices.contains(column) else { return nil }
      var cell = total.row.cells[column]
      let reading = cell.withUTF8 {
        format.minorUnits(UnsafeRawBufferPointer($0), exponent: 2)
      }
      if case .value(let value) = reading { return value } else { return nil }
    }
    if stated.isEmpty {
      return [
        note(
          "\(summary.totals.count) rows of totals were left out; none states the amount.", location)
      ]
    }
    if stated.contains(sum) {
      return [
        note(
          "\(summary.totals.count) rows of totals were left out; the stated total equals the sum "
            + "of the rows.", location)
      ]
    }
    return [
      Diagnostic(
        .warning, code: "file.totals-differ",
        "the rows add up to \(decimal(sum)), but the totals row says "
          + "\(stated.map(decimal).joined(separator: " and ")).", at: location,
        remedy: "Look for rows that the export left out or that were refused.")
    ]
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

  private func decimal(_ hundredths: Int64) -> String {
    let rest = hundredths.magnitude % 100
    return "\(hundredths < 0 ? "-" : "")\(hundredths.magnitude / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
