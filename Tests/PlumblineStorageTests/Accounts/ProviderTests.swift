import Foundation
import GRDB
import PlumblineCore
import Testing

@testable import PlumblineStorage

struct ProviderTests {
  private let start = TemporaryAccounts.start
  private let identity = Account.Identity(issuer: "https://id.example", subject: "17")
  private let person = NewAccount(name: "ada@example.com", displayName: "Ada", role: .sales)

  @Test func `a visit ends once, in its own browser, in time`() throws {
    try TemporaryAccounts.with { accounts in
      func go(_ state: UInt8) throws {
        try accounts.store.startVisit(
          stateHash: [state],
          browserHash: [7],
          nonce: "n\(state)",
          verifier: "v",
          at: start
        )
      }
      func back(_ state: UInt8, _ browser: UInt8 = 7, after: Int64 = 0) throws -> String? {
        try accounts.store.endVisit(
          stateHash: [state],
          browserHash: [browser],
          at: start.advanced(bySeconds: after)
        )?.nonce
      }
      try go(1)
      try go(2)
      #expect(try back(3) == nil)
      #expect(try back(1, 8) == nil)
      #expect(try back(1, after: 599) == "n1")
      #expect(try back(1, after: 599) == nil)
      #expect(try back(2, after: 600) == nil)
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 2), (4, 3), (5, 3), (400, 3)])
  func `the oldest visits make room`(most: Int, left: Int) throws {
    try TemporaryAccounts.with { accounts in
      for state in UInt8(0)..<4 {
        try accounts.store.startVisit(
          stateHash: [state],
          browserHash: [7],
          nonce: "n\(state)",
          verifier: "v",
          at: start.advanced(bySeconds: Int64(state))
        )
      }
      // The first is over by now.
      let later = start.advanced(bySeconds: 600)
      let states = try accounts.store.write { database in
        try SQLiteAccountStore.makeRoomForVisit(database, most: most, at: later)
        return try Data.fetchAll(
          database,
          sql: "SELECT state_hash FROM provider_visit ORDER BY started_at"
        ).flatMap { Array($0) }
      }
      #expect(states == Array([1, 2, 3].suffix(left)))
    }
  }

  @Test func `an account is made at the first visit, and follows the groups`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      let early = try codes { _ = try store.account(ofPerson: person, identity, in: context) }
      #expect(early == ["accounts.no-owner"])
      try accounts.add("owner", .admin)
      let made = try store.account(ofPerson: person, identity, in: context)
      #expect(made.identity == identity && made.role == .sales && !made.hasPassword)
      #expect(try store.account(of: identity) == made)
      try accounts.startSession(1, of: made)
      #expect(try store.account(ofPerson: person, identity, in: context).id == made.id)
      #expect(try accounts.holds(1))
      var promoted = person
      promoted.role = .leadership
      let changed = try store.account(ofPerson: promoted, identity, in: context)
      #expect(changed.id == made.id && changed.role == .leadership)
      #expect(try !accounts.holds(1))
      #expect(try store.accounts().count == 2)
    }
  }

  @Test func `an account with a password is not handed to whoever has its name`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("ADA@example.com", .admin)
      let refused = try codes {
        _ = try accounts.store.account(
          ofPerson: person,
          identity,
          in: TemporaryAccounts.context
        )
      }
      #expect(refused == ["accounts.name-taken"])
    }
  }

  @Test func `a disabled account stays as it is`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      try accounts.add("owner", .admin)
      let made = try store.account(ofPerson: person, identity, in: context)
      try store.setDisabled(true, made.id, in: context)
      var promoted = person
      promoted.role = .admin
      let found = try store.account(ofPerson: promoted, identity, in: context)
      #expect(found.isDisabled && found.role == .sales)
    }
  }

  @Test func `whoever is shut out loses sessions and tokens, and nobody else does`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      let identity = Account.Identity(issuer: "https://id.example.com", subject: "17")
      let eve = try store.add(
        NewAccount(name: "eve", displayName: "Eve", role: .sales, identity: identity),
        in: context
      )
      let ada = try accounts.add("ada")
      for (byte, account) in [(1, eve), (2, ada)] as [(UInt8, Account)] {
        try accounts.startSession(byte, of: account)
        _ = try store.add(
          NewAPIToken(
            tokenHash: [byte],
            account: account.id,
            name: "reporting",
            shownPrefix: "plb_abcdef",
            scopes: [.read],
            role: .sales,
            expiresAt: TemporaryAccounts.start.advanced(bySeconds: 100)
          ),
          in: context
        )
      }
      try store.shutOut(Account.Identity(issuer: identity.issuer, subject: "18"), in: context)
      #expect(try accounts.holds(1))
      try store.shutOut(identity, in: context)
      #expect(try !accounts.holds(1))
      #expect(try accounts.holds(2))
      #expect(try store.token([1], at: TemporaryAccounts.start) == nil)
      #expect(try store.token([2], at: TemporaryAccounts.start) != nil)
      let last = try store.events(AuditFilter(limit: 3))
      #expect(last.map(\.act) == [.tokenRevoked, .signedOut, .signInFailed])
      #expect(last.map(\.subject)[1...] == [String(eve.id), String(eve.id)])
    }
  }
}
