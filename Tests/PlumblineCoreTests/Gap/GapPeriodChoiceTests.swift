import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Which period is taken, and what is said of one that is not all on record.
struct GapPeriodChoiceTests {
  @Test func `takes the newest quarter of which enough is known, and says what it passed over`()
    throws
  {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 200, accepted: 100, won: 30)
    }
    let late = try company.builder(asOfDay: GapCompany.thirdQuarter + 80).answer(
      against: .previous
    )
    #expect(late.period == GapCompany.secondQuarterPeriod && late.isChosenPeriod)
    #expect(late.passedOver == nil && late.basePeriod == GapCompany.secondQuarterPeriod.previous)

    var generator = SeededGenerator(seed: 3)
    var young = GapCompany()
    let end = GapCompany.thirdQuarter + 1
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      young.addByChance(
        "Meta",
        from: day,
        leads: 300,
        accepted: 0.9,
        won: 0.3,
        until: end,
        using: &generator
      )
    }
    let early = try young.builder(asOfDay: end).answer(against: .previous)
    #expect(early.period == GapCompany.secondQuarterPeriod.previous)
    #expect(early.passedOver == GapCompany.secondQuarterPeriod)
  }

  @Test func `a quarter that is not over yet is not taken`() throws {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 200, accepted: 100, won: 30)
    }
    // The last second of the quarter is over, the one before is not.
    let over = try company.builder(asOfDay: GapCompany.thirdQuarter - 1 / 86_400).answer(
      against: .previous
    )
    #expect([over.period, over.passedOver].contains(GapCompany.secondQuarterPeriod))
    let running = try company.builder(asOfDay: GapCompany.thirdQuarter - 2 / 86_400).answer(
      against: .previous
    )
    #expect(running.period == GapCompany.secondQuarterPeriod.previous && running.passedOver == nil)
  }

  @Test func `takes a month where there are no two quarters`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 300, accepted: 150, won: 30)
    let answer = try company.builder(asOfDay: GapCompany.thirdQuarter + 20).answer(
      against: .previous
    )
    #expect(answer.period.wholeMonths == 1)
    answer.checkSums()
  }

  // MARK: Periods that are not all on record

  @Test(arguments: [(0, false), (1, true), (20, true), (200, true)])
  func `a period that ends after the day of the data is refused`(
    daysAfter: Int,
    isRefused: Bool
  ) throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 90, accepted: 45, won: 9)
    let today = Int(GapCompany.secondQuarter) + 30
    // The middle of a day: the newest fact hardly ever falls on midnight.
    let builder = company.builder(asOfDay: Double(today) + 0.5)
    let period = GapPeriod(
      first: CivilDate(dayNumber: today - 30 + daysAfter),
      last: CivilDate(dayNumber: today + daysAfter)
    )
    for benchmark in [GapBenchmark.previous, .best, .plan] where isRefused {
      let error = #expect(throws: InputError.self) {
        try builder.answer(against: benchmark, period: period)
      }
      let fault = try #require(error?.diagnostics.first)
      #expect(fault.code == "option.period-not-over")
      #expect(fault.message.contains("the data go until 2024-05-01"))
      let remedy = try #require(fault.remedy)
      #expect(remedy.hasPrefix(daysAfter > 30 ? "Name days up to" : "Write --to 2024-05-01"))
    }
    if !isRefused {
      #expect(try builder.answer(against: .previous, period: period).period == period)
    }
  }

  /// Leads come in from the first day of the second quarter plus so many days on.
  @Test(
    arguments: [(-1.0, nil), (0, nil), (7, nil), (8, 8), (40, 40), (91, 91), (100, 100)]
      as [(Double, Int?)]
  )
  func `says from when on the base is on record, where it begins more than a week before`(
    daysLater: Double,
    recordBegins: Int?
  ) throws {
    var company = GapCompany()
    company.facts.lead("first", day: GapCompany.firstQuarter + daysLater + 0.5, channel: "Fair")
    company.add("Meta", from: GapCompany.secondQuarter + 9, leads: 90, accepted: 45, won: 9)
    // A filter changes nothing: a channel that is new is on record all the same.
    for filters in [[], [DimensionFilter(.channel, values: ["Meta"])]] {
      let answer = try company.builder().answer(
        against: .previous,
        period: GapCompany.secondQuarterPeriod,
        filters: filters
      )
      #expect(
        answer.baseRecordBegins
          == recordBegins.map { CivilDate(dayNumber: Int(GapCompany.firstQuarter) + $0) }
      )
      answer.checkSums()
    }
    let plan = try company.builder(plan: GapPlan()).answer(
      against: .plan,
      period: GapCompany.secondQuarterPeriod
    )
    #expect(plan.baseRecordBegins == nil)
  }

  @Test func `where there are no leads at all, no record begins`() throws {
    let answer = try GapCompany().builder().answer(
      against: .previous,
      period: GapCompany.secondQuarterPeriod
    )
    #expect(answer.baseRecordBegins == nil)
  }
}
