import GRDB

/// The schema's history; a new step is only ever appended.
enum Migrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (name, step) in all { migrator.registerMigration(name, migrate: step) }
    return migrator
  }

  static let all: [(String, @Sendable (Database) throws -> Void)] = [
    ("0001-imports-and-chunks", importsAndChunks),
    ("0002-one-numbering", oneNumbering),
    ("0003-codes-of-chunks", codesOfChunks),
  ]
}
