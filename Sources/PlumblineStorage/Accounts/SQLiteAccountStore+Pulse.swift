import Foundation
import GRDB
public import PlumblineCore

/// An answer to a question of a pulse survey as it is kept: nothing of who gave it.
public struct KeptPulseAnswer: Hashable, Sendable {
  /// The question's id.
  public var question: String
  /// What was answered, as files of answers hold it.
  public var answer: String
  /// The team of whoever answered.
  public var team: String
  /// The day.
  public var day: CivilDate

  /// An answer.
  public init(question: String, answer: String, team: String, day: CivilDate) {
    self.question = question
    self.answer = answer
    self.team = team
    self.day = day
  }
}

/// An invitation to answer a survey once, by a link that anybody of the team may use.
public struct PulseInvitation: Hashable, Sendable {
  /// The first day of the span that is asked about.
  public var span: CivilDate
  /// The team.
  public var team: String
  /// The last day on which it can be used.
  public var lastDay: CivilDate
  /// The day on which it was used; nil while it was not.
  public var usedOn: CivilDate?

  /// An invitation.
  public init(span: CivilDate, team: String, lastDay: CivilDate, usedOn: CivilDate? = nil) {
    self.span = span
    self.team = team
    self.lastDay = lastDay
    self.usedOn = usedOn
  }
}

extension SQLiteAccountStore {
  /// Keeps invitations.
  ///
  /// - Parameters:
  ///   - hashes: The SHA-256 of each link's token.
  ///   - invitation: What they are for.
  /// - Throws: `InputError` when the file cannot be written.
  public func addInvitations(_ hashes: [[UInt8]], _ invitation: PulseInvitation) throws {
    try write { database in
      for hash in hashes {
        try database.execute(
          sql: """
            INSERT INTO pulse_invitation (token_hash, span, team, last_day) VALUES (?, ?, ?, ?)
            """,
          arguments: [
            Data(hash), invitation.span.dayNumber, invitation.team, invitation.lastDay.dayNumber,
          ]
        )
      }
    }
  }

  /// An invitation by its link; nil when there is none.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func invitation(_ hash: [UInt8]) throws -> PulseInvitation? {
    try read { try Self.invitation($0, hash) }
  }

  /// How many invitations there are of each span and team, and how many of them were used.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func invitationCounts() throws -> [(
    span: CivilDate, team: String, sent: Int, used: Int
  )] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT span, team, count(*) AS sent, count(used_on) AS used
          FROM pulse_invitation GROUP BY span, team ORDER BY span, team
          """
      ).map { row in
        (
          CivilDate(dayNumber: Int(try row.integer("span"))), try row.text("team"),
          Int(try row.integer("sent")), Int(try row.integer("used"))
        )
      }
    }
  }

  /// Uses an invitation and keeps the answers, each for itself.
  ///
  /// - Parameters:
  ///   - answers: Each question's id with what was answered.
  ///   - hash: The SHA-256 of the link's token.
  ///   - day: The present day.
  /// - Throws: `InputError` with code `pulse.link` when there is no such invitation,
  ///   `pulse.link-used` when it was used, `pulse.link-over` when its last day has passed; or when
  ///   the file cannot be written.
  public func answer(
    _ answers: [(question: String, answer: String)],
    by hash: [UInt8],
    on day: CivilDate
  ) throws {
    try write { database in
      guard let invitation = try Self.invitation(database, hash) else {
        throw InputError(
          code: "pulse.link",
          "this link leads to no survey.",
          remedy: "Copy the whole link from the invitation."
        )
      }
      guard invitation.usedOn == nil else {
        throw InputError(
          code: "pulse.link-used",
          "this link was used already; each can be used once.",
          remedy: "Nothing needs to be done: the answers are kept."
        )
      }
      guard day <= invitation.lastDay else {
        throw InputError(
          code: "pulse.link-over",
          "this survey is over.",
          remedy: "Wait for the next invitation."
        )
      }
      try database.execute(
        sql: "UPDATE pulse_invitation SET used_on = ? WHERE token_hash = ?",
        arguments: [day.dayNumber, Data(hash)]
      )
      for (question, answer) in answers {
        try database.execute(
          sql: """
            INSERT INTO pulse_answer (id, question, answer, team, day)
            VALUES (randomblob(16), ?, ?, ?, ?)
            """,
          arguments: [question, answer, invitation.team, day.dayNumber]
        )
      }
    }
  }

  /// All answers, in an order that says nothing about who gave them.
  ///
  /// - Throws: `InputError` when the file is damaged.
  public func pulseAnswers() throws -> [KeptPulseAnswer] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT question, answer, team, day FROM pulse_answer
          ORDER BY day, question, team, answer
          """
      ).map { row in
        KeptPulseAnswer(
          question: try row.text("question"),
          answer: try row.text("answer"),
          team: try row.text("team"),
          day: CivilDate(dayNumber: Int(try row.integer("day")))
        )
      }
    }
  }

  private static func invitation(
    _ database: Database,
    _ hash: [UInt8]
  ) throws -> PulseInvitation? {
    try Row.fetchOne(
      database,
      sql: "SELECT * FROM pulse_invitation WHERE token_hash = ?",
      arguments: [Data(hash)]
    ).map { row in
      PulseInvitation(
        span: CivilDate(dayNumber: Int(try row.integer("span"))),
        team: try row.text("team"),
        lastDay: CivilDate(dayNumber: Int(try row.integer("last_day"))),
        usedOn: try row.optionalInteger("used_on").map { CivilDate(dayNumber: Int($0)) }
      )
    }
  }
}
