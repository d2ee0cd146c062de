import Crypto
import Foundation
import PlumblineCore
import Testing

@testable import PlumblineWeb

struct IDTokenTests {
  private static let now = Instant(seconds: 1_770_000_000)
  private static var expectation: IDToken.Expectation {
    IDToken.Expectation(
      issuer: TestProvider.issuer,
      clientID: "plumbline",
      nonce: "n-1",
      groupsClaim: "groups",
      now: now
    )
  }
  private static var claims: [String: Any] {
    [
      "iss": TestProvider.issuer, "sub": "17", "aud": "plumbline", "exp": now.seconds + 300,
      "iat": now.seconds, "nonce": "n-1", "email": "ada@example.com", "email_verified": true,
      "name": "Ada", "groups": ["sdr", "all"],
    ]
  }

  private func fault(of token: String, _ provider: TestProvider) throws -> String? {
    do {
      _ = try IDToken(token, keys: try provider.keySet, expected: Self.expectation)
      return nil
    } catch let fault as IDToken.Fault {
      return fault.description
    }
  }

  @Test(arguments: [["alg": "ES256", "kid": "e1"], ["alg": "ES256"], ["alg": "RS256"]])
  func `a token of the provider is believed`(header: [String: String]) throws {
    let provider = TestProvider()
    let text = try provider.token(Self.claims, header: header)
    let token = try IDToken(text, keys: try provider.keySet, expected: Self.expectation)
    #expect(token.subject == "17" && token.name == "ada@example.com")
    #expect(token.displayName == "Ada" && token.groups == ["sdr", "all"])
  }

  /// A claim, what it becomes, and what is wrong with that; nothing where it is right.
  @Test(
    arguments: [
      ("iss", .text("https://id.example.com/realm/"), "it is from another provider"),
      ("iss", .absent, "its claims cannot be read"),
      ("sub", .text(""), "it names nobody"),
      ("sub", .text(String(repeating: "x", count: 256)), "it names nobody"),
      ("sub", .absent, "its claims cannot be read"),
      ("aud", .text("other"), "it is for somebody else"),
      ("aud", .texts([]), "it is for somebody else"),
      ("aud", .texts(["plumbline"]), nil),
      (
        "aud", .texts(["plumbline", "other"]),
        "it is for several, and names nobody who may use it"
      ),
      ("azp", .text("other"), "somebody else may use it"),
      ("azp", .text("plumbline"), nil),
      ("exp", .time(-59), nil),
      ("exp", .time(-60), "it has expired"),
      ("exp", .absent, "its claims cannot be read"),
      ("exp", .text("1770000300"), "its claims cannot be read"),
      ("iat", .time(60), nil),
      ("iat", .time(61), "it was made in the future"),
      ("nbf", .time(61), "it is not yet valid"),
      ("nbf", .time(60), nil),
      ("nonce", .text("n-2"), "it was made for another sign-in"),
      ("nonce", .text(""), "it was made for another sign-in"),
      ("nonce", .absent, "it was made for another sign-in"),
    ] as [(String, Claim, String?)]
  )
  func `every claim that proves something is checked`(
    name: String,
    claim: Claim,
    expected: String?
  ) throws {
    let provider = TestProvider()
    var claims = Self.claims
    claims[name] = claim.value(Self.now)
    #expect(try fault(of: try provider.token(claims), provider) == expected)
  }

  enum Claim: Sendable {
    case text(String)
    case texts([String])
    case time(Int64)
    case absent

    func value(_ now: Instant) -> Any? {
      switch self {
      case .text(let text): text
      case .texts(let texts): texts
      case .time(let seconds): now.seconds + seconds
      case .absent: nil
      }
    }
  }

  @Test func `a token that anybody could have made is not believed`() throws {
    let provider = TestProvider()
    let good = try provider.token(Self.claims)
    let parts = good.split(separator: ".").map(String.init)
    let other = try TestProvider().token(Self.claims)
    let unsigned = RandomText.base64URL(Array(#"{"alg":"none"}"#.utf8)) + "." + parts[1] + "."
    let bytes = try #require(RandomText.bytes(base64URL: parts[1]))
    let changed = String(decoding: bytes, as: UTF8.self).replacing("sdr", with: "it")
    let forged = parts[0] + "." + RandomText.base64URL(Array(changed.utf8)) + "." + parts[2]
    // The public key used as a shared secret, the mistake of RFC 8725, section 2.1.
    let header = RandomText.base64URL(Array(#"{"alg":"HS256","kid":"e1"}"#.utf8))
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(header).\(parts[1])".utf8),
      using: SymmetricKey(data: provider.elliptic.publicKey.rawRepresentation)
    )
    let symmetric = "\(header).\(parts[1]).\(RandomText.base64URL(code))"
    let noKey = "it is not signed with a key of the provider"
    let notOurs = "it is not signed with RS256 or ES256"
    for (text, expected) in [
      (other, noKey), (forged, noKey), (parts[0] + "." + parts[1] + ".", noKey),
      (unsigned, notOurs), (symmetric, notOurs), ("", "it is not a signed token"),
      ("a.b", "it is not a signed token"), (good + ".", "it is not a signed token"),
      (good + "=", "it is not a signed token"),
      (String(repeating: "a", count: 70_000), "it is not a signed token"),
      (try provider.token(Self.claims, header: ["alg": "ES256", "kid": "zz"]), noKey),
      // Signed by the key of one kind, and said to be by that of the other.
      (try provider.token(Self.claims, header: ["alg": "ES256", "kid": "r1"]), noKey),
      (
        try provider.token(Self.claims, header: ["alg": "ES256", "crit": ["b64"]]),
        "its header cannot be read"
      ),
    ] {
      #expect(try fault(of: text, provider) == expected, "\(text.prefix(60))")
    }
  }

  @Test(
    arguments: [
      (["email": "a@b.c"], "a@b.c"), (["email": "a@b.c", "email_verified": "false"], "17"),
      (["email": "a@b.c", "email_verified": "true"], "a@b.c"),
      (["preferred_username": "ada"], "ada"), (["email": ""], "17"), ([:], "17"),
    ] as [([String: String], String)]
  )
  func `an address that nobody confirmed is no name`(
    extra: [String: String],
    name: String
  ) throws {
    let provider = TestProvider()
    var claims = Self.claims
    for key in ["email", "email_verified", "name", "groups"] { claims[key] = nil }
    for (key, value) in extra { claims[key] = value }
    let text = try provider.token(claims)
    let token = try IDToken(text, keys: try provider.keySet, expected: Self.expectation)
    #expect(token.name == name && token.displayName == name && token.groups.isEmpty)
  }

  @Test func `a small key of RSA is not trusted`() throws {
    let key = JSONWebKeySet.Key(
      kty: "RSA",
      n: RandomText.base64URL([UInt8](repeating: 0xFF, count: 128)),
      e: "AQAB"
    )
    let keys = JSONWebKeySet(keys: [key])
    #expect(!keys.haveSigned(Array(repeating: 1, count: 128), of: [], by: .rs256, keyID: nil))
  }
}
