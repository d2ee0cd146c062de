/// Something that was done, by whom and from where; such a line is never changed or removed.
public struct AuditEvent: Hashable, Sendable, Identifiable {
  /// What can be done.
  ///
  /// Answering a pulse survey is not among it: that is anonymous.
  public enum Act: String, Codable, Hashable, Sendable, CaseIterable {
    case signedIn = "signed_in"
    case signInFailed = "sign_in_failed"
    case signedOut = "signed_out"
    case accountCreated = "account_created"
    case accountChanged = "account_changed"
    case roleChanged = "role_changed"
    case accountDisabled = "account_disabled"
    case accountEnabled = "account_enabled"
    case passwordChanged = "password_changed"
    case tokenMade = "token_made"
    case tokenRevoked = "token_revoked"
    case agreementSigned = "agreement_signed"
    case agreementSaved = "agreement_saved"
    case dispositionRecorded = "disposition_recorded"
    case exported
    case imported
    case reboundAccepted = "rebound_accepted"
    case reboundSnoozed = "rebound_snoozed"
    case reboundDeclined = "rebound_declined"
    case settingsChanged = "settings_changed"
    case uploadRemoved = "upload_removed"
    case pulseInvited = "pulse_invited"
  }

  /// Who acts, when and from where.
  public struct Context: Hashable, Sendable {
    /// When.
    public var at: Instant
    /// The account; nil where nobody has signed in.
    public var account: Int64?
    /// The account's name at that time.
    public var accountName: String?
    /// The request's id, as in the logs.
    public var requestID: String?
    /// The machine at the other end.
    public var address: String?

    /// Who acts, when and from where.
    public init(
      at: Instant,
      account: Int64? = nil,
      accountName: String? = nil,
      requestID: String? = nil,
      address: String? = nil
    ) {
      self.at = at
      self.account = account
      self.accountName = accountName
      self.requestID = requestID
      self.address = address
    }
  }

  /// Its number; later lines have higher ones.
  public let id: Int64
  /// Who acted, when and from where.
  public let context: Context
  /// What was done.
  public let act: Act
  /// The id of the record to which it was done.
  public let subject: String?
  /// What else is to be known of it, such as what a token may be used for; never a person's name.
  public let detail: String?

  /// A line as it is kept.
  public init(id: Int64, context: Context, act: Act, subject: String?, detail: String? = nil) {
    self.id = id
    self.context = context
    self.act = act
    self.subject = subject
    self.detail = detail
  }
}

/// Which lines of the audit log are wanted, and how many.
public struct AuditFilter: Hashable, Sendable {
  /// At most so many lines are given at once.
  public static let largestPage = 500

  /// Lines of these acts; of all when empty.
  public var acts: Set<AuditEvent.Act>
  /// Lines of this account; of everybody when nil.
  public var account: Int64?
  /// Lines about this record; about all when nil.
  public var subject: String?
  /// Lines from this instant on.
  public var from: Instant?
  /// Lines before this instant.
  public var until: Instant?
  /// Lines with a lower number, which continues a page that ended there.
  public var before: Int64?
  /// At most so many.
  public var limit: Int

  /// Which lines are wanted: all, newest first, unless something narrows them.
  public init(
    acts: Set<AuditEvent.Act> = [],
    account: Int64? = nil,
    subject: String? = nil,
    from: Instant? = nil,
    until: Instant? = nil,
    before: Int64? = nil,
    limit: Int = 100
  ) {
    self.acts = acts
    self.account = account
    self.subject = subject
    self.from = from
    self.until = until
    self.before = before
    self.limit = min(max(limit, 1), Self.largestPage)
  }
}
