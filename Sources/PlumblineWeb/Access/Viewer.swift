import PlumblineCore

/// Who asks.
struct Viewer: Hashable, Sendable {
  /// The account's number.
  var account: Int64
  /// How pages address them.
  var name: String
  /// What they may see.
  var role: AccountRole
  /// The owner of leads that they are in the CRM, if they are one.
  var owner: String?
  /// What their token may be used for; nil for the session of a browser.
  var scopes: Set<TokenScope>?
  /// What forms of their session must carry; empty for tokens.
  var formToken = ""

  /// Whose names answers may show them; everybody's when nil.
  ///
  /// Numbers of single people are for leadership and for the one they are about; whoever looks
  /// after the accounts becomes no rep by naming themselves one.
  var shownOwners: Set<String>? {
    switch role {
    case .leadership: nil
    case .sales: Set([owner].compactMap { $0 })
    case .admin, .marketing: []
    }
  }

  /// The words that they are spoken to in, unless they choose others.
  var reader: Reader {
    switch role {
    case .marketing: .marketing
    case .sales: .sales
    case .leadership, .admin: .leadership
    }
  }
}
