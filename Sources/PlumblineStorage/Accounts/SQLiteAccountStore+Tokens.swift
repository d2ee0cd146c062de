import Foundation
import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Keeps a token.
  ///
  /// - Parameters:
  ///   - new: The token.
  ///   - context: Who makes it, when and from where.
  /// - Returns: The token as it is kept.
  /// - Throws: `InputError` when the file cannot be written.
  public func add(_ new: NewAPIToken, in context: AuditEvent.Context) throws -> APIToken {
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO api_token
            (token_hash, account, name, shown_prefix, scopes, role, created_at, expires_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(new.tokenHash), new.account, new.name, new.shownPrefix, Self.text(new.scopes),
          new.role.rawValue, context.at.seconds, new.expiresAt.seconds,
        ]
      )
      let id = database.lastInsertedRowID
      let until = LocalCalendar.utc.day(of: new.expiresAt)
      try Self.note(
        database,
        .tokenMade,
        String(id),
        detail: "as \(new.role.rawValue), may \(Self.text(new.scopes)), until \(until)",
        in: context
      )
      return APIToken(
        id: id,
        account: new.account,
        name: new.name,
        shownPrefix: new.shownPrefix,
        scopes: new.scopes,
        role: new.role,
        createdAt: context.at,
        expiresAt: new.expiresAt
      )
    }
  }

  /// The tokens of an account, or of everybody, newest first; those taken back are among them.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func tokens(of account: Int64? = nil) throws -> [APIToken] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM api_token WHERE account = ?1 OR ?1 IS NULL ORDER BY id DESC",
        arguments: [account]
      ).map(Self.token)
    }
  }

  /// A token that holds, with the account that made it; nil when there is none.
  ///
  /// - Parameters:
  ///   - hash: The SHA-256 of the token.
  ///   - now: The present.
  /// - Returns: Both.
  /// - Throws: `InputError` when the file is damaged.
  public func token(
    _ hash: [UInt8],
    at now: Instant
  ) throws -> (token: APIToken, account: Account)? {
    try read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM api_token WHERE token_hash = ?",
        arguments: [Data(hash)]
      )
      guard let token = try row.map(Self.token),
        let account = try Self.account(database, token.account),
        token.isValid(for: account, at: now)
      else { return nil }
      return (token, account)
    }
  }

  /// Notes that a token was used.
  ///
  /// - Throws: `InputError` when the file cannot be written.
  public func noteUse(ofToken id: Int64, at now: Instant) throws {
    try write { database in
      try database.execute(
        sql:
          "UPDATE api_token SET last_used_at = max(coalesce(last_used_at, ?1), ?1) WHERE id = ?2",
        arguments: [now.seconds, id]
      )
    }
  }

  /// Takes a token back; one that is taken back already stays as it is.
  ///
  /// - Parameters:
  ///   - id: The token's number.
  ///   - account: Whose it must be; anybody's when nil.
  ///   - context: Who takes it back, when and from where.
  /// - Returns: Whether there was such a token that had not been taken back.
  /// - Throws: `InputError` when the file cannot be written.
  @discardableResult
  public func revoke(
    token id: Int64,
    of account: Int64? = nil,
    in context: AuditEvent.Context
  ) throws -> Bool {
    try write { database in
      try database.execute(
        sql: """
          UPDATE api_token SET revoked_at = ?1
          WHERE id = ?2 AND revoked_at IS NULL AND (account = ?3 OR ?3 IS NULL)
          """,
        arguments: [context.at.seconds, id, account]
      )
      guard database.changesCount == 1 else { return false }
      try Self.note(database, .tokenRevoked, String(id), in: context)
      return true
    }
  }

  /// Takes back all tokens of an account that had not been taken back, a line of the log for each.
  static func revokeTokens(
    _ database: Database,
    of account: Int64,
    in context: AuditEvent.Context
  ) throws {
    let held = try Int64.fetchAll(
      database,
      sql: "SELECT id FROM api_token WHERE account = ? AND revoked_at IS NULL ORDER BY id",
      arguments: [account]
    )
    try database.execute(
      sql: "UPDATE api_token SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL",
      arguments: [context.at.seconds, account]
    )
    for token in held { try note(database, .tokenRevoked, String(token), in: context) }
  }

  private static func text(_ scopes: Set<TokenScope>) -> String {
    TokenScope.allCases.filter(scopes.contains).map(\.rawValue).joined(separator: " ")
  }

  private static func token(_ row: Row) throws -> APIToken {
    let scopes = try row.text("scopes").split(separator: " ").map { word in
      guard let scope = TokenScope(rawValue: String(word)) else {
        throw StoreDamage.error("a row holds a word that does not belong there.")
      }
      return scope
    }
    return APIToken(
      id: try row.integer("id"),
      account: try row.integer("account"),
      name: try row.text("name"),
      shownPrefix: try row.text("shown_prefix"),
      scopes: Set(scopes),
      role: try row.word("role", AccountRole.self),
      createdAt: try row.instant("created_at"),
      expiresAt: try row.instant("expires_at"),
      lastUsedAt: try row.optionalInstant("last_used_at"),
      revokedAt: try row.optionalInstant("revoked_at")
    )
  }
}
