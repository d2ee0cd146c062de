import Foundation
import GRDB
import PlumblineCore

/// Who may sign in, and what they did: a SQLite file of its own, for its owner's eyes alone.
///
/// It stands apart from the store of facts, because facts are imported anew and handed on, while
/// accounts stay where they are. What changes an account is written in one transaction with its
/// line of the audit log: neither is ever there without the other.
public struct SQLiteAccountStore: Sendable {
  /// The file's path.
  public let path: String
  private let pool: DatabasePool

  /// Opens the accounts at a path, made if there is none.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: `InputError` when the file holds something else, is damaged, was made by a newer
  ///   version, or cannot be written.
  public init(path: String) throws {
    self.path = path
    pool = try Self.naming(path) {
      try Self.keepPrivate(path)
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.prepareDatabase { database in
        // A session that was ended must stay ended, whatever becomes of the machine.
        try database.execute(sql: "PRAGMA synchronous = FULL")
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = AccountMigrations.migrator
      if try pool.read(migrator.hasBeenSuperseded) {
        throw InputError(
          code: "accounts.newer",
          "\(path) was written by a newer version of plumbline.",
          remedy: "Use that version."
        )
      }
      try migrator.migrate(pool)
      return pool
    }
  }

  /// Makes the file, and sees to it that nobody else on the machine may read it or those beside it,
  /// to which SQLite gives the same mode.
  ///
  /// A file that is there is not opened: closing it would release the locks that SQLite holds on it
  /// elsewhere in this process (sqlite.org/howtocorrupt.html, section 2.2).
  private static func keepPrivate(_ path: String) throws {
    let file = Foundation.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
    if file >= 0 {
      close(file)
      return
    }
    guard errno == EEXIST else { throw unusable(path, "it cannot be made") }
    for name in [path, path + "-wal", path + "-shm"] {
      var status = stat()
      guard stat(name, &status) == 0, status.st_mode & 0o077 != 0 else { continue }
      guard chmod(name, 0o600) == 0 else {
        throw unusable(path, "others may read it, and it belongs to somebody else")
      }
    }
  }

  /// Reads from the state of one instant.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.naming(path) { try pool.read(body) }
  }

  /// Changes all or nothing, one at a time.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.naming(path) { try pool.write(body) }
  }

  /// Calls `body` and says what is the matter with the file when SQLite cannot use it.
  private static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_BUSY {
        throw InputError(
          code: "accounts.busy",
          "another program has been writing \(path) for ten seconds.",
          remedy: "Wait until it has ended, then try again."
        )
      }
      throw unusable(path, error.message ?? "unknown")
    } catch is RowDecodingError {
      throw unusable(path, "a table holds values that do not belong there")
    } catch let error as InputError
      where error.diagnostics.contains(where: { $0.code == StoreDamage.code })
    {
      throw unusable(path, "a row holds values that do not belong there")
    }
  }

  private static func unusable(_ path: String, _ what: String) -> InputError {
    InputError(
      code: "accounts.unusable",
      "the accounts in \(path) cannot be used: \(what).",
      remedy: "Check that you may write to it and its folder. Restore it from a backup if it is "
        + "damaged; without it everybody must be given access anew."
    )
  }
}

extension Row {
  /// A text that may be missing.
  func optionalText(_ column: String) throws -> String? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try text(column)
  }

  /// A number that may be missing.
  func optionalInteger(_ column: String) throws -> Int64? {
    let value: DatabaseValue = self[column]
    return value.isNull ? nil : try integer(column)
  }

  /// An instant.
  func instant(_ column: String) throws -> Instant { Instant(seconds: try integer(column)) }

  /// An instant that may be missing.
  func optionalInstant(_ column: String) throws -> Instant? {
    try optionalInteger(column).map { Instant(seconds: $0) }
  }

  /// Bytes.
  func bytes(_ column: String) throws -> [UInt8] { Array(try blob(column)) }

  /// A word of a closed list.
  func word<Word: RawRepresentable<String>>(_ column: String, _ type: Word.Type) throws -> Word {
    guard let word = Word(rawValue: try text(column)) else {
      throw StoreDamage.error("a row holds a word that does not belong there.")
    }
    return word
  }
}
