import Crypto
import Foundation
public import PlumblineCore

/// A team's private key, which signs.
///
/// Ed25519 (RFC 8032). A key never stands in a message, a log or an argument, only in a file or an
/// environment variable that a reference names.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key, drawn from the system's source of randomness.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key that a text holds: 32 bytes in Base64, blanks and line ends around it aside.
  public init?(text: String) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let bytes = Data(base64Encoded: trimmed),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
    else { return nil }
    self.key = key
  }

  /// The public key: 32 bytes.
  public var publicKey: [UInt8] { Array(key.publicKey.rawRepresentation) }

  /// What the key's file holds: the 32 bytes in Base64 and a line feed.
  var fileBytes: [UInt8] { Array((secret + "\n").utf8) }

  /// The private key itself: its 32 bytes in Base64.
  var secret: String { key.rawRepresentation.base64EncodedString() }

  /// The signature of a message: 64 bytes.
  func signature(of message: [UInt8]) throws(InputError) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      throw InputError(code: "signature.key-unusable", "the key cannot sign.")
    }
    return Array(signature)
  }

  /// Whether a signature of a message holds by a public key.
  ///
  /// Nothing compared here is secret: a public key, a signature and a message.
  static func isValid(
    _ signature: [UInt8],
    of message: [UInt8],
    by publicKey: [UInt8]
  ) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else {
      return false
    }
    return key.isValidSignature(signature, for: message)
  }

  /// The key that a reference names.
  ///
  /// - Parameters:
  ///   - reference: The path of a key file, or `env:NAME` for an environment variable.
  ///   - environment: The environment's variables.
  /// - Returns: The key.
  /// - Throws: `InputError` when there is none, or others may read its file.
  public static func read(
    _ reference: String,
    environment: [String: String]
  ) throws(InputError) -> SigningKey {
    if SigningKey(text: reference) != nil {
      // The value itself is not repeated: messages end up in logs.
      throw InputError(
        code: "signature.key-in-argument",
        "--key was given a key itself, which other programs on this machine can now see.",
        remedy: "Name its file or env:NAME. This key is no secret any more: make another with "
          + "plumbline agreement key --replace."
      )
    }
    if reference.hasPrefix("env:") {
      return try read(variable: String(reference.dropFirst(4)), environment)
    }
    return try read(file: reference)
  }

  private static func read(
    variable name: String,
    _ environment: [String: String]
  ) throws(InputError) -> SigningKey {
    guard let text = environment[name], !text.isEmpty else {
      throw InputError(
        code: "signature.no-key",
        "the environment has no variable \(name).",
        remedy: "Set it to the content of the team's key file."
      )
    }
    guard let key = SigningKey(text: text) else {
      throw InputError(
        code: "signature.key-unreadable",
        "the environment variable \(name) does not hold a key.",
        remedy: "Set it to the content of the team's key file: 32 bytes in Base64."
      )
    }
    return key
  }

  private static func read(file path: String) throws(InputError) -> SigningKey {
    guard let data = FileManager.default.contents(atPath: path), data.count < 1000 else {
      throw InputError(
        code: "signature.no-key",
        "\(path) is not a key file that can be read.",
        remedy: "Make a key with plumbline agreement key --team TEAM --output FILE."
      )
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    let permissions = (attributes?[.posixPermissions] as? NSNumber)?.intValue
    guard let permissions, permissions & 0o077 == 0 else {
      throw InputError(
        code: "signature.key-open",
        "\(path) may be read by others than its owner.",
        remedy: "Take that right away: chmod 600 \(path)"
      )
    }
    guard let key = SigningKey(text: String(decoding: data, as: UTF8.self)) else {
      throw InputError(
        code: "signature.key-unreadable",
        "\(path) does not hold a key.",
        remedy: "Make one with plumbline agreement key --team TEAM --output FILE."
      )
    }
    return key
  }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
  /// Nothing of the key.
  public var description: String { "a private key" }
  /// Nothing of the key.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
