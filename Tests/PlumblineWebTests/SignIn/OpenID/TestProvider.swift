import Crypto
import CryptoExtras
import Foundation
import PlumblineCore
import PlumblineDelivery
import Synchronization

@testable import PlumblineWeb

/// A provider in this process, with keys made for the test.
final class TestProvider: Sendable {
  static let issuer = "https://id.example.com/realm"
  static let settings = OpenIDSettings(
    issuer: issuer,
    clientID: "plumbline",
    groups: [
      .admin: ["it"], .leadership: ["board"], .marketing: ["growth"], .sales: ["ae", "sdr"],
    ]
  )

  let elliptic = P256.Signing.PrivateKey()
  /// Made once: it takes long.
  static let rsa = try? _RSA.Signing.PrivateKey(keySize: .bits2048)
  /// What was asked, in order.
  let questions = Mutex<[WebQuestion]>([])
  /// The token that the next code is exchanged for.
  let idToken = Mutex("")
  /// Answers that differ from the usual ones, by address.
  let answers = Mutex<[String: WebExchange.Answer]>([:])

  /// The keys as the provider gives them.
  var keys: [String: Any] {
    let point = [UInt8](elliptic.publicKey.rawRepresentation)
    var keys: [[String: Any]] = [
      ["kty": "oct", "k": "AAAA"], ["kty": 7],
      [
        "kty": "EC", "crv": "P-256", "kid": "e1", "use": "sig",
        "x": RandomText.base64URL(point.prefix(32)), "y": RandomText.base64URL(point.suffix(32)),
      ],
    ]
    if let numbers = try? Self.rsa?.publicKey.getKeyPrimitives() {
      keys.append([
        "kty": "RSA", "kid": "r1", "alg": "RS256", "n": RandomText.base64URL(numbers.modulus),
        "e": RandomText.base64URL(numbers.publicExponent),
      ])
    }
    return ["keys": keys]
  }

  var keySet: JSONWebKeySet {
    get throws { try JSONDecoder().decode(JSONWebKeySet.self, from: Self.json(keys)) }
  }

  static func json(_ value: [String: Any]) throws -> Data {
    try JSONSerialization.data(withJSONObject: value)
  }

  /// A token as the provider signs it.
  func token(
    _ claims: [String: Any],
    header: [String: Any] = ["alg": "ES256", "kid": "e1"]
  ) throws -> String {
    let signed =
      RandomText.base64URL(try Self.json(header)) + "."
      + RandomText.base64URL(try Self.json(claims))
    let digest = SHA256.hash(data: Data(signed.utf8))
    let signature: Data =
      if header["alg"] as? String == "RS256", let rsa = Self.rsa {
        try rsa.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
      } else {
        try elliptic.signature(for: digest).rawRepresentation
      }
    return signed + "." + RandomText.base64URL(signature)
  }

  func answer(_ question: WebQuestion) throws -> WebExchange.Answer {
    questions.withLock { $0.append(question) }
    if let answer = answers.withLock({ $0[question.url] }) { return answer }
    let body: [String: Any] =
      switch question.url {
      case Self.issuer + "/.well-known/openid-configuration":
        [
          "issuer": Self.issuer, "authorization_endpoint": "https://id.example.com/go?tenant=1",
          "token_endpoint": "https://id.example.com/token",
          "jwks_uri": "https://id.example.com/keys",
        ]
      case "https://id.example.com/keys": keys
      case "https://id.example.com/token":
        ["id_token": idToken.withLock { $0 }, "token_type": "Bearer"]
      default: [:]
      }
    return WebExchange.Answer(status: body.isEmpty ? 404 : 200, body: Array(try Self.json(body)))
  }
}
