import PlumblineCore
import PlumblineStorage

/// Finds out who asks by the accounts of the installation.
struct AccountDoor: Doorkeeper {
  let signIn: SignIn

  func viewer(session: String, now: Instant) async throws -> Viewer? {
    try signIn.session(cookie: session, at: now).map { session, account in
      Viewer(
        account: account.id,
        name: account.displayName,
        role: account.role,
        owner: account.owner,
        formToken: FormToken.of(sessionSecret: session.formSecret)
      )
    }
  }

  func viewer(token: String, now: Instant) async throws -> Viewer? {
    try signIn.token(token, at: now).map { token, account in
      Viewer(
        account: account.id,
        name: account.displayName,
        role: token.role,
        // An admin's token may ask as sales does, but not as one of them.
        owner: token.role == account.role ? account.owner : nil,
        scopes: token.scopes
      )
    }
  }

  func holds(session: String, now: Instant) async throws -> Bool {
    try signIn.holds(cookie: session, at: now)
  }

  func hasAccounts() async throws -> Bool { try signIn.accounts.hasAccounts() }
}
