import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// What the two teams are paid for.
struct ScorecardTests {
  /// Leads of January: 20, of whom 10 are handed over, and 4 are won within the month; spend 8,000.
  private static func company(young: Bool = false) -> (FactBuilder, Agreement) {
    var facts = FactBuilder()
    for number in 0..<20 {
      let id = "l\(number)"
      facts.lead(id, day: day("2026-01-05"), channel: "Ads", owner: "ann")
      if number < 10 { facts.stage(id, "sql", day: day("2026-01-07")) }
      if number < 4 {
        facts.deal(
          "w\(number)",
          lead: id,
          created: day("2026-01-08"),
          closed: day("2026-01-2\(number)"),
          outcome: "won",
          amount: 10_000
        )
      } else if !young {
        facts.stage(id, "disqualified", day: day("2026-01-25"))
      }
    }
    facts.spend("Ads", day: day("2026-01-01") - 0.5, to: day("2026-01-31") - 0.5, amount: 8_000)
    for number in 0..<6 {
      facts.meeting(
        "m\(number)",
        lead: "l\(number)",
        booked: day("2026-01-09"),
        starts: day("2026-01-1\(number)"),
        outcome: number < 5 ? "held" : "no show"
      )
    }
    var agreement = Agreement(
      currency: "EUR",
      economics: Economics(grossMargin: 0.5),
      horizonsInDays: ["lead-won": 30],
      agreedHandOff: "sql"
    )
    agreement.goals = [.of("2026-01", 50_000)]
    return (facts, agreement)
  }

  private static func line(
    _ answer: AttainmentAnswer,
    _ team: Stage.Team,
    _ place: Int = 0
  ) throws -> ScorecardLine {
    try #require(answer.teams.first { $0.team == team }?.lines[place])
  }

  @Test func `every measure is counted`() throws {
    let (facts, agreement) = Self.company()
    let answer = try facts.attainment(agreement, asOf: "2026-03-31", atSecond: 86_399)
    let results = try facts.attainment(agreement, "2026-01", asOf: "2026-03-31").scorecard.results
    #expect(answer.period.description == "2026-01")
    func value(_ measure: ScorecardMeasure) -> Double? { results[measure]?.value }
    #expect(value(.qualifiedLeads) == 10)
    #expect(value(.meetingsBooked) == 6 && value(.meetingsHeld) == 5)
    #expect(value(.wins) == 4 && value(.revenue) == 40_000)
    #expect(value(.wonShare) == 0.2 && results[.wonShare]?.base == 20)
    #expect(value(.costPerWin) == 2_000)
    // Of the ten handed over sales won four and turned six down.
    #expect(value(.acceptedShare) == 0.4 && results[.acceptedShare]?.base == 10)
    #expect(results[.wonShare]?.isPreliminary == false)
    #expect(results[.wonShare]?.ids == ["l0", "l1", "l2", "l3"])
    #expect(results[.wins]?.ids == ["w0", "w1", "w2", "w3"])
    #expect(answer.scorecard.absences[.firstTouch] == .notRecorded)
  }

  @Test func `a young cohort's share is preliminary and completed`() throws {
    let (facts, agreement) = Self.company(young: true)
    let answer = try facts.attainment(agreement, "2026-01", asOf: "2026-01-22")
    let share = try #require(answer.scorecard.results[.wonShare])
    #expect(share.isPreliminary && (share.maturity ?? 1) < 1)
    #expect(share.value >= 3.0 / 20)
  }

  @Test(arguments: [
    // target, paysFrom, paysUpTo, payout due of 1,000 for 10 qualified leads
    (10.0, 1.0, 1.0, 1_000), (11, 1, 1, 0), (11, 0.9, 1, 909), (8, 1, 1, 1_000),
    (8, 1, 1.2, 1_200), (8, 1, 2, 1_250), (20, 0.5, 1, 500), (20.1, 0.5, 1, 0),
  ])
  func `the payout follows the share of the target`(
    target: Double,
    from: Double,
    upTo: Double,
    payout: Int64
  ) throws {
    var (facts, agreement) = Self.company()
    agreement.incentives = [
      Incentive(
        team: .marketing,
        measure: "qualified_leads",
        weight: 1,
        payout: 1_000,
        target: target,
        per: .month,
        paysFrom: from,
        paysUpTo: upTo
      )
    ]
    facts.lead("later", day: day("2026-02-01"))
    let line = try Self.line(
      try facts.attainment(agreement, "2026-01", asOf: "2026-03-31"),
      .marketing
    )
    #expect(line.payout == payout && line.targetOrigin == .incentive)
  }

  @Test(arguments: [(2_000.0, 1_000), (4_000, 1_000), (1_999, 0), (0, nil)])
  func `where less is better the target is a ceiling`(target: Double, payout: Int64?) throws {
    var (facts, agreement) = Self.company()
    agreement.incentives = [
      Incentive(
        team: .marketing,
        measure: "Cost per win",
        weight: 1,
        payout: 1_000,
        target: target,
        per: .month
      )
    ]
    facts.lead("later", day: day("2026-02-01"))
    let line = try Self.line(
      try facts.attainment(agreement, "2026-01", asOf: "2026-03-31"),
      .marketing
    )
    #expect(line.payout == payout)
    #expect((line.absence == .noTarget) == (payout == nil))
  }

  @Test func `unknown words, missing targets and missing payouts are said`() throws {
    var (facts, agreement) = Self.company()
    agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: MarketingSLA.Volume(count: 20, period: .month)
    )
    agreement.incentives = [
      Incentive(team: .marketing, measure: "applause", weight: 0.2, payout: 500),
      Incentive(team: .marketing, measure: "won_share", weight: 0.3, payout: 500),
      Incentive(team: .marketing, measure: "qualified_leads", weight: 0.5, paysFrom: 0.5),
      Incentive(team: .sales, measure: "revenue", weight: 1, payout: 700, paysFrom: 0.8),
      Incentive(team: .sales, measure: "first_touch", weight: 1, payout: 700),
    ].map { incentive in
      var copy = incentive
      copy.period = .month
      return copy
    }
    facts.lead("later", day: day("2026-02-01"))
    let answer = try facts.attainment(agreement, "2026-01", asOf: "2026-03-31")
    #expect(try Self.line(answer, .marketing).absence == .unknownMeasure)
    #expect(try Self.line(answer, .marketing, 1).absence == .noTarget)
    let promised = try Self.line(answer, .marketing, 2)
    #expect(promised.target == 20 && promised.targetOrigin == .promise)
    #expect(promised.paidShare == 0.5 && promised.payout == nil && promised.absence == nil)
    let revenue = try Self.line(answer, .sales)
    #expect(revenue.target == 50_000 && revenue.targetOrigin == .goal && revenue.payout == 560)
    #expect(try Self.line(answer, .sales, 1).absence == .notRecorded)
    let marketing = try #require(answer.teams.first { $0.team == .marketing })
    #expect(marketing.payout == nil && marketing.weightedShare == 0.5)
    #expect(marketing.payoutAtTarget == 1_000)
    #expect(abs(marketing.outcomeWeight - 0.3) < 1e-12)
  }

  // MARK: Periods

  /// Ten qualified leads in January against a target of ten.
  private static func paid(per kind: AttainmentPeriod.Kind) -> (FactBuilder, Agreement) {
    var (facts, agreement) = company()
    agreement.incentives = [
      Incentive(
        team: .marketing,
        measure: "qualified_leads",
        weight: 1,
        payout: 1_000,
        target: 10,
        per: kind,
        paysFrom: 0.5
      )
    ]
    return (facts, agreement)
  }

  @Test(arguments: AttainmentPeriod.Kind.allCases, ["2026-01", "2026-Q1", "2026"])
  func `a target holds for periods of its length only`(
    kind: AttainmentPeriod.Kind,
    asked: String
  ) throws {
    let (facts, agreement) = Self.paid(per: kind)
    let answer = try facts.attainment(agreement, asked, asOf: "2027-03-31")
    let line = try Self.line(answer, .marketing)
    #expect(line.result?.value == 10)
    if try #require(AttainmentPeriod(asked)).kind == kind {
      #expect(line.payout == 1_000 && line.absence == nil && line.isForPeriod)
    } else {
      #expect(line.payout == nil && line.shareOfTarget == nil && line.absence == .otherPeriod)
      let team = try #require(answer.teams.first)
      #expect(team.payout == nil && team.payoutAtTarget == nil && team.weightedShare == nil)
    }
  }

  @Test(
    arguments: [
      // as of, running, payout
      ("2026-01-14", 86_399, true, 1_000), ("2026-01-31", 86_398, true, 1_000),
      ("2026-01-31", 86_399, false, 1_000), ("2025-12-31", 86_398, false, nil),
    ] as [(String, Int64, Bool, Int64?)]
  )
  func `while a period runs its results are so far`(
    asOf: String,
    second: Int64,
    isRunning: Bool,
    payout: Int64?
  ) throws {
    let (facts, agreement) = Self.paid(per: .month)
    let answer = try facts.attainment(agreement, "2026-01", asOf: asOf, atSecond: second)
    let line = try Self.line(answer, .marketing)
    #expect(line.isRunning == isRunning && line.isPreliminary == isRunning)
    #expect(line.payout == payout)
    #expect((line.absence == .notBegun) == (payout == nil))
  }

  @Test func `before the record begins nothing is due`() throws {
    let (facts, agreement) = Self.paid(per: .month)
    let answer = try facts.attainment(agreement, "2025-12", asOf: "2026-03-31")
    let line = try Self.line(answer, .marketing)
    #expect(line.absence == .notRecorded && line.payout == nil && line.result == nil)
    #expect(answer.teams[0].payout == nil)
    let empty = try FactBuilder().attainment(agreement, "2026-01", asOf: "2026-03-31")
    #expect(try Self.line(empty, .marketing).payout == nil)
  }

  @Test func `a lead handed over in two months counts once in the quarter`() throws {
    var (facts, agreement) = Self.company()
    facts.stage("l5", "lead", day: day("2026-02-03"))
    facts.stage("l5", "sql", day: day("2026-02-10"))
    agreement.incentives = []
    func result(_ period: String) throws -> ScorecardResult {
      try #require(
        try facts.attainment(agreement, period, asOf: "2026-04-30").scorecard
          .results[.qualifiedLeads]
      )
    }
    let months = try ["2026-01", "2026-02", "2026-03"].map { try result($0).value }
    #expect(months == [10, 1, 0])
    #expect(try result("2026-Q1").value == 10 && result("2026-Q1").repeats == 1)
    #expect(try result("2026-01").repeats == 0)
  }

  @Test(arguments: ["2026-01-22", "2026-03-31"])
  func `the cost of a win is that of economics, with its range`(asOf: String) throws {
    let (facts, agreement) = Self.company(young: true)
    let answer = try facts.attainment(agreement, "2026-01", asOf: asOf)
    let result = try #require(answer.scorecard.results[.costPerWin])
    let ledger = facts.ledger()
    let midnight = agreement.calendar.instant(of: try #require(CivilDate(asOf)))
    let history = CompanyHistory(
      ledger,
      under: agreement,
      asOf: midnight.advanced(bySeconds: 86_399)
    )
    let economics = try EconomicsBuilder(
      EmbeddedCells(history),
      EconomicsRecords(ledger, for: history)
    ).answer(
      EconomicsQuestion(firstDay: CivilDate("2026-01-01"), lastDay: CivilDate("2026-01-31"))
    )
    #expect(result.value == economics.total.mediaCostPerWin)
    #expect(result.interval?.lower == economics.total.lowestMediaCostPerWin)
    #expect(result.interval?.upper == economics.total.highestMediaCostPerWin)
    #expect(answer.costWithinDays == economics.horizon.days)
    #expect(answer.value.wins == economics.total.wins.total)
  }

  @Test func `without targets promises and goals are taken`() throws {
    var (facts, agreement) = Self.company()
    facts.activity("c1", lead: "l1", day: day("2026-01-07") + 0.01)
    agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: MarketingSLA.Volume(count: 20, period: .month)
    )
    agreement.salesSLA = SalesSLA(
      firstTouch: SalesSLA.FirstTouch(
        usual: SalesSLA.Span(seconds: 14 * 86_400, isWorkingTime: false)
      ),
      compliance: 0.75
    )
    agreement.goals = [.of("2026-Q1", 50_000, .revenue)]
    agreement.incentives = ["qualified_leads", "revenue", "first_touch", "wins"].map {
      Incentive(team: .sales, measure: $0, weight: 0.25, payout: 100)
    }
    let answer = try facts.attainment(agreement, "2026-Q1", asOf: "2026-04-30")
    let lines = try #require(answer.teams.first).lines
    #expect(lines.map(\.target) == [60, 50_000, 0.75, nil])
    #expect(lines.map(\.targetOrigin) == [.promise, .goal, .promise, nil])
  }

  // MARK: What if

  private static var paid: (FactBuilder, Agreement) {
    var (facts, agreement) = company()
    agreement.incentives = [
      Incentive(
        team: .marketing,
        measure: "meetings_held",
        weight: 1,
        payout: 1_000,
        target: 5,
        per: .month,
        paysFrom: 0.5,
        paysUpTo: 2
      ),
      Incentive(
        team: .sales,
        measure: "won_share",
        weight: 1,
        payout: 2_000,
        target: 0.2,
        per: .month,
        paysFrom: 0.5,
        paysUpTo: 1.5
      ),
    ]
    facts.lead("later", day: day("2026-02-01"))
    return (facts, agreement)
  }

  private static func whatIf(
    _ results: [ScorecardMeasure: Double],
    _ weights: [PayoutWhatIf.Weight] = []
  ) throws -> WhatIfAnswer {
    let (facts, agreement) = paid
    return try #require(
      try facts.attainment(
        agreement,
        "2026-01",
        asOf: "2026-03-31",
        whatIf: PayoutWhatIf(results: results, weights: weights)
      ).whatIf
    )
  }

  @Test func `nothing asked changes nothing`() throws {
    let answer = try Self.whatIf([:])
    #expect(answer.change(of: .marketing) == 0 && answer.change(of: .sales) == 0)
    #expect(answer.valueChange == 0 && answer.findings.isEmpty)
    #expect(answer.before == answer.after)
    #expect(answer.changes.allSatisfy { $0.origin == .same })
  }

  @Test func `more meetings at a falling close pay marketing for what the company loses`() throws {
    let answer = try Self.whatIf([.meetingsHeld: 9, .wonShare: 0.15])
    #expect(answer.change(of: .marketing) == 800)
    // 0.15 of a target of 0.2: three quarters of 2,000.
    #expect(answer.change(of: .sales) == -500)
    // Three wins in place of four, each worth half of 10,000, at the same spend.
    #expect(abs((answer.valueBefore.value ?? 0) - (4 * 5_000 - 8_000)) < 1e-6)
    #expect(abs((answer.valueChange ?? 0) + 5_000) < 1e-6)
    #expect(answer.findings == [.paidForLoss(.marketing)])
    let wins = try #require(answer.changes.first { $0.measure == .wonShare })
    #expect(wins.origin == .asked && wins.before == 0.2 && wins.after == 0.15)
  }

  @Test func `both teams may be paid for what the company loses`() throws {
    // More is spent on each win, and nobody's pay hangs on it.
    let answer = try Self.whatIf([.meetingsHeld: 8, .wonShare: 0.25, .costPerWin: 6_000])
    #expect(answer.change(of: .marketing) == 600 && answer.change(of: .sales) == 500)
    #expect(abs((answer.valueChange ?? 0) - (5 * 5_000 - 30_000 - 12_000)) < 1e-6)
    #expect(answer.findings == [.bothPaidForLoss])
  }

  @Test func `more leads at the same share are more wins`() throws {
    let answer = try Self.whatIf([.qualifiedLeads: 20])
    #expect(answer.valueAfter.wins == 8)
    #expect(answer.findings == [.indifferent(.marketing), .indifferent(.sales)])
  }

  @Test func `no win at all is paid nothing`() throws {
    let answer = try Self.whatIf([.wonShare: 0])
    #expect(answer.change(of: .sales) == -2_000 && answer.valueAfter.wins == 0)
    #expect(answer.valueAfter.value == -8_000)
  }

  @Test func `another weight changes what is paid in proportion`() throws {
    let answer = try Self.whatIf(
      [:],
      [PayoutWhatIf.Weight(team: .sales, measure: "Won share", weight: 0.25)]
    )
    #expect(answer.change(of: .sales) == -1_500)
  }

  @Test func `without a margin the company's value is not known`() throws {
    let (facts, agreed) = Self.paid
    var agreement = agreed
    agreement.economics = Economics()
    let answer = try #require(
      try facts.attainment(
        agreement,
        "2026-01",
        asOf: "2026-03-31",
        whatIf: PayoutWhatIf(results: [.wonShare: 0.1])
      ).whatIf
    )
    #expect(answer.valueChange == nil && answer.findings.isEmpty)
    #expect(answer.change(of: .sales) == -1_000)
  }

  // MARK: Launches

  @Test func `a launch counts both teams' targets in its days and campaigns`() throws {
    var (facts, agreement) = Self.company()
    facts.lead("n1", day: day("2026-01-06"), campaign: "Spring")
    facts.stage("n1", "sql", day: day("2026-01-07"))
    facts.deal(
      "wn",
      lead: "n1",
      created: day("2026-01-08"),
      closed: day("2026-01-30"),
      outcome: "won",
      amount: 1
    )
    facts.lead("n2", day: day("2026-01-06"), campaign: "spring")
    facts.stage("n2", "sql", day: day("2026-02-07"))
    func launch(_ last: String?, _ campaigns: [String]) -> Launch {
      Launch(
        name: "Spring",
        starts: CivilDate("2026-01-05") ?? CivilDate(dayNumber: 0),
        ends: last.flatMap { CivilDate($0) },
        campaigns: campaigns,
        qualifiedLeads: 5,
        wins: 1
      )
    }
    agreement.launches = [
      launch("2026-01-31", ["SPRING", "autumn"]), launch(nil, ["Spring"]),
      launch("2026-01-29", []),
    ]
    let answer = try facts.attainment(agreement, "2026-01", asOf: "2026-03-31")
    #expect(answer.launches.map(\.qualifiedLeads.count) == [1, 2, 11])
    #expect(answer.launches.map(\.wins.count) == [1, 1, 4])
    #expect(answer.launches[0].wins == ["wn"])
    #expect(answer.launches[0].unknownCampaigns == ["autumn"])
    #expect(answer.launches.map(\.isOver) == [true, false, true])
    let other = try facts.attainment(agreement, "2025-12", asOf: "2026-03-31")
    #expect(other.launches.isEmpty)
  }
}
