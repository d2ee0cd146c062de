/// What a token may be used for.
public enum TokenScope: String, Codable, Hashable, Sendable, CaseIterable {
  /// Ask questions.
  case read
  /// Take lists of leads out.
  case export
  /// Record dispositions and decisions, import facts.
  case write
  /// Look after accounts and tokens.
  case admin
}

/// A token by which a program asks in somebody's name; the token itself is kept nowhere.
public struct APIToken: Hashable, Sendable, Identifiable {
  /// How every token begins, so that scanners of leaked secrets can find it.
  public static let prefix = "plb_"
  /// How many characters of a token are kept to recognise it by, the prefix included.
  public static let shownCharacters = 10
  /// No token is valid for longer than a year.
  public static let longestSeconds: Int64 = 366 * 24 * 3600
  /// No token of somebody who signs in at a provider of OpenID Connect is valid for longer: here
  /// nobody hears that they left until they come again, and then they do not come.
  public static let longestSecondsAtProvider: Int64 = 90 * 24 * 3600

  /// Its number.
  public let id: Int64
  /// Who made it; it is worth nothing once they may not sign in.
  public let account: Int64
  /// What they call it.
  public let name: String
  /// Its first characters.
  public let shownPrefix: String
  /// What it may be used for.
  public let scopes: Set<TokenScope>
  /// The role in which it asks.
  public let role: AccountRole
  /// When it was made.
  public let createdAt: Instant
  /// The first instant at which it is no longer valid.
  public let expiresAt: Instant
  /// When it was last used, up to a minute.
  public var lastUsedAt: Instant?
  /// When it was taken back.
  public var revokedAt: Instant?

  /// A token as it is kept.
  public init(
    id: Int64,
    account: Int64,
    name: String,
    shownPrefix: String,
    scopes: Set<TokenScope>,
    role: AccountRole,
    createdAt: Instant,
    expiresAt: Instant,
    lastUsedAt: Instant? = nil,
    revokedAt: Instant? = nil
  ) {
    self.id = id
    self.account = account
    self.name = name
    self.shownPrefix = shownPrefix
    self.scopes = scopes
    self.role = role
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.lastUsedAt = lastUsedAt
    self.revokedAt = revokedAt
  }

  /// Whether it holds in the hand of the account that made it, as that account is now.
  ///
  /// A token never outlives the role it was made in: it asks in its maker's role, or in any
  /// but leadership's when its maker looks after the installation.
  public func isValid(for maker: Account, at now: Instant) -> Bool {
    revokedAt == nil && now < expiresAt && maker.id == account && !maker.isDisabled
      && now < createdAt.advanced(bySeconds: Self.longestSeconds(of: maker))
      && Self.mayAsk(maker.role, as: role, scopes)
  }

  /// For how long a token of somebody may be valid, in seconds.
  public static func longestSeconds(of maker: Account) -> Int64 {
    maker.identity == nil ? longestSeconds : longestSecondsAtProvider
  }

  /// Whether somebody of a role may have a token of another role and of some scopes.
  ///
  /// Nobody but leadership has tokens of leadership: those who look after the installation see no
  /// names of sales, and a token is no way around that.
  public static func mayAsk(
    _ maker: AccountRole,
    as role: AccountRole,
    _ scopes: Set<TokenScope>
  ) -> Bool {
    (maker == role || (maker == .admin && role != .leadership))
      && (role == .admin || !scopes.contains(.admin))
  }
}

/// A token that is to be kept.
public struct NewAPIToken: Hashable, Sendable {
  /// The SHA-256 of the token.
  public var tokenHash: [UInt8]
  /// Who made it.
  public var account: Int64
  /// What they call it.
  public var name: String
  /// Its first characters.
  public var shownPrefix: String
  /// What it may be used for.
  public var scopes: Set<TokenScope>
  /// The role in which it asks.
  public var role: AccountRole
  /// The first instant at which it is no longer valid.
  public var expiresAt: Instant

  /// A token that is to be kept.
  public init(
    tokenHash: [UInt8],
    account: Int64,
    name: String,
    shownPrefix: String,
    scopes: Set<TokenScope>,
    role: AccountRole,
    expiresAt: Instant
  ) {
    self.tokenHash = tokenHash
    self.account = account
    self.name = name
    self.shownPrefix = shownPrefix
    self.scopes = scopes
    self.role = role
    self.expiresAt = expiresAt
  }
}
