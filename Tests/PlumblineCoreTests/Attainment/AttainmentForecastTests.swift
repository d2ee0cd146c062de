import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Where a running period will end.
struct AttainmentForecastTests {
  /// A year of leads, every eighth of which is won about 30 days later, shared by two reps and
  /// nobody.
  private static func company() -> FactBuilder {
    var facts = FactBuilder()
    for number in 0..<800 {
      let (id, came) = ("l\(number)", day("2025-07-01") + Double(number) * 0.3)
      facts.lead(id, day: came, owner: ["ann", "ann", "bob", ""][number % 4])
      if number % 2 == 0 { facts.stage(id, "sql", day: came + 2) }
      if number % 8 == 0 {
        facts.deal(
          "d\(number)",
          lead: id,
          created: came + 5,
          closed: came + 20 + Double(number % 23),
          outcome: "won",
          amount: Int64(40_000 + 9_000 * (number % 5))
        )
      } else if number % 3 == 0 {
        facts.stage(id, "disqualified", day: came + 15)
      }
    }
    return facts
  }

  private static func agreement(_ team: Int64) -> Agreement {
    var agreement = Agreement(horizonsInDays: ["lead-won": 60], agreedHandOff: "sql")
    agreement.goals = [.of("2026-Q1", team), .of("2026-Q1", team / 2, owner: "ann")]
    return agreement
  }

  @Test func `the team's forecast is the plan's`() throws {
    let facts = Self.company()
    let agreement = Self.agreement(3_000_000)
    let answer = try facts.attainment(agreement, asOf: "2026-02-10")
    let forecast = try #require(answer.team.forecast)
    let history = CompanyHistory(
      facts.ledger(),
      under: agreement,
      asOf: Instant(seconds: Int64(day("2026-02-10") - 0.5) * 86_400 + 86_399)
    )
    let period = try #require(AttainmentPeriod("2026-Q1"))
    let plan = try QuotaPlanBuilder(history: history).plan(
      QuotaQuestion(
        quota: 3_000_000,
        deadline: period.days.upperBound,
        since: period.days.lowerBound
      )
    )
    let today = try #require(plan.today)
    let mean = try #require(plan.total(leadsPerWeek: today.perWeek))
    #expect(abs(forecast.expected - mean) < 1e-6 * mean)
    let chance = try #require(plan.chanceToday)
    #expect(abs((forecast.chance ?? 0) - chance) < 1e-9)
    #expect(forecast.likely.p90 < forecast.likely.p50)
    #expect(forecast.likely.p50 < forecast.likely.p10)
    let leads = try #require(plan.leadsPerWeek(probability: 0.5))
    #expect(abs((answer.team.need?.leads ?? 0) - leads) < 1e-6 * leads)
  }

  @Test func `what is expected of people and of nobody adds up to the team's`() throws {
    let answer = try Self.company().attainment(Self.agreement(3_000_000), asOf: "2026-02-10")
    let team = try #require(answer.team.forecast)
    let parts = try (answer.people + [answer.nobody]).map { try #require($0.forecast) }
    func sum(_ value: (AttainmentForecast) -> Double) -> Double {
      parts.reduce(0) { $0 + value($1) }
    }
    #expect(team.fromPipeline > 0 && team.fromNew > 0)
    #expect(abs(sum(\.fromPipeline) - team.fromPipeline) < 1e-6 * team.fromPipeline)
    #expect(abs(sum(\.fromNew) - team.fromNew) < 1e-6 * team.fromNew)
    #expect(sum(\.booked) == team.booked)
    // Half of the leads are ann's, and all of them count alike.
    let ann = try #require(try answer.row("ann").forecast)
    #expect(abs(ann.fromNew / team.fromNew - 0.5) < 0.02)
  }

  @Test func `a person's odds are those of a Poisson number of the team's deals`() throws {
    let facts = Self.company()
    let first = try facts.attainment(Self.agreement(3_000_000), asOf: "2026-02-10")
    let expected = try #require(try first.row("ann").forecast?.expected)
    // A quota of what is expected: about even odds.
    let answer = try facts.attainment(Self.agreement(2 * Int64(expected)), asOf: "2026-02-10")
    let row = try answer.row("ann")
    let forecast = try #require(row.forecast)
    var random = SeededGenerator(seed: 5)
    let (mean, spread) = (answer.deal.mean ?? 1, answer.deal.variance.squareRoot())
    let shape = (mean / spread) * (mean / spread)
    let gap = Double(try #require(row.gap))
    var reached = 0
    for _ in 0..<20_000 {
      let wins = random.poisson(mean: (forecast.fromPipeline + forecast.fromNew) / mean)
      let sum = wins == 0 ? 0 : random.gamma(shape: shape * Double(wins), scale: mean / shape)
      if sum >= gap { reached += 1 }
    }
    #expect(abs(Double(reached) / 20_000 - (forecast.chance ?? 0)) < 0.02)
    #expect((forecast.chance ?? 0) > 0.3 && (forecast.chance ?? 1) < 0.7)
  }

  @Test func `a quota that is reached needs nothing more`() throws {
    let answer = try Self.company().attainment(Self.agreement(100_000), asOf: "2026-02-10")
    #expect(answer.team.forecast?.chance == 1)
    #expect(answer.team.need?.amount == 0 && answer.team.need?.leads == 0)
    #expect(answer.team.need?.handOffs == 0 && answer.team.coverage == nil)
  }

  @Test func `a record that is too young has no forecast, and says so`() throws {
    var facts = FactBuilder()
    for number in 0..<60 {
      facts.lead("l\(number)", day: day("2026-01-05") + Double(number) * 0.5)
    }
    facts.deal(
      "d",
      lead: "l0",
      created: day("2026-01-06"),
      closed: day("2026-01-20"),
      outcome: "won",
      amount: 100
    )
    let answer = try facts.attainment(Self.agreement(1_000), asOf: "2026-02-10")
    #expect(answer.team.forecast == nil && answer.team.need?.leads == nil)
    #expect(answer.forecastAbsence != nil)
    #expect(answer.team.won.amount == 100)
  }
}
