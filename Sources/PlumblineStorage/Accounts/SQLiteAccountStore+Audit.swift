import GRDB
public import PlumblineCore

extension SQLiteAccountStore {
  /// Adds a line to the audit log.
  ///
  /// - Parameters:
  ///   - act: What was done.
  ///   - subject: The id of the record to which it was done; never a name or a text.
  ///   - detail: What else is to be known of it, such as how many; never a person's name.
  ///   - context: Who did it, when and from where.
  /// - Throws: `InputError` when the file cannot be written.
  public func note(
    _ act: AuditEvent.Act,
    subject: String? = nil,
    detail: String? = nil,
    in context: AuditEvent.Context
  ) throws {
    try write { try Self.note($0, act, subject, detail: detail, in: context) }
  }

  /// Lines of the audit log, newest first.
  ///
  /// - Parameter filter: Which, and how many.
  /// - Returns: The lines; the number of the last continues in `AuditFilter.before`.
  /// - Throws: `InputError` when the file is damaged.
  public func events(_ filter: AuditFilter = AuditFilter()) throws -> [AuditEvent] {
    var clauses: [String] = []
    var arguments = StatementArguments()
    func narrow(_ clause: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      clauses.append(clause)
      arguments += [value]
    }
    narrow("id < ?", filter.before)
    narrow("account = ?", filter.account)
    narrow("subject = ?", filter.subject)
    narrow("at >= ?", filter.from?.seconds)
    narrow("at < ?", filter.until?.seconds)
    if !filter.acts.isEmpty {
      clauses.append("act IN (\(filter.acts.map { _ in "?" }.joined(separator: ", ")))")
      arguments += StatementArguments(filter.acts.map(\.rawValue))
    }
    arguments += [filter.limit]
    let condition = clauses.isEmpty ? "" : "WHERE " + clauses.joined(separator: " AND ")
    return try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM audit_event \(condition) ORDER BY id DESC LIMIT ?",
        arguments: arguments
      ).map(Self.event)
    }
  }

  static func note(
    _ database: Database,
    _ act: AuditEvent.Act,
    _ subject: String?,
    detail: String? = nil,
    in context: AuditEvent.Context
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO audit_event
          (at, account, account_name, act, subject, request_id, address, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        context.at.seconds, context.account, context.accountName, act.rawValue, subject,
        context.requestID, context.address, detail,
      ]
    )
  }

  private static func event(_ row: Row) throws -> AuditEvent {
    AuditEvent(
      id: try row.integer("id"),
      context: AuditEvent.Context(
        at: try row.instant("at"),
        account: try row.optionalInteger("account"),
        accountName: try row.optionalText("account_name"),
        requestID: try row.optionalText("request_id"),
        address: try row.optionalText("address")
      ),
      act: try row.word("act", AuditEvent.Act.self),
      subject: try row.optionalText("subject"),
      detail: try row.optionalText("detail")
    )
  }
}
