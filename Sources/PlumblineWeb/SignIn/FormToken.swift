import Crypto
import Foundation

/// What a form must carry, so that no other site can send it in somebody's name.
enum FormToken {
  /// The token of the forms of a session, made from the session's own secret.
  static func of(sessionSecret secret: [UInt8]) -> String { code(secret, "csrf") }

  /// The token of the forms that are sent before anybody has signed in, made from a cookie of the
  /// browser that is random and nothing else: the form and the cookie must come together.
  static func of(visitor cookie: String) -> String { code(Array(cookie.utf8), "visitor") }

  /// Whether a form carries the token that it must.
  ///
  /// - Parameters:
  ///   - sent: What the form carries, if anything.
  ///   - token: What it must carry; nothing is right when it is empty.
  /// - Returns: Whether it does.
  static func isRight(_ sent: String?, _ token: String) -> Bool {
    guard let sent, !token.isEmpty else { return false }
    return ConstantTime.areSame(sent.utf8, token.utf8)
  }

  private static func code(_ secret: [UInt8], _ purpose: String) -> String {
    let key = SymmetricKey(data: secret)
    return RandomText.base64URL(
      HMAC<SHA256>.authenticationCode(for: Data(purpose.utf8), using: key)
    )
  }
}
