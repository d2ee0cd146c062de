import Foundation
import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Sets the code that the first account must be made with, in place of any earlier one.
  ///
  /// - Parameters:
  ///   - hash: The SHA-256 of the code.
  ///   - now: The present.
  /// - Returns: Whether it is needed: false, and nothing is set, once there is an account.
  /// - Throws: `InputError` when the file cannot be written.
  public func setSetupCode(hash: [UInt8], at now: Instant) throws -> Bool {
    try write { database in
      if try Self.hasAccounts(database) { return false }
      try database.execute(
        sql: """
          INSERT INTO setup (id, code_hash, made_at) VALUES (1, ?, ?)
          ON CONFLICT (id) DO UPDATE SET code_hash = excluded.code_hash, made_at = excluded.made_at
          """,
        arguments: [Data(hash), now.seconds]
      )
      return true
    }
  }

  /// Looks whether a setup code is the one that counts; it still counts afterwards.
  ///
  /// - Parameter hash: The SHA-256 of the code.
  /// - Throws: `InputError` with code `accounts.set-up` when there is an account already,
  ///   `accounts.setup-code` when the code is another.
  public func requireSetupCode(hash: [UInt8]) throws {
    try read { try Self.requireSetupCode($0, hash) }
  }

  /// Makes the first account; of several at the same time exactly one is made.
  ///
  /// - Parameters:
  ///   - new: The account; it looks after the installation whatever its role says.
  ///   - codeHash: The SHA-256 of the code that the server printed.
  ///   - context: When, and from where.
  /// - Returns: The account.
  /// - Throws: `InputError` with code `accounts.set-up` when there is an account already,
  ///   `accounts.setup-code` when the code is another, or what making an account throws.
  public func addOwner(
    _ new: NewAccount,
    codeHash: [UInt8],
    in context: AuditEvent.Context
  ) throws -> Account {
    try write { database in
      try Self.requireSetupCode(database, codeHash)
      try database.execute(sql: "DELETE FROM setup")
      var owner = new
      owner.role = .admin
      return try Self.add(database, owner, in: context)
    }
  }

  private static func requireSetupCode(_ database: Database, _ hash: [UInt8]) throws {
    if try hasAccounts(database) {
      throw InputError(
        code: "accounts.set-up",
        "this installation has been set up already.",
        remedy: "Sign in, or ask whoever looks after it for an account."
      )
    }
    // Hashes are compared, so the time that it takes tells nothing about the code.
    let isRight = try Bool.fetchOne(
      database,
      sql: "SELECT EXISTS (SELECT 1 FROM setup WHERE code_hash = ?)",
      arguments: [Data(hash)]
    )
    guard isRight ?? false else {
      throw InputError(
        code: "accounts.setup-code",
        "this is not the setup code.",
        remedy: "The server prints it on its terminal when it starts, until it is set up; the "
          + "newest one counts."
      )
    }
  }
}
