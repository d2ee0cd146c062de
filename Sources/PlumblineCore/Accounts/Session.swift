/// A browser in which somebody has signed in.
///
/// It ends when it was not used for half a day, and a week after signing in in any case.
public struct Session: Hashable, Sendable {
  /// A session that was not used for so long has ended.
  public static let idleSeconds: Int64 = 12 * 3600
  /// No session lasts longer than this.
  public static let longestSeconds: Int64 = 7 * 24 * 3600
  /// Its use is noted at most this often, so that reading pages does not mean writing.
  public static let noteSeconds: Int64 = 60

  /// The SHA-256 of the text in the browser's cookie, which itself is kept nowhere.
  public let tokenHash: [UInt8]
  /// Whose it is.
  public let account: Int64
  /// When they signed in.
  public let createdAt: Instant
  /// When it was last used, up to a minute.
  public var lastSeenAt: Instant
  /// The secret from which the tokens of its forms are made.
  public let formSecret: [UInt8]

  /// A session.
  public init(
    tokenHash: [UInt8],
    account: Int64,
    createdAt: Instant,
    lastSeenAt: Instant,
    formSecret: [UInt8]
  ) {
    self.tokenHash = tokenHash
    self.account = account
    self.createdAt = createdAt
    self.lastSeenAt = lastSeenAt
    self.formSecret = formSecret
  }

  /// The first instant at which it has ended, unless it is used before.
  public var expiresAt: Instant {
    min(
      lastSeenAt.advanced(bySeconds: Self.idleSeconds),
      createdAt.advanced(bySeconds: Self.longestSeconds)
    )
  }

  /// Whether it holds; one from the future does not, as a clock was set back.
  public func isAlive(at now: Instant) -> Bool {
    now < expiresAt && createdAt <= now.advanced(bySeconds: Self.noteSeconds)
  }

  /// Whether its use is to be noted anew.
  public func wantsNote(at now: Instant) -> Bool {
    now.seconds - lastSeenAt.seconds >= Self.noteSeconds
  }
}
