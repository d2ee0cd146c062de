import Foundation
import GRDB
public import PlumblineCore

/// Facts in one SQLite file: immutable, checksummed column chunks, appended in one transaction.
public struct SQLiteFactStore: FactStore {
  private let pool: DatabasePool

  /// The most facts that one chunk holds.
  static let rowsPerChunk = 65_536

  /// Opens the store at a path, creating it or bringing it to the newest schema where needed.
  ///
  /// - Throws: `InputError` when the file is not a store or was made by a newer version.
  public init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Migrations.migrator
      if try pool.read(migrator.hasBeenSuperseded) {
        throw InputError(
          code: "store.newer",
          "\(path) was written by a newer version of plumbline.",
          remedy: "Use that version, or make a new workspace."
        )
      }
      try migrator.migrate(pool)
    } catch let error as DatabaseError {
      throw InputError(
        code: "store.unreadable",
        "\(path) cannot be opened: \(error.message ?? "unknown").",
        remedy: "Check that the file is a plumbline store and that you may write to its folder."
      )
    }
  }

  /// All imports so far, oldest first.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what else SQLite reports.
  public func imports() throws -> [ImportRecord] {
    try read { try Self.records($0, after: 0) }
  }

  /// Reads, and names a file whose pages no longer fit together.
  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try pool.read(body)
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      throw Self.damaged("The store is damaged: \(error.message ?? "unknown").")
    }
  }

  /// Stores an import and its facts in one transaction; see `FactStore`.
  @discardableResult
  public func append(
    _ batch: FactBatch,
    of record: ImportRecord,
    after newest: Int
  ) throws -> ImportRecord {
    var record = record
    let chunks = FactKind.allCases.flatMap { self.chunks(of: batch[$0], batch.texts) }
    try pool.write { database in
      guard try Int.fetchOne(database, sql: "SELECT max(id) FROM import") ?? 0 == newest else {
        throw InputError(
          code: "store.changed",
          "another import was stored while this one was read.",
          remedy: "Run the import again."
        )
      }
      try database.execute(
        sql: "INSERT INTO import (seen_at, record) VALUES (?, ?)",
        arguments: [record.seenAt, try JSONEncoder().encode(record)]
      )
      record.sequence = Int(database.lastInsertedRowID)
      for (kind, rowCount, payload) in chunks {
        try database.execute(
          sql: """
            INSERT INTO chunk (import_id, kind, row_count, payload, checksum)
            VALUES (?, ?, ?, ?, ?)
            """,
          arguments: [record.sequence, kind.rawValue, rowCount, payload, checksum(payload)]
        )
      }
    }
    return record
  }

  private func chunks(
    of table: FactTable,
    _ texts: TextDictionaries
  ) -> [(FactKind, Int, Data)] {
    stride(from: 0, to: table.rowCount, by: Self.rowsPerChunk).map { start in
      let part = table.slice(start..<min(start + Self.rowsPerChunk, table.rowCount))
      return (table.kind, part.rowCount, ChunkCoding.encode(part, texts))
    }
  }

  /// Calls `body` with each import after a sequence, oldest first, with its facts.
  ///
  /// - Throws: `InputError` with code `store.damaged` for a chunk that does not match its checksum,
  ///   or what `body` throws.
  public func forEachBatch(
    after sequence: Int,
    _ body: (ImportRecord, FactBatch) throws -> Void
  ) throws {
    for record in try read({ try Self.records($0, after: sequence) }) {
      try body(record, try batch(of: record))
    }
  }

  private func batch(of record: ImportRecord) throws -> FactBatch {
    var batch = FactBatch()
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT id, kind, payload, checksum FROM chunk WHERE import_id = ? ORDER BY id",
        arguments: [record.sequence]
      )
      while let row = try rows.next() {
        let id: Int64 = row["id"]
        let payload: Data = row["payload"]
        let expected: Int64 = row["checksum"]
        let name: String = row["kind"]
        guard let kind = FactKind(rawValue: name), checksum(payload) == expected else {
          throw Self.damaged("Chunk \(id) of the store does not match its checksum.")
        }
        do {
          try ChunkCoding.decode(payload, kind, into: &batch)
        } catch is ChunkCoding.Malformed {
          throw Self.damaged("Chunk \(id) of the store does not match its checksum.")
        }
      }
    }
    return batch
  }

  private static func damaged(_ message: String) -> InputError {
    InputError(
      code: "store.damaged",
      message,
      remedy: "Restore the workspace from a backup, or import the files again into a new one."
    )
  }

  /// The facts that name a lead by its id, with the import each came from, oldest first.
  ///
  /// - Throws: What `forEachBatch` throws.
  /// - Complexity: O(facts); every chunk is read.
  public func history(ofLead id: String) throws -> [(ImportRecord, FactBatch)] {
    var history: [(ImportRecord, FactBatch)] = []
    try forEachBatch(after: 0) { record, batch in
      guard let code = batch.texts[.lead].code(of: id) else { return }
      var own = FactBatch()
      own.texts = batch.texts
      for kind in FactKind.allCases {
        let table = batch[kind]
        let columns = kind.schema.columns.indices.filter {
          kind.schema.columns[$0].content == .text(.lead)
        }
        let rows = (0..<table.rowCount).filter { row in
          columns.contains { table.columns[$0][row] == Int64(code) }
        }
        if !rows.isEmpty { own[kind] = table.selecting(rows) }
      }
      if own.rowCount > 0 { history.append((record, own)) }
    }
    return history
  }

  private static func records(
    _ database: Database,
    after sequence: Int
  ) throws -> [ImportRecord] {
    try Row.fetchAll(
      database,
      sql: "SELECT id, record FROM import WHERE id > ? ORDER BY id",
      arguments: [sequence]
    ).map { row in
      var record = try JSONDecoder().decode(ImportRecord.self, from: row["record"])
      record.sequence = row["id"]
      return record
    }
  }
}

/// A checksum of a chunk; notices damage, does not withstand malice.
private func checksum(_ data: Data) -> Int64 {
  data.withUnsafeBytes { Int64(bitPattern: TextDictionary.hash($0, seed: 0x506C_756D_6200)) }
}
