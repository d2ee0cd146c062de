import Testing

@testable import PlumblineStatistics

@Suite struct `Headcount draws` {
  private static func plan(
    months: Int = 18,
    startReps: Double = 3,
    hires: [Double] = [0, 0, 2],
    departures: [Double] = [],
    ramp: [Double] = [0, 0.4, 0.8],
    capacity: Double = 1e9,
    leads: Double = 60,
    closeRate: Double = 0.07,
    cycle: [Double] = [0.2, 0.5, 0.3],
    churn: Double = 0.03,
    payments: PaymentTerms = .monthly,
    changes: [SupplyChange] = [],
    earlierWins: [Double] = [3, 1]
  ) throws -> HeadcountPlan {
    try HeadcountPlan(
      months: months,
      team: SalesTeam(
        startReps: startReps,
        hires: hires,
        departures: departures,
        ramp: ramp,
        monthlyAttrition: 0.02,
        capacityPerRep: capacity,
        monthlyCostPerRep: 9_000,
        costPerHire: 10_000
      ),
      supply: try supply(leads: leads, closeRate: closeRate, cycle: cycle),
      supplyChanges: changes,
      earlierWins: earlierWins,
      customers: CustomerBook(
        startCustomers: 150,
        monthlyRevenue: 400,
        grossMargin: 0.75,
        monthlyChurn: churn,
        payments: payments
      ),
      monthlyOverhead: 20_000,
      commission: 0.1,
      startCash: -50_000
    )
  }

  private static func supply(
    leads: Double,
    closeRate: Double,
    cycle: [Double] = [1]
  ) throws -> LeadSupply {
    LeadSupply(
      baseLeads: leads,
      monthlySpend: 12_000,
      response: try SpendResponse(scale: 1.1, elasticity: 0.5),
      closeRate: closeRate,
      unworkedCloseRate: 0.01,
      cycle: cycle
    )
  }

  private static let odds = HeadcountOdds(
    closeRateSample: 300,
    leadDispersion: 2,
    leadMonths: 6,
    rampSpread: 1.5,
    dealVariation: 0.8,
    dealSample: 60,
    drawsWins: true
  )

  private static func edges() throws -> [HeadcountPlan] {
    [
      try plan(), try plan(startReps: 0, hires: []), try plan(leads: 0), try plan(months: 0),
      try plan(departures: [0, 0, 0, 99]), try plan(hires: Array(repeating: 0, count: 17) + [2]),
      try plan(ramp: Array(repeating: 0.5, count: 40)), try plan(churn: 1),
      try plan(payments: .annual), try plan(months: 600), try plan(capacity: 20),
      try plan(closeRate: 0), try plan(closeRate: 1), try plan(cycle: []),
      try plan(changes: [SupplyChange(month: 4, supply: supply(leads: 200, closeRate: 0.03))]),
    ]
  }

  @Test func `with nothing left to chance every course is the expected one, to the last bit`()
    throws
  {
    for plan in try Self.edges() {
      let expected = plan.forecast()
      #expect(plan.draws(3, odds: .certain, seed: 7) { $0 } == [expected, expected, expected])
    }
  }

  @Test func `courses whose odds are all but certain lie beside the expected one`() throws {
    let odds = HeadcountOdds(
      closeRateSample: 1e6,
      leadMonths: 1e5,
      rampSpread: 1 + 1e-9,
      dealVariation: 1e-3,
      dealSample: 100
    )
    let plan = try Self.plan(capacity: 20)
    let expected = plan.forecast()
    for course in plan.draws(20, odds: odds, seed: 3, { $0 }) {
      #expect(abs(course.wins / expected.wins - 1) < 0.02)
      #expect(abs(course.endCash - expected.endCash) < 0.02 * abs(expected.endCash))
    }
  }

  @Test(arguments: UInt64(1)...2)
  func `the mean of the courses is the expected one where all is linear`(seed: UInt64) throws {
    // With capacity for every lead wins, income and cost are linear in what is drawn.
    for payments in PaymentTerms.allCases {
      let plan = try Self.plan(payments: payments)
      let expected = plan.forecast()
      let ends = plan.draws(1500, odds: Self.odds, seed: seed) {
        [$0.wins, $0.endCash, $0.months[9].customers]
      }
      let wanted = [expected.wins, expected.endCash, expected.months[9].customers]
      for (index, mean) in wanted.enumerated() {
        let summary = AmountSummary(ends.map { $0[index] - mean })
        let error = summary.varianceOfMean.squareRoot()
        #expect(error > 0)
        #expect(abs(summary.mean ?? .nan) < 4.5 * error, "number \(index), \(payments)")
      }
    }
  }

  @Test func `where hours run short the mean lies below, for leads that come late are lost`()
    throws
  {
    let plan = try Self.plan(hires: [], ramp: [], capacity: 62)
    let wins = AmountSummary(plan.draws(600, odds: Self.odds, seed: 1) { $0.wins })
    #expect(wins.mean ?? .infinity < plan.forecast().wins)
  }

  @Test func `the same seed gives the same courses and another seed others`() throws {
    let plan = try Self.plan(capacity: 20)
    let first = plan.draws(50, odds: Self.odds, seed: 5) { $0 }
    #expect(first == plan.draws(50, odds: Self.odds, seed: 5) { $0 })
    #expect(first == (0..<50).map { plan.draw($0, odds: Self.odds, seed: 5) })
    #expect(first != plan.draws(50, odds: Self.odds, seed: 6) { $0 })
    // More courses begin with the same ones.
    #expect(first == Array(plan.draws(80, odds: Self.odds, seed: 5) { $0 }.prefix(50)))
  }

  @Test func `leads and wins are whole numbers and wins never more than the leads so far`()
    throws
  {
    for plan in try Self.edges() {
      for course in plan.draws(5, odds: Self.odds, seed: 2, { $0 }) {
        var (leads, wins) = (0.0, 0.0)
        for month in course.months {
          #expect(month.leads == month.leads.rounded() && month.leads >= 0)
          #expect(month.wins == month.wins.rounded() && month.wins >= 0)
          #expect(month.worked <= month.leads)
          leads += month.leads
          wins += month.wins
          // Four of before the plan are expected; never so many more.
          #expect(wins <= leads + 30)
          #expect(month.cash.isFinite)
        }
      }
    }
  }

  @Test func `the spread of the wins of one month is that of its parts`() throws {
    // One month, wins at once: close rate known, leads Poisson, so wins are Poisson.
    let plan = try Self.plan(months: 1, hires: [], cycle: [1], earlierWins: [])
    let odds = HeadcountOdds(leadDispersion: 1, drawsWins: true)
    let wins = AmountSummary(plan.draws(5000, odds: odds, seed: 4) { $0.wins })
    let mean = plan.forecast().wins
    #expect(abs((wins.mean ?? 0) - mean) < 4.5 * (mean / 5000).squareRoot())
    #expect(abs(wins.variance / mean - 1) < 0.09)
  }

  @Test func `the ends of the odds hold a tenth of the courses each`() {
    let odds = Self.odds
    #expect(abs(odds.rampLength(at: 0.9) - 1.5) < 1e-9)
    #expect(abs(odds.rampLength(at: 0.1) * 1.5 - 1) < 1e-9)
    #expect(odds.rampLength(at: 0.5) == 1)
    let beta = BetaDistribution(alpha: 21, beta: 279)
    #expect(abs(beta.cumulative(odds.closeRate(0.07, at: 0.9)) - 0.9) < 1e-9)
    let variance = 2.0 / (6 * 80)
    let gamma = GammaDistribution(shape: 1 / variance)
    #expect(abs(gamma.cumulative(odds.leadLevel(80, at: 0.1) / variance) - 0.1) < 1e-9)
  }

  @Test func `none or all won of some leads is no certainty`() {
    #expect(Self.odds.closeRate(0, at: 0.9) > 0)
    #expect(Self.odds.closeRate(1, at: 0.1) < 1)
    #expect(HeadcountOdds.certain.closeRate(0, at: 0.9) == 0)
  }

  @Test func `a change of supply holds from its month on`() throws {
    let later = try Self.supply(leads: 200, closeRate: 0.03, cycle: [1])
    let changed = try Self.plan(changes: [SupplyChange(month: 4, supply: later)]).forecast()
    let plain = try Self.plan().forecast()
    #expect(changed.months.prefix(4).map(\.cash) == plain.months.prefix(4).map(\.cash))
    #expect(changed.months[4].leads == later.monthlyLeads)
    // Leads of before close at their own rate and pace: by hand in month 5.
    let before = plain.months[3].leads * 0.07
    let wanted = later.monthlyLeads * 0.03 + before * 0.3
    #expect(abs(changed.months[5].wins - wanted) < 1e-9)
    // All months changed from the first is another plan from the start.
    let whole = try Self.plan(changes: [SupplyChange(month: 0, supply: later)]).forecast()
    let own = try Self.plan(leads: 200, closeRate: 0.03, cycle: [1]).forecast()
    #expect(whole == own)
  }

  @Test func `of two changes in one month the last one holds`() throws {
    let one = try Self.supply(leads: 10, closeRate: 0.01)
    let two = try Self.supply(leads: 20, closeRate: 0.02)
    let plan = try Self.plan(changes: [
      SupplyChange(month: 5, supply: one), SupplyChange(month: 2, supply: one),
      SupplyChange(month: 5, supply: two),
    ])
    #expect(plan.supply(inMonth: 1) == plan.supply)
    #expect(plan.supply(inMonth: 4) == one)
    #expect(plan.supply(inMonth: 17) == two)
  }

  @Test func `those longest there are let go first, and nobody twice`() throws {
    let plan = try Self.plan(startReps: 1, hires: [2], departures: [0, 2, 5], ramp: [0, 0, 0, 0])
    let months = plan.forecast().months
    // Some leave by themselves; then two are let go: the veteran first, then most of one trainee.
    #expect(abs(months[1].reps - (0.98 * 0.98 + 2 * 0.98 - 2)) < 1e-12)
    #expect(months[1].effectiveReps == 0)
    #expect(months[2].reps == 0 && months[17].reps == 0)
    #expect(months[3].utilisation == nil)
  }

  @Test func `more or fewer reps than any are refused`() {
    #expect(throws: StatisticsError.self) { try Self.plan(departures: [-1]) }
    #expect(throws: StatisticsError.self) {
      try Self.plan(changes: [
        SupplyChange(month: 1, supply: Self.supply(leads: -1, closeRate: 0.1))
      ])
    }
    #expect(throws: StatisticsError.self) {
      try Self.plan(changes: [
        SupplyChange(month: 1, supply: Self.supply(leads: 1, closeRate: 1.1))
      ])
    }
  }
}
