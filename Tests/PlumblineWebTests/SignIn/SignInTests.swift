import Foundation
import PlumblineCore
import PlumblineStorage
import Testing

@testable import PlumblineWeb

struct SignInTests {
  private let start = TemporarySignIn.start

  @Test func `the right name and password enter, everything else is refused alike`() async throws {
    try await TemporarySignIn.with { desk in
      #expect(try await desk.enter() == "entered")
      #expect(try await desk.enter(" ADA ") == "entered")
      let wrong = [
        ("ada", "tulip gravel ancho"), ("ada", ""), ("", ""), ("", TemporarySignIn.password),
        ("eve", TemporarySignIn.password), ("ada", String(repeating: "a", count: 100_000)),
        (String(repeating: "a", count: 100_000), TemporarySignIn.password), ("ada\u{0}", "x"),
        ("' OR 1=1 --", "' OR 1=1 --"),
      ]
      for (index, (name, password)) in wrong.enumerated() {
        // Each from an address and at a time of its own, so that none has to wait.
        let outcome = try await desk.enter(
          name,
          password,
          from: "192.0.2.\(index + 10)",
          after: Int64(index) * 3600
        )
        #expect(outcome == "refused", "\(index)")
      }
    }
  }

  @Test func `a disabled account and one without a password are refused alike`() async throws {
    try await TemporarySignIn.with { desk in
      let accounts = desk.signIn.accounts
      let context = TemporarySignIn.origin.context(at: start)
      let eve = try await desk.signIn.add(
        NewAccount(name: "eve", displayName: "Eve", role: .sales),
        password: "gravel tulip anchor",
        by: desk.owner.account,
        from: TemporarySignIn.origin,
        at: start
      )
      #expect(try await desk.enter("eve", "gravel tulip anchor") == "entered")
      try accounts.setDisabled(true, eve.id, in: context)
      #expect(try await desk.enter("eve", "gravel tulip anchor") == "refused")
      _ = try accounts.add(NewAccount(name: "zoe", displayName: "Zoe", role: .sales), in: context)
      #expect(try await desk.enter("zoe", "gravel tulip anchor") == "refused")
    }
  }

  @Test func `guessing is slowed down for names that do not exist as for those that do`()
    async throws
  {
    try await TemporarySignIn.with { desk in
      for name in ["ada", "nobody"] {
        var outcomes: [String] = []
        for guess in 0..<7 {
          outcomes.append(try await desk.enter(name, "guess \(guess)", from: "\(name) \(guess)"))
        }
        #expect(outcomes == Array(repeating: "refused", count: 5) + ["wait 15", "wait 15"])
      }
      // The right password does not help before the time.
      #expect(try await desk.enter(from: "198.51.100.1", after: 14) == "wait 1")
      #expect(try await desk.enter(from: "198.51.100.1", after: 15) == "entered")
      #expect(try await desk.enter("ada", "guess", from: "198.51.100.2", after: 15) == "refused")
    }
  }

  @Test func `one address that guesses at many names is slowed down`() async throws {
    try await TemporarySignIn.with { desk async throws in
      for guess in 0..<5 {
        #expect(try await desk.enter("name \(guess)", "guess", from: "2001:db8::1") == "refused")
      }
      #expect(try await desk.enter(from: "2001:DB8:0:0:ffff::2") == "wait 15")
      #expect(try await desk.enter(from: "2001:db8:0:1::1") == "entered")
    }
  }

  @Test(
    arguments: [
      (nil, "address:unknown"), ("", "address:"), ("192.0.2.1", "address:192.0.2.1"),
      ("::ffff:192.0.2.1", "address:192.0.2.1"), ("::1", "address:0000000000000000/64"),
      ("fe80::1%eth0", "address:fe80000000000000/64"),
      (String(repeating: "x", count: 99), "address:" + String(repeating: "x", count: 64)),
    ] as [(String?, String)]
  )
  func `addresses that one person has count as one`(address: String?, key: String) {
    #expect(Origin(address: address).guardKey == key)
  }

  @Test func `a guess is noted with the account but never with what was typed`() async throws {
    try await TemporarySignIn.with { desk in
      _ = try await desk.enter("ada", "my secret guess")
      _ = try await desk.enter("my secret password", "my secret guess")
      let events = try desk.signIn.accounts.events(AuditFilter(acts: [.signInFailed]))
      #expect(events.map(\.subject) == [nil, String(desk.owner.account.id)])
      #expect(events.allSatisfy { $0.context.account == nil && $0.context.accountName == nil })
      let bytes = try Data(contentsOf: URL(filePath: desk.signIn.accounts.path + "-wal"))
      for secret in ["my secret", TemporarySignIn.password, desk.owner.cookie] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil)
      }
    }
  }

  @Test func `a session holds by its cookie alone, and until it is left`() async throws {
    try await TemporarySignIn.with { desk in
      let (signIn, cookie) = (desk.signIn, desk.owner.cookie)
      #expect(cookie.count == 43)
      #expect(try signIn.session(cookie: cookie, at: start)?.account.name == "ada")
      for other in ["", "x", cookie + "x", String(cookie.dropLast()), cookie.lowercased() + ""]
      where other != cookie {
        #expect(try signIn.session(cookie: other, at: start) == nil)
      }
      try signIn.leave(cookie: "x", from: .unknown, at: start)
      try signIn.leave(cookie: cookie, from: .unknown, at: start)
      #expect(try signIn.session(cookie: cookie, at: start) == nil)
      let event = try #require(try signIn.accounts.events().first)
      #expect(event.act == .signedOut && event.context.accountName == "ada")
    }
  }

  @Test func `signing in gives a new cookie and ends the one of before`() async throws {
    try await TemporarySignIn.with { desk in
      let outcome = try await desk.signIn.enter(
        name: "ada",
        password: TemporarySignIn.password,
        replacing: desk.owner.cookie,
        from: .unknown,
        at: start
      )
      guard case .entered(let entry) = outcome else {
        Issue.record("was not let in")
        return
      }
      #expect(entry.cookie != desk.owner.cookie)
      #expect(entry.session.formSecret != desk.owner.session.formSecret)
      #expect(try desk.signIn.session(cookie: desk.owner.cookie, at: start) == nil)
      #expect(try desk.signIn.session(cookie: entry.cookie, at: start) != nil)
    }
  }

  @Test func `reading pages writes at most once a minute`() async throws {
    try await TemporarySignIn.with { desk in
      let cookie = desk.owner.cookie
      var seen: [Int64] = []
      for second in [0, 59, 60, 61, 119, 120] as [Int64] {
        _ = try desk.signIn.session(cookie: cookie, at: start.advanced(bySeconds: second))
        let kept = try desk.signIn.accounts.session(desk.owner.session.tokenHash, at: start)
        seen.append(try #require(kept).session.lastSeenAt.seconds - start.seconds)
      }
      #expect(seen == [0, 0, 60, 60, 60, 120])
    }
  }

  @Test func `a password kept with other parameters is renewed when it is right`() async throws {
    try await TemporarySignIn.with { desk in
      let dearer = PasswordHash.Cost(steps: 32, blockSize: 8, passes: 1)
      let later = SignIn(accounts: desk.signIn.accounts, passwords: PasswordWork(cost: dearer))
      func kept() throws -> Bool? {
        try desk.signIn.accounts.account(named: "ada")?.passwordHash?.hasPrefix("scrypt$32$")
      }
      func enter(_ password: String) async throws {
        _ = try await later.enter(name: "ada", password: password, from: .unknown, at: start)
      }
      try await enter("wrong")
      #expect(try kept() == false)
      try await enter(TemporarySignIn.password)
      #expect(try kept() == true)
      #expect(try await desk.enter() == "entered")
    }
  }

  @Test func `one's own password is changed with the old one, and all sessions end`() async throws {
    try await TemporarySignIn.with { desk in
      func change(_ old: String, _ new: String) async throws -> SignIn.Outcome {
        try await desk.signIn.changePassword(
          from: old,
          to: new,
          of: desk.owner.account,
          from: .unknown,
          at: start
        )
      }
      guard case .refused = try await change("wrong", "gravel anchor tulip") else {
        Issue.record("a wrong password was taken")
        return
      }
      let weak = try await thrownCodes { _ = try await change(TemporarySignIn.password, "short") }
      #expect(weak == ["accounts.password-short"])
      #expect(try desk.signIn.session(cookie: desk.owner.cookie, at: start) != nil)
      guard
        case .entered(let entry) = try await change(
          TemporarySignIn.password,
          "gravel anchor tulip"
        )
      else {
        Issue.record("was not changed")
        return
      }
      #expect(try desk.signIn.session(cookie: desk.owner.cookie, at: start) == nil)
      #expect(try desk.signIn.session(cookie: entry.cookie, at: start) != nil)
      #expect(try desk.signIn.accounts.sessionCount(of: entry.account.id, at: start) == 1)
      #expect(try await desk.enter("ada", "gravel anchor tulip") == "entered")
      #expect(try await desk.enter("ada", TemporarySignIn.password) == "refused")
    }
  }
}
