import Foundation
import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Keeps a session of somebody who has just signed in, and ends the one of the same browser.
  ///
  /// - Parameters:
  ///   - session: The session.
  ///   - old: The hash of the session that the browser had before, if any.
  ///   - context: Who signed in, when and from where.
  /// - Returns: The account, signed in at this time; nil when it may no longer sign in.
  /// - Throws: `InputError` when the file cannot be written.
  public func start(
    _ session: Session,
    replacing old: [UInt8]? = nil,
    in context: AuditEvent.Context
  ) throws -> Account? {
    try write { database in
      try database.execute(
        sql: "UPDATE account SET last_sign_in_at = ? WHERE id = ? AND NOT disabled",
        arguments: [session.createdAt.seconds, session.account]
      )
      guard database.changesCount == 1 else { return nil }
      if let old {
        try database.execute(
          sql: "DELETE FROM session WHERE token_hash = ?",
          arguments: [Data(old)]
        )
      }
      try Self.removeEnded(database, at: session.createdAt)
      try database.execute(
        sql: """
          INSERT INTO session (token_hash, account, created_at, last_seen_at, form_secret)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(session.tokenHash), session.account, session.createdAt.seconds,
          session.lastSeenAt.seconds, Data(session.formSecret),
        ]
      )
      try Self.note(database, .signedIn, String(session.account), in: context)
      return try Self.account(database, session.account)
    }
  }

  /// A session with its account; nil when there is none, it has ended, or the account may no longer
  /// sign in.
  ///
  /// - Parameters:
  ///   - hash: The SHA-256 of the text in the browser's cookie.
  ///   - now: The present.
  /// - Returns: Both.
  /// - Throws: `InputError` when the file is damaged.
  public func session(
    _ hash: [UInt8],
    at now: Instant
  ) throws -> (session: Session, account: Account)? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM session WHERE token_hash = ?",
        arguments: [Data(hash)]
      )
      guard let session = try row.map(Self.session), session.isAlive(at: now),
        let account = try Self.account(database, session.account), !account.isDisabled
      else { return nil }
      return (session, account)
    }
  }

  /// Notes that a session was used.
  ///
  /// - Parameters:
  ///   - hash: The SHA-256 of the text in the browser's cookie.
  ///   - now: The present.
  /// - Throws: `InputError` when the file cannot be written.
  public func noteUse(ofSession hash: [UInt8], at now: Instant) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE session SET last_seen_at = max(last_seen_at, ?) WHERE token_hash = ?",
        arguments: [now.seconds, Data(hash)]
      )
    }
  }

  /// Ends a session, if there is one.
  ///
  /// - Parameters:
  ///   - hash: The SHA-256 of the text in the browser's cookie.
  ///   - context: Whose it is, when and from where.
  /// - Throws: `InputError` when the file cannot be written.
  public func end(session hash: [UInt8], in context: AuditEvent.Context) throws {
    try write { database in
      try database.execute(
        sql: "DELETE FROM session WHERE token_hash = ?",
        arguments: [Data(hash)]
      )
      guard database.changesCount == 1 else { return }
      try Self.note(database, .signedOut, context.account.map { String($0) }, in: context)
    }
  }

  /// Ends all sessions of an account.
  ///
  /// - Parameters:
  ///   - account: The account's number.
  ///   - context: Who ends them, when and from where.
  /// - Returns: How many there were.
  /// - Throws: `InputError` when the file cannot be written.
  @discardableResult
  public func endSessions(of account: Int64, in context: AuditEvent.Context) throws -> Int {
    try write { database in
      let count = try Self.endSessions(database, of: account)
      if count > 0 { try Self.note(database, .signedOut, String(account), in: context) }
      return count
    }
  }

  /// How many sessions of an account hold.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func sessionCount(of account: Int64, at now: Instant) throws -> Int {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM session WHERE account = ?",
        arguments: [account]
      ).map(Self.session).count { $0.isAlive(at: now) }
    }
  }

  // MARK: Within a transaction

  @discardableResult
  static func endSessions(_ database: Database, of account: Int64) throws -> Int {
    try database.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [account])
    return database.changesCount
  }

  /// Removes what holds no longer, so that the table does not grow for ever.
  private static func removeEnded(_ database: Database, at now: Instant) throws {
    try database.execute(
      sql: "DELETE FROM session WHERE last_seen_at <= ? OR created_at <= ?",
      arguments: [now.seconds - Session.idleSeconds, now.seconds - Session.longestSeconds]
    )
  }

  private static func session(_ row: Row) throws -> Session {
    Session(
      tokenHash: try row.bytes("token_hash"),
      account: try row.integer("account"),
      createdAt: try row.instant("created_at"),
      lastSeenAt: try row.instant("last_seen_at"),
      formSecret: try row.bytes("form_secret")
    )
  }
}
