import Foundation
import GRDB
import PlumblineCore

extension Migrations {
  /// One numbering of texts for the whole store, chunks that refer to it and may hold the facts of
  /// several imports, and a name of its own for the store.
  @Sendable static func oneNumbering(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE store (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          identity TEXT NOT NULL
        ) STRICT;
        CREATE TABLE text_segment (
          id INTEGER PRIMARY KEY,
          domain TEXT NOT NULL,
          first_code INTEGER NOT NULL,
          text_count INTEGER NOT NULL,
          payload BLOB NOT NULL,
          checksum INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX text_segment_codes ON text_segment (domain, first_code, text_count);
        ALTER TABLE import ADD COLUMN contents BLOB;
        ALTER TABLE import ADD COLUMN checksum INTEGER;
        ALTER TABLE chunk RENAME TO old_chunk;
        DROP INDEX chunk_import;
        CREATE TABLE chunk (
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          first_import INTEGER NOT NULL,
          last_import INTEGER NOT NULL,
          row_count INTEGER NOT NULL,
          payload BLOB NOT NULL,
          checksum INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX chunk_kind ON chunk (kind, first_import, last_import, row_count);
        """
    )
    try database.execute(
      sql: "INSERT INTO store (id, identity) VALUES (1, lower(hex(randomblob(16))))"
    )
    try recodeChunks(database)
    try database.execute(sql: "DROP TABLE old_chunk")
  }

  /// Writes the chunks of before with codes of the one numbering, each under its own number.
  private static func recodeChunks(_ database: Database) throws {
    let imports = try Row.fetchAll(database, sql: "SELECT id, record FROM import ORDER BY id")
    var batch = FactBatch()
    var contents = ImportContents()
    for row in imports {
      let sequence = Int(try row.integer("id"))
      let chunks = try Row.fetchCursor(
        database,
        sql: "SELECT id, kind, payload, checksum FROM old_chunk WHERE import_id = ? ORDER BY id",
        arguments: [sequence]
      )
      while let chunk = try chunks.next() {
        let (id, payload) = (try chunk.integer("id"), try chunk.blob("payload"))
        let name = try chunk.text("kind")
        guard let kind = FactKind(rawValue: name),
          try LegacyChunkCoding.checksum(payload) == chunk.integer("checksum")
        else { throw damagedChunk(id, name, sequence) }
        batch[kind] = FactTable(kind)
        do throws(Malformed) {
          try LegacyChunkCoding.decode(payload, kind, into: &batch)
        } catch {
          throw damagedChunk(id, name, sequence)
        }
        guard batch[kind].rowCount > 0 else { continue }
        contents.facts[kind, default: 0] += batch[kind].rowCount
        try ChunkRow(batch[kind], in: sequence).insertFacts(database, id: id)
      }
      for domain in TextDomain.allCases {
        let known = contents.texts[domain]
        try TextSegments.append(
          TextNews(
            domain: domain,
            dictionary: batch.texts[domain],
            start: known,
            firstCode: known
          ),
          database
        )
        contents.texts[domain] = batch.texts[domain].count
      }
      try ImportRow(sequence: sequence, record: row.blob("record"), contents: contents)
        .update(database)
    }
  }

  private static func damagedChunk(_ id: Int64, _ kind: String, _ sequence: Int) -> InputError {
    StoreDamage.error("Chunk \(id) (\(kind), import \(sequence)) does not match its checksum.")
  }
}
