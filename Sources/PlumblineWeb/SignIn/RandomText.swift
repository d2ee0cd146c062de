import Crypto
import Foundation

/// Texts that nobody can guess, and what is kept of them.
enum RandomText {
  /// 256 random bits as 43 characters that stand in addresses and cookies as they are.
  static func token() -> String { base64URL(bytes(32)) }

  /// Random bytes of the system.
  static func bytes(_ count: Int) -> [UInt8] {
    SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes { Array($0) }
  }

  /// What is kept of a secret text that is random itself, so that no salt is needed.
  static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

  /// Base64 for addresses, without padding: RFC 4648, section 5.
  static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  /// The bytes of a text in base64 for addresses; nil when it is none, or not the shortest.
  static func bytes(base64URL text: some StringProtocol) -> [UInt8]? {
    guard text.utf8.count % 4 != 1,
      text.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      })
    else { return nil }
    let padded =
      String(text).replacing("-", with: "+").replacing("_", with: "/")
      + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: padded).map({ Array($0) }), base64URL(bytes) == text
    else { return nil }
    return bytes
  }
}

/// Compares secrets in a time that does not tell where they differ.
enum ConstantTime {
  /// Whether two texts of bytes are the same; their lengths are not secret.
  static func areSame(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
