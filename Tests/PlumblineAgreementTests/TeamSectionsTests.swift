import PlumblineCore
import Testing

@testable import PlumblineAgreement

/// What an agreement says of the teams: promises, goals, pay, launches and words.
struct TeamSectionsTests {
  private func read(_ text: String) throws -> Agreement {
    let (agreement, diagnostics) = AgreementReader.read(
      text: "agreement: 1\n\(text)\n",
      file: "a.yaml"
    )
    #expect(diagnostics.map(\.description) == [])
    return try #require(agreement)
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test func `promises nothing unless it says so`() throws {
    let agreement = try read("company: Acme")
    #expect(agreement.marketingSLA == nil)
    #expect(agreement.goals == [])
    #expect(agreement.incentives == [])
    #expect(agreement.launches == [])
    #expect(agreement.vocabulary == [])
    #expect(agreement.economics.rampInMonths == nil)
    #expect(try read("sla: {marketing: {}}").marketingSLA?.isEmpty == true)
  }

  @Test(arguments: [
    ("1 per week", MarketingSLA.Volume(count: 1, period: .week)),
    ("120 per month", .init(count: 120, period: .month)),
    ("1000000000 per quarter", .init(count: 1_000_000_000, period: .quarter)),
  ])
  func `reads how many leads marketing promised`(
    text: String,
    volume: MarketingSLA.Volume
  ) throws {
    let sla = try read("sla: {marketing: {qualified_leads: \(text)}}").marketingSLA
    #expect(sla == MarketingSLA(qualifiedLeads: volume))
  }

  @Test func `reads the shares that marketing promised`() throws {
    let text = """
      ideal_customer: {country: DE}
      sla: {marketing: {share_in_ideal_customer: 1, share_with_factors: 0.01}}
      """
    #expect(
      try read(text).marketingSLA
        == MarketingSLA(shareInIdealCustomer: 1, shareWithFactors: 0.01)
    )
  }

  @Test func `reads when sales says what became of a lead, is reminded, and is overruled`() throws {
    let text = """
      sla:
        sales: {disposition: 48 working hours, remind_before: 30 working minutes,
          escalate_after: 4 hours}
      """
    let sla = try #require(try read(text).salesSLA)
    #expect(sla.disposition == .init(seconds: 48 * 3600, isWorkingTime: true))
    #expect(sla.remindBefore == .init(seconds: 1800, isWorkingTime: true))
    #expect(sla.escalateAfter == .init(seconds: 4 * 3600, isWorkingTime: false))
    #expect(sla.firstTouch == nil)
    // A time by the wall clock is never compared with working time.
    let mixed = "sla: {sales: {first_touch: 1 working hour, remind_before: 2 hours}}"
    #expect(try read(mixed).salesSLA?.remindBefore?.seconds == 7200)
  }

  // MARK: Goals

  @Test(arguments: [
    ("2026", "2026-01-01", "2026-12-31"), ("2026-Q1", "2026-01-01", "2026-03-31"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2026-02", "2026-02-01", "2026-02-28"), ("2026-12", "2026-12-01", "2026-12-31"),
  ])
  func `knows the days of a period`(text: String, first: String, last: String) throws {
    #expect(GoalPeriod.days(of: text) == (try day(first))...(try day(last)))
  }

  @Test(arguments: [
    "", "26", "2026-", "2026-Q0", "2026-Q5", "2026-q1", "2026-Q01", "2026-1", "2026-00", "2026-13",
    "2026-01-01", "２０２６", "+202", "2026-Q1 ",
  ])
  func `takes no other text for a period`(text: String) {
    #expect(GoalPeriod.days(of: text) == nil)
  }

  @Test func `reads goals to the minor unit, for everybody and for owners`() throws {
    let text = """
      currency: EUR
      goals:
        revenue: {2026-Q1: 2400000.05, 2026-Q2: 0}
        quota: {rep-01: {2026-01: 300000}, 2026: 900000000000, Rep 2: {2026-01: 1}}
      """
    let (quarter, next) = (
      (try day("2026-01-01"))...(try day("2026-03-31")),
      (try day("2026-04-01"))...(try day("2026-06-30"))
    )
    let month = (try day("2026-01-01"))...(try day("2026-01-31"))
    let year = (try day("2026-01-01"))...(try day("2026-12-31"))
    #expect(
      try read(text).goals == [
        Goal(measure: .revenue, period: "2026-Q1", days: quarter, amount: 240_000_005),
        Goal(measure: .revenue, period: "2026-Q2", days: next, amount: 0),
        Goal(measure: .quota, owner: "rep-01", period: "2026-01", days: month, amount: 30_000_000),
        Goal(measure: .quota, period: "2026", days: year, amount: 90_000_000_000_000),
        Goal(measure: .quota, owner: "Rep 2", period: "2026-01", days: month, amount: 100),
      ]
    )
  }

  @Test(arguments: [
    ("revenue: {2026-Q1: 1, 2026-Q2: 1, 2026-07: 1, 2027: 1}", 0),
    ("revenue: {2026: 1}, quota: {2026: 1, a: {2026: 1}, b: {2026: 1}}", 0),
    ("revenue: {2026-03: 1, 2026-Q1: 1}", 1), ("quota: {Ann: {2026: 1}, ann: {2026-Q1: 1}}", 1),
    ("revenue: {2026: 1, 2026-01: 1, 2026-02: 1}", 2),
  ])
  func `finds days that two goals of one owner claim`(goals: String, count: Int) {
    let diagnostics = AgreementReader.read(
      text: "agreement: 1\ngoals: {\(goals)}\n",
      file: "a.yaml"
    ).diagnostics
    #expect(diagnostics.map(\.code) == Array(repeating: "agreement.goals", count: count))
  }

  // MARK: Pay, launches, words

  @Test func `reads what the teams are paid for`() throws {
    let text = """
      currency: JPY
      incentives:
        sales: [{measure: won_share, weight: 0.1, payout: 1000}, {measure: wins, weight: 0.2},
          {measure: Meetings Held, weight: 0.3}, {measure: revenue, weight: 0.4}]
        marketing: [{measure: won_share, weight: 1}]
      """
    let incentives = try read(text).incentives
    #expect(incentives.count == 5)
    #expect(incentives[0] == Incentive(team: .marketing, measure: "won_share", weight: 1))
    let first = Incentive(team: .sales, measure: "won_share", weight: 0.1, payout: 1000)
    #expect(incentives[1] == first)
    #expect(incentives[4] == Incentive(team: .sales, measure: "revenue", weight: 0.4))
  }

  @Test func `reads launches, ending on their first day or never`() throws {
    let text = """
      launches:
        - {name: Spring, starts: 2026-03-01, ends: 2026-03-01, campaigns: [a, b],
           qualified_leads: 1, wins: 2}
        - {name: Autumn, starts: 2026-09-01, campaigns: c}
      """
    let spring = try day("2026-03-01")
    #expect(
      try read(text).launches == [
        Launch(
          name: "Spring",
          starts: spring,
          ends: spring,
          campaigns: ["a", "b"],
          qualifiedLeads: 1,
          wins: 2
        ),
        Launch(name: "Autumn", starts: try day("2026-09-01"), campaigns: ["c"]),
      ]
    )
  }

  @Test func `reads each team's words`() throws {
    let text = """
      vocabulary:
        sql: {marketing: hand-over, sales: accepted lead, is: "sales took it"}
        Win Rate: {leadership: hit rate}
        budget: {}
      """
    #expect(
      try read(text).vocabulary == [
        VocabularyTerm(
          term: "sql",
          words: [.marketing: "hand-over", .sales: "accepted lead"],
          meaning: "sales took it"
        ),
        VocabularyTerm(term: "Win Rate", words: [.leadership: "hit rate"]),
        VocabularyTerm(term: "budget", words: [:]),
      ]
    )
  }

  @Test func `one word for one term has one meaning, whoever says it`() throws {
    let text = """
      vocabulary: {sql: {marketing: SQL, sales: accepted, leadership: accepted},
        mql: {marketing: mql}}
      """
    #expect(try read(text).vocabulary.count == 2)
  }

  @Test(arguments: [("1 month", 1), ("1 year", 12)])
  func `reads how long a new rep takes`(text: String, months: Int) throws {
    let agreement = try read("economics: {sales_cost: {rep_month: 5, ramp: \(text)}}")
    #expect(agreement.economics == Economics(repMonthCost: 500, rampInMonths: months))
  }
}
