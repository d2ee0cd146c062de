import PlumblineStatistics

/// A scenario with all its inputs, ready to be played out.
struct HeadcountSetup {
  let scenario: HeadcountScenario
  /// The inputs of the first month.
  var inputs: HeadcountInputs
  let question: HeadcountQuestion
  private let earlierWins: [Double]

  /// A scenario over what holds today.
  ///
  /// - Throws: `InputError` for what cannot be changed so, or a month outside the plan.
  init(
    _ scenario: HeadcountScenario,
    over today: HeadcountInputs,
    _ question: HeadcountQuestion
  ) throws {
    self.scenario = scenario
    self.question = question
    earlierWins = Self.earlierWins(today)
    inputs = try today.applying(scenario.overrides) { _ in .scenario(scenario.name) }
    try checkMonths()
    _ = try plan()
  }

  private func checkMonths() throws {
    let end = question.start.advanced(by: question.months)
    let dated =
      scenario.hires.map(\.month) + scenario.departures.map(\.month) + scenario.changes.map(\.month)
    let outside = Set(dated.filter { $0 < question.start || $0 >= end }).sorted()
    guard outside.isEmpty else {
      throw InputError(
        outside.map { month in
          Diagnostic(
            .error,
            code: "simulate.month-outside",
            "\(scenario.name): \(month) is not among the \(question.months) months from "
              + "\(question.start) on.",
            remedy: "Name another month, or more months with --months or \"months\"."
          )
        }
      )
    }
    for change in scenario.changes {
      for input in HeadcountInput.allCases
      where change.overrides[input] != nil && !input.mayChange {
        throw InputError(
          code: "simulate.fixed-input",
          "\(scenario.name): \(input.rawValue) holds for the whole plan; it cannot change in a "
            + "month.",
          remedy: "Give it without a month. These may change: "
            + HeadcountInput.allCases.filter(\.mayChange).map(\.rawValue).joined(separator: ", ")
            + "."
        )
      }
    }
  }

  /// The plan.
  ///
  /// - Throws: `InputError` for numbers that make none.
  func plan() throws -> HeadcountPlan {
    var later = inputs
    var changes: [SupplyChange] = []
    for change in scenario.changes.enumerated().sorted(by: {
      ($0.element.month, $0.offset) < ($1.element.month, $1.offset)
    }).map(\.element) {
      later = try later.applying(change.overrides) { _ in .assumed }
      changes.append(
        SupplyChange(month: index(of: change.month), supply: try Self.supply(later))
      )
    }
    do {
      return try HeadcountPlan(
        months: question.months,
        team: SalesTeam(
          startReps: inputs.number(.reps),
          hires: byMonth(scenario.hires),
          departures: byMonth(scenario.departures),
          ramp: inputs.shares(.ramp),
          monthlyAttrition: inputs.number(.attrition),
          capacityPerRep: inputs.number(.leadsPerRep),
          monthlyCostPerRep: inputs.number(.repCost),
          costPerHire: inputs.number(.hireCost)
        ),
        supply: try Self.supply(inputs),
        supplyChanges: changes,
        earlierWins: earlierWins,
        customers: CustomerBook(
          startCustomers: inputs.number(.customers),
          monthlyRevenue: inputs.number(.deal) / max(inputs.number(.dealMonths), 1),
          grossMargin: inputs.number(.grossMargin),
          monthlyChurn: inputs.number(.churn),
          payments: inputs.payments
        ),
        monthlyOverhead: inputs.number(.otherCost),
        commission: inputs.number(.commission),
        startCash: inputs.number(.cash)
      )
    } catch let error as StatisticsError {
      throw InputError(
        code: "simulate.impossible",
        "\(scenario.name): these numbers make no plan: \(error).",
        remedy: "Check them, and that there are 0 to \(HeadcountPlan.mostMonths) months."
      )
    }
  }

  private static func supply(_ inputs: HeadcountInputs) throws -> LeadSupply {
    let spend = inputs.number(.spend)
    return LeadSupply(
      baseLeads: inputs.number(.leads),
      monthlySpend: spend,
      response: try SpendResponse(
        scaleFor: inputs.number(.paidLeads),
        spend: spend,
        elasticity: inputs.number(.elasticity)
      ),
      closeRate: inputs.number(.closeRate),
      unworkedCloseRate: inputs.number(.unworkedCloseRate),
      cycle: inputs.shares(.cycle)
    )
  }

  /// The wins that leads of before the first month still bring, as if those had come and been
  /// worked as today's.
  private static func earlierWins(_ today: HeadcountInputs) -> [Double] {
    let leads = today.number(.leads) + today.number(.paidLeads)
    let worked = min(leads, today.number(.reps) * today.number(.leadsPerRep))
    let produced =
      worked * today.number(.closeRate) + (leads - worked) * today.number(.unworkedCloseRate)
    let cycle = today.shares(.cycle)
    return cycle.indices.dropLast().map { month in
      produced * cycle[(month + 1)...].reduce(0, +)
    }
  }

  /// What chance may do.
  var odds: HeadcountOdds {
    HeadcountOdds(
      closeRateSample: inputs.knownNumber(.closeRateSample),
      isExtremeRateMeasured: isExtremeRateMeasured,
      leadDispersion: inputs.number(.leadSpread),
      leadMonths: inputs.knownNumber(.leadMonths),
      rampSpread: inputs.number(.rampSpread),
      dealVariation: inputs.number(.dealSpread),
      dealSample: inputs.knownNumber(.dealSample),
      drawsWins: true
    )
  }

  /// Whether the records have leads none or all of which were won.
  private var isExtremeRateMeasured: Bool {
    guard case .measured? = inputs[.closeRate]?.source else { return false }
    let rate = inputs.number(.closeRate)
    return rate <= 0 || rate >= 1
  }

  /// What a customer brings, in minor units: the most that winning one may cost.
  var breakEven: Double? {
    var economics = Economics(
      grossMargin: inputs.number(.grossMargin),
      horizonInMonths: inputs.knownNumber(.horizon).map { Int($0) }
    )
    economics.dealCoversMonths = Int(inputs.number(.dealMonths))
    economics.monthlyChurn = inputs.number(.churn)
    economics.monthlyDiscount = inputs.number(.discount)
    return economics.lifetimeValue(ofDeal: inputs.number(.deal))
  }

  private func index(of month: PlanMonth) -> Int { month.number - question.start.number }

  private func byMonth(_ moves: [HeadcountScenario.Move]) -> [Double] {
    guard let last = moves.map(\.month).max() else { return [] }
    var reps = Array(repeating: 0.0, count: max(index(of: last) + 1, 0))
    for move in moves where index(of: move.month) >= 0 { reps[index(of: move.month)] += move.reps }
    return reps
  }
}
