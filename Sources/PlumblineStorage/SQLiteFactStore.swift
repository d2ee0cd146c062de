import Foundation
import GRDB
public import PlumblineCore

/// Facts in one SQLite file: immutable, checksummed column chunks, appended in one transaction.
///
/// Texts have one numbering for the whole store. A chunk holds at most 65,536 facts of one kind, of
/// one import or, after `compact`, of several that follow one another.
public struct SQLiteFactStore: FactStore {
  /// The file's path.
  let path: String
  /// Where facts are read.
  let reader: any DatabaseReader
  /// Where they are written; nil where the file cannot be changed.
  let pool: DatabasePool?

  /// The store's own name, made at random when it was made: 32 hexadecimal digits.
  public let identity: String

  /// Opens the store at a path, creating it or bringing it to the newest schema where needed.
  ///
  /// Where its folder cannot be written to, a store of the newest schema is opened for reading.
  ///
  /// - Throws: `InputError` when the file is not a store, is damaged or was made by a newer version.
  public init(path: String) throws {
    try self.init(path: path, isReadOnly: Self.isReadOnly(path))
  }

  /// Opens the store at a path, for reading alone where asked.
  init(path: String, isReadOnly: Bool) throws {
    self.path = path
    do {
      (reader, pool, identity) = try StoreDamage.naming(except: .SQLITE_NOTADB) {
        let pool = isReadOnly ? nil : try Self.open(path)
        let reader: any DatabaseReader = if let pool { pool } else { try Self.openForReading(path) }
        let identity = try reader.read { database in
          try String.fetchOne(database, sql: "SELECT identity FROM store")
        }
        guard let identity else { throw StoreDamage.error("it has lost its name.") }
        return (reader, pool, identity)
      }
    } catch let error as DatabaseError {
      throw InputError(
        code: "store.unreadable",
        "\(path) cannot be opened: \(error.message ?? "unknown").",
        remedy: "Check that the file is a plumbline store and that you may write to its folder."
      )
    }
  }

  /// The size of a new store's pages: large ones suit chunks of some hundred kilobytes.
  private static let pageSize = 16_384

  /// Brings a store up to date, where another may just be doing the same: whoever comes second finds
  /// what the first has made, and goes on after it.
  private static func migrate(_ pool: DatabasePool, by migrator: DatabaseMigrator) throws {
    for _ in migrator.migrations {
      do {
        return try migrator.migrate(pool)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
        continue
      }
    }
    try migrator.migrate(pool)
  }

  private static func open(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      // The page size counts for a file that is being made; others keep theirs.
      try database.execute(sql: "PRAGMA page_size = \(Self.pageSize)")
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    let migrator = Migrations.migrator
    if try pool.read(migrator.hasBeenSuperseded) { throw newer(path) }
    try migrate(pool, by: migrator)
    return pool
  }

  private static func newer(_ path: String) -> InputError {
    InputError(
      code: "store.newer",
      "\(path) was written by a newer version of plumbline.",
      remedy: "Use that version, or make a new workspace."
    )
  }

  private static func isReadOnly(_ path: String) -> Bool {
    let folder = (path as NSString).deletingLastPathComponent
    let files = FileManager.default
    return files.fileExists(atPath: path)
      && !(files.isWritableFile(atPath: path)
        && files.isWritableFile(atPath: folder.isEmpty ? "." : folder))
  }

  /// Opens a store whose folder cannot be written to.
  ///
  /// With a log of changes and its index beside it, both are read as well. A file without a log is
  /// whole by itself; a log without its index cannot be read without writing.
  private static func openForReading(_ path: String) throws -> any DatabaseReader {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    let queue: DatabaseQueue
    if log != nil, FileManager.default.fileExists(atPath: path + "-shm") {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } else if (log?[.size] as? Int ?? 0) > 0 {
      throw InputError(
        code: "store.read-only",
        "\(path) has changes that are not yet part of it, and its folder cannot be written to.",
        remedy: "Allow writing to the folder once, or copy the whole folder to where you may write."
      )
    } else {
      let allowed = CharacterSet.urlPathAllowed.subtracting(CharacterSet(charactersIn: "?#%"))
      let absolute = URL(fileURLWithPath: path).path
      let escaped = absolute.addingPercentEncoding(withAllowedCharacters: allowed) ?? absolute
      queue = try DatabaseQueue(
        path: "file:\(escaped)?immutable=1",
        configuration: configuration
      )
    }
    let migrator = Migrations.migrator
    if try queue.read(migrator.hasBeenSuperseded) { throw newer(path) }
    guard try queue.read(migrator.hasCompletedMigrations) else {
      throw InputError(
        code: "store.read-only",
        "\(path) was written by an older version of plumbline and cannot be brought up to date: "
          + "its folder cannot be written to.",
        remedy: "Allow writing to the folder once, or copy the whole folder to where you may write."
      )
    }
    return queue
  }

  /// All imports so far, oldest first.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  public func imports() throws -> [ImportRecord] {
    try read { try ImportRow.all($0).map(\.record) }
  }

  /// The number of the newest import; nil while there is none.
  ///
  /// - Throws: What SQLite reports.
  /// - Complexity: O(1).
  public func newestImport() throws -> Int? {
    try read { try Int.fetchOne($0, sql: "SELECT max(id) FROM import") }
  }

  /// All imports so far, oldest first, each with how many facts of each kind it added.
  ///
  /// - Returns: The imports; kinds of which it added nothing are left out.
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  /// - Complexity: O(imports).
  public func importsWithFacts() throws -> [(record: ImportRecord, facts: [FactKind: Int])] {
    var before: [FactKind: Int] = [:]
    return try read { try ImportRow.all($0) }.map { row in
      let after = row.contents.facts
      let added = after.merging(before) { $0 - $1 }.filter { $0.value > 0 }
      before = after
      return (row.record, added)
    }
  }

  /// A fingerprint of the imports up to one: a copy of the store has the same as long as both took
  /// in the same.
  func course(through last: Int) throws -> UInt64 {
    try read { try ImportRow.course($0, through: last) }
  }

  /// The imports up to one, oldest first, with what each left in the store.
  func contents(
    through last: Int
  ) throws -> [(record: ImportRecord, contents: ImportContents)] {
    try read { try ImportRow.all($0).filter { $0.record.sequence <= last } }
  }

  /// The store's numbering of texts; see `FactStore`.
  ///
  /// - Parameters:
  ///   - domains: The domains wanted; dictionaries of others are empty.
  ///   - isIndexed: Whether texts will be looked up, and not only shown.
  /// - Returns: The dictionaries.
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  /// - Complexity: O(texts of the domains).
  public func texts(_ domains: Set<TextDomain>, isIndexed: Bool) throws -> TextDictionaries {
    var texts = try read { database in
      try TextSegments.read(
        database,
        domains,
        atLeast: ImportRow.newest(database).contents.texts,
        late: isIndexed ? [] : TextSegments.lateDomains
      )
    }
    if isIndexed {
      for domain in TextDomain.allCases { texts[domain].index() }
    }
    return texts
  }

  /// Reads what is stored at one moment, and names a file whose pages no longer fit together.
  ///
  /// May be called while reading, and while an import is being stored: that import is not seen.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try StoreDamage.naming {
      try reader.unsafeReentrantRead { database in
        // On the connection of a running import: read on another, which sees what was before.
        if !database.configuration.readonly { return try reader.read(body) }
        if database.isInsideTransaction { return try body(database) }
        var value: Value?
        try database.inTransaction(.deferred) {
          value = try body(database)
          return .commit
        }
        guard let value else { throw StoreDamage.error("reading it ended early.") }
        return value
      }
    }
  }

  /// Changes what is stored, all of it or nothing.
  ///
  /// - Throws: `InputError` where the file cannot be changed, or what `body` throws.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard let pool else {
      throw InputError(
        code: "store.read-only",
        "\(path) cannot be written to.",
        remedy: "Check that you may write to the file and to its folder."
      )
    }
    do {
      return try StoreDamage.naming { try pool.write(body) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      throw InputError(
        code: "store.busy",
        "another import is being stored in \(path).",
        remedy: "Wait until it has ended, then run this one again."
      )
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      throw InputError(
        code: "store.no-room",
        "there is no room left where \(path) is; nothing was stored.",
        remedy: "Free some room on that disk, then run the import again."
      )
    }
  }
}
