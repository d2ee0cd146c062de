import PlumblineCore
import PlumblineStorage
import Testing

struct AuditTests {
  private let start = TemporaryAccounts.start

  private func note(
    _ accounts: TemporaryAccounts,
    _ act: AuditEvent.Act,
    _ subject: String?,
    by account: Int64?,
    after seconds: Int64
  ) throws {
    let context = AuditEvent.Context(at: start.advanced(bySeconds: seconds), account: account)
    try accounts.store.note(act, subject: subject, in: context)
  }

  @Test func `a line is kept as it was written, newest first`() throws {
    try TemporaryAccounts.with { accounts in
      #expect(try accounts.store.events().isEmpty)
      let context = AuditEvent.Context(
        at: start,
        account: 7,
        accountName: "ada",
        requestID: "r",
        address: "::1"
      )
      for act in AuditEvent.Act.allCases {
        try accounts.store.note(act, subject: "lead 1", in: context)
      }
      let events = try accounts.store.events()
      #expect(events.map(\.act) == AuditEvent.Act.allCases.reversed())
      #expect(events.allSatisfy { $0.context == context && $0.subject == "lead 1" })
    }
  }

  @Test func `filters narrow, and pages follow one another without a gap`() throws {
    try TemporaryAccounts.with { accounts in
      for second in Int64(0)..<10 {
        try note(
          accounts,
          second.isMultiple(of: 2) ? .exported : .imported,
          second == 4 ? "lead" : nil,
          by: second < 5 ? 1 : nil,
          after: second
        )
      }
      func seconds(_ filter: AuditFilter) throws -> [Int64] {
        try accounts.store.events(filter).map { $0.context.at.seconds - start.seconds }
      }
      #expect(try seconds(AuditFilter(acts: [.exported])) == [8, 6, 4, 2, 0])
      #expect(try seconds(AuditFilter(acts: [.exported], account: 1)) == [4, 2, 0])
      #expect(try seconds(AuditFilter(acts: [.exported, .imported], limit: 2)) == [9, 8])
      #expect(try seconds(AuditFilter(subject: "lead")) == [4])
      #expect(try seconds(AuditFilter(subject: "l")) == [])
      let (from, until) = (start.advanced(bySeconds: 3), start.advanced(bySeconds: 6))
      #expect(try seconds(AuditFilter(from: from, until: until)) == [5, 4, 3])
      var pages: [[Int64]] = []
      var filter = AuditFilter(limit: 4)
      while let last = try accounts.store.events(filter).last {
        pages.append(try seconds(filter))
        filter.before = last.id
      }
      #expect(pages == [[9, 8, 7, 6], [5, 4, 3, 2], [1, 0]])
    }
  }

  @Test(arguments: [(-1, 1), (0, 1), (1, 1), (500, 500), (501, 500), (Int.max, 500)])
  func `a page has one to five hundred lines`(asked: Int, given: Int) {
    #expect(AuditFilter(limit: asked).limit == given)
  }

  @Test(arguments: ["DELETE FROM audit_event", "UPDATE audit_event SET account = 2"])
  func `no line is changed or removed`(sql: String) throws {
    try TemporaryAccounts.with { accounts in
      try note(accounts, .exported, nil, by: 1, after: 0)
      #expect(throws: (any Error).self) { try accounts.tamper(sql) }
      #expect(try accounts.store.events().map(\.context.account) == [1])
    }
  }
}
