/// Somebody who may sign in.
///
/// The hash of a password is not part of it, so that no page can show it by mistake.
public struct Account: Hashable, Sendable, Identifiable {
  /// Who somebody is at a provider of OpenID Connect.
  public struct Identity: Hashable, Sendable {
    /// The provider: its `iss`.
    public var issuer: String
    /// The person there: their `sub`, which never changes.
    public var subject: String

    /// An identity.
    public init(issuer: String, subject: String) {
      self.issuer = issuer
      self.subject = subject
    }
  }

  /// Its number; never given twice.
  public let id: Int64
  /// The name that is typed to sign in, often a mail address.
  public var name: String
  /// How pages address them.
  public var displayName: String
  /// What they may see and change.
  public var role: AccountRole
  /// The owner of leads that they are in the CRM, if they are one.
  public var owner: String?
  /// Who they are at a provider of OpenID Connect, if they sign in there.
  public var identity: Identity?
  /// Whether they have a password.
  public var hasPassword: Bool
  /// Whether they may no longer sign in.
  public var isDisabled: Bool
  /// When it was made.
  public var createdAt: Instant
  /// When they last signed in.
  public var lastSignInAt: Instant?

  /// An account as it is kept.
  public init(
    id: Int64,
    name: String,
    displayName: String,
    role: AccountRole,
    owner: String? = nil,
    identity: Identity? = nil,
    hasPassword: Bool,
    isDisabled: Bool = false,
    createdAt: Instant,
    lastSignInAt: Instant? = nil
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.role = role
    self.owner = owner
    self.identity = identity
    self.hasPassword = hasPassword
    self.isDisabled = isDisabled
    self.createdAt = createdAt
    self.lastSignInAt = lastSignInAt
  }
}

/// An account that is to be made.
public struct NewAccount: Hashable, Sendable {
  /// The name that is typed to sign in; two accounts differ in it by more than case and blanks.
  public var name: String
  /// How pages address them.
  public var displayName: String
  /// What they may see and change.
  public var role: AccountRole
  /// The owner of leads that they are in the CRM, if they are one.
  public var owner: String?
  /// Who they are at a provider of OpenID Connect, if they sign in there.
  public var identity: Account.Identity?
  /// The hash of their password with its parameters; nil where they have none.
  public var passwordHash: String?

  /// An account that is to be made.
  public init(
    name: String,
    displayName: String,
    role: AccountRole,
    owner: String? = nil,
    identity: Account.Identity? = nil,
    passwordHash: String? = nil
  ) {
    self.name = name
    self.displayName = displayName
    self.role = role
    self.owner = owner
    self.identity = identity
    self.passwordHash = passwordHash
  }
}
