import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct BudgetBuilderTests {
  /// Monday, 2024-01-01.
  static let firstMonday = 19_723.0

  private static func agreement(zone: String = "UTC", currency: String = "EUR") -> Agreement {
    var agreement = Agreement(
      path: ["lead", "sql", "won"].map { Stage(id: $0) },
      detours: [Stage(id: "lost")]
    )
    agreement.currency = currency
    agreement.economics.grossMargin = 0.5
    if let calendar = LocalCalendar(zoneName: zone) { agreement.calendar = calendar }
    return agreement
  }

  /// Facts of whole weeks of a channel: leads at noon of each day in turn, every tenth of them won
  /// after ten days with a deal.
  private static func add(
    _ facts: inout FactBuilder,
    _ channel: String,
    weeks: Range<Int>,
    leads: Int,
    deal: Int64 = 1_000_000,
    campaign: String = "",
    currency: String = "",
    owner: String = "Ana"
  ) {
    for week in weeks {
      for lead in 0..<leads {
        let id = "\(channel)\(campaign)-\(week)-\(lead)"
        let day = firstMonday + Double(7 * week + lead % 7) + 0.5
        facts.lead(id, day: day, channel: channel, owner: owner, campaign: campaign)
        facts.activity("a-\(id)", lead: id, day: day + 1, owner: owner)
        facts.activity("b-\(id)", lead: id, kind: "meeting", day: day + 2, owner: owner)
        guard (week * leads + lead) % 10 == 0 else {
          facts.stage(id, "lost", day: day + 20)
          continue
        }
        facts.stage(id, "sql", day: day + 3)
        facts.stage(id, "won", day: day + 10)
        facts.deal(
          "d-\(id)",
          lead: id,
          created: day + 3,
          closed: day + 10,
          outcome: "won",
          amount: deal,
          currency: currency
        )
      }
    }
  }

  private static func builder(
    _ facts: FactBuilder,
    _ agreement: Agreement = agreement(),
    afterWeeks weeks: Double,
    minutes: TouchMinutes? = nil
  ) -> BudgetBuilder {
    let history = facts.history(agreement, asOfDay: firstMonday + 7 * weeks)
    return BudgetBuilder(history, source: EmbeddedCells(history), minutes: minutes)
  }

  private static func unit(_ situation: BudgetCase, _ name: String) throws -> BudgetUnit {
    try #require(situation.units.first { $0.name == name })
  }

  @Test func `a company without facts has nothing to divide`() throws {
    let answer = try Self.builder(FactBuilder(), afterWeeks: 4).answer()
    #expect(answer.verdict == .nothingSpent && answer.firstWeek == nil)
  }

  @Test func `spend of part of a week counts once its week is whole`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<3, leads: 5)
    // From the Wednesday of the first week to the Friday of the third.
    facts.spend("Meta", day: Self.firstMonday + 2, to: Self.firstMonday + 18, amount: 1_700)
    let builder = Self.builder(facts, afterWeeks: 6)
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    #expect(unit.weeks.map(\.spend) == [700])
    #expect(unit.weeks.map(\.leads) == [5])
    #expect(unit.weeks.first?.start == CivilDate(dayNumber: Int(Self.firstMonday) + 7))
  }

  @Test func `spend of a month is divided by its days, a rest included`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<5, leads: 5)
    // January 2024 has 31 days and begins on a Monday: 1,003 is 32 a day, and one more on the first
    // eleven.
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 30, amount: 1_003)
    let builder = Self.builder(facts, afterWeeks: 10)
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    #expect(unit.weeks.map(\.spend) == [231, 228, 224, 224])
  }

  @Test func `the week under way does not count`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<4, leads: 5)
    for day in 0..<28 { facts.spend("Meta", day: Self.firstMonday + Double(day), amount: 100) }
    for (weeks, whole) in [(1.0, 1), (1.9, 1), (2.0, 2), (3.99, 3), (4.0, 4)] {
      let builder = Self.builder(facts, afterWeeks: weeks)
      let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
      #expect(unit.weeks.count == whole, "\(weeks)")
    }
  }

  @Test func `weeks begin at local midnight, a change of the clock or not`() throws {
    var facts = FactBuilder()
    // Berlin's clock goes forward on Sunday, 2024-03-31, in the thirteenth week. These leads come
    // at 23:30 on Sunday and 00:30 on Monday there; both are Sunday in Greenwich.
    let sunday = Self.firstMonday + 7 * 13 - 1
    facts.lead("late", day: sunday + 21.5 / 24, channel: "Meta")
    facts.lead("early", day: sunday + 22.5 / 24, channel: "Meta")
    for day in 0..<(7 * 15) {
      facts.spend("Meta", day: Self.firstMonday + Double(day), amount: 100)
    }
    let agreement = Self.agreement(zone: "Europe/Berlin")
    let builder = Self.builder(facts, agreement, afterWeeks: 16)
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    #expect(unit.weeks.count == 15)
    #expect(unit.weeks.allSatisfy { $0.spend == 700 })
    #expect(unit.weeks[12].leads == 1 && unit.weeks[13].leads == 1)
  }

  @Test func `carry-over moves spend into later weeks, also from before those that count`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<4, leads: 5)
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 6, amount: 8_000)
    facts.spend("Google", day: Self.firstMonday, to: Self.firstMonday + 27, amount: 4_000)
    var agreement = Self.agreement()
    agreement.economics.weeklyCarryOver = 0.5
    let builder = Self.builder(facts, agreement, afterWeeks: 6)
    var options = BudgetOptions()
    let all = try Self.unit(try builder.situation(options), "Meta")
    #expect(all.weeks.map(\.spend) == [8_000, 0, 0, 0])
    #expect(all.weeks.map(\.effectiveSpend) == [4_000, 2_000, 1_000, 500])
    options.mostWeeks = 2
    let newest = try Self.unit(try builder.situation(options), "Meta")
    #expect(newest.weeks.map(\.effectiveSpend) == [1_000, 500])
  }

  @Test func `amounts of two currencies are added in the agreement's`() throws {
    var facts = FactBuilder()
    facts.add(
      .currencyRate,
      [
        "from": .text("USD"), "to": .text("EUR"),
        "day": .time(FactBuilder.time(Self.firstMonday, precision: .day)),
        "rate": .number(500_000),
      ]
    )
    Self.add(&facts, "Meta", weeks: 0..<6, leads: 10, currency: "USD")
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 41, amount: 42_000)
    facts.spend(
      "Meta",
      day: Self.firstMonday,
      to: Self.firstMonday + 41,
      amount: 42_000,
      campaign: "Abroad",
      currency: "USD"
    )
    let history = facts.history(Self.agreement(), asOfDay: Self.firstMonday + 42)
    let amounts = history.spend.map(\.amount)
    let builder = BudgetBuilder(history, source: EmbeddedCells(history))
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    #expect(amounts.sorted() == [21_000, 42_000])
    #expect(unit.weeks.map(\.spend) == Array(repeating: 10_500, count: 6))
    #expect(unit.deals.mean == 500_000)
  }

  @Test func `a lead that comes back is not another lead, and its deal counts`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<4, leads: 10)
    facts.lead("back", day: Self.firstMonday + 1, channel: "Meta")
    facts.stage("back", "lost", day: Self.firstMonday + 2)
    facts.stage("back", "sql", day: Self.firstMonday + 9)
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 27, amount: 4_000)
    let builder = Self.builder(facts, afterWeeks: 30)
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    #expect(unit.weeks.map(\.leads) == [11, 10, 10, 10])
    #expect(unit.winRate.entered == 41 && unit.winRate.converted == 4)
    #expect(unit.deals.count == 4)
  }

  @Test func `young leads are completed`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<30, leads: 10)
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 209, amount: 210_000)
    let builder = Self.builder(facts, afterWeeks: 30)
    let unit = try Self.unit(try builder.situation(BudgetOptions()), "Meta")
    let rate = try #require(unit.winRate.rate)
    #expect(abs(rate - 0.1) < 0.01)
    // The newest leads have had no time to be won.
    #expect(Double(unit.winRate.converted) / Double(unit.winRate.entered) < rate)
  }

  @Test func `an ad export that ends early is no stop`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<20, leads: 10)
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 14 * 7 - 1, amount: 980_000)
    let answer = try Self.builder(facts, afterWeeks: 20).answer()
    #expect(answer.lastWeek == CivilDate(dayNumber: Int(Self.firstMonday) + 13 * 7))
    let row = try #require(answer.rows.first)
    #expect(row.evidence.paidWeeks == 14 && abs(row.today.spend - 70_000) < 1)
  }

  @Test func `a new channel of two weeks is held at what it spends`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Google", weeks: 0..<30, leads: 20)
    Self.add(&facts, "TikTok", weeks: 28..<30, leads: 5)
    for week in 0..<30 {
      let day = Self.firstMonday + Double(7 * week)
      facts.spend("Google", day: day, to: day + 6, amount: week % 2 == 0 ? 100_000 : 60_000)
      if week >= 28 { facts.spend("TikTok", day: day, to: day + 6, amount: 30_000) }
    }
    let answer = try Self.builder(facts, afterWeeks: 30).answer()
    let row = try #require(answer.rows.first { $0.name == "TikTok" })
    #expect(row.reservation == .tooFewWeeks(have: 2, need: 8))
    #expect(row.today.spend == 30_000 && row.proposed?.spend == 30_000 && row.bound == .held)
  }

  @Test func `campaigns can be compared like channels, and nothing else`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<10, leads: 10, campaign: "Spring")
    facts.spend(
      "Meta",
      day: Self.firstMonday,
      to: Self.firstMonday + 69,
      amount: 70_000,
      campaign: "Spring"
    )
    var options = BudgetOptions()
    options.by = .campaign
    let answer = try Self.builder(facts, afterWeeks: 10).answer(options)
    #expect(answer.rows.map(\.name) == ["Spring"])
  }

  @Test func `hours come from activities and minutes, reps and their hours`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Meta", weeks: 0..<20, leads: 10)
    Self.add(&facts, "Google", weeks: 0..<20, leads: 10, owner: "Bo")
    facts.spend("Meta", day: Self.firstMonday, to: Self.firstMonday + 139, amount: 140_000)
    var agreement = Self.agreement()
    agreement.economics.sales.minutes = ["call": 10, "meeting": 50]
    agreement.economics.sales.hoursPerRepMonth = 100
    let ever = Instant(seconds: 1 << 40)
    let minutes = try #require(TouchMinutes(facts.ledger(), agreement.economics, asOf: ever))
    #expect(minutes.mean == 30 && minutes.count == 800)
    let answer = try Self.builder(facts, agreement, afterWeeks: 20, minutes: minutes).answer()
    // Two activities a lead, half an hour each.
    #expect(answer.rows.first?.worth?.hours == 1)
    #expect(answer.hours.reps == 2 && answer.hours.limitBasis == .reps)
    #expect(abs((answer.hours.limit ?? 0) - 200 / BudgetOptions.weeksPerMonth) < 1e-9)
    #expect(answer.bystanderHours == 10)
    agreement.economics.sales.minutes = ["call": 10]
    // The meetings count the mean of the calls.
    let partly = try #require(TouchMinutes(facts.ledger(), agreement.economics, asOf: ever))
    #expect(partly.mean == 10 && partly.count == 400)
    #expect(TouchMinutes(FactBuilder().ledger(), agreement.economics, asOf: ever) == nil)
    #expect(TouchMinutes(facts.ledger(), Economics(), asOf: ever) == nil)
    let before = Instant(seconds: 0)
    #expect(TouchMinutes(facts.ledger(), agreement.economics, asOf: before) == nil)
  }

  @Test func `a bound of an unknown channel is refused with the nearest name`() throws {
    var facts = FactBuilder()
    Self.add(&facts, "Google Ads", weeks: 0..<10, leads: 10)
    facts.spend("Google Ads", day: Self.firstMonday, to: Self.firstMonday + 69, amount: 70_000)
    let builder = Self.builder(facts, afterWeeks: 10)
    var options = BudgetOptions()
    options.least = ["Gogle Ads": 1, "google ads": 3]
    options.most = ["GOOGLE ADS": 2]
    let error = try #require(throws: InputError.self) { try builder.answer(options) }
    #expect(error.diagnostics.map(\.code) == ["option.unknown-channel", "option.out-of-range"])
    #expect(error.description.contains("Did you mean Google Ads?"))
  }
}
