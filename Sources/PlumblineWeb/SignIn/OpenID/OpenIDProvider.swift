import Crypto
import Foundation
import PlumblineCore
import PlumblineDelivery

/// What a provider says about itself: OpenID Connect Discovery 1.0, section 3.
struct OpenIDProvider: Decodable, Hashable, Sendable {
  /// Where it says so.
  static func discoveryURL(ofIssuer issuer: String) -> String {
    (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
      + "/.well-known/openid-configuration"
  }

  let issuer: String
  let authorizationEndpoint: String
  let tokenEndpoint: String
  let keysAddress: String
  let tokenAuthMethods: [String]?

  private enum CodingKeys: String, CodingKey {
    case issuer
    case authorizationEndpoint = "authorization_endpoint"
    case tokenEndpoint = "token_endpoint"
    case keysAddress = "jwks_uri"
    case tokenAuthMethods = "token_endpoint_auth_methods_supported"
  }

  /// A provider whose own words are taken only if they are about it, and protected.
  ///
  /// - Parameters:
  ///   - body: What it answered.
  ///   - issuer: The provider that was asked.
  /// - Returns: The provider.
  /// - Throws: `InputError` with code `openid.provider`.
  static func reading(_ body: [UInt8], issuer: String) throws(InputError) -> OpenIDProvider {
    guard let found = try? JSONDecoder().decode(Self.self, from: Data(body)) else {
      throw unusable("what it says about itself cannot be read")
    }
    guard found.issuer == issuer else {
      throw unusable("it calls itself by another name than \"issuer\" in serve.yaml")
    }
    let addresses = [found.authorizationEndpoint, found.tokenEndpoint, found.keysAddress]
    guard addresses.allSatisfy(WebAddress.isUsable) else {
      throw unusable("one of its addresses does not begin with https://")
    }
    return found
  }

  /// A refusal that names what the provider did.
  static func unusable(_ what: String) -> InputError {
    InputError(
      code: "openid.provider",
      "the provider where you sign in cannot be used: \(what).",
      remedy: "Try again; if it stays so, tell whoever looks after this installation."
    )
  }

  /// The challenge of a PKCE verifier by the method S256: RFC 7636, section 4.2.
  static func challenge(of verifier: String) -> String {
    RandomText.base64URL(SHA256.hash(data: Data(verifier.utf8)))
  }

  /// Where a browser is sent to sign in: OpenID Connect Core 1.0, section 3.1.2.1.
  func signInURL(
    _ settings: OpenIDSettings,
    returnURL: String,
    state: String,
    nonce: String,
    verifier: String
  ) -> String {
    let scopes = ["openid", "profile", "email"]
    let query = WebExchange.encoded([
      ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", returnURL),
      (
        "scope",
        (scopes + settings.scopes.filter { !scopes.contains($0) }).joined(separator: " ")
      ),
      ("state", state), ("nonce", nonce), ("code_challenge", Self.challenge(of: verifier)),
      ("code_challenge_method", "S256"),
    ])
    return authorizationEndpoint + (authorizationEndpoint.contains("?") ? "&" : "?") + query
  }

  /// What exchanges a code for a token: RFC 6749, section 4.1.3, with RFC 7636, section 4.5.
  ///
  /// The client's secret goes into the header, unless the provider only takes it in the form.
  func tokenExchange(
    _ settings: OpenIDSettings,
    secret: Secret?,
    code: String,
    returnURL: String,
    verifier: String
  ) -> WebQuestion {
    let usual = "client_secret_basic"
    let place: WebExchange.Credentials.Place =
      (tokenAuthMethods ?? [usual]).contains(usual) ? .header : .form
    let form = [
      ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnURL),
      ("code_verifier", verifier),
    ]
    return WebQuestion(
      url: tokenEndpoint,
      form: secret == nil ? form + [("client_id", settings.clientID)] : form,
      credentials: secret.map {
        WebExchange.Credentials(user: settings.clientID, password: $0, place: place)
      }
    )
  }
}
