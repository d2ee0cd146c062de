import Foundation
import PlumblineCore

/// A typed password in the one form that it is hashed in; shown to nobody.
struct Password: Sendable, CustomStringConvertible, CustomReflectable {
  /// The longest that is hashed, in bytes of UTF-8.
  static let longest = 1024
  /// The fewest characters of a new one: NIST SP 800-63B asks for length, not for kinds of
  /// characters.
  static let shortest = 12

  /// UTF-8 of the text in Unicode's form C, never empty.
  let bytes: [UInt8]
  private let text: String

  /// A typed password; nil when it is empty or longer than any can be.
  ///
  /// Form C makes one password of what different keyboards send for the same letters.
  init?(_ typed: String) {
    // Normalising may make a text up to three times as long; look at nothing that is longer anyway.
    guard !typed.isEmpty, typed.utf8.count <= 4 * Self.longest else { return nil }
    let text = typed.precomposedStringWithCanonicalMapping
    guard text.utf8.count <= Self.longest else { return nil }
    (self.text, bytes) = (text, Array(text.utf8))
  }

  /// A new password that may be taken.
  ///
  /// - Parameters:
  ///   - typed: The password.
  ///   - name: The account's name, which it must be more than.
  /// - Throws: `InputError` with code `accounts.password-short`, `accounts.password-long` or
  ///   `accounts.password-common`; no message repeats it.
  init(new typed: String, for name: String) throws(InputError) {
    guard typed.utf8.count < Self.shortest || Password(typed) != nil else {
      throw InputError(
        code: "accounts.password-long",
        "the password has more than \(Self.longest) bytes.",
        remedy: "Take a shorter one."
      )
    }
    guard let password = Password(typed), password.text.count >= Self.shortest else {
      throw InputError(
        code: "accounts.password-short",
        "the password has fewer than \(Self.shortest) characters.",
        remedy: "Take four or more words that do not belong together."
      )
    }
    guard !CommonPasswords.holds(password.text, name: name) else {
      throw InputError(
        code: "accounts.password-common",
        "this password is among the first that anybody would try.",
        remedy: "Take four or more words that do not belong together."
      )
    }
    self = password
  }

  /// What is shown instead.
  var description: String { "[password]" }
  /// Nothing to look into.
  var customMirror: Mirror { Mirror(self, children: [:]) }
}
