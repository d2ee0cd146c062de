import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Costs and wins of small companies against numbers worked out by hand.
struct EconomicsTests {
  /// Two channels over 61 days: 30 finished leads each, and some young ones of Meta.
  private var world: EconomicsWorld {
    var economics = Economics(grossMargin: 0.8, horizonInMonths: 36, repMonthCost: 304_368_75)
    economics.dealCoversMonths = 12
    economics.monthlyChurn = 0.02
    economics.overheadPerMonth = 304_368_75
    economics.sales.minutes = ["call": 10, "demo": 50]
    var world = EconomicsWorld(economics, asOfDay: 60.5)
    world.facts.spend("Meta", day: 0, to: 60, amount: 6_100_000)
    world.facts.spend("Google", day: 0, to: 60, amount: 3_050_000)
    for index in 0..<30 {
      let isWon = index < 12
      world.lead(
        "m\(index)",
        day: 0,
        won: isWon ? 20 : nil,
        lost: isWon ? nil : 30,
        amount: 900_000
      )
      world.lead(
        "g\(index)",
        day: 0,
        channel: "Google",
        won: isWon ? 20 : nil,
        lost: isWon ? nil : 30,
        amount: 1_000_000
      )
      world.facts.activity("m\(index)", lead: "m\(index)", kind: "Call", day: 3)
      world.facts.activity("g\(index)", lead: "g\(index)", kind: "demo", day: 3)
    }
    for index in 0..<10 { world.lead("young \(index)", day: 59) }
    world.facts.activity("y", lead: "young 0", kind: "fax", day: 60)
    return world
  }

  @Test func `costs are those worked out by hand`() throws {
    let answer = try world.answer()
    let meta = try #require(answer.rows.first { $0.group == "Meta" })
    let google = try #require(answer.rows.first { $0.group == "Google" })
    // 61 days are 2.0041 months; one rep and the overhead cost 1,000,000 a day's month each.
    let monthly = 61 / 30.436_875 * 30_436_875
    #expect(abs(answer.overhead.whole - monthly) < 1e-3)
    #expect(abs(meta.overhead - monthly * 2 / 3) < 1e-3)
    // A fax counts the mean of 30 calls of 10 and 30 demos of 50 minutes.
    #expect(answer.sales.minutesOfUnknown == 30)
    #expect(answer.sales.unknownKinds == ["fax": 1])
    #expect(answer.sales.units == 300 + 1500 + 30)
    #expect(meta.touches == 330)
    // Who still waited on day 3 took 1,800 minutes over 60 leads, and on day 1 the fax of 30 over
    // 70. Meta took 330 where that pace gives 40 x 30/70 + 30 x 30; ten leads more take 304.29.
    let prior = 10 * (30 + 30.0 / 70)
    let level = (330 + prior) / (40 * 30.0 / 70 + 900 + prior)
    #expect(abs(meta.expectedTouches - 10 * 30 * level) < 1e-9)
    #expect(abs(meta.salesSoFar - monthly * 330 / 1830) < 1e-3)
    #expect(abs(meta.salesToCome - monthly * meta.expectedTouches / 1830) < 1e-3)
    #expect(google.expectedTouches == 0)
    #expect(abs(try #require(answer.residual)) < 1e-3)
  }

  @Test func `wins to come follow the record of everybody at the channel's own level`() throws {
    let answer = try world.answer()
    let meta = try #require(answer.rows.first { $0.group == "Meta" })
    // On the record 24 of 60 who waited until day 20 were won then; nobody else was. Meta's own 12
    // wins are fewer than 30, so its level is (12 + 2) / (12 + 2) = 1.
    #expect(abs(meta.wins.expected - 10 * 0.4) < 1e-9)
    #expect(abs(meta.wins.processVariance - 10 * 0.4 * 0.6) < 1e-9)
    #expect(meta.wins.basis == .borrowedPace)
    let economics = try #require(meta.economics)
    #expect(abs(economics.cost - meta.cost) < 1e-6)
    #expect(abs(try #require(economics.costPerWin) - meta.cost / 16) < 1e-6)
    // Value: 750 a month x 0.8 x (1 - 0.98^36) / 0.02.
    let value = 75_000 * 0.8 * (1 - 0.483_213_123) / 0.02
    #expect(abs(try #require(economics.lifetimeValue) - value) < 1)
    #expect(meta.completedRevenue == 12 * 900_000 + 4 * 900_000)
  }

  @Test func `the total is the sum of the lines`() throws {
    let answer = try world.answer()
    func sum(_ value: (EconomicsRow) -> Double) -> Double {
      answer.rows.reduce(0) { $0 + value($1) }
    }
    #expect(abs(sum(\.cost) - answer.total.cost) < 1e-6)
    #expect(abs(sum(\.wins.total) - answer.total.wins.total) < 1e-9)
    let parts = CombinedEconomics(answer.rows.compactMap(\.economics))
    #expect(abs(parts.cost - answer.total.cost) < 1e-6)
  }

  @Test func `the media cost is the funnel's where everybody's outcome is known`() throws {
    let world = world
    let source = EmbeddedCells(world.history)
    let builder = FunnelBuilder(world.agreement, source: source)
    let funnel = try builder.answer(builder.question(by: [.channel]))
    let answer = try world.answer()
    for line in answer.rows {
      let row = try #require(funnel.rows.first { $0.group == line.group })
      #expect(row.money.spend == line.spend)
      #expect(row.money.wins == line.wins.counted)
      #expect(row.money.breakEvenCAC == line.economics?.breakEvenCostPerWin)
      #expect(row.money.costPerMeetingHeld == line.costPerMeeting)
    }
    let google = try #require(answer.rows.first { $0.group == "Google" })
    let row = try #require(funnel.rows.first { $0.group == "Google" })
    #expect(google.mediaCostPerWin == row.money.mediaCAC)
  }

  @Test func `a condition keeps what the other lines bear`() throws {
    let world = world
    let whole = try world.answer()
    let filter = DimensionFilter(.channel, values: ["meta"])
    let alone = try world.answer(EconomicsQuestion(filters: [filter]))
    #expect(alone.rows.count == 1)
    #expect(alone.rows.first == whole.rows.first { $0.group == "Meta" })
    #expect(alone.residual == nil)
  }

  @Test func `the cash view sets the spend of some days over the wins closed in them`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 9, amount: 10_000)
    world.facts.spend("Meta", day: 30, to: 39, amount: 40_000)
    for index in 0..<8 { world.lead("\(index)", day: 2, won: 35, amount: 7_000) }
    world.lead("now", day: 31)
    let days = (CivilDate(dayNumber: 30), CivilDate(dayNumber: 39))
    let cash = try world.answer(
      EconomicsQuestion(firstDay: days.0, lastDay: days.1, view: .cash)
    ).rows[0]
    #expect(cash.media == 40_000)
    #expect(cash.wins.counted == 8)
    #expect(cash.wins.expected == 0)
    #expect(cash.economics?.costPerWin == 5_000)
    #expect(cash.deals.sum == 56_000)
    let cohort = try world.answer(
      EconomicsQuestion(firstDay: days.0, lastDay: days.1)
    ).rows[0]
    #expect(cohort.wins.counted == 0)
    #expect(cohort.leads == 1)
  }

  @Test func `an agreed carry-over moves spend to later weeks as the geometric one does`() throws {
    var economics = Economics()
    economics.weeklyCarryOver = 0.4
    var world = EconomicsWorld(economics, asOfDay: 70)
    let weeks = [700_000.0, 0, 1_400_000, 70_000, 0, 350_000]
    for (week, amount) in weeks.enumerated() where amount > 0 {
      let first = Double(week) * 7
      world.facts.spend("Meta", day: first, to: first + 6, amount: Int64(amount))
    }
    world.lead("a", day: 0)
    let expected = try CarryOver.geometric(weeks, carried: 0.4)
    for week in weeks.indices {
      let answer = try world.answer(
        EconomicsQuestion(
          firstDay: CivilDate(dayNumber: week * 7),
          lastDay: CivilDate(dayNumber: week * 7 + 6)
        )
      )
      #expect(abs(answer.total.media - expected[week]) < 1e-6)
      #expect(answer.total.spend == Int64(weeks[week]))
      #expect(abs(try #require(answer.residual)) < 1e-6)
    }
  }

  @Test(arguments: UInt64(0)..<120)
  func `costs add up over the lines of any company`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var agreement = RandomCompany.agreement()
    agreement.economics = Economics(grossMargin: 0.7, horizonInMonths: 24)
    if random.chance(0.8) { agreement.economics.repMonthCost = 500_000 }
    if random.chance(0.5) { agreement.economics.overheadPerMonth = 70_000 }
    if random.chance(0.5) { agreement.economics.overheadRule = .leads }
    if random.chance(0.5) { agreement.economics.weeklyCarryOver = 0.3 }
    if random.chance(0.5) { agreement.economics.sales.minutes = ["call": 12] }
    let company = RandomCompany(seed: seed, importCount: 2)
    let ledger = company.ledger(exportedDays: [nil, nil])
    let history = CompanyHistory(ledger, under: agreement)
    let builder = EconomicsBuilder(EmbeddedCells(history), EconomicsRecords(ledger, for: history))
    for dimension in [FunnelDimension.channel, .campaign] {
      for view in [EconomicsQuestion.View.cohort, .cash] {
        let answer = try builder.answer(EconomicsQuestion(by: dimension, view: view))
        let whole = max(answer.total.cost, 1)
        let left = try #require(answer.residual)
        let unallocated = answer.overhead.isUnallocated ? answer.overhead.whole : 0
        #expect(abs(left - unallocated) <= 1e-9 * whole, "\(dimension) \(view)")
        let sum = answer.rows.reduce(0) { $0 + $1.cost }
        #expect(abs(sum - answer.total.cost) <= 1e-9 * whole)
        #expect(answer.rows.reduce(0) { $0 + $1.leads } == answer.total.leads)
        #expect(answer.rows.allSatisfy { $0.expectedTouches >= 0 && $0.wins.expected >= 0 })
      }
    }
  }
}
