import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Headcount plan` {
  /// The plan that the reference table's rows vary.
  private static func plan(
    months: Int = 18,
    startReps: Double = 3,
    hires: [Double] = [0, 0, 2, 0, 0, 1],
    ramp: [Double] = [0, 0.4, 0.8],
    capacity: Double = 50,
    spend: Double = 12_000,
    closeRate: Double = 0.07,
    churn: Double = 0.03,
    payments: PaymentTerms = .monthly,
    startCash: Double = 150_000
  ) throws -> HeadcountPlan {
    try HeadcountPlan(
      months: months,
      team: SalesTeam(
        startReps: startReps,
        hires: hires,
        ramp: ramp,
        monthlyAttrition: 0.02,
        capacityPerRep: capacity,
        monthlyCostPerRep: 9_000,
        costPerHire: 10_000
      ),
      supply: LeadSupply(
        baseLeads: 60,
        monthlySpend: spend,
        response: SpendResponse(scale: 1.1, elasticity: 0.5),
        closeRate: closeRate,
        unworkedCloseRate: 0.01,
        cycle: [0.2, 0.5, 0.3]
      ),
      customers: CustomerBook(
        startCustomers: 150,
        monthlyRevenue: 400,
        grossMargin: 0.75,
        monthlyChurn: churn,
        payments: payments
      ),
      monthlyOverhead: 20_000,
      commission: 0.1,
      startCash: startCash
    )
  }

  private static func plan(named name: String) throws -> HeadcountPlan {
    switch name {
    case "annual": try plan(payments: .annual)
    case "no-ramp": try plan(months: 3, ramp: [])
    case "nobody": try plan(months: 4, startReps: 0, hires: [])
    case "no-spend": try plan(months: 5, spend: 0, churn: 0, payments: .annual)
    default: try plan()
    }
  }

  @Test func `agrees with every intake followed by itself`() throws {
    let table = try ReferenceTable("headcount")
    #expect(table.rows.count == 5)
    for row in table.rows {
      let plan = try Self.plan(named: row.text("plan"))
      let months = plan.forecast().months
      let columns: [(String, (HeadcountMonth) -> Double)] = [
        ("reps", { $0.reps }), ("effective", { $0.effectiveReps }), ("worked", { $0.worked }),
        ("wins", { $0.wins }), ("customers", { $0.customers }), ("income", { $0.income }),
        ("cost", { $0.cost }), ("cash", { $0.cash }), ("acquisition", { $0.acquisitionCost }),
      ]
      for (column, value) in columns {
        let expected = row.numbers(column)
        #expect(expected.count == months.count)
        for (month, number) in zip(months, expected) {
          #expect(agree(value(month), number, absolute: 1e-6), "\(column) of \(row.text("plan"))")
        }
      }
      let hire = plan.nextHire(inMonth: 1)
      #expect(agree(hire.extraCost, row.number("extra_cost"), absolute: 1e-6))
      #expect(agree(hire.extraWins, row.number("extra_wins"), absolute: 1e-9))
      #expect(agree(hire.extraEndCash, row.number("extra_cash"), absolute: 1e-6))
    }
  }

  @Test func `no months end where they begin`() throws {
    let forecast = try Self.plan(months: 0).forecast()
    #expect(forecast.months.isEmpty)
    #expect(forecast.endCash == 150_000)
    #expect(forecast.lowestMonth == nil)
    #expect(forecast.lowestCash == nil)
    #expect(forecast.cashOutMonth == nil)
    #expect(forecast.costPerWin == nil)
  }

  @Test func `nobody works anything, yet some leads are won`() throws {
    let forecast = try Self.plan(startReps: 0, hires: []).forecast()
    #expect(forecast.months.allSatisfy { $0.worked == 0 && $0.utilisation == nil })
    #expect(forecast.wins > 0)
  }

  @Test func `without wins there is no cost per win`() throws {
    let plan = try HeadcountPlan(
      months: 2,
      team: SalesTeam(startReps: 1, capacityPerRep: 10, monthlyCostPerRep: 5),
      supply: LeadSupply(
        baseLeads: 20,
        monthlySpend: 0,
        response: SpendResponse(scale: 0, elasticity: 0.5),
        closeRate: 0
      ),
      customers: CustomerBook(
        startCustomers: 0,
        monthlyRevenue: 100,
        grossMargin: 1,
        monthlyChurn: 0
      )
    )
    let forecast = plan.forecast()
    #expect(forecast.costPerWin == nil)
    #expect(forecast.months.map(\.costPerWin) == [nil, nil])
    #expect(forecast.months.map(\.cash) == [-5, -10])
    #expect(forecast.cashOutMonth == 0)
    #expect(forecast.lowestMonth == 1)
    #expect(forecast.months.map(\.utilisation) == [1, 1])
  }

  @Test func `names the first of equally low months`() throws {
    let flat = try HeadcountPlan(
      months: 3,
      team: SalesTeam(startReps: 0, capacityPerRep: 0, monthlyCostPerRep: 0),
      supply: LeadSupply(
        baseLeads: 0,
        monthlySpend: 0,
        response: SpendResponse(scale: 0, elasticity: 0.5),
        closeRate: 0
      ),
      customers: CustomerBook(
        startCustomers: 0,
        monthlyRevenue: 0,
        grossMargin: 0,
        monthlyChurn: 0
      ),
      startCash: 7
    )
    #expect(flat.forecast().lowestMonth == 0)
    #expect(flat.forecast().lowestCash == 7)
    #expect(flat.forecast().cashOutMonth == nil)
  }

  /// 150 / 12 contracts fall due in month 0, of which 0.97¹² renew; a year later those renew again.
  @Test func `annual customers renew once a year`() throws {
    let plan = try Self.plan(months: 13, closeRate: 0, payments: .annual)
    let still = try HeadcountPlan(
      months: 13,
      team: plan.team,
      supply: LeadSupply(
        baseLeads: 0,
        monthlySpend: 0,
        response: SpendResponse(scale: 0, elasticity: 0),
        closeRate: 0
      ),
      customers: plan.customers
    )
    let income = still.forecast().months.map(\.income)
    #expect(agree(income[0], 12.5 * 0.6938424231353541 * 4_800, relative: 1e-6))
    #expect(agree(income[11], income[0]))
    #expect(agree(income[12], income[0] * 0.6938424231353541, relative: 1e-6))
  }

  @Test func `a hire adds nothing where leads are the limit`() throws {
    let plan = try Self.plan(capacity: 200)
    let hire = plan.nextHire(inMonth: 0)
    #expect(hire.extraWins.magnitude < 1e-9)
    #expect(hire.costPerWin == nil)
    #expect(hire.extraEndCash < 0)
    #expect(plan.verdict(on: hire, breakEvenCostPerWin: 1e9) == .leadsAreTheLimit)
  }

  @Test func `a hire is judged by its cost, then by the work there is`() throws {
    let busy = try Self.plan(startReps: 1, hires: [], ramp: [], capacity: 20)
    let hire = busy.nextHire(inMonth: 1)
    let cost = try #require(hire.costPerWin)
    #expect(busy.verdict(on: hire, breakEvenCostPerWin: cost * 1.01) == .pays)
    #expect(busy.verdict(on: hire, breakEvenCostPerWin: cost * 0.99) == .tooExpensive)
    #expect(busy.verdict(on: hire, breakEvenCostPerWin: nil) == .pays)

    // Two reps have less than they can work, but not much; a third leaves them half idle.
    let slack = try Self.plan(startReps: 1.5, hires: [], ramp: [], capacity: 150)
    let idle = slack.nextHire(inMonth: 12)
    #expect((idle.utilisationAfterRamp ?? 1) < HireVerdict.idleUtilisation)
    #expect(slack.verdict(on: idle, breakEvenCostPerWin: 1e9) == .idleTeam)
    #expect(HireVerdict.idleTeam.isBloat && !HireVerdict.pays.isBloat)
  }

  @Test(arguments: [-1, 18, Int.max, Int.min])
  func `a hire outside the plan changes nothing`(month: Int) throws {
    let hire = try Self.plan().nextHire(inMonth: month)
    #expect(hire.extraCost == 0)
    #expect(hire.extraWins == 0)
    #expect(hire.utilisationAfterRamp == nil)
  }

  @Test func `more leads, more closing and a shorter ramp never lose wins`() throws {
    let plan = try Self.plan()
    func wins(_ closeRate: Double, ramp: Double = 1, leads: Double = 1) -> Double {
      plan.varied(rampLength: ramp, leadFactor: leads) { _ in closeRate }.forecast().wins
    }
    let usual = wins(0.07)
    #expect(wins(0.05) < usual && usual < wins(0.09))
    #expect(wins(0.07, leads: 0.8) < usual && usual < wins(0.07, leads: 1.2))
    #expect(wins(0.07, ramp: 2) < usual && usual < wins(0.07, ramp: 0.5))
    #expect(wins(0.05, ramp: 2, leads: 0.8) < wins(0.05))
    #expect(wins(0.09, ramp: 0.5, leads: 1.2) > wins(0.09))
  }

  @Test func `a plan varied by nothing is the same plan`() throws {
    let plan = try Self.plan()
    #expect(
      plan.varied(rampLength: 1, leadFactor: 1) { $0.closeRate }.forecast() == plan.forecast()
    )
  }

  @Test func `refuses plans that cannot be`() throws {
    #expect(throws: StatisticsError.self) { try Self.plan(months: -1) }
    #expect(throws: StatisticsError.self) { try Self.plan(months: 601) }
    #expect(throws: StatisticsError.negativeOrNotFinite(-3)) { try Self.plan(startReps: -3) }
    #expect(throws: StatisticsError.notAShare(1.1)) { try Self.plan(closeRate: 1.1) }
    #expect(throws: StatisticsError.notFinite(.infinity)) {
      try Self.plan(startCash: .infinity)
    }
  }
}
