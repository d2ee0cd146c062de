import Foundation
import GRDB
import PlumblineCore

/// How many texts of each domain are numbered, the missing text included.
struct TextCounts: Hashable, Codable, Sendable {
  private var byDomain: [String: Int] = [:]

  init() {}

  subscript(domain: TextDomain) -> Int {
    get { byDomain[domain.rawValue] ?? 1 }
    set { byDomain[domain.rawValue] = newValue > 1 ? newValue : nil }
  }
}

/// What an import left in the store: how much has to be there after it.
struct ImportContents: Hashable, Codable, Sendable {
  /// The facts of all imports so far.
  var facts: [FactKind: Int] {
    get {
      Dictionary(
        uniqueKeysWithValues: counts.compactMap { name, count in
          FactKind(rawValue: name).map { ($0, count) }
        }
      )
    }
    set {
      counts = Dictionary(uniqueKeysWithValues: newValue.map { ($0.key.rawValue, $0.value) })
    }
  }
  private var counts: [String: Int] = [:]
  /// The numbering of texts after it.
  var texts = TextCounts()
}

/// The row of an import.
struct ImportRow {
  let sequence: Int
  let record: Data
  let contents: ImportContents

  func update(_ database: Database) throws {
    let encoded = try JSONEncoder().encode(contents)
    try database.execute(
      sql: "UPDATE import SET contents = ?, checksum = ? WHERE id = ?",
      arguments: [encoded, Self.checksum(sequence, record, encoded), sequence]
    )
  }

  func insert(_ database: Database, seenAt: Int64) throws {
    try database.execute(
      sql: "INSERT INTO import (id, seen_at, record) VALUES (?, ?, ?)",
      arguments: [sequence, seenAt, record]
    )
    try update(database)
  }

  /// The imports after one, oldest first, with what they left.
  ///
  /// - Throws: `InputError` with code `store.damaged`, or what SQLite reports.
  static func all(
    _ database: Database,
    after sequence: Int = 0
  ) throws -> [(record: ImportRecord, contents: ImportContents)] {
    try Row.fetchAll(
      database,
      sql: "SELECT id, record, contents, checksum FROM import WHERE id > ? ORDER BY id",
      arguments: [sequence]
    ).map { row in
      let id = Int(try row.integer("id"))
      let (bytes, contents) = (try row.blob("record"), try row.blob("contents"))
      guard try row.integer("checksum") == checksum(id, bytes, contents),
        var record = try? JSONDecoder().decode(ImportRecord.self, from: bytes),
        let left = try? JSONDecoder().decode(ImportContents.self, from: contents)
      else { throw StoreDamage.error("the record of import \(id) does not match its checksum.") }
      record.sequence = id
      return (record, left)
    }
  }

  /// What the newest import left; nothing when there is none.
  static func newest(_ database: Database) throws -> (sequence: Int, contents: ImportContents) {
    let last = try Int.fetchOne(database, sql: "SELECT max(id) FROM import") ?? 0
    guard last > 0 else { return (0, ImportContents()) }
    return (last, try all(database, after: last - 1).last?.contents ?? ImportContents())
  }

  /// A fingerprint of the imports up to one: another for a store that took another course.
  ///
  /// - Complexity: O(imports).
  static func course(_ database: Database, through last: Int) throws -> UInt64 {
    try Int64.fetchAll(
      database,
      sql: "SELECT checksum FROM import WHERE id <= ? ORDER BY id",
      arguments: [last]
    ).reduce(0) {
      Checksum.seed("course", Int(truncatingIfNeeded: $0), Int(truncatingIfNeeded: $1))
    }
  }

  private static func checksum(_ sequence: Int, _ record: Data, _ contents: Data) -> Int64 {
    let seed = Checksum.seed("import", sequence, record.count)
    return Int64(bitPattern: Checksum.of(Array(record + contents), seed: seed))
  }
}
