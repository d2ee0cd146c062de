import Foundation
import GRDB
public import PlumblineCore

/// The alert log as a SQLite file of its own.
///
/// It stands apart from the store of facts, because a store that is restored from a backup or made
/// anew must not make everybody be told again, and because it is written while a store may be open
/// for reading alone.
public struct SQLiteAlertLog: AlertLog {
  private let path: String
  private let queue: DatabaseQueue

  /// Opens the log at a path.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - isReadOnly: Whether the file must be there and is left as it is.
  /// - Throws: `InputError` when the file is not such a log, is damaged, was made by a newer version
  ///   or cannot be written.
  public init(path: String, isReadOnly: Bool = false) throws {
    self.path = path
    queue = try Self.naming(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.readonly = isReadOnly
      configuration.prepareDatabase { database in
        // A claim must be on the disk before anything is sent.
        if !isReadOnly { try database.execute(sql: "PRAGMA synchronous = FULL") }
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let migrator = AlertMigrations.migrator
      if try queue.read(migrator.hasBeenSuperseded) {
        throw InputError(
          code: "alerts.log-newer",
          "\(path) was written by a newer version of plumbline.",
          remedy: "Use that version."
        )
      }
      if !isReadOnly { try migrator.migrate(queue) }
      return queue
    }
  }

  /// All alerts of the log, by number.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func records() throws -> [AlertRecord] {
    try Self.naming(path) {
      try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT * FROM alert ORDER BY id").map(Self.record)
      }
    }
  }

  /// Takes alerts for delivery; the claims are on the disk when this returns.
  ///
  /// - Parameters:
  ///   - steps: What is to be told to the destination.
  ///   - destination: The destination's name.
  ///   - run: The name of this run.
  ///   - now: The present.
  /// - Returns: The steps that are this run's to send.
  /// - Throws: `InputError` when the log cannot be written; then nothing was claimed.
  public func claim(
    _ steps: [SLAStep],
    for destination: String,
    run: String,
    at now: Instant
  ) throws -> [SLAStep] {
    try write { database in
      let statement = try database.makeStatement(
        sql: """
          INSERT INTO alert
            (destination, key, lead, promise, step, state, attempts, run, claimed_at)
          VALUES (?, ?, ?, ?, ?, 'claimed', 1, ?, ?)
          ON CONFLICT (destination, key) DO UPDATE SET
            state = 'claimed', attempts = attempts + 1, run = excluded.run,
            claimed_at = excluded.claimed_at, settled_at = NULL, retry_at = NULL, reason = NULL
          WHERE state IN ('failed', 'released') AND coalesce(retry_at, 0) <= excluded.claimed_at
          """
      )
      return try steps.filter { step in
        try statement.execute(arguments: [
          destination, step.key, step.lead, step.promise.rawValue, step.step.rawValue, run,
          now.seconds,
        ])
        return database.changesCount == 1
      }
    }
  }

  /// Notes what became of alerts that a run has claimed.
  ///
  /// - Parameters:
  ///   - alerts: The alerts.
  ///   - outcome: What became of them.
  ///   - run: The run that claimed them.
  ///   - now: The present.
  /// - Throws: `InputError` when the log cannot be written; then the claims stay open.
  public func settle(
    _ alerts: [AlertID],
    as outcome: AlertOutcome,
    run: String,
    at now: Instant
  ) throws {
    let (state, retryAt, reason): (AlertRecord.State, Instant?, String?) =
      switch outcome {
      case .delivered: (.delivered, nil, nil)
      case .failed(let retryAt, let reason): (.failed, retryAt, reason)
      case .unknown(let reason): (.unknown, nil, reason)
      }
    try write { database in
      let statement = try database.makeStatement(
        sql: """
          UPDATE alert SET state = ?, settled_at = ?, retry_at = ?, reason = ?
          WHERE destination = ? AND key = ? AND run = ? AND state = 'claimed'
          """
      )
      for alert in alerts {
        try statement.execute(arguments: [
          state.rawValue, now.seconds, retryAt?.seconds, reason, alert.destination, alert.key, run,
        ])
      }
    }
  }

  /// Notes that claims which an earlier run left open are unknown.
  ///
  /// - Parameters:
  ///   - run: The present run, whose claims are left alone.
  ///   - now: The present.
  /// - Returns: How many there were.
  /// - Throws: `InputError` when the log cannot be written.
  public func closeAbandoned(except run: String, at now: Instant) throws -> Int {
    try write { database in
      try database.execute(
        sql: """
          UPDATE alert SET state = 'unknown', settled_at = ?,
            reason = 'the run was stopped while it was sending'
          WHERE state = 'claimed' AND run <> ?
          """,
        arguments: [now.seconds, run]
      )
      return database.changesCount
    }
  }

  /// Allows an alert that is unknown or failed to be sent by the next run.
  ///
  /// - Parameters:
  ///   - number: The alert's number.
  ///   - now: The present.
  /// - Returns: The alert as it was before; nil when there is no alert of that number.
  /// - Throws: `InputError` when the log cannot be written.
  public func release(_ number: Int, at now: Instant) throws -> AlertRecord? {
    try write { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM alert WHERE id = ?",
        arguments: [number]
      )
      try database.execute(
        sql: """
          UPDATE alert SET state = 'released', settled_at = ?, retry_at = NULL
          WHERE id = ? AND state IN ('unknown', 'failed')
          """,
        arguments: [now.seconds, number]
      )
      return try row.map(Self.record)
    }
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.naming(path) { try queue.write(body) }
  }

  private static func record(_ row: Row) throws -> AlertRecord {
    guard let promise = SLAStep.Promise(rawValue: try row.text("promise")),
      let step = SLAStep.Step(rawValue: try row.text("step")),
      let state = AlertRecord.State(rawValue: try row.text("state"))
    else { throw StoreDamage.error("a row holds a word that does not belong there.") }
    let (settledAt, retryAt): (Int64?, Int64?) = (row["settled_at"], row["retry_at"])
    return AlertRecord(
      number: Int(try row.integer("id")),
      id: AlertID(destination: try row.text("destination"), key: try row.text("key")),
      lead: try row.text("lead"),
      promise: promise,
      step: step,
      state: state,
      attempts: Int(try row.integer("attempts")),
      run: try row.text("run"),
      claimedAt: Instant(seconds: try row.integer("claimed_at")),
      settledAt: settledAt.map { Instant(seconds: $0) },
      retryAt: retryAt.map { Instant(seconds: $0) },
      reason: row["reason"]
    )
  }

  /// Calls `body` and says what is the matter with the file when SQLite cannot use it.
  private static func naming<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_BUSY {
        throw InputError(
          code: "alerts.log-busy",
          "another program has been writing \(path) for ten seconds.",
          remedy: "Wait until it has ended, then try again."
        )
      }
      throw unusable(path, error.message ?? "unknown")
    } catch is RowDecodingError {
      throw unusable(path, "a table holds values that do not belong there")
    } catch let error as InputError where error.diagnostics.contains(where: isDamage) {
      throw unusable(path, "a row holds values that do not belong there")
    }
  }

  private static func isDamage(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.code == StoreDamage.code
  }

  private static func unusable(_ path: String, _ what: String) -> InputError {
    InputError(
      code: "alerts.log-unusable",
      "the alert log \(path) cannot be used: \(what).",
      remedy: "Check that you may write to it and its folder. Restore it from a backup if it is "
        + "damaged; with a new log everybody is told again of what is open."
    )
  }
}
