import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

@Suite struct PlanReplayTests {
  private static let question = QuotaQuestion(quota: 0, deadline: date(960), since: date(870))

  /// Replays of a company that is known for good to the end of a day.
  private static func replay(
    _ company: PlanCompany,
    asOfDay: Int = 870,
    days: Int = 91,
    most: Int = PlanReplayBuilder.mostReplays,
    question: QuotaQuestion = question,
    forecast: PlanReplayBuilder.Forecaster? = nil
  ) throws -> PlanReplay {
    let history = company.history(asOfDay: Double(asOfDay))
    return try PlanReplayBuilder(
      history,
      journeys: Journeys(history, rule: history.agreement.journeyRule),
      asking: question,
      past: { instant in
        let past = company.history(asOfDay: Double(instant.seconds) / 86_400)
        return (past, EmbeddedCells(past))
      },
      forecast: forecast
    ).replay(days: days, most: most)
  }

  private static let company = PlanCompany(seed: 11, days: 871, perDay: 4)

  @Test func `an empty record, and one that is too short, has nothing to replay`() throws {
    let empty = try Self.replay(PlanCompany(), asOfDay: 400)
    #expect(empty.rows.isEmpty)
    #expect(empty.record.verdict == .tooFew)
    #expect(empty.record.meanError == nil)
    #expect(empty.comparison == nil)
    #expect(empty.separatePeriods == 0)
    #expect(empty.chancesGiven.isEmpty)
    // Six months to 1970-07-01, day 181, and 91 days after it.
    #expect(try Self.replay(Self.company, asOfDay: 271).rows.isEmpty)
    #expect(try Self.replay(Self.company, asOfDay: 272).rows.map(\.date) == [date(181)])
  }

  @Test func `what came is what was won and who came in the period, to the day`() throws {
    let replay = try Self.replay(Self.company)
    let row = try #require(replay.rows.first)
    let (first, last) = (Double(row.date.dayNumber), Double(row.lastDay.dayNumber + 1))
    #expect(last - first == 91)
    let won = Self.company.won(after: first, upTo: last)
    #expect(row.actual == won.amount)
    #expect(row.wins == won.wins)
    #expect(row.wonLeads.count == won.wins)
    #expect(row.leads == Self.company.leads.count { $0.created >= first && $0.created < last })
    #expect(row.periodBefore == Self.company.won(after: first - 91, upTo: first).amount)
    let before = Double(Self.company.won(after: -1, upTo: first).amount)
    #expect(agree(row.straightLine, before / first * 91, relative: 1e-6))
  }

  @Test func `a plan is the product's, as of the last second before its date`() throws {
    let replay = try Self.replay(Self.company)
    let row = try #require(replay.rows.last)
    let day = row.date.dayNumber
    let plan = try Self.company.builder(asOfDay: Double(day * 86_400 - 1) / 86_400).plan(
      QuotaQuestion(quota: 0, deadline: row.lastDay, since: row.date)
    )
    let forecast = try #require(row.forecast)
    #expect(agree(forecast.mean, plan.total(leadsPerWeek: row.leadsPerWeek)))
    #expect(
      agree(
        forecast.likely,
        plan.total(reachedWithProbability: 0.8, leadsPerWeek: row.leadsPerWeek)
      )
    )
  }

  @Test(arguments: UInt64(0)..<3)
  func `nothing that happens after a date changes a plan made at it`(seed: UInt64) throws {
    let company = PlanCompany(seed: 40 + seed, days: 500, perDay: 3)
    var other = company
    let cut = 365.0
    for index in other.leads.indices {
      let lead = other.leads[index]
      other.leads[index].reached = lead.reached.filter { $0 < cut }
      if let left = lead.left, left >= cut { other.leads[index].left = nil }
    }
    other.leads += PlanCompany(seed: 90 + seed, days: 120, perDay: 20).leads.enumerated().map {
      var lead = $1
      lead.id = "X\($0)"
      lead.created += cut
      lead.reached = lead.reached.map { $0 + cut }
      lead.left = lead.left.map { $0 + cut }
      return lead
    }
    func plans(_ company: PlanCompany) throws -> [PastForecast?] {
      // The number of leads is told to a plan; the same one here, so that nothing else differs.
      try Self.replay(company, asOfDay: 480) { occasion in
        let plan = try QuotaPlanBuilder(history: occasion.history).plan(
          QuotaQuestion(quota: 0, deadline: occasion.lastDay, since: occasion.firstDay)
        )
        return plan.outlook.map { outlook in
          PastForecast(mean: outlook.mean(entriesPerWeek: 20)) {
            outlook.reached(withProbability: $0, entriesPerWeek: 20)
          }
        }
      }.rows.filter { Double($0.date.dayNumber) <= cut }.map(\.forecast)
    }
    let (one, two) = (try plans(company), try plans(other))
    #expect(one.count > 5)
    #expect(one.contains { $0 != nil })
    #expect(one == two)
  }

  @Test func `the odds of a steady company hold, and those of a braggart are found out`() throws {
    let right = try Self.replay(Self.company)
    #expect(right.record.replays >= 18)
    #expect(right.record.separatePeriods >= 6)
    #expect(right.record.verdict == .holds, "\(right.record)")
    let actual = right.rows.map { Double($0.actual) }
    func told(_ factor: Double, width: Double) throws -> ForecastRecord {
      try Self.replay(Self.company) { occasion in
        let place = right.rows.firstIndex { $0.date == occasion.firstDay } ?? 0
        return PastForecast(mean: factor * actual[place]) { chance in
          factor * actual[place] * (1 - width * StandardNormal.quantile(chance))
        }
      }.record
    }
    #expect(try told(1.5, width: 0.1).verdict == .tooHigh)
    #expect(try told(0.6, width: 0.1).verdict == .tooLow)
    #expect(abs((try told(1.5, width: 0.1).meanError ?? 0) + 0.5) < 1e-9)
    // Half too high and half too low, both by far: only the range is wrong.
    let narrow = try Self.replay(Self.company) { occasion in
      let place = right.rows.firstIndex { $0.date == occasion.firstDay } ?? 0
      let mean = actual[place] * (place % 2 == 0 ? 1.4 : 0.6)
      return PastForecast(mean: mean) { mean * (1 - 0.01 * StandardNormal.quantile($0)) }
    }
    #expect(narrow.record.withinRange.count == 0)
    #expect(narrow.record.verdict == .tooNarrow)
  }

  @Test func `the newest dates are taken, and periods without overlap counted`() throws {
    let replay = try Self.replay(Self.company, most: 9)
    #expect(replay.rows.count == 9)
    #expect(replay.olderDates > 5)
    #expect(replay.rows.last.map { $0.lastDay.dayNumber <= 870 } == true)
    // Nine months of periods of three: 1st, 4th (or 5th) and 7th (or 9th).
    #expect((2...3).contains(replay.separatePeriods))
    #expect(replay.record.verdict == .tooFew)
    #expect(try Self.replay(Self.company, most: 0).rows.isEmpty)
  }

  @Test func `a condition holds for plans and for what came`() throws {
    let company = PlanCompany(
      seed: 7,
      days: 871,
      perDay: 6,
      channels: ["Web", "Fair"]
    )
    var question = Self.question
    question.filters = [DimensionFilter(.channel, values: ["Fair"])]
    let row = try #require(try Self.replay(company, question: question).rows.first)
    let (first, last) = (Double(row.date.dayNumber), Double(row.lastDay.dayNumber + 1))
    let won = company.won(after: first, upTo: last) { $0.channel == "Fair" }
    #expect(won.wins > 0)
    #expect(row.actual == won.amount)
    let all = try #require(try Self.replay(company).rows.first)
    #expect(row.leads < all.leads)
    #expect((row.forecast?.mean ?? 0) < 0.7 * (all.forecast?.mean ?? 0))
  }

  @Test func `chances and sums of a forecast are each other's inverse`() {
    let forecast = PastForecast(mean: 100) { 100 - 20 * StandardNormal.quantile($0) }
    #expect(forecast.evenOdds == 100)
    #expect(abs(forecast.likely - 83.168) < 0.001)
    #expect(abs(forecast.low - 74.369) < 0.001)
    #expect(abs(forecast.high - 125.631) < 0.001)
    #expect(abs(forecast.chance(ofMoreThan: 100) - 0.5) < 1e-9)
    // Between two sums the chance is even: P(more than 110) = 0.3085.
    #expect(abs(forecast.chance(ofMoreThan: 110) - 0.3085) < 0.001)
    #expect(forecast.chance(ofMoreThan: -1000) == 0.995)
    #expect(forecast.chance(ofMoreThan: 1000) == 0.005)
    let certain = PastForecast(mean: 5) { _ in 5 }
    #expect(certain.chance(ofMoreThan: 4) == 0.995)
    #expect(certain.chance(ofMoreThan: 5) == 0.005)
    // Draws that go the wrong way for a step.
    let rough = PastForecast(mean: 1) { $0 == 0.5 ? 0 : 1 - $0 }
    #expect(zip(rough.quantiles, rough.quantiles.dropFirst()).allSatisfy { $0.amount <= $1.amount })
  }

  @Test(
    arguments: [
      (0, 0, 0, ForecastRecord.Verdict.tooFew), (7, 7, 4, .tooFew), (8, 3, 4, .tooFew),
      (20, 20, 10, .holds), (20, 20, 0, .tooHigh), (20, 20, 20, .tooLow), (20, 20, 5, .tooHigh),
      (20, 4, 5, .holds),
    ]
  )
  func `a verdict counts only periods that do not overlap`(
    replays: Int,
    separate: Int,
    above: Int,
    expected: ForecastRecord.Verdict
  ) {
    func share(_ count: Int, _ promised: Double) -> ForecastRecord.Share {
      ForecastRecord.Share(count: count, of: replays, promised: promised)
    }
    let record = ForecastRecord(
      replays: replays,
      separatePeriods: separate,
      withinRange: share(replays * 4 / 5, 0.8),
      aboveEvenOdds: share(above, 0.5),
      aboveLikely: share(replays * 4 / 5, 0.8),
      meanError: nil,
      meanDistance: nil
    )
    #expect(record.verdict == expected)
    #expect(record.withinRange.interval == nil || replays > 0)
  }
}
