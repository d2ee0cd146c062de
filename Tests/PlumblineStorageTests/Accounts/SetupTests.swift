import Foundation
import PlumblineCore
import PlumblineStorage
import Synchronization
import Testing

struct SetupTests {
  private let owner = NewAccount(name: "ada", displayName: "Ada", role: .sales, passwordHash: "h")

  @Test func `the first account needs the newest code, and becomes an admin`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      let refused = try codes { _ = try store.addOwner(owner, codeHash: [1], in: context) }
      #expect(refused == ["accounts.setup-code"])
      #expect(try store.setSetupCode(hash: [1], at: context.at))
      #expect(try store.setSetupCode(hash: [2], at: context.at))
      for wrong in [[], [1], [2, 2]] as [[UInt8]] {
        let refused = try codes { _ = try store.addOwner(owner, codeHash: wrong, in: context) }
        #expect(refused == ["accounts.setup-code"])
      }
      try store.requireSetupCode(hash: [2])
      #expect(try store.addOwner(owner, codeHash: [2], in: context).role == .admin)
    }
  }

  @Test func `with an account there is no code any more`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      _ = try store.setSetupCode(hash: [1], at: context.at)
      _ = try store.addOwner(owner, codeHash: [1], in: context)
      #expect(try !store.setSetupCode(hash: [1], at: context.at))
      let again = try codes { _ = try store.addOwner(owner, codeHash: [1], in: context) }
      #expect(again == ["accounts.set-up"])
      #expect(try store.accounts().count == 1)
    }
  }

  @Test func `a name that is refused does not use up the code`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      _ = try store.setSetupCode(hash: [1], at: context.at)
      var nameless = owner
      nameless.name = ""
      let refused = try codes { _ = try store.addOwner(nameless, codeHash: [1], in: context) }
      #expect(refused == ["accounts.name"])
      _ = try store.addOwner(owner, codeHash: [1], in: context)
    }
  }

  @Test func `of several at the same time, in several programs, exactly one wins`() throws {
    try TemporaryAccounts.with { accounts in
      let context = TemporaryAccounts.context
      _ = try accounts.store.setSetupCode(hash: [1], at: context.at)
      let other = try SQLiteAccountStore(path: accounts.path)
      let outcomes = Mutex<[String]>([])
      DispatchQueue.concurrentPerform(iterations: 16) { index in
        let store = index.isMultiple(of: 2) ? accounts.store : other
        var mine = owner
        mine.name = "owner \(index)"
        let outcome: String
        do {
          _ = try store.addOwner(mine, codeHash: [1], in: context)
          outcome = "won"
        } catch {
          outcome = (error as? InputError)?.diagnostics.first?.code ?? "\(error)"
        }
        outcomes.withLock { $0.append(outcome) }
      }
      let all = outcomes.withLock { $0 }
      #expect(all.count { $0 == "won" } == 1)
      #expect(all.count { $0 == "accounts.set-up" } == 15)
      #expect(try accounts.store.accounts().count == 1)
    }
  }
}
