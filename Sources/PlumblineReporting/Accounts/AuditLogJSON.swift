public import PlumblineCore

/// A stretch of the audit log as JSON.
public struct AuditLogJSON: Sendable {
  private let wire: AuditLogWire

  /// Lines to be written.
  ///
  /// - Parameters:
  ///   - events: The lines, newest first.
  ///   - next: Where the lines before these are; nil where there are none.
  public init(_ events: [AuditEvent], next: String?) {
    wire = AuditLogWire(
      next: next,
      events: events.map { event in
        AuditLogWire.Event(
          id: event.id,
          at: Format.iso8601(event.context.at, .utc),
          account: event.context.account,
          accountName: event.context.accountName,
          act: event.act.rawValue,
          subject: event.subject,
          detail: event.detail,
          address: event.context.address,
          request: event.context.requestID
        )
      }
    )
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct AuditLogWire: Codable, Hashable, Sendable {
  struct Event: Codable, Hashable, Sendable {
    let id: Int64
    let at: String
    @OrNull var account: Int64?
    @OrNull var accountName: String?
    let act: String
    @OrNull var subject: String?
    @OrNull var detail: String?
    @OrNull var address: String?
    @OrNull var request: String?
  }

  var format = JSONText.format
  var kind = "audit_log"
  @OrNull var next: String?
  let events: [Event]
}
