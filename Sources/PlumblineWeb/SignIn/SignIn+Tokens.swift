import Foundation
import PlumblineCore
import PlumblineStorage

extension SignIn {
  /// The longest name of a token, in characters.
  static let longestTokenName = 80

  /// Makes a token by which a program asks in somebody's name.
  ///
  /// - Parameters:
  ///   - name: What they call it.
  ///   - scopes: What it may be used for.
  ///   - role: The role in which it asks.
  ///   - seconds: For how long it is valid.
  ///   - maker: Who makes it.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: The token, which is shown this once, and what is kept of it.
  /// - Throws: `InputError` with every fault, codes `accounts.token-…`, or when the accounts cannot
  ///   be used.
  func makeToken(
    named name: String,
    _ scopes: Set<TokenScope>,
    as role: AccountRole,
    validFor seconds: Int64,
    by maker: Account,
    from origin: Origin,
    at now: Instant
  ) throws -> (text: String, token: APIToken) {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    try Self.check(name, scopes, role, seconds, maker)
    let text = APIToken.prefix + RandomText.token()
    let new = NewAPIToken(
      tokenHash: RandomText.hash(text),
      account: maker.id,
      name: name,
      shownPrefix: String(text.prefix(APIToken.shownCharacters)),
      scopes: scopes,
      role: role,
      expiresAt: now.advanced(bySeconds: seconds)
    )
    return (text, try accounts.add(new, in: origin.context(at: now, by: maker)))
  }

  /// The token that a program shows, with whoever made it; nil when it does not hold.
  ///
  /// - Parameters:
  ///   - text: The token.
  ///   - now: The present.
  /// - Returns: Both; the program asks in the token's role.
  /// - Throws: `InputError` when the accounts cannot be used.
  func token(_ text: String, at now: Instant) throws -> (token: APIToken, account: Account)? {
    guard text.hasPrefix(APIToken.prefix), text.utf8.count == APIToken.prefix.utf8.count + 43,
      let found = try accounts.token(RandomText.hash(text), at: now)
    else { return nil }
    let last = found.token.lastUsedAt?.seconds ?? .min
    if last < now.seconds - Session.noteSeconds {
      try accounts.noteUse(ofToken: found.token.id, at: now)
    }
    return found
  }

  private static func check(
    _ name: String,
    _ scopes: Set<TokenScope>,
    _ role: AccountRole,
    _ seconds: Int64,
    _ maker: Account
  ) throws {
    var findings: [Diagnostic] = []
    func find(_ code: String, _ message: String, _ remedy: String) {
      findings.append(Diagnostic(.error, code: code, message, remedy: remedy))
    }
    if !(1...longestTokenName).contains(name.count) || name.contains(where: \.isNewline) {
      find(
        "accounts.token-name",
        "the token's name must be 1 to \(longestTokenName) characters.",
        "Name the program that will use it."
      )
    }
    if scopes.isEmpty {
      find(
        "accounts.token-scopes",
        "the token may be used for nothing.",
        "Choose at least one thing."
      )
    }
    if !APIToken.mayAsk(maker.role, as: role, scopes) {
      find(
        "accounts.token-role",
        "you cannot make a token for this role and these things.",
        "Choose your own role, or ask whoever looks after the accounts."
      )
    }
    if !(60...APIToken.longestSeconds(of: maker)).contains(seconds) {
      let most = maker.identity == nil ? "a year" : "90 days, as you sign in at a provider"
      find(
        "accounts.token-expiry",
        "a token is valid for at least a minute and at most \(most).",
        "Choose an earlier day."
      )
    }
    if !findings.isEmpty { throw InputError(findings) }
  }
}
