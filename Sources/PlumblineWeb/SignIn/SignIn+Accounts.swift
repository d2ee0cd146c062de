import PlumblineCore
import PlumblineStorage

extension SignIn {
  /// A new code to set the installation up with, for the server's terminal.
  ///
  /// - Parameter now: The present.
  /// - Returns: The code, in place of any earlier one; nil once there is an account.
  /// - Throws: `InputError` when the accounts cannot be used.
  func newSetupCode(at now: Instant) throws -> String? {
    var random = SystemRandomNumberGenerator()
    let code = SetupCode.new(using: &random)
    return try accounts.setSetupCode(hash: SetupCode.hash(code), at: now) ? code : nil
  }

  /// Makes the first account, and signs it in.
  ///
  /// - Parameters:
  ///   - code: The setup code as typed.
  ///   - name: The name to sign in with.
  ///   - displayName: How pages address them.
  ///   - typed: The password as typed.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: The session.
  /// - Throws: `InputError` with code `accounts.set-up`, `accounts.setup-code`, `accounts.name` or
  ///   `accounts.password-…`, or when the accounts cannot be used.
  func setUp(
    code: String,
    name: String,
    displayName: String,
    password typed: String,
    from origin: Origin,
    at now: Instant
  ) async throws -> Entry {
    let password = try Password(new: typed, for: name)
    let context = origin.context(at: now)
    // The code is looked at before anything costly is done for somebody who does not have it.
    try accounts.requireSetupCode(hash: SetupCode.hash(code))
    let owner = NewAccount(
      name: name,
      displayName: displayName,
      role: .admin,
      passwordHash: try await passwords.hash(password)
    )
    let account = try accounts.addOwner(owner, codeHash: SetupCode.hash(code), in: context)
    guard let entry = try start(account, from: origin, at: now) else {
      throw InputError(
        code: "accounts.unknown",
        "the account was taken away at this moment.",
        remedy: "Set the installation up anew."
      )
    }
    return entry
  }

  /// Makes an account with a password.
  ///
  /// - Parameters:
  ///   - new: The account; its password hash is not looked at.
  ///   - typed: The password as typed.
  ///   - maker: Who makes it.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: The account.
  /// - Throws: `InputError` with code `accounts.name`, `accounts.name-taken` or
  ///   `accounts.password-…`, or when the accounts cannot be used.
  func add(
    _ new: NewAccount,
    password typed: String,
    by maker: Account,
    from origin: Origin,
    at now: Instant
  ) async throws -> Account {
    let password = try Password(new: typed, for: new.name)
    var new = new
    new.passwordHash = try await passwords.hash(password)
    return try accounts.add(new, in: origin.context(at: now, by: maker))
  }

  /// Gives somebody a new password, and ends their sessions.
  ///
  /// - Parameters:
  ///   - typed: The password as typed.
  ///   - account: Whose it becomes.
  ///   - changer: Who changes it.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Throws: `InputError` with code `accounts.password-…`, or when the accounts cannot be used.
  func setPassword(
    _ typed: String,
    of account: Account,
    by changer: Account,
    from origin: Origin,
    at now: Instant
  ) async throws {
    let password = try Password(new: typed, for: account.name)
    let hash = try await passwords.hash(password)
    try accounts.setPassword(hash, of: account.id, in: origin.context(at: now, by: changer))
  }

  /// Changes one's own password: the old one is asked for, all sessions end, and a new one begins.
  ///
  /// - Parameters:
  ///   - old: The present password as typed.
  ///   - new: The new password as typed.
  ///   - account: Whose it is.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: What became of it; refused when the old password is wrong.
  /// - Throws: `InputError` with code `accounts.password-…`, or when the accounts cannot be used.
  func changePassword(
    from old: String,
    to new: String,
    of account: Account,
    from origin: Origin,
    at now: Instant
  ) async throws -> Outcome {
    _ = try Password(new: new, for: account.name)
    let outcome = try await enter(name: account.name, password: old, from: origin, at: now)
    guard case .entered(let entry) = outcome, entry.account.id == account.id else {
      return outcome
    }
    try await setPassword(new, of: account, by: account, from: origin, at: now)
    return try start(account, from: origin, at: now).map { .entered($0) } ?? .refused
  }
}
