import PlumblineCore
import PlumblineTestSupport
import Testing

@Suite struct `Quota target` {
  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private static func goal(
    _ period: String,
    _ from: String,
    _ to: String,
    _ amount: Int64,
    owner: String? = nil,
    measure: Goal.Measure = .revenue
  ) throws -> Goal {
    Goal(
      measure: measure,
      owner: owner,
      period: period,
      days: try day(from)...day(to),
      amount: amount
    )
  }

  @Test(
    arguments: [
      ("0", 0), ("1", 100), ("2.4M", 240_000_000), ("2400k", 240_000_000),
      ("2,400,000", 240_000_000), ("2400000.50", 240_000_050), ("eur 2.4m", 240_000_000),
      (" 1.25bn ", 125_000_000_000), ("0.01", 1),
    ] as [(String, Int64)]
  )
  func `reads sums as people type them`(text: String, minorUnits: Int64) throws {
    #expect(try QuotaAmount.minorUnits(text, currency: "EUR") == minorUnits)
  }

  @Test(arguments: [
    "", "M", "2,4M", "2.400.000", "2,40,000", "-1", "1e6", "2.4 million", "0.001", "1.", ".5",
    "99999999999999999999", "٢",
  ])
  func `refuses what can be read in two ways or none`(text: String) {
    #expect(throws: InputError.self) { try QuotaAmount.minorUnits(text, currency: "EUR") }
  }

  @Test func `a currency without minor units has none`() throws {
    #expect(try QuotaAmount.minorUnits("2.5k", currency: "JPY") == 2_500)
    #expect(throws: InputError.self) { try QuotaAmount.minorUnits("0.5", currency: "JPY") }
  }

  @Test func `in a goal's last week the next one is planned for`() throws {
    var agreement = Agreement()
    agreement.goals = [
      try Self.goal("2026-Q1", "2026-01-01", "2026-03-31", 100),
      try Self.goal("2026-Q2", "2026-04-01", "2026-06-30", 200),
    ]
    func target(_ today: String) throws -> QuotaTarget {
      try QuotaTarget(
        quota: nil,
        by: nil,
        since: nil,
        agreement: agreement,
        today: Self.day(today)
      )
    }
    #expect(try target("2026-03-24").source == .goal(period: "2026-Q1"))
    #expect(try target("2026-03-25").source == .goal(period: "2026-Q2"))
    // The last goal of all is planned for until its last day.
    #expect(try target("2026-06-30").source == .goal(period: "2026-Q2"))
    #expect(throws: InputError.self) { try target("2026-07-01") }
  }

  @Test func `quotas of people are added where none is everybody's`() throws {
    var agreement = Agreement()
    agreement.goals = try ["a", "b"].map {
      try Self.goal("2026-Q1", "2026-01-01", "2026-03-31", 100, owner: $0, measure: .quota)
    }
    func target(of owner: String? = nil) throws -> QuotaTarget {
      try QuotaTarget(
        quota: nil,
        by: nil,
        since: nil,
        owner: owner,
        agreement: agreement,
        today: Self.day("2026-02-01")
      )
    }
    #expect(try target().quota == 200)
    #expect(try target().source == .goals(period: "2026-Q1", owners: 2))
    #expect(try target(of: "a").quota == 100)
    agreement.goals.append(
      try Self.goal("2026-Q1", "2026-01-01", "2026-03-31", 150, measure: .quota)
    )
    #expect(try target().quota == 150)
  }

  @Test func `without goals the quarter of the deadline counts, or its year from afar`() throws {
    func since(_ by: String, _ today: String) throws -> (String, QuotaTarget.Beginning) {
      let target = try QuotaTarget(
        quota: 1,
        by: Self.day(by),
        since: nil,
        agreement: Agreement(),
        today: Self.day(today)
      )
      return (target.since.description, target.beginning)
    }
    #expect(try since("2026-12-31", "2026-11-22") == ("2026-10-01", .quarter))
    #expect(try since("2026-12-31", "2026-08-01") == ("2026-01-01", .year))
    #expect(try since("2027-03-31", "2026-11-22") == ("2027-01-01", .quarter))
    #expect(try since("2027-12-31", "2026-11-22") == ("2027-10-01", .quarter))
    #expect(try since("2026-11-22", "2026-11-22") == ("2026-10-01", .quarter))
  }

  @Test func `goals say how much, by when and since when`() throws {
    var agreement = Agreement()
    agreement.goals = [
      try Self.goal("2026", "2026-01-01", "2026-12-31", 900),
      try Self.goal("2026-Q4", "2026-10-01", "2026-12-31", 300),
      try Self.goal("2026-11", "2026-11-01", "2026-11-30", 100),
      try Self.goal("2026-11", "2026-11-01", "2026-11-30", 7, owner: "ana"),
    ]
    func target(_ quota: Int64?, _ by: String?, owner: String? = nil) throws -> QuotaTarget {
      try QuotaTarget(
        quota: quota,
        by: by.map(Self.day),
        since: nil,
        owner: owner,
        agreement: agreement,
        today: Self.day("2026-11-22")
      )
    }
    let month = try target(nil, nil)
    #expect(month.quota == 100 && month.source == .goal(period: "2026-11"))
    let (november, october) = (try Self.day("2026-11-30"), try Self.day("2026-10-01"))
    #expect(month.deadline == november)
    // The shortest of those that end on the day asked for.
    let quarter = try target(nil, "2026-12-31")
    #expect(quarter.quota == 300 && quarter.since == october)
    let asked = try target(55, "2026-12-31")
    #expect(asked.quota == 55 && asked.source == .given && asked.beginning == .goal)
    // A day within a goal's period that is not its end starts with the quarter.
    #expect(try target(55, "2026-12-20").beginning == .quarter)
    #expect(try target(nil, nil, owner: "Ana").quota == 7)
    #expect(throws: InputError.self) { try target(nil, nil, owner: "ben") }
    #expect(throws: InputError.self) { try target(nil, "2027-06-30") }
  }

  @Test func `imported quotas of all owners add up to the team's`() throws {
    var facts = FactBuilder()
    func add(_ owner: String, _ amount: Int64?) throws {
      var fields: [String: FactBuilder.FieldValue] = [
        "owner": .text(owner), "currency": .text("EUR"),
      ]
      for (name, text) in [("from", "2026-10-01"), ("to", "2026-12-31")] {
        let day = Double(try Self.day(text).dayNumber)
        fields[name] = .time(FactBuilder.time(day, precision: .day))
      }
      if let amount { fields["amount"] = .number(amount) }
      facts.add(.quota, fields)
    }
    func quotas() -> [DealRecords.Quota] {
      let history = facts.history(Agreement(currency: "EUR"), asOfDay: 20_779)
      return DealRecords(facts.ledger(), for: history).quotas
    }
    try add("ana", 100)
    try add("ben", 50)
    try add("cid", nil)
    func target(owner: String? = nil) throws -> QuotaTarget {
      try QuotaTarget(
        quota: nil,
        by: nil,
        since: nil,
        owner: owner,
        agreement: Agreement(),
        quotas: quotas(),
        today: Self.day("2026-11-22")
      )
    }
    #expect(try target().quota == 150)
    #expect(try target().source == .quotas(owners: 2))
    #expect(try target(owner: "BEN").quota == 50)
    try add("", 400)
    #expect(try target().quota == 400)
  }

  @Test func `nothing known and nothing named is refused with what to do`() throws {
    let today = try Self.day("2026-11-22")
    do {
      _ = try QuotaTarget(quota: 1, by: nil, since: nil, agreement: Agreement(), today: today)
      Issue.record("nothing was refused")
    } catch { #expect(error.diagnostics.map(\.code) == ["plan.no-deadline"]) }
    do {
      _ = try QuotaTarget(quota: nil, by: today, since: nil, agreement: Agreement(), today: today)
      Issue.record("nothing was refused")
    } catch { #expect(error.diagnostics.map(\.code) == ["plan.no-quota"]) }
  }
}
