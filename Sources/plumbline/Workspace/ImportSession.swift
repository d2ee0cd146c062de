import Foundation
import PlumblineConnectors
import PlumblineCore
import PlumblineStorage

/// One import from files to stored facts: all of it or nothing.
struct ImportSession {
  let store: SQLiteFactStore
  let mapping: Mapping
  let options: FileImport.Options
  /// When the files were exported, if the user said so.
  var exportedAt: Instant?
  /// The clock's time, passed in.
  let now: Instant
  /// The agreement for the gaps of the report, if the workspace has one.
  let agreement: Agreement?

  /// Reads files and stores what is news.
  ///
  /// - Throws: `InputError` with every question and fault; nothing is stored then.
  func run(_ paths: [String], progress: (String) -> Void) throws -> ImportReport {
    let outcome = try FileImport(mapping, options: options).read(paths) { file, rows in
      progress("\(file): \(rows) rows read")
    }
    var record = ImportRecord(
      source: mapping.source,
      seenAt: now.seconds,
      exportedAt: exportedAt?.seconds,
      mappingHash: mappingHash,
      zoneName: mapping.zoneName,
      files: outcome.importedFiles
    )
    let imports = try store.imports()
    var report = ImportReport(record: record)
    report.files = outcome.files
    report.refused = outcome.refused
    report.diagnostics = outcome.diagnostics
    if isRepetition(of: imports, record) {
      report.isRepetition = true
      return report
    }
    report.diagnostics += try differences(from: imports, record)
    progress("comparing with what is known")
    var ledger = try Ledger(reading: store)
    report.stageDateChanges = StageDateChanges(
      ledger: ledger,
      batch: outcome.batch,
      blanks: outcome.blankStageDates,
      columns: outcome.stageDateColumns
    )
    let (news, novelty) = ledger.addNews(of: outcome.batch, record)
    report.novelty = novelty
    // Nothing new and no later export: there is nothing to remember.
    if news.rowCount > 0 || exportedAt != nil {
      progress("storing \(news.rowCount) facts")
      record = try store.append(news, of: record, after: imports.last?.sequence ?? 0)
    }
    report.record = record
    let history = CompanyHistory(ledger, under: agreement ?? Agreement())
    report.gaps = history.gaps
    report.mergedLeadCount = history.mergedLeadCount
    return report
  }

  /// The mapping together with what the command line adds to its meaning.
  private var mappingHash: String {
    let said = [
      options.dateOrder.map { "date-order \($0.rawValue)" },
      options.decimal.map { "decimal \($0.rawValue)" }, options.currency.map { "currency \($0)" },
    ].compactMap { $0 }
    return ([mapping.canonicalHash] + said).joined(separator: " ")
  }

  /// What to say when a file was imported before and is read differently now.
  ///
  /// - Throws: `InputError` when its times would mean other instants: every event would stand twice.
  private func differences(
    from imports: [ImportRecord],
    _ record: ImportRecord
  ) throws -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for file in record.files {
      let earlier = imports.filter { $0.source == record.source && $0.files.contains(file) }
      guard let last = earlier.last, last.mappingHash != record.mappingHash else { continue }
      if let zone = earlier.compactMap(\.zoneName).first(where: { $0 != record.zoneName }) {
        throw InputError(
          code: "import.zone-changed",
          "\(file.name) was imported with times in \(zone) before; in \(record.zoneName ?? "UTC") "
            + "every one of them would be another instant and count twice.",
          at: Diagnostic.Location(file: file.name),
          remedy: "Make a new workspace with plumbline init and import the files there, or set "
            + "time_zone in the mapping back."
        )
      }
      findings.append(
        Diagnostic(
          .warning,
          code: "import.read-differently",
          "\(file.name) was imported before with another mapping; what that mapping said stays on "
            + "record beside what this one says.",
          at: Diagnostic.Location(file: file.name),
          remedy: "If the earlier mapping was wrong, make a new workspace and import there."
        )
      )
    }
    return findings
  }

  /// Whether earlier imports read all of these files with the same mapping and export time.
  private func isRepetition(of imports: [ImportRecord], _ record: ImportRecord) -> Bool {
    let known = imports.filter {
      $0.mappingHash == record.mappingHash && $0.source == record.source
        && ($0.exportedAt == record.exportedAt || record.exportedAt == nil)
    }.flatMap(\.files)
    return record.files.allSatisfy { known.contains($0) }
  }
}
