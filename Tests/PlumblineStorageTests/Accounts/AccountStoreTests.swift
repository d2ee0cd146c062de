import Foundation
import PlumblineCore
import PlumblineStorage
import Testing

struct AccountStoreTests {
  @Test func `nobody else on the machine may read the file or those beside it`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("ada")
      for suffix in ["", "-wal", "-shm"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: accounts.path + suffix)
        #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
      }
    }
  }

  @Test func `a file that others could read is closed to them when it is opened`() throws {
    try TemporaryAccounts.with { accounts in
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: accounts.path)
      _ = try SQLiteAccountStore(path: accounts.path)
      let attributes = try FileManager.default.attributesOfItem(atPath: accounts.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `a file of a newer version, of something else and of nowhere is refused`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.tamper("INSERT INTO grdb_migrations VALUES ('9999-later')")
      #expect(
        try codes { _ = try SQLiteAccountStore(path: accounts.path) } == ["accounts.newer"]
      )
      let text = accounts.path + ".txt"
      try Data("this is a text, and long enough for the header of a database.".utf8)
        .write(to: URL(fileURLWithPath: text))
      #expect(try codes { _ = try SQLiteAccountStore(path: text) } == ["accounts.unusable"])
      let nowhere = accounts.path + "/none/accounts"
      #expect(try codes { _ = try SQLiteAccountStore(path: nowhere) } == ["accounts.unusable"])
    }
  }

  @Test func `a row with a word that does not belong there is named, not trapped on`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("ada")
      try accounts.tamper(
        "PRAGMA ignore_check_constraints = ON; UPDATE account SET role = 'king'"
      )
      #expect(try codes { _ = try accounts.store.accounts() } == ["accounts.unusable"])
    }
  }

  @Test func `an account is found as it was made, by name in any case and form`() throws {
    try TemporaryAccounts.with { accounts in
      #expect(try accounts.store.accounts().isEmpty)
      #expect(try !accounts.store.hasAccounts())
      let new = NewAccount(
        name: " J\u{F6}rg@Example.com ",
        displayName: "J\u{F6}rg",
        role: .leadership,
        owner: " 17 ",
        passwordHash: "h"
      )
      let made = try accounts.store.add(new, in: TemporaryAccounts.context)
      #expect(made.name == "J\u{F6}rg@Example.com")
      #expect(made.owner == "17")
      #expect(made.hasPassword && !made.isDisabled && made.lastSignInAt == nil)
      #expect(made.createdAt == TemporaryAccounts.start)
      let found = try #require(try accounts.store.account(named: "jO\u{308}RG@example.COM"))
      #expect(found.account == made)
      #expect(found.passwordHash == "h")
      #expect(try accounts.store.account(made.id) == made)
      #expect(try accounts.store.account(named: "j") == nil)
      #expect(try accounts.store.account(99) == nil)
    }
  }

  @Test(
    arguments: [
      "", "  ", "\n", "a\u{0}b", "a\u{202E}b", "a\u{200B}b", String(repeating: "a", count: 201),
      "a" + String(repeating: "\u{301}", count: 800),
    ]
  )
  func `a name that is nothing, hides something or goes on for ever is refused`(
    name: String
  ) throws {
    try TemporaryAccounts.with { accounts throws in
      #expect(try codes { try accounts.add(name) } == ["accounts.name"])
      #expect(try accounts.store.accounts().isEmpty)
      #expect(try accounts.store.events().isEmpty)
    }
  }

  @Test func `a name is taken once, whatever its case`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("ada")
      #expect(try codes { try accounts.add("ADA ") } == ["accounts.name-taken"])
      #expect(try accounts.store.accounts().count == 1)
    }
  }

  @Test func `a number is never given twice`() throws {
    try TemporaryAccounts.with { accounts in
      let first = try accounts.add("ada")
      try accounts.tamper("DELETE FROM account")
      #expect(try accounts.add("eve").id > first.id)
    }
  }

  @Test func `the last admin can neither go nor become something else`() throws {
    try TemporaryAccounts.with { accounts in
      let (admin, rep) = (try accounts.add("ada", .admin), try accounts.add("rep"))
      let context = TemporaryAccounts.context
      #expect(
        try codes { try accounts.store.setRole(.sales, of: admin.id, in: context) }
          == ["accounts.last-admin"]
      )
      #expect(
        try codes { try accounts.store.setDisabled(true, admin.id, in: context) }
          == ["accounts.last-admin"]
      )
      #expect(try accounts.store.account(admin.id) == admin)
      try accounts.store.setRole(.admin, of: rep.id, in: context)
      try accounts.store.setRole(.sales, of: admin.id, in: context)
      #expect(try accounts.store.account(admin.id)?.role == .sales)
      #expect(
        try codes { try accounts.store.setDisabled(true, rep.id, in: context) }
          == ["accounts.last-admin"]
      )
    }
  }

  @Test func `changes of nobody are refused`() throws {
    try TemporaryAccounts.with { accounts in
      try accounts.add("ada", .admin)
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      for change in [
        { try store.setRole(.sales, of: 99, in: context) },
        { try store.setDisabled(false, 99, in: context) },
        { try store.setPassword("h", of: 99, in: context) },
        { try store.change(99, displayName: "n", owner: nil, in: context) },
      ] {
        #expect(try codes(change) == ["accounts.unknown"])
      }
      #expect(try store.events().map(\.act) == [.accountCreated])
    }
  }

  @Test func `a hash is renewed only while it is the one that was checked`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada")
      try accounts.store.renewHash(from: "another", to: "new", of: ada.id)
      #expect(try accounts.store.account(named: "ada")?.passwordHash == "hash of ada")
      try accounts.store.renewHash(from: "hash of ada", to: "new", of: ada.id)
      #expect(try accounts.store.account(named: "ada")?.passwordHash == "new")
    }
  }

  @Test func `of owner and role both are changed or neither`() throws {
    try TemporaryAccounts.with { accounts in
      let ada = try accounts.add("ada", .admin)
      let (store, context) = (accounts.store, TemporaryAccounts.context)
      let refused = try codes {
        try store.change(ada.id, displayName: "Ada", owner: "rep-01", role: .sales, in: context)
      }
      #expect(refused == ["accounts.last-admin"])
      #expect(try store.account(ada.id) == ada)
      #expect(try store.events().map(\.act) == [.accountCreated])
      try accounts.add("boss", .admin)
      try store.change(ada.id, displayName: "Ada", owner: "rep-01", role: .sales, in: context)
      let changed = try #require(try store.account(ada.id))
      #expect(changed.role == .sales && changed.owner == "rep-01")
      #expect(
        try store.events(AuditFilter(limit: 2)).map(\.act) == [.roleChanged, .accountChanged]
      )
      // The role as it is ends no session.
      try accounts.startSession(1, of: ada)
      try store.change(ada.id, displayName: "Ada", owner: "rep-02", role: .sales, in: context)
      #expect(try accounts.holds(1))
    }
  }
}
