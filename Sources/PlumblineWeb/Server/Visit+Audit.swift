import Hummingbird
import PlumblineCore
import PlumblineStorage

extension Visit {
  /// Who acts, when and from where.
  var auditContext: AuditEvent.Context {
    AuditEvent.Context(
      at: office.now(),
      account: viewer?.account,
      accountName: viewer?.name,
      requestID: "\(context.id)",
      address: address
    )
  }

  /// Adds a line to the audit log.
  ///
  /// - Parameters:
  ///   - act: What was done.
  ///   - subject: The id of the record to which it was done; never a name or a text.
  /// - Throws: `InputError` when the log cannot be written.
  func note(_ act: AuditEvent.Act, _ subject: String?) throws {
    try office.accounts?.note(act, subject: subject, in: auditContext)
  }
}
