/// What somebody does, and so what they may see and change in the web app.
public enum AccountRole: String, Codable, Hashable, Sendable, CaseIterable {
  case marketing, sales, leadership
  /// Looks after the installation: accounts, tokens, imports; sees no names of people of sales.
  case admin
}
