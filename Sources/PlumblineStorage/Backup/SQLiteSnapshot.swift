import Foundation
import GRDB
import PlumblineCore

/// Copies SQLite files as they are at one moment, while others write them.
enum SQLiteSnapshot {
  /// Copies a file through SQLite's online backup.
  ///
  /// The copy is what the last transaction before it left, in one read transaction: an import that
  /// is being stored is not in it. Writers wait for nothing where the file has a log of changes
  /// (WAL), otherwise for as long as the copy takes.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - copy: The file to make.
  ///   - tables: Tables that the copy holds empty, where they are there.
  ///   - check: Looks whether the copy is whole; SQLite's own pages are looked at anyway.
  /// - Throws: `InputError` where the file is damaged or busy, `DatabaseError` or `CocoaError` where
  ///   the copy cannot be written.
  static func copy(
    _ path: String,
    to copy: String,
    clearing tables: [String],
    checking check: (Database) throws -> Void
  ) throws {
    let source = try naming(path) { try open(path) }
    defer { try? source.close() }
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // A copy that is not finished is thrown away: nothing of it need be undone or seen to the disk.
      try database.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF")
    }
    let target = try DatabaseQueue(path: copy, configuration: configuration)
    try naming(path) { try source.backup(to: target) }
    try target.writeWithoutTransaction { database in
      // One file and no log, whatever the original has beside it.
      try database.execute(sql: "PRAGMA journal_mode = DELETE")
      let faults = try naming(path) { try String.fetchAll(database, sql: "PRAGMA quick_check") }
      guard faults == ["ok"] else { throw damaged(path) }
      try check(database)
      try clear(tables, database)
    }
    try target.close()
  }

  /// Empties tables of a file, where they are there, and overwrites what stood in them.
  ///
  /// - Throws: `DatabaseError` where the file cannot be changed.
  static func clear(_ tables: [String], at path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try clear(tables, $0) }
    try queue.close()
  }

  private static func clear(_ tables: [String], _ database: Database) throws {
    let present = try tables.filter { try database.tableExists($0) }
    guard !present.isEmpty else { return }
    try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA foreign_keys = OFF")
    for table in present {
      try database.execute(sql: "DELETE FROM \(table.quotedDatabaseIdentifier)")
    }
    // Rows deleted earlier may still stand in pages that are free.
    try database.execute(sql: "VACUUM")
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let files = FileManager.default
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard !(files.isWritableFile(atPath: path) && files.isWritableFile(atPath: folder)) else {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    configuration.readonly = true
    if files.fileExists(atPath: path + "-wal") {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    // A file without a log is whole by itself, and SQLite need not make one.
    let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
    let absolute = URL(fileURLWithPath: path).path
    let escaped = absolute.addingPercentEncoding(withAllowedCharacters: allowed) ?? absolute
    return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
  }

  /// Calls `body` and says what is the matter with the file that is copied.
  private static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where StoreDamage.isDamage(error) {
      throw damaged(path)
    } catch let error as DatabaseError
      where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    {
      throw InputError(
        code: "backup.busy",
        "another program has been writing \(path) for ten seconds.",
        remedy: "Wait until it has ended, then try again."
      )
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM].contains(error.resultCode)
    {
      throw InputError(
        code: "backup.source-unreadable",
        "\(path) cannot be opened: \(error.message ?? "unknown").",
        remedy: "Check that you may read the file and write to its folder."
      )
    }
  }

  private static func damaged(_ path: String) -> InputError {
    InputError(
      code: "backup.source-damaged",
      "\(path) is damaged; no backup was made.",
      remedy: "Keep your earlier backups, and see what plumbline doctor says."
    )
  }
}
