public import PlumblineCore

/// Everybody who may sign in, as JSON.
public struct AccountsJSON: Sendable {
  private let wire: AccountsWire

  /// Accounts to be written, in the order given.
  public init(_ accounts: [Account]) {
    wire = AccountsWire(
      accounts: accounts.map { account in
        AccountsWire.Account(
          id: account.id,
          name: account.name,
          displayName: account.displayName,
          role: account.role.rawValue,
          owner: account.owner,
          isDisabled: account.isDisabled,
          hasPassword: account.hasPassword,
          signsInAtProvider: account.identity != nil,
          createdAt: Format.iso8601(account.createdAt, .utc),
          lastSignInAt: account.lastSignInAt.map { Format.iso8601($0, .utc) }
        )
      }
    )
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError`; texts and whole numbers give no cause for it.
  public func text() throws -> String { try JSONText.text(wire) }
}

private struct AccountsWire: Codable, Hashable, Sendable {
  struct Account: Codable, Hashable, Sendable {
    let id: Int64
    let name: String
    let displayName: String
    let role: String
    @OrNull var owner: String?
    let isDisabled: Bool
    let hasPassword: Bool
    let signsInAtProvider: Bool
    let createdAt: String
    @OrNull var lastSignInAt: String?
  }

  var format = JSONText.format
  var kind = "accounts"
  let accounts: [Account]
}
