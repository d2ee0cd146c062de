import Foundation
import PlumblineCore
import PlumblineStorage
import Testing

struct SessionTests {
  private let start = TemporaryAccounts.start

  @Test(
    arguments: [
      (0, 0, true),
      (0, 12 * 3600 - 1, true),
      (0, 12 * 3600, false),
      (12 * 3600 - 1, 24 * 3600 - 2, true),
      (12 * 3600 - 1, 24 * 3600 - 1, false),
      (7 * 86_400 - 10, 7 * 86_400 - 1, true),
      (7 * 86_400 - 10, 7 * 86_400, false),
    ] as [(Int64, Int64, Bool)]
  )
  func `a session ends half a day after its use, and after a week`(
    used: Int64,
    seen: Int64,
    holds: Bool
  ) {
    let session = Session(
      tokenHash: [],
      account: 1,
      createdAt: start,
      lastSeenAt: start.advanced(bySeconds: used),
      formSecret: []
    )
    #expect(session.isAlive(at: start.advanced(bySeconds: seen)) == holds)
  }

  @Test func `a use is noted once a minute, and keeps a session alive`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      try accounts.startSession(1, of: ada)
      let hash = [UInt8](repeating: 1, count: 32)
      let late = start.advanced(bySeconds: Session.idleSeconds - 1)
      let found = try #require(try accounts.store.session(hash, at: late))
      #expect(found.account.lastSignInAt == start)
      #expect(!found.session.wantsNote(at: start.advanced(bySeconds: 59)))
      #expect(found.session.wantsNote(at: start.advanced(bySeconds: 60)))
      try accounts.store.noteUse(ofSession: hash, at: late)
      // A clock that goes back does not take back what was noted.
      try accounts.store.noteUse(ofSession: hash, at: start)
      #expect(try accounts.holds(1, at: late.advanced(bySeconds: Session.idleSeconds - 1)))
      #expect(try !accounts.holds(1, at: late.advanced(bySeconds: Session.idleSeconds)))
    }
  }

  @Test func `a new session takes the place of the one that the browser had`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      try accounts.startSession(1, of: ada)
      try accounts.startSession(2, of: ada)
      let session = Session(
        tokenHash: Array(repeating: 3, count: 32),
        account: ada.id,
        createdAt: start,
        lastSeenAt: start,
        formSecret: []
      )
      _ = try accounts.store.start(
        session,
        replacing: Array(repeating: 1, count: 32),
        in: TemporaryAccounts.context
      )
      #expect(try [1, 2, 3].map { try accounts.holds($0) } == [false, true, true])
    }
  }

  @Test func `another role, another password and the end of an account end its sessions alone`()
    throws
  {
    try TemporaryAccounts.with { accounts in
      try accounts.add("boss", .admin)
      let (ada, eve) = (try accounts.add("ada"), try accounts.add("eve"))
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      for change in [
        { try store.setRole(.marketing, of: ada.id, in: context) },
        { try store.setPassword("new", of: ada.id, in: context) },
        { try store.setDisabled(true, ada.id, in: context) },
      ] {
        try accounts.startSession(1, of: ada)
        try accounts.startSession(2, of: eve)
        #expect(try accounts.holds(1))
        try change()
        #expect(try !accounts.holds(1))
        #expect(try accounts.holds(2))
        try store.endSessions(of: eve.id, in: context)
      }
    }
  }

  @Test func `a disabled account gets no session, and one of before does not hold`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("boss", .admin)
      let ada = try accounts.add("ada")
      try accounts.startSession(1, of: ada)
      try accounts.tamper("UPDATE account SET disabled = 1 WHERE id = \(ada.id)")
      #expect(try !accounts.holds(1))
      try accounts.startSession(2, of: ada)
      #expect(try !accounts.holds(2))
      try accounts.store.setDisabled(false, ada.id, in: TemporaryAccounts.context)
      #expect(try accounts.holds(1))
      #expect(try !accounts.holds(2), "it was never made")
    }
  }

  @Test func `what has ended is removed when somebody signs in`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      try accounts.startSession(1, of: ada)
      #expect(try accounts.store.sessionCount(of: ada.id, at: start) == 1)
      try accounts.startSession(2, of: ada, at: start.advanced(bySeconds: Session.idleSeconds))
      // With the clock turned back the old one would hold if it were still there.
      #expect(try !accounts.holds(1))
    }
  }

  @Test func `a session that is ended is ended, and it is noted once`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      try accounts.startSession(1, of: ada)
      let hash = [UInt8](repeating: 1, count: 32)
      for _ in 0..<2 { try accounts.store.end(session: hash, in: TemporaryAccounts.context) }
      #expect(try !accounts.holds(1))
      #expect(try accounts.store.events().map(\.act) == [.signedOut, .signedIn, .accountCreated])
    }
  }
}
