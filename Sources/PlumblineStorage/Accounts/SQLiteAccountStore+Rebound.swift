import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Keeps a decision about a lead that may go back into a list.
  ///
  /// - Parameters:
  ///   - verdict: What was decided.
  ///   - lead: The lead's id.
  ///   - list: The list's name.
  ///   - context: Who decided, when and from where.
  /// - Throws: `InputError` with code `accounts.unknown` when nobody has signed in, or when the file
  ///   cannot be written.
  public func decide(
    _ verdict: ReboundDecision.Verdict,
    lead: String,
    list: String,
    in context: AuditEvent.Context
  ) throws {
    let (word, until, reason, act): (String, CivilDate?, String?, AuditEvent.Act) =
      switch verdict {
      case .accepted: ("accepted", nil, nil, .reboundAccepted)
      case .snoozed(let until): ("snoozed", until, nil, .reboundSnoozed)
      case .declined(let reason): ("declined", nil, reason, .reboundDeclined)
      }
    try write { database in
      guard let account = context.account else {
        throw InputError(
          code: "accounts.unknown",
          "a decision needs somebody who takes it.",
          remedy: "Sign in first."
        )
      }
      try database.execute(
        sql: """
          INSERT INTO rebound_decision (lead, list, verdict, until, reason, account, at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [lead, list, word, until?.dayNumber, reason, account, context.at.seconds]
      )
      try Self.note(database, act, lead, in: context)
    }
  }

  /// The decision that counts for each lead and list: the newest.
  ///
  /// - Throws: `InputError` when the file is damaged.
  /// - Complexity: O(decisions).
  public func decisions() throws -> [ReboundDecision] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM rebound_decision
          WHERE id IN (SELECT max(id) FROM rebound_decision GROUP BY lead, list) ORDER BY id
          """
      ).map(Self.decision)
    }
  }

  private static func decision(_ row: Row) throws -> ReboundDecision {
    let verdict: ReboundDecision.Verdict
    switch try row.text("verdict") {
    case "accepted": verdict = .accepted
    case "snoozed":
      verdict = .snoozed(until: CivilDate(dayNumber: Int(try row.integer("until"))))
    case "declined": verdict = .declined(reason: try row.text("reason"))
    default: throw StoreDamage.error("a row holds a word that does not belong there.")
    }
    return ReboundDecision(
      id: try row.integer("id"),
      lead: try row.text("lead"),
      list: try row.text("list"),
      verdict: verdict,
      account: try row.integer("account"),
      at: try row.instant("at")
    )
  }
}
