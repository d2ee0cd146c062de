import PlumblineStatistics

/// One scenario played out as expected and as drawn.
struct CourseRun {
  /// What is kept of a drawn course.
  private struct Draw: Sendable {
    var leads: [Double]
    var wins: [Double]
    var customers: [Double]
    var profit: [Double]
    var cash: [Double]
    var revenue: Double
    var lowestCash: Double
    var endCash: Double
    var cashOutMonth: Int?

    init(_ forecast: HeadcountForecast, startCash: Double) {
      leads = forecast.months.map(\.leads)
      wins = forecast.months.map(\.wins)
      customers = forecast.months.map(\.customers)
      profit = forecast.months.map(\.net)
      cash = forecast.months.map(\.cash)
      revenue = forecast.months.reduce(0) { $0 + $1.income }
      lowestCash = forecast.lowestCash ?? startCash
      endCash = forecast.endCash
      cashOutMonth = forecast.cashOutMonth
    }
  }

  private let setup: HeadcountSetup
  private let plan: HeadcountPlan
  private let draws: [Draw]
  /// As expected.
  let expected: HeadcountForecast
  /// Cash at the end of each drawn course.
  var endCash: [Double] { draws.map(\.endCash) }

  init(_ setup: HeadcountSetup) throws {
    self.setup = setup
    let plan = try setup.plan()
    self.plan = plan
    expected = plan.forecast()
    draws = plan.draws(setup.question.draws, odds: setup.odds, seed: setup.question.seed) {
      Draw($0, startCash: plan.startCash)
    }
  }

  /// What is told of it.
  func course(
    against today: (forecast: HeadcountForecast, endCash: [Double])?
  ) throws -> HeadcountCourse {
    let start = setup.question.start
    let breakEven = setup.breakEven
    let months = expected.months
    let hireMonth = setup.scenario.firstChange.map { $0.number - start.number } ?? 0
    let hire = plan.nextHire(inMonth: hireMonth)
    return HeadcountCourse(
      scenario: setup.scenario,
      inputs: setup.inputs,
      plan: plan,
      steps: months.indices.map { month in
        HeadcountStep(
          month: start.advanced(by: month),
          expected: months[month],
          limit: limit(in: month, breakEven: breakEven),
          leads: HeadcountBand(draws.map { $0.leads[month] }),
          wins: HeadcountBand(draws.map { $0.wins[month] }),
          customers: HeadcountBand(draws.map { $0.customers[month] }),
          profit: HeadcountBand(draws.map { $0.profit[month] }),
          cash: HeadcountBand(draws.map { $0.cash[month] })
        )
      },
      wins: total(expected.wins) { $0.wins.reduce(0, +) },
      revenue: total(months.reduce(0) { $0 + $1.income }) { $0.revenue },
      profit: total(expected.endCash - plan.startCash) { $0.endCash - plan.startCash },
      lowestCash: total(expected.lowestCash ?? plan.startCash) { $0.lowestCash },
      lowestMonth: expected.lowestMonth.map { start.advanced(by: $0) },
      endCash: total(expected.endCash) { $0.endCash },
      cashOut: cashOut,
      breakEven: breakEven,
      costPerWin: expected.costPerWin,
      nextHire: hire,
      verdict: plan.verdict(on: hire, breakEvenCostPerWin: breakEven),
      difference: today.map { difference(from: $0) },
      sensitivities: try Sensitivities(setup).ranked()
    )
  }

  private func total(_ expected: Double, _ value: (Draw) -> Double) -> HeadcountTotal {
    HeadcountTotal(expected: expected, drawn: HeadcountBand(draws.map(value)))
  }

  private var cashOut: CashOut {
    let start = setup.question.start
    let months = draws.compactMap(\.cashOutMonth).sorted()
    return CashOut(
      expected: expected.cashOutMonth.map { start.advanced(by: $0) },
      cases: months.count,
      draws: draws.count,
      medianMonth: months.isEmpty ? nil : start.advanced(by: months[(months.count - 1) / 2])
    )
  }

  private func difference(
    from today: (forecast: HeadcountForecast, endCash: [Double])
  ) -> HeadcountDifference {
    let differences = zip(endCash, today.endCash).map { $0 - $1 }
    return HeadcountDifference(
      wins: expected.wins - today.forecast.wins,
      acquisitionCost: expected.acquisitionCost - today.forecast.acquisitionCost,
      endCash: HeadcountTotal(
        expected: expected.endCash - today.forecast.endCash,
        drawn: HeadcountBand(differences)
      ),
      betterCases: differences.count { $0 > 0 }
    )
  }

  /// What limits the wins of a month.
  ///
  /// Leads where all of them are worked, else the hours of reps; the close rate where one more
  /// lead, or the hours for one more, would cost more than it brings. What it brings is the chance
  /// that it is won times what a customer brings less the commission. Leads that money cannot buy
  /// limit whatever they would cost.
  private func limit(in month: Int, breakEven: Double?) -> HeadcountLimit {
    let row = expected.months[month]
    let supply = plan.supply(inMonth: month)
    let worth = breakEven.map {
      $0 - plan.commission * 12 * plan.customers.monthlyRevenue
    }
    if row.worked < row.leads {
      guard let worth, plan.team.capacityPerRep > 0 else { return .repHours }
      let cost = plan.team.monthlyCostPerRep / plan.team.capacityPerRep
      return (supply.closeRate - supply.unworkedCloseRate) * worth < cost ? .closeRate : .repHours
    }
    guard let worth, supply.monthlySpend > 0,
      let cost = supply.response.marginalCost(spend: supply.monthlySpend)
    else { return .leads }
    return supply.closeRate * worth < cost ? .closeRate : .leads
  }
}
