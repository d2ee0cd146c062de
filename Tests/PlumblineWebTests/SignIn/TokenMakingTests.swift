import Foundation
import HTTPTypes
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

struct TokenMakingTests {
  private let start = TemporarySignIn.start

  private func make(
    _ desk: TemporarySignIn,
    named name: String = "reporting",
    _ scopes: Set<TokenScope> = [.read],
    as role: AccountRole = .admin,
    validFor seconds: Int64 = 3600,
    by maker: Account? = nil
  ) throws -> (text: String, token: APIToken) {
    try desk.signIn.makeToken(
      named: name,
      scopes,
      as: role,
      validFor: seconds,
      by: maker ?? desk.owner.account,
      from: TemporarySignIn.origin,
      at: start
    )
  }

  @Test func `a token is shown once, and holds until it expires`() async throws {
    try await TemporarySignIn.with { desk in
      let made = try make(desk)
      #expect(made.text.hasPrefix("plb_") && made.text.count == 47)
      #expect(made.token.shownPrefix == String(made.text.prefix(10)))
      let found = try #require(try desk.signIn.token(made.text, at: start))
      #expect(found.token.id == made.token.id && found.account.name == "ada")
      for other in ["", "plb_", String(made.text.dropFirst(4)), made.text + "x"] {
        #expect(try desk.signIn.token(other, at: start) == nil)
      }
      #expect(try desk.signIn.token(made.text, at: start.advanced(bySeconds: 3600)) == nil)
      // It is no cookie, and a cookie is no token.
      #expect(try desk.signIn.session(cookie: made.text, at: start) == nil)
      #expect(try desk.signIn.token(desk.owner.cookie, at: start) == nil)
      let bytes = try Data(contentsOf: URL(filePath: desk.signIn.accounts.path + "-wal"))
      #expect(bytes.range(of: Data(made.text.utf8)) == nil)
    }
  }

  @Test func `all faults of a token are told at once`() async throws {
    try await TemporarySignIn.with { desk in
      let rep = try desk.signIn.accounts.add(
        NewAccount(name: "rep", displayName: "Rep", role: .sales),
        in: TemporarySignIn.origin.context(at: start)
      )
      let faults = try await thrownCodes {
        _ = try make(desk, named: " ", [], as: .admin, validFor: 59, by: rep)
      }
      #expect(
        faults == [
          "accounts.token-name", "accounts.token-scopes", "accounts.token-role",
          "accounts.token-expiry",
        ]
      )
      for (role, scopes, seconds) in [
        (.sales, [.admin], 60), (.leadership, [.read], 60),
        (.sales, [.read], APIToken.longestSeconds + 1),
      ] as [(AccountRole, Set<TokenScope>, Int64)] {
        let faults = try await thrownCodes {
          _ = try make(desk, scopes, as: role, validFor: seconds, by: rep)
        }
        #expect(faults.count == 1)
      }
      #expect(try desk.signIn.accounts.tokens().isEmpty)
    }
  }

  @Test func `its use is noted at most once a minute`() async throws {
    try await TemporarySignIn.with { desk in
      let made = try make(desk)
      var noted: [Int64?] = []
      for second in [0, 59, 61] as [Int64] {
        _ = try desk.signIn.token(made.text, at: start.advanced(bySeconds: second))
        let last = try desk.signIn.accounts.tokens()[0].lastUsedAt
        noted.append(last.map { $0.seconds - start.seconds })
      }
      #expect(noted == [0, 0, 61])
    }
  }

  @Test func `an admin makes no token of leadership, and no token makes a token`() async throws {
    try await TemporarySignIn.with { desk in
      let faults = try await thrownCodes { _ = try make(desk, as: .leadership) }
      #expect(faults == ["accounts.token-role"])
    }
    let web = try WebHarness()
    for path in ["/settings/tokens", "/settings/password"] {
      let answer = try await web.ask(
        path,
        as: nil,
        method: .post,
        headers: [.authorization: "Bearer admin:admin"],
        rawForm: "name=x&scope=read&role=admin&days=365&old=x&new=y"
      )
      #expect(answer.status == 403)
    }
    #expect(try web.office.signIn.accounts.tokens().isEmpty)
  }

  @Test func `an admin's token that asks as sales is no rep`() async throws {
    try await TemporarySignIn.with { desk in
      let accounts = desk.signIn.accounts
      let context = TemporarySignIn.origin.context(at: start)
      let owner = desk.owner.account
      try accounts.change(owner.id, displayName: "Ada", owner: "rep-01", in: context)
      let made = try make(desk, as: .sales)
      let viewer = try await AccountDoor(signIn: desk.signIn).viewer(token: made.text, now: start)
      #expect(viewer?.role == .sales)
      #expect(viewer?.shownOwners == [])
    }
  }

  @Test(
    arguments: [
      (.admin, "rep-01", []), (.marketing, "rep-01", []), (.sales, "rep-01", ["rep-01"]),
      (.sales, nil, []), (.leadership, "rep-01", nil),
    ] as [(AccountRole, String?, Set<String>?)]
  )
  func `only leadership and the rep alone see names`(
    role: AccountRole,
    owner: String?,
    shown: Set<String>?
  ) {
    #expect(Viewer(account: 1, name: "n", role: role, owner: owner).shownOwners == shown)
  }
}
