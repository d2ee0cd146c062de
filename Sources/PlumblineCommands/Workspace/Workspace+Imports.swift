import Foundation
public import PlumblineConnectors
public import PlumblineCore
import PlumblineReporting
import PlumblineStorage

extension Workspace {
  /// Reads files into the workspace, all of them or none, and keeps the report beside the store.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - mapping: What their columns mean.
  ///   - options: What is said over the mapping.
  ///   - exportedAt: When the files were exported, if somebody said so.
  ///   - now: The clock's time.
  ///   - folder: A folder that findings do not name, where it means nothing to who reads them.
  ///   - progress: Told now and then what is being done.
  /// - Returns: What was done.
  /// - Throws: `InputError` with every question and fault; nothing is stored then.
  public func importFiles(
    _ paths: [String],
    by mapping: Mapping,
    options: FileImport.Options = FileImport.Options(),
    exportedAt: Instant? = nil,
    now: Instant,
    hiding folder: String? = nil,
    progress: @escaping (String) -> Void = { _ in }
  ) throws -> ImportReport {
    let agreement =
      FileManager.default.fileExists(atPath: agreementPath) ? try agreement() : nil
    let store = try storeForImport()
    let session = ImportSession(
      store: store,
      keeper: keeper(of: store),
      mapping: mapping,
      options: options,
      exportedAt: exportedAt,
      now: now,
      agreement: agreement
    )
    var report = try session.run(paths, progress: progress)
    if let folder { report.diagnostics = report.diagnostics.map { $0.without(folder: folder) } }
    keep(report, in: store)
    return report
  }

  /// What an import would read, without storing anything.
  ///
  /// Facts are not compared with those on record: what is new is known only after the import.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - mapping: What their columns mean.
  ///   - options: What is said over the mapping.
  ///   - progress: Told now and then what is being done.
  /// - Returns: The report of the reading alone.
  /// - Throws: `InputError` with every question and fault that an import would have.
  /// - Complexity: O(bytes).
  public static func rehearse(
    _ paths: [String],
    by mapping: Mapping,
    options: FileImport.Options = FileImport.Options(),
    progress: @escaping (String) -> Void = { _ in }
  ) throws -> ImportReport {
    var files = try FileImport(mapping, options: options)
    let outcome = try { () throws -> FileImport.Outcome in
      while true {
        do {
          return try files.read(
            paths,
            progress: { file, rows in progress("\(file): \(rows) rows read") }
          ) { _ in }
        } catch let surprise as FileImport.Restart {
          files.readsSlowly.formUnion(surprise.paths)
        }
      }
    }()
    var report = ImportReport(
      record: ImportRecord(
        source: mapping.source,
        seenAt: 0,
        mappingHash: mapping.canonicalHash,
        zoneName: mapping.zoneName,
        files: outcome.importedFiles
      )
    )
    report.files = outcome.files
    report.refused = outcome.refused
    report.diagnostics = outcome.diagnostics
    return report
  }

  /// All imports, oldest first, each with how many facts it added.
  ///
  /// - Returns: The imports; none before the first.
  /// - Throws: `InputError` when the store cannot be read.
  public func pastImports() throws -> [PastImport] {
    guard FileManager.default.fileExists(atPath: storePath) else { return [] }
    let store = try ReadingShelf.current?.store(of: self) ?? SQLiteFactStore(path: storePath)
    return try store.importsWithFacts().map { record, facts in
      let path = reportPath(of: record.sequence, in: store)
      return PastImport(
        record: record,
        facts: facts,
        report: FileManager.default.contents(atPath: path)
          .map { String(decoding: $0, as: UTF8.self) }
      )
    }
  }

  /// The import that stored some files, whoever made it.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - mapping: What their columns mean.
  /// - Returns: The newest import of these very bytes by this very mapping; nil when there is none.
  /// - Throws: `InputError` when the store or a file cannot be read.
  /// - Complexity: O(bytes).
  public func storedImport(of paths: [String], by mapping: Mapping) throws -> ImportRecord? {
    guard FileManager.default.fileExists(atPath: storePath) else { return nil }
    let store = try ReadingShelf.current?.store(of: self) ?? SQLiteFactStore(path: storePath)
    let made = try store.imports().filter {
      $0.mappingHash == mapping.canonicalHash && $0.source == mapping.source
    }
    // Most interrupted imports were of files that no import has: those need not be read.
    let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }.sorted()
    let alike = made.filter { $0.files.map(\.name).sorted() == names }
    guard !alike.isEmpty else { return nil }
    let hashes = try paths.map { try FileBytes(path: $0).sha256() }.sorted()
    return alike.last { $0.files.map(\.contentHash).sorted() == hashes }
  }

  /// Keeps a report of what was stored.
  ///
  /// The import stands whether or not its report can be kept: the report is told to whoever made it.
  private func keep(_ report: ImportReport, in store: SQLiteFactStore) {
    guard report.record.sequence > 0, !report.isRepetition else { return }
    let path = reportPath(of: report.record.sequence, in: store)
    do {
      try FileManager.default.createDirectory(
        atPath: self.path(of: Self.reportFolder),
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      let text = try ImportReportJSON(report).text()
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      Console.complain("The report of this import could not be kept in \(path).")
    }
  }

  private static let reportFolder = "imports"

  /// Where an import's report is kept; another store's import of the same number has another.
  private func reportPath(of sequence: Int, in store: SQLiteFactStore) -> String {
    path(of: "\(Self.reportFolder)/\(store.identity.prefix(8))-\(sequence).json")
  }
}

/// An import as it is on record.
public struct PastImport: Sendable {
  /// What it was.
  public let record: ImportRecord
  /// How many facts it added, by kind.
  public let facts: [FactKind: Int]
  /// Its report as JSON; nil where none was kept.
  public let report: String?

  /// How many facts it added.
  public var factCount: Int { facts.values.reduce(0, +) }
}
