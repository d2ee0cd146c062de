import GRDB

/// The schema's history of the accounts; a new step is only ever appended.
enum AccountMigrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (name, step) in all { migrator.registerMigration(name, migrate: step) }
    return migrator
  }

  static let all: [(String, @Sendable (Database) throws -> Void)] = [
    ("0001-accounts", accounts),
    ("0002-audit", audit),
    ("0003-pulse", pulse),
    ("0004-rebound", rebound),
    ("0005-audit-detail", auditDetail),
  ]

  /// Who may sign in, and what proves it.
  ///
  /// Secrets are there as hashes alone.
  @Sendable static func accounts(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE setup (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          code_hash BLOB NOT NULL,
          made_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE account (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          name_key TEXT NOT NULL UNIQUE,
          display_name TEXT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('marketing', 'sales', 'leadership', 'admin')),
          owner TEXT,
          issuer TEXT,
          subject TEXT,
          password_hash TEXT,
          disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
          created_at INTEGER NOT NULL,
          last_sign_in_at INTEGER,
          UNIQUE (issuer, subject),
          CHECK ((issuer IS NULL) = (subject IS NULL))
        ) STRICT;

        CREATE TABLE session (
          token_hash BLOB PRIMARY KEY,
          account INTEGER NOT NULL REFERENCES account (id),
          created_at INTEGER NOT NULL,
          last_seen_at INTEGER NOT NULL,
          form_secret BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_account ON session (account);

        CREATE TABLE api_token (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          token_hash BLOB NOT NULL UNIQUE,
          account INTEGER NOT NULL REFERENCES account (id),
          name TEXT NOT NULL,
          shown_prefix TEXT NOT NULL,
          scopes TEXT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('marketing', 'sales', 'leadership', 'admin')),
          created_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          last_used_at INTEGER,
          revoked_at INTEGER
        ) STRICT;
        CREATE INDEX api_token_account ON api_token (account);

        CREATE TABLE sign_in_guard (
          key TEXT PRIMARY KEY,
          failures INTEGER NOT NULL,
          last_failure_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE provider_visit (
          state_hash BLOB PRIMARY KEY,
          browser_hash BLOB NOT NULL,
          nonce TEXT NOT NULL,
          verifier TEXT NOT NULL,
          started_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
    )
  }

  /// Who did what.
  ///
  /// The triggers hold against a mistake in the program, not against an editor of the file.
  @Sendable static func audit(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE audit_event (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          at INTEGER NOT NULL,
          account INTEGER,
          account_name TEXT,
          act TEXT NOT NULL,
          subject TEXT,
          request_id TEXT,
          address TEXT
        ) STRICT;
        CREATE INDEX audit_event_account ON audit_event (account, id);
        CREATE INDEX audit_event_act ON audit_event (act, id);
        CREATE INDEX audit_event_subject ON audit_event (subject, id) WHERE subject IS NOT NULL;
        CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
          BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
        CREATE TRIGGER audit_event_fixed BEFORE UPDATE ON audit_event
          BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
        """
    )
  }

  /// What a token may be used for, and the like; older lines have none.
  @Sendable static func auditDetail(_ database: Database) throws {
    try database.execute(sql: "ALTER TABLE audit_event ADD COLUMN detail TEXT")
  }

  /// Invitations to a survey, and answers.
  ///
  /// Nothing ties an answer to an invitation, or one answer to the next: both tables are ordered by
  /// chance, without the row numbers that would tell what came after what, and know days only.
  @Sendable static func pulse(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE pulse_invitation (
          token_hash BLOB PRIMARY KEY,
          span INTEGER NOT NULL,
          team TEXT NOT NULL,
          last_day INTEGER NOT NULL,
          used_on INTEGER
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pulse_answer (
          id BLOB PRIMARY KEY,
          question TEXT NOT NULL,
          answer TEXT NOT NULL,
          team TEXT NOT NULL,
          day INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """
    )
  }

  /// What was decided about leads that may go back into a list; the newest decision counts.
  @Sendable static func rebound(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE rebound_decision (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          lead TEXT NOT NULL,
          list TEXT NOT NULL,
          verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'snoozed', 'declined')),
          until INTEGER,
          reason TEXT,
          account INTEGER NOT NULL REFERENCES account (id),
          at INTEGER NOT NULL,
          CHECK ((verdict = 'snoozed') = (until IS NOT NULL)),
          CHECK ((verdict = 'declined') = (reason IS NOT NULL))
        ) STRICT;
        CREATE INDEX rebound_decision_lead ON rebound_decision (lead, list, id);
        """
    )
  }
}
