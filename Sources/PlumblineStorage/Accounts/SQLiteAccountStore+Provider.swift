import Foundation
import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// How long somebody may take to sign in at a provider of OpenID Connect.
  public static let longestVisitSeconds: Int64 = 600
  /// So many may be on their way at the same time; the oldest make room.
  static let mostVisits = 10_000

  /// Notes that somebody was sent to the provider.
  ///
  /// - Parameters:
  ///   - stateHash: The SHA-256 of the `state` that they bring back.
  ///   - browserHash: The SHA-256 of a cookie of their browser, so that nobody can be made to come
  ///     back with somebody else's state.
  ///   - nonce: What the ID token must repeat.
  ///   - verifier: The PKCE verifier, which the code is exchanged with.
  ///   - now: The present.
  /// - Throws: `InputError` when the file cannot be written.
  public func startVisit(
    stateHash: [UInt8],
    browserHash: [UInt8],
    nonce: String,
    verifier: String,
    at now: Instant
  ) throws {
    try write { database in
      try Self.makeRoomForVisit(database, most: Self.mostVisits, at: now)
      try database.execute(
        sql: """
          INSERT INTO provider_visit (state_hash, browser_hash, nonce, verifier, started_at)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [Data(stateHash), Data(browserHash), nonce, verifier, now.seconds]
      )
    }
  }

  /// Removes visits that are over, and the oldest where there are too many.
  static func makeRoomForVisit(_ database: Database, most: Int, at now: Instant) throws {
    try database.execute(
      sql: "DELETE FROM provider_visit WHERE started_at <= ?",
      arguments: [now.seconds - longestVisitSeconds]
    )
    let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM provider_visit") ?? 0
    guard count >= most else { return }
    // A few more than one, so that the next need not look for the oldest again.
    try database.execute(
      sql: """
        DELETE FROM provider_visit WHERE state_hash IN (
          SELECT state_hash FROM provider_visit ORDER BY started_at LIMIT ?)
        """,
      arguments: [count - most + max(1, most / 100)]
    )
  }

  /// Takes note that somebody came back; each visit ends once.
  ///
  /// - Parameters:
  ///   - stateHash: The SHA-256 of the `state` that they brought.
  ///   - browserHash: The SHA-256 of their browser's cookie.
  ///   - now: The present.
  /// - Returns: What was noted when they were sent; nil when nobody was sent with this state from
  ///   this browser in time, or has come back already.
  /// - Throws: `InputError` when the file cannot be written.
  public func endVisit(
    stateHash: [UInt8],
    browserHash: [UInt8],
    at now: Instant
  ) throws -> (nonce: String, verifier: String)? {
    try write { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT nonce, verifier FROM provider_visit
          WHERE state_hash = ? AND browser_hash = ? AND started_at > ?
          """,
        arguments: [
          Data(stateHash), Data(browserHash), now.seconds - Self.longestVisitSeconds,
        ]
      )
      guard let row else { return nil }
      try database.execute(
        sql: "DELETE FROM provider_visit WHERE state_hash = ?",
        arguments: [Data(stateHash)]
      )
      return (try row.text("nonce"), try row.text("verifier"))
    }
  }

  /// The account of somebody whom the provider knows: made when they first come, given the role that
  /// their groups say now.
  ///
  /// An account that signs in by password is never handed to whoever has its name at the provider.
  ///
  /// - Parameters:
  ///   - person: Who they are there, with the role of their groups.
  ///   - identity: Who they are there.
  ///   - context: When, and from where.
  /// - Returns: The account; it may be disabled.
  /// - Throws: `InputError` with code `accounts.no-owner` when nobody has set the installation up,
  ///   what making an account throws, or `accounts.last-admin`.
  public func account(
    ofPerson person: NewAccount,
    _ identity: Account.Identity,
    in context: AuditEvent.Context
  ) throws -> Account {
    try write { database in
      guard try Self.hasAccounts(database) else {
        throw InputError(
          code: "accounts.no-owner",
          "this installation has not been set up.",
          remedy: "Set it up with the code that the server printed, then sign in."
        )
      }
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM account WHERE issuer = ? AND subject = ?",
        arguments: [identity.issuer, identity.subject]
      )
      var context = context
      guard let known = try row.map(Self.account) else {
        var new = person
        (new.identity, new.passwordHash) = (identity, nil)
        return try Self.add(database, new, in: context)
      }
      guard known.role != person.role, !known.isDisabled else { return known }
      (context.account, context.accountName) = (known.id, known.name)
      try Self.setRole(database, person.role, of: known.id, in: context)
      return try Self.account(database, known.id) ?? known
    }
  }

  /// Notes that somebody whom the provider knows was not let in, and ends what they have here: the
  /// sessions and tokens of an account that they had before.
  ///
  /// - Parameters:
  ///   - identity: Who they are there.
  ///   - context: When, and from where.
  /// - Throws: `InputError` when the file cannot be written.
  public func shutOut(_ identity: Account.Identity, in context: AuditEvent.Context) throws {
    try write { database in
      let id = try Int64.fetchOne(
        database,
        sql: "SELECT id FROM account WHERE issuer = ? AND subject = ?",
        arguments: [identity.issuer, identity.subject]
      )
      try Self.note(database, .signInFailed, id.map { String($0) }, in: context)
      guard let id else { return }
      if try Self.endSessions(database, of: id) > 0 {
        try Self.note(database, .signedOut, String(id), in: context)
      }
      try Self.revokeTokens(database, of: id, in: context)
    }
  }
}
