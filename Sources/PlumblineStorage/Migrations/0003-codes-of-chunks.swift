import GRDB

extension Migrations {
  /// Which codes a chunk's facts name, so that one without those asked for need not be read.
  ///
  /// Chunks of before have no such row and are read.
  @Sendable static func codesOfChunks(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE chunk_codes (
          id INTEGER PRIMARY KEY,
          leads BLOB NOT NULL,
          ids BLOB NOT NULL,
          checksum INTEGER NOT NULL
        ) STRICT
        """
    )
  }
}
