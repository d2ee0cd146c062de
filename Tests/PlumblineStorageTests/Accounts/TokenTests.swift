import PlumblineCore
import PlumblineStorage
import Testing

struct TokenTests {
  private let start = TemporaryAccounts.start

  private func add(
    _ accounts: TemporaryAccounts,
    _ byte: UInt8,
    of account: Account,
    _ scopes: Set<TokenScope> = [.read]
  ) throws -> APIToken {
    try accounts.store.add(
      NewAPIToken(
        tokenHash: [byte],
        account: account.id,
        name: "reporting",
        shownPrefix: "plb_abcdef",
        scopes: scopes,
        role: account.role,
        expiresAt: start.advanced(bySeconds: 100)
      ),
      in: TemporaryAccounts.context
    )
  }

  @Test func `a token is found by its hash until it expires`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      #expect(try accounts.store.token([1], at: start) == nil)
      let token = try add(accounts, 1, of: ada, [.write, .read])
      let found = try #require(try accounts.store.token([1], at: start))
      #expect(found.token == token)
      #expect(found.token.scopes == [.read, .write])
      #expect(found.account == ada)
      #expect(try accounts.store.token([1], at: start.advanced(bySeconds: 99)) != nil)
      #expect(try accounts.store.token([1], at: start.advanced(bySeconds: 100)) == nil)
      #expect(try accounts.store.token([], at: start) == nil)
    }
  }

  @Test func `a token is taken back by its maker or whoever may, once`() throws {
    try TemporaryAccounts.with { accounts in
      let (ada, eve) = (try accounts.add("ada"), try accounts.add("eve"))
      let token = try add(accounts, 1, of: ada)
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      #expect(try !store.revoke(token: token.id, of: eve.id, in: context))
      #expect(try store.token([1], at: start) != nil)
      #expect(try store.revoke(token: token.id, of: ada.id, in: context))
      #expect(try store.token([1], at: start) == nil)
      #expect(try !store.revoke(token: token.id, in: context))
      #expect(try store.tokens(of: ada.id).map(\.revokedAt) == [start])
      #expect(try store.tokens(of: eve.id).isEmpty)
      #expect(try store.tokens().count == 1)
      #expect(try store.events(AuditFilter(acts: [.tokenRevoked])).count == 1)
    }
  }

  @Test func `a token is worth nothing once its maker is disabled or has another role`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("boss", .admin)
      let ada = try accounts.add("ada")
      _ = try add(accounts, 1, of: ada)
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      try store.setRole(.marketing, of: ada.id, in: context)
      #expect(try store.token([1], at: start) == nil)
      try store.setRole(.sales, of: ada.id, in: context)
      #expect(try store.token([1], at: start) != nil)
      try store.setDisabled(true, ada.id, in: context)
      #expect(try store.token([1], at: start) == nil)
    }
  }

  @Test(
    arguments: [
      (.sales, .sales, [], true), (.sales, .sales, [.read, .export, .write], true),
      (.sales, .sales, [.admin], false), (.sales, .leadership, [.read], false),
      (.sales, .admin, [.read], false), (.admin, .sales, [.read], true),
      (.admin, .leadership, [.read], false), (.leadership, .leadership, [.read], true),
      (.admin, .sales, [.admin], false), (.admin, .admin, [.admin], true),
    ] as [(AccountRole, AccountRole, Set<TokenScope>, Bool)]
  )
  func `nobody gets more by a token than they have`(
    maker: AccountRole,
    role: AccountRole,
    scopes: Set<TokenScope>,
    may: Bool
  ) {
    #expect(APIToken.mayAsk(maker, as: role, scopes) == may)
  }

  @Test func `a use is noted and never taken back`() throws {
    try TemporaryAccounts.with { accounts in
      let token = try add(accounts, 1, of: try accounts.add("ada"))
      #expect(token.lastUsedAt == nil)
      try accounts.store.noteUse(ofToken: token.id, at: start.advanced(bySeconds: 5))
      try accounts.store.noteUse(ofToken: token.id, at: start)
      #expect(try accounts.store.tokens()[0].lastUsedAt == start.advanced(bySeconds: 5))
    }
  }

  @Test func `the log says what a token may be used for, as whom and until when`() throws {
    try TemporaryAccounts.with { accounts in
      let token = try add(accounts, 1, of: try accounts.add("ada"), [.write, .read])
      let event = try #require(try accounts.store.events(AuditFilter(acts: [.tokenMade])).first)
      #expect(event.subject == String(token.id))
      #expect(event.detail == "as sales, may read write, until 2026-02-02")
    }
  }

  @Test func `a new password takes back the tokens of its account and of nobody else`() throws {
    try TemporaryAccounts.with { accounts in
      let (ada, eve) = (try accounts.add("ada"), try accounts.add("eve"))
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      let before = try add(accounts, 1, of: ada)
      let token = try add(accounts, 2, of: ada)
      _ = try add(accounts, 3, of: eve)
      try store.revoke(token: before.id, in: context)
      try accounts.startSession(1, of: ada)
      try store.setPassword("new", of: ada.id, in: context)
      #expect(try store.token([2], at: start) == nil)
      #expect(try store.token([3], at: start) != nil)
      #expect(try !accounts.holds(1))
      let revoked = try store.events(AuditFilter(acts: [.tokenRevoked])).map(\.subject)
      #expect(revoked == [String(token.id), String(before.id)])
    }
  }

  @Test(arguments: [(-1, true), (0, false)] as [(Int64, Bool)])
  func `a token of somebody at a provider ends after 90 days, however long it was given`(
    second: Int64,
    holds: Bool
  ) throws {
    try TemporaryAccounts.with { accounts in
      let account = try accounts.store.add(
        NewAccount(
          name: "eve",
          displayName: "Eve",
          role: .sales,
          identity: Account.Identity(issuer: "https://id.example.com", subject: "17")
        ),
        in: TemporaryAccounts.context
      )
      _ = try accounts.store.add(
        NewAPIToken(
          tokenHash: [1],
          account: account.id,
          name: "reporting",
          shownPrefix: "plb_abcdef",
          scopes: [.read],
          role: .sales,
          expiresAt: start.advanced(bySeconds: APIToken.longestSeconds)
        ),
        in: TemporaryAccounts.context
      )
      let moment = start.advanced(bySeconds: 90 * 86_400 + second)
      #expect((try accounts.store.token([1], at: moment) != nil) == holds)
    }
  }
}
