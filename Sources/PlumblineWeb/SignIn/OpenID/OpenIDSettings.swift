import PlumblineCore
import PlumblineDelivery

/// A provider of OpenID Connect that people sign in at, and what their groups there may see.
struct OpenIDSettings: Hashable, Sendable {
  /// The provider's own name: the `iss` of its tokens, to the letter.
  var issuer: String
  /// The name under which the provider knows this installation.
  var clientID: String
  /// Where the secret is that proves it; nil for a client that has none.
  var clientSecret: SecretReference?
  /// The claim that names a person's groups.
  var groupsClaim = "groups"
  /// What is asked for besides `openid profile email`.
  var scopes: [String] = []
  /// The groups of each role.
  var groups: [AccountRole: [String]]

  /// Of several roles of one person the first of these counts.
  static let roleOrder: [AccountRole] = [.admin, .leadership, .marketing, .sales]

  /// The role of somebody in some groups; nil when none of the groups has a role.
  func role(ofGroups names: [String]) -> AccountRole? {
    let names = Set(names)
    return Self.roleOrder.first { !names.isDisjoint(with: groups[$0] ?? []) }
  }
}
