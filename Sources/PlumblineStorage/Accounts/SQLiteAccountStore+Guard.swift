import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Begins an attempt to sign in: counts it as wrong, unless it must wait.
  ///
  /// Looking and counting are one transaction, so that many attempts at the same time are counted
  /// like many one after another.
  ///
  /// - Parameters:
  ///   - keys: What is guarded: a name and an address.
  ///   - now: The present.
  /// - Returns: Whether it may be made; the longest wait of all keys otherwise, and nothing counted.
  /// - Throws: `InputError` when the file cannot be written.
  public func beginAttempt(
    guardedBy keys: [String],
    at now: Instant
  ) throws -> SignInGuard.Decision {
    try write { database in
      try database.execute(
        sql: "DELETE FROM sign_in_guard WHERE last_failure_at <= ?",
        arguments: [now.seconds - SignInGuard.memorySeconds]
      )
      var guards: [(key: String, guard: SignInGuard)] = []
      var longest: Int64 = 0
      for key in keys {
        let found = try Self.signInGuard(database, key)
        if case .wait(let seconds) = found.decision(at: now) { longest = max(longest, seconds) }
        guards.append((key, found))
      }
      guard longest == 0 else { return .wait(seconds: longest) }
      for (key, var found) in guards {
        found.begin(at: now)
        try Self.keep(database, found, key)
      }
      return .allowed
    }
  }

  /// Takes back that an attempt counted as wrong.
  ///
  /// - Parameters:
  ///   - name: The key of the name, of which all earlier wrong attempts are forgotten.
  ///   - address: The key of the address, of which only this one is: whoever has an account must not
  ///     be able to guess at others without end.
  /// - Throws: `InputError` when the file cannot be written.
  public func settleAttempt(name: String, address: String) throws {
    try write { database in
      try database.execute(sql: "DELETE FROM sign_in_guard WHERE key = ?", arguments: [name])
      var found = try Self.signInGuard(database, address)
      found.takeBack()
      try Self.keep(database, found, address)
    }
  }

  /// Takes back that an attempt was made at all, as it was never decided.
  ///
  /// - Parameter keys: What is guarded.
  /// - Throws: `InputError` when the file cannot be written.
  public func withdrawAttempt(guardedBy keys: [String]) throws {
    try write { database in
      for key in keys {
        var found = try Self.signInGuard(database, key)
        found.takeBack()
        try Self.keep(database, found, key)
      }
    }
  }

  private static func signInGuard(_ database: Database, _ key: String) throws -> SignInGuard {
    let row = try Row.fetchOne(
      database,
      sql: "SELECT * FROM sign_in_guard WHERE key = ?",
      arguments: [key]
    )
    guard let row else { return SignInGuard() }
    return SignInGuard(
      failures: Int(try row.integer("failures")),
      lastFailureAt: try row.instant("last_failure_at")
    )
  }

  private static func keep(_ database: Database, _ found: SignInGuard, _ key: String) throws {
    guard let last = found.lastFailureAt, found.failures > 0 else {
      try database.execute(sql: "DELETE FROM sign_in_guard WHERE key = ?", arguments: [key])
      return
    }
    try database.execute(
      sql: """
        INSERT INTO sign_in_guard (key, failures, last_failure_at) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET
          failures = excluded.failures, last_failure_at = excluded.last_failure_at
        """,
      arguments: [key, found.failures, last.seconds]
    )
  }
}
