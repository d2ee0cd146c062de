import Foundation
import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// What was won against what was to be won.
struct AttainmentBuilderTests {
  private static func agreement(_ goals: [Goal], zone: String = "UTC") -> Agreement {
    var agreement = Agreement(
      currency: "EUR",
      calendar: LocalCalendar(zoneName: zone) ?? .utc
    )
    agreement.goals = goals
    return agreement
  }

  // MARK: Edges

  @Test func `without any quota what was won is still counted`() throws {
    var facts = FactBuilder()
    facts.sale("d1", by: "ann", won: "2026-02-10", amount: 5_000)
    let answer = try facts.attainment(Self.agreement([]), asOf: "2026-02-28")
    #expect(answer.absence == .noQuota)
    #expect(answer.period == AttainmentPeriod("2026-Q1"))
    #expect(answer.team.won.amount == 5_000)
    #expect(answer.team.gap == nil && answer.team.attainment == nil)
    #expect(answer.team.need == nil && answer.quotaOfNobody == nil)
    #expect(try answer.row("ann").won.ids == ["d1"])
  }

  @Test func `nothing at all is an answer`() throws {
    let answer = try FactBuilder().attainment(Self.agreement([]), asOf: "2026-02-28")
    #expect(answer.team.won == WonDealSum() && answer.people.isEmpty)
    #expect(answer.residual == 0 && answer.closing.period.rate.entered == 0)
    #expect(answer.team.forecast == nil)
    #expect(answer.forecastAbsence == .noLeads)
  }

  @Test func `a quota of 0 has no share`() throws {
    var facts = FactBuilder()
    facts.sale("d1", won: "2026-02-10", amount: 5_000)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 0)]),
      asOf: "2026-02-28"
    )
    #expect(answer.absence == .quotaIsZero)
    #expect(answer.team.attainment == nil && answer.team.gap == -5_000)
    #expect(answer.team.coverage == nil && answer.team.need?.amount == 0)
  }

  @Test func `without deals all of the quota is missing`() throws {
    let answer = try FactBuilder().attainment(
      Self.agreement([.of("2026-Q1", 90_000)]),
      asOf: "2026-02-28"
    )
    #expect(answer.absence == nil)
    #expect(answer.team.gap == 90_000 && answer.team.attainment == 0)
    #expect(answer.team.coverage == 0 && answer.team.weightedCoverage == 0)
    #expect(answer.team.need?.deals == nil)
  }

  @Test func `one person is compared with nobody`() throws {
    var facts = FactBuilder()
    facts.sale("d1", by: "ann", won: "2026-02-10", amount: 5_000)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 10_000, owner: "ann")]),
      asOf: "2026-02-28"
    )
    #expect(answer.team.quota?.amount == 10_000)
    #expect(answer.team.quota?.basis == .people(1))
    #expect(try answer.row("ann").attainment == 0.5)
    #expect(try answer.row("ann").chance == nil)
    #expect(answer.quotaOfNobody == 0)
  }

  @Test func `deals without amount, rate, owner or day are counted and said`() throws {
    var facts = FactBuilder()
    facts.sale("none", by: "ann", won: "2026-01-05")
    facts.sale("pounds", by: "ann", won: "2026-01-05", amount: 700, currency: "GBP")
    facts.sale("francs", by: "ann", won: "2026-01-05", amount: 900, currency: "CHF")
    facts.add(
      .currencyRate,
      [
        "from": .text("GBP"), "to": .text("EUR"), "rate": .number(1_200_000),
        "day": .time(FactBuilder.time(day("2026-01-01"), precision: .day)),
      ]
    )
    facts.sale("orphan", won: "2026-03-05", amount: 100, currency: "EUR")
    facts.sale("undated", by: "ann", outcome: "won", amount: 100, currency: "EUR")
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 10_000)]),
      asOf: "2026-03-31"
    )
    let ann = try answer.row("ann")
    #expect(ann.won.count == 3 && ann.won.withoutAmount == 2)
    #expect(ann.won.amount == 840)
    #expect(answer.nobody.won.ids == ["orphan"] && answer.nobody.won.amount == 100)
    #expect(answer.undatedWins == ["undated"])
    #expect(answer.team.won.amount == 940 && answer.residual == 0)
  }

  @Test func `a refund takes off what was won and is no win`() throws {
    var facts = FactBuilder()
    facts.sale("d1", by: "ann", won: "2026-01-05", amount: 9_000)
    facts.sale("back", by: "ann", won: "2026-02-05", amount: -4_000)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 10_000)]),
      asOf: "2026-03-31"
    )
    let won = try answer.row("ann").won
    #expect(won.amount == 5_000 && won.count == 1)
    #expect(won.refunds == 1 && won.refunded == -4_000)
    #expect(answer.team.gap == 5_000)
    #expect(answer.deal.count == 1 && answer.deal.mean == 9_000)
    #expect(answer.scorecard.results[.wins]?.value == 1)
  }

  @Test(arguments: [("2026-03-31T21:59:59", true), ("2026-03-31T22:00:00", false)])
  func `a period ends at local midnight, also when the clocks have changed`(
    closed: String,
    isIn: Bool
  ) throws {
    // The clocks of Berlin went forward on 29 March 2026: midnight is 22:00 in Greenwich.
    var facts = FactBuilder()
    let parts = closed.split(separator: "T")
    let clock = parts[1].split(separator: ":").compactMap { Double($0) }
    let time = day(String(parts[0])) - 0.5 + (clock[0] * 3600 + clock[1] * 60 + clock[2]) / 86_400
    facts.add(
      .deal,
      [
        "id": .text("d"), "outcome": .text("won"), "amount": .number(500),
        "closed": .time(FactBuilder.time(time)),
      ]
    )
    let agreement = Self.agreement([.of("2026-Q1", 1_000)], zone: "Europe/Berlin")
    let answer = try facts.attainment(agreement, "2026-Q1", asOf: "2026-04-02")
    #expect(answer.team.won.amount == (isIn ? 500 : 0))
    #expect(answer.pace.isOver && answer.pace.gone == 1)
    // The last second of the period: over; the one before: not.
    let last = try facts.attainment(agreement, "2026-Q1", asOf: "2026-03-31", atSecond: 86_399)
    #expect(last.pace.isOver)
    let before = try facts.attainment(agreement, "2026-Q1", asOf: "2026-03-31", atSecond: 86_398)
    #expect(!before.pace.isOver)
  }

  @Test func `a period that has not begun has all of its weeks left`() throws {
    let answer = try FactBuilder().attainment(
      Self.agreement([.of("2026-Q2", 1_000)]),
      asOf: "2026-02-28"
    )
    #expect(answer.period == AttainmentPeriod("2026-Q2"))
    #expect(!answer.pace.hasBegun && answer.pace.gone == 0)
    // 65 working days from April to June 2026, five a week.
    #expect(abs(answer.pace.weeksLeft - 13) < 1e-12)
  }

  @Test func `a period that is over ends as it did`() throws {
    var facts = FactBuilder()
    facts.sale("d1", by: "ann", won: "2026-01-05", amount: 9_000)
    let answer = try facts.attainment(
      Self.agreement([.of("2026-Q1", 9_000), .of("2026-Q1", 9_001, owner: "ann")]),
      "2026-Q1",
      asOf: "2026-05-31"
    )
    let forecast = try #require(answer.team.forecast)
    #expect(forecast.basis == .actual && forecast.expected == 9_000)
    #expect(forecast.likely == (9_000, 9_000, 9_000) && forecast.chance == 1)
    #expect(try answer.row("ann").forecast?.chance == 0)
    #expect(answer.team.need == nil)
    #expect(answer.quotaOfNobody == -1)
  }

  @Test func `the pace is the share of working days gone`() throws {
    // 2026-02: 20 working days; by the end of Friday the 13th ten are gone.
    let answer = try FactBuilder().attainment(
      Self.agreement([.of("2026-02", 1_000)]),
      asOf: "2026-02-15"
    )
    #expect(answer.pace.gone == 0.5 && answer.pace.weeksLeft == 2)
    #expect(answer.team.need?.amount == 500)
  }

  // MARK: Which period

  @Test(arguments: [
    (["2026-Q1", "2026-02", "2026"], "2026-02-10", "2026-02"),
    (["2026-Q1", "2026"], "2026-02-10", "2026-Q1"), (["2026"], "2026-02-10", "2026"),
    (["2025-Q1", "2025-Q4"], "2026-02-10", "2025-Q4"),
    (["2026-Q4", "2026-Q3"], "2026-02-10", "2026-Q3"), ([], "2026-02-10", "2026-Q1"),
  ])
  func `the period is the one that holds today, else the last, else the next`(
    goals: [String],
    asOf: String,
    wanted: String
  ) throws {
    let answer = try FactBuilder().attainment(
      Self.agreement(goals.map { .of($0, 1_000) }),
      asOf: asOf
    )
    #expect(answer.period.description == wanted)
  }

  @Test func `a period without a quota says which ones have one`() throws {
    let answer = try FactBuilder().attainment(
      Self.agreement([.of("2026-Q1", 1_000)]),
      "2025-Q1",
      asOf: "2026-02-10"
    )
    #expect(answer.absence == .noQuotaForPeriod)
    #expect(answer.writtenPeriods.map(\.description) == ["2026-Q1"])
  }

  // MARK: Open deals

  @Test func `coverage is the one that reconcile calls ours`() throws {
    var facts = FactBuilder()
    for id in ["a", "b", "c", "d"] { facts.lead(id, day: day("2026-01-02"), owner: "ann") }
    facts.sale("won", by: "ann", lead: "a", won: "2026-01-10", amount: 4_000)
    facts.sale(
      "in",
      by: "ann",
      lead: "b",
      expected: "2026-03-20",
      amount: 9_000,
      probability: 500_000
    )
    facts.sale("late", lead: "b", expected: "2026-05-20", amount: 1_000, probability: 100_000)
    facts.sale(
      "overdue",
      by: "ann",
      lead: "c",
      expected: "2026-01-20",
      amount: 2_000,
      probability: 250_000
    )
    facts.sale("gone", by: "ann", lead: "d", amount: 1_000)
    facts.stage("d", "disqualified", day: day("2026-01-05"))
    let agreement = Self.agreement([.of("2026-Q1", 10_000)])
    let answer = try facts.attainment(agreement, asOf: "2026-02-10")
    let history = CompanyHistory(
      facts.ledger(),
      under: agreement,
      asOf: Instant(seconds: Int64((day("2026-02-10") - 0.5) * 86_400) + 86_399)
    )
    let reconciled = try Reconciler(
      history,
      source: EmbeddedCells(history),
      deals: DealRecords(facts.ledger(), for: history)
    ).answer(.coverage)
    let ours = try #require(reconciled.definitions.first?.reading.value)
    #expect(answer.team.coverage == ours && ours == 10_000.0 / 6_000)
    let weighted = try #require(
      reconciled.definitions.first { $0.name == .weightedPipeline }?.reading.value
    )
    #expect(answer.team.weightedCoverage == weighted && weighted == 5_100.0 / 6_000)
    #expect(answer.team.open.dueInPeriod == 9_000 && answer.team.open.leftOut == 2)
    // A deal without an owner is its lead's owner's.
    #expect(try answer.row("ann").open.ids == ["in", "late"])
    #expect(answer.nobody.open == OpenDealSum())
  }

  // MARK: Adding up

  @Test(arguments: UInt64(0)..<120) func `people, nobody and months add up to the team`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    var ledger = RandomCompany(seed: seed, importCount: 2).ledger(exportedDays: [nil, nil])
    var facts = FactBuilder()
    for number in 0..<Int.random(in: 0...25, using: &random) {
      let month = Int.random(in: 1...5, using: &random)
      let date = "1970-0\(month)-1\(Int.random(in: 0...9, using: &random))"
      let amount = Int64.random(in: -500...5_000, using: &random)
      facts.sale(
        "x\(number)",
        by: ["", "ann", "Bob ", "bob", "cid"][Int.random(in: 0..<5, using: &random)],
        won: Bool.random(using: &random) ? date : nil,
        expected: date,
        amount: Int.random(in: 0..<5, using: &random) == 0 ? nil : amount,
        currency: ["", "EUR", "GBP"][Int.random(in: 0..<3, using: &random)]
      )
    }
    ledger.add(facts.batch, of: FactBuilder.record(source: "deals"))
    var agreement = RandomCompany.agreement()
    agreement.currency = "EUR"
    if Bool.random(using: &random) {
      agreement.goals = [.of("1970-Q1", 12_345), .of("1970-Q1", 777, owner: "ann")]
    }
    let history = CompanyHistory(
      ledger,
      under: agreement,
      asOf: Instant(seconds: Int64.random(in: 50...160, using: &random) * 86_400)
    )
    let deals = DealRecords(ledger, for: history)
    let period = try #require(
      AttainmentPeriod(["1970-Q1", "1970", "1970-02"][Int.random(in: 0..<3, using: &random)])
    )
    let answer = try AttainmentBuilder(
      EmbeddedCells(history),
      deals: deals,
      records: WeeklyRecords(),
      economics: EconomicsRecords(ledger, for: history)
    ).answer(AttainmentQuestion(period: period))
    // By hand, straight from the deals.
    let won = deals.deals.filter { deal in
      deal.outcome == .won && deal.closed.isDated
        && period.contains(history.agreement.calendar.day(of: deal.closed.instant))
    }
    #expect(answer.team.won.amount == won.reduce(0) { $0 + ($1.amount ?? 0) })
    #expect(answer.team.won.ids == won.map(\.id).sorted())
    #expect(answer.team.won.withoutAmount == won.count { $0.amount == nil })
    #expect(answer.residual == 0)
    #expect(answer.sum == answer.team.won)
    for row in answer.people + [answer.nobody, answer.team] {
      #expect(row.months.reduce(WonDealSum()) { $0 + $1.won } == row.won)
      #expect(row.gap == row.quota.map { $0.amount - row.won.amount })
    }
    let open = (answer.people + [answer.nobody]).reduce((0, Int64(0), Int64(0), 0)) {
      (
        $0.0 + $1.open.count, $0.1 + $1.open.amount, $0.2 + $1.open.weighted,
        $0.3 + $1.open.leftOut
      )
    }
    #expect(open.0 == answer.team.open.count && open.1 == answer.team.open.amount)
    #expect(open.2 == answer.team.open.weighted && open.3 == answer.team.open.leftOut)
    #expect(open.0 + open.3 == deals.deals.count { $0.outcome == .open })
    let personal = answer.people.compactMap(\.quota?.amount)
    if let quota = answer.team.quota?.amount, !personal.isEmpty {
      #expect(personal.reduce(0, +) + (answer.quotaOfNobody ?? 0) == quota)
    }
  }

  // MARK: Chance

  @Test func `what chance alone leaves is what equal sellers would get`() throws {
    var facts = FactBuilder()
    for number in 0..<12 {
      facts.sale(
        "d\(number)",
        by: number < 9 ? "ann" : "bob",
        won: "2026-01-1\(number % 9)",
        amount: [4_000, 8_000, 12_000][number % 3]
      )
    }
    let answer = try facts.attainment(
      Self.agreement([
        .of("2026-Q1", 60_000, owner: "ann"), .of("2026-Q1", 60_000, owner: "bob"),
      ]),
      asOf: "2026-03-31"
    )
    let bob = try #require(try answer.row("bob").chance)
    // Half of 96,000: six deals of 8,000 on average.
    #expect(bob.expected == 48_000)
    let spread = (answer.deal.variance).squareRoot()
    let sum = try PoissonGammaSum(count: 6, mean: 8_000, standardDeviation: spread)
    #expect(bob.interval == sum.interval())
    #expect(bob.verdict == .withinChance && bob.interval.contains(24_000))
    #expect(bob.adjusted >= bob.pValue)
  }

  @Test func `among sellers who are alike hardly anybody is named`() throws {
    var named = 0
    for seed in UInt64(0)..<60 {
      var random = SeededGenerator(seed: seed)
      var facts = FactBuilder()
      var goals: [Goal] = []
      for rep in 0..<6 {
        goals.append(.of("2026-Q1", 100_000, owner: "rep \(rep)"))
        for number in 0..<random.poisson(mean: 5) {
          let amount = random.gamma(shape: 1.5, scale: 20_000 / 1.5)
          facts.sale(
            "d\(rep)-\(number)",
            by: "rep \(rep)",
            won: "2026-02-10",
            amount: Int64(amount) + 1
          )
        }
      }
      let answer = try facts.attainment(Self.agreement(goals), asOf: "2026-03-31")
      if answer.people.contains(where: { $0.chance?.verdict != .withinChance }) { named += 1 }
    }
    // 5 of 100 teams at most in the long run: 9 of 60 would be past 4 standard errors.
    #expect(named <= 9)
  }

  @Test func `somebody who sells many times more than the others is told apart`() throws {
    var facts = FactBuilder()
    for number in 0..<40 {
      let rep = number < 34 ? "ann" : ["bob", "cid"][number % 2]
      facts.sale("d\(number)", by: rep, won: "2026-02-10", amount: 10_000)
    }
    let answer = try facts.attainment(
      Self.agreement(["ann", "bob", "cid"].map { .of("2026-Q1", 200_000, owner: $0) }),
      asOf: "2026-03-31"
    )
    #expect(try answer.row("ann").chance?.verdict == .above)
    // In order of names, not of attainment.
    #expect(answer.people.map(\.subject) == [.owner("ann"), .owner("bob"), .owner("cid")])
  }

  // MARK: Months

  @Test func `months that are over need nothing, the others share what is to go`() throws {
    var facts = FactBuilder()
    facts.sale("d1", by: "ann", won: "2026-01-10", amount: 50_001)
    facts.sale("o1", by: "ann", expected: "2026-02-20", amount: 3_000)
    facts.sale("o2", by: "ann", expected: "2026-03-20", amount: 5_000)
    let agreement = Self.agreement([.of("2026-Q1", 60_000), .of("2026-Q1", 60_000, owner: "ann")])
    for row in [
      try facts.attainment(agreement, asOf: "2026-01-31").team,
      try facts.attainment(agreement, asOf: "2026-01-31").row("ann"),
    ] {
      // 20 working days in February, 22 in March.
      #expect(row.months.map(\.need) == [0, 4_761, 5_238])
      #expect(row.months.map(\.openDue) == [0, 3_000, 5_000])
      #expect(row.months[0].coverage == nil)
      #expect(row.months[2].coverage == 5_000.0 / 5_238)
    }
    let over = try facts.attainment(agreement, "2026-Q1", asOf: "2026-04-30").team
    #expect(over.months.allSatisfy { $0.need == nil })
    let reached = try facts.attainment(Self.agreement([.of("2026-Q1", 1)]), asOf: "2026-01-31")
    #expect(reached.team.months.map(\.need) == [0, 0, 0])
    // No working time is left on the last evening.
    let last = try facts.attainment(agreement, asOf: "2026-03-31", atSecond: 86_000).team
    #expect(last.months.map(\.need) == [0, 0, 9_999])
    let none = try facts.attainment(Self.agreement([]), "2026-Q1", asOf: "2026-01-31").team
    #expect(none.months.allSatisfy { $0.need == nil })
  }
}
