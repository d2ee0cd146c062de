import Foundation
import PlumblineCore
import PlumblineStorage
import Synchronization
import Testing

struct GuardTests {
  private let start = TemporaryAccounts.start

  @Test(
    arguments: [
      (0, 0, .allowed), (4, 0, .allowed), (5, 0, .wait(seconds: 15)), (5, 14, .wait(seconds: 1)),
      (5, 15, .allowed), (6, 0, .wait(seconds: 30)), (10, 0, .wait(seconds: 480)),
      (11, 0, .wait(seconds: 900)), (12, 0, .wait(seconds: 900)), (12, 900, .allowed),
      (Int.max, 0, .wait(seconds: 900)), (-1, 0, .allowed),
      // A clock that was set back.
      (5, -100, .wait(seconds: 15)),
    ] as [(Int, Int64, SignInGuard.Decision)]
  )
  func `five wrong attempts are free, then each doubles the wait`(
    failures: Int,
    after: Int64,
    decision: SignInGuard.Decision
  ) {
    let found = SignInGuard(failures: failures, lastFailureAt: start)
    #expect(found.decision(at: start.advanced(bySeconds: after)) == decision)
  }

  @Test func `what was wrong is forgotten after an hour`() {
    var found = SignInGuard(failures: 20, lastFailureAt: start)
    #expect(!found.isForgotten(at: start.advanced(bySeconds: 3599)))
    #expect(found.isForgotten(at: start.advanced(bySeconds: 3600)))
    found.begin(at: start.advanced(bySeconds: 3600))
    #expect(found.failures == 1)
  }

  @Test func `name and address are counted each for itself, and nothing while waiting`() throws {
    try TemporaryAccounts.with { accounts in
      for index in 0..<5 {
        let keys = ["name:ada", "address:\(index)"]
        #expect(try accounts.store.beginAttempt(guardedBy: keys, at: start) == .allowed)
      }
      for _ in 0..<3 {
        let keys = ["name:ada", "address:x"]
        let decision = try accounts.store.beginAttempt(guardedBy: keys, at: start)
        #expect(decision == .wait(seconds: 15))
      }
      for _ in 0..<5 {
        let keys = ["name:eve", "address:x"]
        #expect(try accounts.store.beginAttempt(guardedBy: keys, at: start) == .allowed)
      }
      let keys = ["name:zoe", "address:x"]
      let decision = try accounts.store.beginAttempt(guardedBy: keys, at: start)
      #expect(decision == .wait(seconds: 15))
    }
  }

  @Test func `a right attempt clears the name, and only itself from the address`() throws {
    try TemporaryAccounts.with { accounts in
      func begin(_ name: String) throws -> SignInGuard.Decision {
        try accounts.store.beginAttempt(guardedBy: [name, "address"], at: start)
      }
      for _ in 0..<4 { _ = try begin("ada") }
      // Signing in again and again does not buy an attacker more guesses at others.
      for _ in 0..<20 {
        #expect(try begin("mallory") == .allowed)
        try accounts.store.settleAttempt(name: "mallory", address: "address")
      }
      #expect(try begin("ada") == .allowed)
      #expect(try begin("mallory") == .wait(seconds: 15))
    }
  }

  @Test func `an attempt that nobody decided does not count`() throws {
    try TemporaryAccounts.with { accounts in
      for _ in 0..<20 {
        #expect(try accounts.store.beginAttempt(guardedBy: ["a", "b"], at: start) == .allowed)
        try accounts.store.withdrawAttempt(guardedBy: ["a", "b"])
      }
    }
  }

  @Test func `many attempts at the same time gain nothing`() throws {
    try TemporaryAccounts.with { accounts in
      let allowed = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 40) { _ in
        let decision = try? accounts.store.beginAttempt(guardedBy: ["a", "b"], at: start)
        if decision == .allowed { allowed.withLock { $0 += 1 } }
      }
      #expect(allowed.withLock { $0 } == SignInGuard.freeFailures)
    }
  }
}
