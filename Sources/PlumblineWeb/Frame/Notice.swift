/// What just happened, as a short word in the address and a sentence of ours on the page: never text
/// from the address.
enum Notice: String, CaseIterable, Sendable {
  case accountChanged = "account-changed"
  case accountMade = "account-made"
  case passwordChanged = "password-changed"
  case tokenRevoked = "token-revoked"

  /// The notice of a word in an address; nil for any other word.
  init?(_ word: String?) {
    guard let word, let notice = Notice(rawValue: word) else { return nil }
    self = notice
  }

  /// The sentence.
  var text: String {
    switch self {
    case .accountChanged: "The account was changed."
    case .accountMade: "The account was made. Tell its owner the password by another way."
    case .passwordChanged:
      "The password was changed; all other sessions have ended, and your tokens "
        + "were taken back."
    case .tokenRevoked: "The token is worth nothing from now on."
    }
  }

  /// An address that shows it.
  func address(on path: String) -> String { "\(path)?done=\(rawValue)" }
}
