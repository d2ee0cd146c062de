import GRDB

extension Migrations {
  /// One row an import, one row a chunk of at most 65,536 facts of one kind.
  @Sendable static func importsAndChunks(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE import (
          id INTEGER PRIMARY KEY,
          seen_at INTEGER NOT NULL,
          record BLOB NOT NULL
        ) STRICT;
        CREATE TABLE chunk (
          id INTEGER PRIMARY KEY,
          import_id INTEGER NOT NULL REFERENCES import(id),
          kind TEXT NOT NULL,
          row_count INTEGER NOT NULL,
          payload BLOB NOT NULL,
          checksum INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX chunk_import ON chunk (import_id);
        """
    )
  }
}
