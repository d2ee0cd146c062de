import CMemory
import Foundation
import PlumblineConnectors
import PlumblineCore
import PlumblineStorage

/// One import from files to stored facts: all of it or nothing.
struct ImportSession {
  let store: SQLiteFactStore
  /// Keeps the journeys that questions read.
  let keeper: HistoryKeeper
  let mapping: Mapping
  let options: FileImport.Options
  /// When the files were exported, if the user said so.
  var exportedAt: Instant?
  /// The clock's time, passed in.
  let now: Instant
  /// The agreement for the gaps of the report, if the workspace has one.
  let agreement: Agreement?

  /// Files of so few bytes leave little to give back.
  private static let fewBytes = 32 << 20

  /// Reads files and stores what is news.
  ///
  /// - Throws: `InputError` with every question and fault; nothing is stored then.
  func run(_ paths: [String], progress: @escaping (String) -> Void) throws -> ImportReport {
    let files = try FileImport(mapping, options: options)
    let imports = try store.imports()
    var (report, texts) =
      imports.isEmpty
      ? (try storeFirst(files, paths, progress), nil)
      : try storeNews(files, paths, imports, progress)
    if report.isRepetition { return report }
    // What reading let go is given back: the next step would else come on top of it.
    let byteCount = report.record.files.reduce(0) { $0 + $1.byteCount }
    if byteCount > Self.fewBytes { plumbline_release_memory() }
    progress("reading what is known")
    do {
      let known = try keeper.bringUpToDate(
        under: agreement ?? Agreement(),
        texts: texts.map { (report.record.sequence, $0) },
        progress: progress
      )
      report.gaps = known.gaps
      report.mergedLeadCount = known.mergedLeadCount
    } catch {
      // The import is stored, and must not be told as if it were not.
      report.diagnostics.append(
        Diagnostic(
          .warning,
          code: "import.not-read-back",
          "the import is stored, but what nobody recorded could not be counted: \(error).",
          remedy: "Run plumbline doctor.",
          onPage: "Have an admin check the workspace on the page Data."
        )
      )
    }
    return report
  }

  /// Stores the first import piece by piece: nothing is known that it could be compared with.
  ///
  /// Files that say two things of one object, and files that turn out to be hard while they are
  /// read, are read again in another way; the store forgets what was written until then.
  private func storeFirst(
    _ files: FileImport,
    _ paths: [String],
    _ progress: @escaping (String) -> Void
  ) throws -> ImportReport {
    var files = files
    var trustsOrder = true
    while true {
      do {
        return try streamFirst(files, paths, trustsOrder, progress)
      } catch let surprise as FileImport.Restart {
        files.readsSlowly.formUnion(surprise.paths)
      } catch let need as FreshFacts.NeedsLedger {
        guard need.reason == .order else {
          return try storeNews(files, paths, [], progress).report
        }
        trustsOrder = false
      }
    }
  }

  private struct NothingNew: Error { var report: ImportReport }

  private func streamFirst(
    _ files: FileImport,
    _ paths: [String],
    _ trustsOrder: Bool,
    _ progress: @escaping (String) -> Void
  ) throws -> ImportReport {
    var fresh = FreshFacts(trustsOrder: trustsOrder)
    var report = ImportReport(record: record(of: []))
    do {
      report.record = try store.append(after: 0) { store in
        let outcome = try files.read(
          paths,
          progress: { file, rows in progress("\(file): \(rows) rows read") }
        ) { table in
          let news = try fresh.news(of: table)
          if news.rowCount > 0 { try store(news) }
        }
        report = self.report(of: outcome)
        report.novelty = fresh.novelty
        report.record.changedKinds = []
        let newCount = fresh.novelty.values.reduce(0) { $0 + $1.new }
        // Nothing new and no export time: there is nothing to remember.
        if newCount == 0, exportedAt == nil { throw NothingNew(report: report) }
        progress("storing \(newCount) facts")
        return (report.record, outcome.batch.texts)
      }
    } catch let nothing as NothingNew {
      return nothing.report
    }
    return report
  }

  /// Compares an import with what is known of the leads that it names, and stores what is news; gives
  /// the store's numbering of texts back if there is any.
  private func storeNews(
    _ files: FileImport,
    _ paths: [String],
    _ imports: [ImportRecord],
    _ progress: @escaping (String) -> Void
  ) throws -> (report: ImportReport, texts: TextDictionaries?) {
    var outcome = try files.read(paths) { file, rows in progress("\(file): \(rows) rows read") }
    var report = report(of: outcome)
    if isRepetition(of: imports, report.record) {
      report.isRepetition = true
      return (report, nil)
    }
    report.diagnostics += try differences(from: imports, report.record)
    progress("comparing with what is known")
    try store.number(&outcome.batch, &outcome.blankStageDates)
    let batch = outcome.batch
    var ledger = try Ledger(
      reading: store,
      selecting: try selection(of: batch),
      texts: batch.texts
    )
    report.stageDateChanges = StageDateChanges(
      ledger: ledger,
      batch: batch,
      blanks: outcome.blankStageDates,
      columns: outcome.stageDateColumns
    )
    let (news, novelty) = ledger.addNews(of: batch, report.record)
    report.novelty = novelty
    report.record.changedKinds = FactKind.allCases.filter { (novelty[$0]?.changed ?? 0) > 0 }
    // Nothing new and no later export: there is nothing to remember.
    guard news.rowCount > 0 || exportedAt != nil else { return (report, nil) }
    progress("storing \(news.rowCount) facts")
    // The news have the store's numbering already, continued.
    report.record = try store.append(after: imports.last?.sequence ?? 0) { store in
      for kind in FactKind.allCases where news[kind].rowCount > 0 { try store(news[kind]) }
      return (report.record, news.texts)
    }
    return (report, news.texts)
  }

  /// The facts of the store that an import's facts could repeat or change.
  private func selection(of batch: FactBatch) throws -> FactSelection {
    var selection = FactSelection()
    for kind in FactKind.allCases { selection.add(batch[kind]) }
    return try selection.closed(in: store)
  }

  private func record(of files: [ImportedFile]) -> ImportRecord {
    ImportRecord(
      source: mapping.source,
      seenAt: now.seconds,
      exportedAt: exportedAt?.seconds,
      mappingHash: mappingHash,
      zoneName: mapping.zoneName,
      files: files
    )
  }

  private func report(of outcome: FileImport.Outcome) -> ImportReport {
    var report = ImportReport(record: record(of: outcome.importedFiles))
    report.files = outcome.files
    report.refused = outcome.refused
    report.diagnostics = outcome.diagnostics
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
            + "time_zone in the mapping back.",
          onPage: "Set the time zone back, under How the files are read."
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
