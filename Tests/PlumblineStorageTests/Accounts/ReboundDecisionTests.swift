import PlumblineCore
import PlumblineStorage
import Testing

struct ReboundDecisionTests {
  @Test func `the newest decision about a lead and list counts, and each is noted`() throws {
    try TemporaryAccounts.with { accounts in
      let (store, ada) = (accounts.store, try accounts.add("ada"))
      var context = TemporaryAccounts.context
      context.account = ada.id
      #expect(try store.decisions().isEmpty)
      let day = CivilDate(dayNumber: 20_000)
      try store.decide(.snoozed(until: day), lead: "L1", list: "timing", in: context)
      try store.decide(.declined(reason: "left"), lead: "L2", list: "timing", in: context)
      try store.decide(.accepted, lead: "L1", list: "budget", in: context)
      try store.decide(.accepted, lead: "L1", list: "timing", in: context)
      let decisions = try store.decisions()
      #expect(decisions.map(\.lead) == ["L2", "L1", "L1"])
      #expect(decisions.map(\.list) == ["timing", "budget", "timing"])
      #expect(decisions.map(\.verdict) == [.declined(reason: "left"), .accepted, .accepted])
      #expect(decisions.allSatisfy { $0.account == ada.id && $0.at == context.at })
      #expect(
        try store.events(AuditFilter(subject: "L1")).map(\.act)
          == [.reboundAccepted, .reboundAccepted, .reboundSnoozed]
      )
    }
  }

  @Test func `nobody decides without having signed in`() throws {
    try TemporaryAccounts.with { accounts in
      let refused = try codes {
        try accounts.store.decide(
          .accepted,
          lead: "L1",
          list: "l",
          in: TemporaryAccounts.context
        )
      }
      #expect(refused == ["accounts.unknown"])
      #expect(try accounts.store.events().isEmpty)
    }
  }
}
