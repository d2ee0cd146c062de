import Foundation
import PlumblineCore
import PlumblineDelivery
import PlumblineStorage
import Synchronization

/// Signs people in at a provider of OpenID Connect, by the code flow with PKCE.
///
/// What goes out with the browser must come back with the same browser, once and within ten
/// minutes; the token that the code is exchanged for is checked as if anybody could have made it.
final class OpenIDSignIn: Sendable {
  /// Asks the provider.
  typealias Ask = @Sendable (WebQuestion) async throws -> WebExchange.Answer

  /// Where the provider sends browsers back to, after the address of this installation.
  static let returnPath = "/sign-in/openid/return"
  /// What a provider says about itself is asked for anew after so long.
  private static let memorySeconds: Int64 = 600

  private let settings: OpenIDSettings
  private let returnURL: String
  private let secret: Secret?
  private let signIn: SignIn
  private let ask: Ask
  private let known = Mutex<(provider: OpenIDProvider, until: Instant)?>(nil)

  /// Somewhere to sign in.
  ///
  /// - Parameters:
  ///   - settings: The provider.
  ///   - baseURL: The address of this installation, without a slash at its end.
  ///   - secret: The client's secret, if it has one.
  ///   - signIn: Where sessions begin.
  ///   - ask: Asks the provider.
  init(
    _ settings: OpenIDSettings,
    baseURL: String,
    secret: Secret?,
    signIn: SignIn,
    ask: @escaping Ask
  ) {
    (self.settings, self.secret, self.signIn, self.ask) = (settings, secret, signIn, ask)
    returnURL = baseURL + Self.returnPath
  }

  /// What a browser is sent away with.
  struct Departure: Sendable {
    /// Where to.
    let url: String
    /// The text of a cookie that it must come back with; for the return path alone, `SameSite=Lax`.
    let cookie: String
  }

  /// What a browser comes back with, as the provider wrote it into the address.
  struct Return: Sendable {
    var state: String?
    var code: String?
    var error: String?
    var issuer: String?
  }

  /// Begins a sign-in.
  ///
  /// - Parameter now: The present.
  /// - Returns: Where to send the browser, and the cookie to give it.
  /// - Throws: `InputError` with code `openid.provider` or `web.no-answer`, or when the accounts
  ///   cannot be used.
  func begin(at now: Instant) async throws -> Departure {
    let provider = try await provider(at: now)
    let (state, cookie) = (RandomText.token(), RandomText.token())
    let (nonce, verifier) = (RandomText.token(), RandomText.token())
    try signIn.accounts.startVisit(
      stateHash: RandomText.hash(state),
      browserHash: RandomText.hash(cookie),
      nonce: nonce,
      verifier: verifier,
      at: now
    )
    let url = provider.signInURL(
      settings,
      returnURL: returnURL,
      state: state,
      nonce: nonce,
      verifier: verifier
    )
    return Departure(url: url, cookie: cookie)
  }

  /// Ends a sign-in.
  ///
  /// - Parameters:
  ///   - answer: What the browser came back with.
  ///   - cookie: The cookie that it was given.
  ///   - old: The session cookie that it had before; its session ends.
  ///   - origin: Where the request comes from.
  ///   - now: The present.
  /// - Returns: The session.
  /// - Throws: `InputError` with code `openid.…`, `accounts.…` or `web.no-answer`.
  func finish(
    _ answer: Return,
    cookie: String?,
    replacing old: String? = nil,
    from origin: Origin,
    at now: Instant
  ) async throws -> SignIn.Entry {
    let visit = try answer.state.flatMap { state in
      try cookie.flatMap { cookie in
        try signIn.accounts.endVisit(
          stateHash: RandomText.hash(state),
          browserHash: RandomText.hash(cookie),
          at: now
        )
      }
    }
    guard let visit else { throw Self.strayReturn }
    // RFC 9207: a provider that names itself must be the one that was asked.
    guard answer.issuer ?? settings.issuer == settings.issuer else {
      throw OpenIDProvider.unusable("the answer came from another one")
    }
    guard answer.error == nil, let code = answer.code, !code.isEmpty, code.utf8.count <= 4096 else {
      throw InputError(
        code: "openid.denied",
        "the provider did not sign you in.",
        remedy: "Try again, or ask whoever looks after the provider."
      )
    }
    let token = try await token(for: code, visit, at: now)
    return try enter(token, replacing: old, from: origin, at: now)
  }

  // MARK: What the provider says

  private func provider(at now: Instant) async throws -> OpenIDProvider {
    if let (provider, until) = known.withLock({ $0 }), now < until { return provider }
    let url = OpenIDProvider.discoveryURL(ofIssuer: settings.issuer)
    let body = try await body(of: WebQuestion(url: url), "it does not say how to sign in there")
    let provider = try OpenIDProvider.reading(body, issuer: settings.issuer)
    known.withLock { $0 = (provider, now.advanced(bySeconds: Self.memorySeconds)) }
    return provider
  }

  private func token(
    for code: String,
    _ visit: (nonce: String, verifier: String),
    at now: Instant
  ) async throws -> IDToken {
    let provider = try await provider(at: now)
    let question = provider.tokenExchange(
      settings,
      secret: secret,
      code: code,
      returnURL: returnURL,
      verifier: visit.verifier
    )
    let body = try await body(of: question, "it does not take its own code back")
    struct Tokens: Decodable { let id_token: String }
    guard let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(body)) else {
      throw OpenIDProvider.unusable("it gives no token that says who you are")
    }
    // The keys are asked for each time: providers change them, and sign-ins are rare.
    let keyBody = try await self.body(
      of: WebQuestion(url: provider.keysAddress),
      "it does not give its keys"
    )
    guard let keys = try? JSONDecoder().decode(JSONWebKeySet.self, from: Data(keyBody)) else {
      throw OpenIDProvider.unusable("its keys cannot be read")
    }
    do throws(IDToken.Fault) {
      return try IDToken(
        tokens.id_token,
        keys: keys,
        expected: IDToken.Expectation(
          issuer: settings.issuer,
          clientID: settings.clientID,
          nonce: visit.nonce,
          groupsClaim: settings.groupsClaim,
          now: now
        )
      )
    } catch {
      throw InputError(
        code: "openid.token",
        "what the provider says of you is not believed: \(error.description).",
        remedy: "Try again; if it stays so, tell whoever looks after this installation."
      )
    }
  }

  private func body(of question: WebQuestion, _ fault: String) async throws -> [UInt8] {
    let answer = try await ask(question)
    guard answer.status == 200 else {
      throw OpenIDProvider.unusable("\(fault) (status \(answer.status))")
    }
    return answer.body
  }

  // MARK: Who it is here

  private func enter(
    _ token: IDToken,
    replacing old: String?,
    from origin: Origin,
    at now: Instant
  ) throws -> SignIn.Entry {
    let accounts = signIn.accounts
    let identity = Account.Identity(issuer: settings.issuer, subject: token.subject)
    func refuse(_ code: String, _ message: String, _ remedy: String) throws -> InputError {
      // What they had here ends too: it was given to somebody who might come in.
      try accounts.shutOut(identity, in: origin.context(at: now))
      return InputError(code: code, message, remedy: remedy)
    }
    guard let role = settings.role(ofGroups: token.groups) else {
      throw try refuse(
        "openid.group",
        "none of your groups at the provider may use this installation.",
        "Ask whoever looks after it to name one of your groups in serve.yaml."
      )
    }
    let person = NewAccount(name: token.name, displayName: token.displayName, role: role)
    let account = try accounts.account(ofPerson: person, identity, in: origin.context(at: now))
    guard let entry = try signIn.start(account, replacing: old, from: origin, at: now) else {
      throw try refuse(
        "openid.disabled",
        "your account here may no longer sign in.",
        "Ask whoever looks after this installation."
      )
    }
    return entry
  }

  private static var strayReturn: InputError {
    InputError(
      code: "openid.state",
      "this sign-in was begun too long ago or in another browser, or it has ended already.",
      remedy: "Sign in anew."
    )
  }
}
