import Foundation
import PlumblineCore
import PlumblineStorage

/// Decides who may sign in, and who asks.
///
/// Every refusal says the same and takes as long, whether there is such an account, whether it has
/// a password, and whether it may sign in.
struct SignIn: Sendable {
  /// Somebody who has just signed in.
  struct Entry: Sendable {
    /// The text for the browser's cookie; it is kept nowhere else.
    let cookie: String
    /// The session.
    let session: Session
    /// Who it is.
    let account: Account
  }

  /// What became of an attempt to sign in.
  enum Outcome: Sendable {
    /// It was right.
    case entered(Entry)
    /// Name or password is wrong.
    case refused
    /// Too many attempts were wrong; the next may be made in so many seconds.
    case wait(seconds: Int64)
  }

  /// The accounts.
  let accounts: SQLiteAccountStore
  /// Where passwords are hashed.
  let passwords: PasswordWork

  /// Signs somebody in by name and password.
  ///
  /// - Parameters:
  ///   - name: The name as typed.
  ///   - typed: The password as typed.
  ///   - old: The session cookie that the browser had before; its session ends.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: What became of it.
  /// - Throws: `InputError` when too many are signing in at this moment, or the accounts cannot be
  ///   used.
  func enter(
    name: String,
    password typed: String,
    replacing old: String? = nil,
    from origin: Origin,
    at now: Instant
  ) async throws -> Outcome {
    let keys = (name: Self.guardKey(ofName: name), address: origin.guardKey)
    let decision = try accounts.beginAttempt(guardedBy: [keys.name, keys.address], at: now)
    if case .wait(let seconds) = decision { return .wait(seconds: seconds) }
    let found = try name.utf8.count <= Self.longestName ? accounts.account(named: name) : nil
    guard let password = Password(typed) else {
      try noteFailure(found?.account, origin, now)
      return .refused
    }
    let check: (isRight: Bool, renewed: String?)
    do {
      check = try await passwords.check(password, against: found?.passwordHash)
    } catch {
      // Nobody decided, so nobody was wrong.
      try accounts.withdrawAttempt(guardedBy: [keys.name, keys.address])
      throw error
    }
    guard check.isRight, let (account, hash) = found, !account.isDisabled else {
      try noteFailure(found?.account, origin, now)
      return .refused
    }
    try accounts.settleAttempt(name: keys.name, address: keys.address)
    if let renewed = check.renewed, let hash {
      try accounts.renewHash(from: hash, to: renewed, of: account.id)
    }
    return try start(account, replacing: old, from: origin, at: now).map { .entered($0) }
      ?? .refused
  }

  /// Begins a session of an account that has proved itself.
  ///
  /// - Parameters:
  ///   - account: The account.
  ///   - old: The session cookie that the browser had before; its session ends.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: The session; nil when the account may no longer sign in.
  /// - Throws: `InputError` when the accounts cannot be used.
  func start(
    _ account: Account,
    replacing old: String? = nil,
    from origin: Origin,
    at now: Instant
  ) throws -> Entry? {
    let cookie = RandomText.token()
    let session = Session(
      tokenHash: RandomText.hash(cookie),
      account: account.id,
      createdAt: now,
      lastSeenAt: now,
      formSecret: RandomText.bytes(32)
    )
    let context = origin.context(at: now, by: account)
    let started = try accounts.start(
      session,
      replacing: old.flatMap(Self.hash(ofCookie:)),
      in: context
    )
    return started.map { Entry(cookie: cookie, session: session, account: $0) }
  }

  /// Who has the session of a cookie; nil when nobody has.
  ///
  /// - Parameters:
  ///   - cookie: The cookie's text.
  ///   - now: The present.
  /// - Returns: The session and whose it is.
  /// - Throws: `InputError` when the accounts cannot be used.
  func session(
    cookie: String,
    at now: Instant
  ) throws -> (session: Session, account: Account)? {
    guard let hash = Self.hash(ofCookie: cookie),
      let found = try accounts.session(hash, at: now)
    else { return nil }
    if found.session.wantsNote(at: now) { try accounts.noteUse(ofSession: hash, at: now) }
    return found
  }

  /// Whether the session of a cookie holds; this is no use of it, and does not keep it alive.
  ///
  /// - Parameters:
  ///   - cookie: The cookie's text.
  ///   - now: The present.
  /// - Returns: Whether it does.
  /// - Throws: `InputError` when the accounts cannot be used.
  func holds(cookie: String, at now: Instant) throws -> Bool {
    try Self.hash(ofCookie: cookie).flatMap { try accounts.session($0, at: now) } != nil
  }

  /// Ends the session of a cookie.
  ///
  /// - Parameters:
  ///   - cookie: The cookie's text.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Throws: `InputError` when the accounts cannot be used.
  func leave(cookie: String, from origin: Origin, at now: Instant) throws {
    guard let hash = Self.hash(ofCookie: cookie) else { return }
    let account = try accounts.session(hash, at: now)?.account
    try accounts.end(session: hash, in: origin.context(at: now, by: account))
  }

  // MARK: Small parts

  /// Longer names are nobody's.
  private static let longestName = 4 * SQLiteAccountStore.longestName

  /// What attempts are counted under; hashed, as people type passwords where names belong.
  static func guardKey(ofName name: String) -> String {
    // By bytes: what a character is takes long to say of what strangers send.
    let beginning = String(decoding: name.utf8.prefix(longestName), as: UTF8.self)
    let key = SQLiteAccountStore.key(ofName: beginning)
    return "name:" + RandomText.base64URL(RandomText.hash(key))
  }

  /// What is kept of a cookie; nil for a text that no cookie of ours has.
  private static func hash(ofCookie cookie: String) -> [UInt8]? {
    cookie.utf8.count == 43 ? RandomText.hash(cookie) : nil
  }

  private func noteFailure(_ account: Account?, _ origin: Origin, _ now: Instant) throws {
    // The typed name is not noted: it may be a password.
    try accounts.note(
      .signInFailed,
      subject: account.map { String($0.id) },
      in: origin.context(at: now)
    )
  }
}
