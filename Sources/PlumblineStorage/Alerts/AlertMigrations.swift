import GRDB

/// The schema's history of the alert log; a new step is only ever appended.
enum AlertMigrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (name, step) in all { migrator.registerMigration(name, migrate: step) }
    return migrator
  }

  static let all: [(String, @Sendable (Database) throws -> Void)] = [("0001-alerts", alerts)]

  /// One row an alert; its destination and key are there once, whoever writes.
  @Sendable static func alerts(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE alert (
          id INTEGER PRIMARY KEY,
          destination TEXT NOT NULL,
          key TEXT NOT NULL,
          lead TEXT NOT NULL,
          promise TEXT NOT NULL,
          step TEXT NOT NULL,
          state TEXT NOT NULL
            CHECK (state IN ('claimed', 'delivered', 'failed', 'unknown', 'released')),
          attempts INTEGER NOT NULL,
          run TEXT NOT NULL,
          claimed_at INTEGER NOT NULL,
          settled_at INTEGER,
          retry_at INTEGER,
          reason TEXT,
          UNIQUE (destination, key)
        ) STRICT;
        """
    )
  }
}
