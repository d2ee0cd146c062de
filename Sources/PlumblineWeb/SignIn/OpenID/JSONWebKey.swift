import Crypto
import CryptoExtras
import Foundation

/// A provider's public keys: RFC 7517, as far as RS256 and ES256 need them.
struct JSONWebKeySet: Decodable, Sendable {
  /// One key; what is not needed is not read.
  struct Key: Decodable, Sendable {
    var kty: String
    var kid: String?
    var use: String?
    var alg: String?
    var crv: String?
    var n: String?
    var e: String?
    var x: String?
    var y: String?
  }

  /// Smaller keys of RSA are not trusted: NIST SP 800-131A.
  private static let smallestRSAKeyInBits = 2048

  /// The keys that can be read; others may be of kinds that are unknown here.
  let keys: [Key]

  private enum CodingKeys: CodingKey { case keys }
  private struct Readable: Decodable {
    var key: Key?
    init(from decoder: any Decoder) { key = try? Key(from: decoder) }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    keys = try container.decode([Readable].self, forKey: .keys).compactMap(\.key)
  }

  /// A set of keys.
  init(keys: [Key]) { self.keys = keys }

  /// How a token may be signed.
  ///
  /// Both are asymmetric: a token signed with a public key as if it were
  /// a secret, or not at all, is none.
  enum Algorithm: String, Sendable { case rs256 = "RS256", es256 = "ES256" }

  /// Whether one of the keys has signed something.
  ///
  /// - Parameters:
  ///   - signature: The signature: RFC 7518, sections 3.3 and 3.4.
  ///   - signed: What was signed.
  ///   - algorithm: How.
  ///   - id: Which key, where the token says so.
  /// - Returns: Whether one has.
  func haveSigned(
    _ signature: [UInt8],
    of signed: [UInt8],
    by algorithm: Algorithm,
    keyID id: String?
  ) -> Bool {
    keys.contains { key in
      guard id == nil || key.kid == id, key.use ?? "sig" == "sig",
        key.alg ?? algorithm.rawValue == algorithm.rawValue
      else { return false }
      return switch algorithm {
      case .rs256: Self.isRSA(key, signature, signed)
      case .es256: Self.isP256(key, signature, signed)
      }
    }
  }

  private static func isRSA(_ key: Key, _ signature: [UInt8], _ signed: [UInt8]) -> Bool {
    guard key.kty == "RSA", let n = key.n.flatMap({ RandomText.bytes(base64URL: $0) }),
      let e = key.e.flatMap({ RandomText.bytes(base64URL: $0) }), !n.isEmpty, !e.isEmpty,
      let publicKey = try? _RSA.Signing.PublicKey(n: n, e: e),
      publicKey.keySizeInBits >= smallestRSAKeyInBits
    else { return false }
    return publicKey.isValidSignature(
      _RSA.Signing.RSASignature(rawRepresentation: signature),
      for: SHA256.hash(data: signed),
      padding: .insecurePKCS1v1_5
    )
  }

  private static func isP256(_ key: Key, _ signature: [UInt8], _ signed: [UInt8]) -> Bool {
    guard key.kty == "EC", key.crv == "P-256",
      let x = key.x.flatMap({ RandomText.bytes(base64URL: $0) }),
      let y = key.y.flatMap({ RandomText.bytes(base64URL: $0) }), x.count == 32, y.count == 32,
      let publicKey = try? P256.Signing.PublicKey(rawRepresentation: x + y),
      let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
    else { return false }
    return publicKey.isValidSignature(signature, for: SHA256.hash(data: signed))
  }
}
