import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let planning: [String: Method] = [
    "allocate": allocation,
    "headcount": headcount,
    "reverse_plan": reversePlan,
  ]

  private static func reversePlan(_ input: OracleInput) throws -> JSONTree {
    let edges = try input["edges"] == .null ? LagBuckets.standard.edges : input.integers("edges")
    let history = try LagCounts(
      buckets: LagBuckets(edges: edges),
      converted: input.integers("conv"),
      exited: input.integers("exit"),
      open: input.integers("open")
    )
    let pipeline = try input["pipeline"].elements.map { group in
      try OpenEntries(
        bucket: group.elements.first?.integer ?? -1,
        count: group.elements.last?.number ?? -1
      )
    }
    let weeks = input["weeks"].numbers
    let deadline = try input.number("target_day")
    let booked = try input.number("booked", default: 0)
    let plan = try ReversePlan(
      history: CumulativeIncidence(history),
      pipeline: pipeline,
      arrivalDays: weeks.map(ReversePlan.middle(ofWeek:)),
      deadlineDay: deadline,
      deal: DealSize(
        mean: input.number("deal_mean"),
        standardDeviation: input.number("deal_sd", default: 0),
        count: input.number("deal_n", default: 0)
      ),
      need: input.number("quota") - booked
    )
    let probabilities = input["probs"] == .null ? [0.5, 0.8] : try input.numbers("probs")
    return [
      "need": .number(plan.need),
      "pipeline_wins": .number(plan.pipelineWins),
      "pipeline_revenue": .number(plan.pipelineRevenue),
      "pipeline_sd": .number(plan.pipelineStandardDeviation),
      "wins_per_weekly_lead": .number(plan.winsPerWeeklyEntry),
      "week_yield": .numbers(plan.weekYields),
      "chance_without_new": .number(plan.chance(entriesPerWeek: 0)),
      "plans": .list(
        probabilities.map { probability in
          let entries = plan.entriesPerWeek(probability: probability)
          return [
            "prob": .number(probability),
            "leads_per_week": .optional(entries),
            "total": .optional(entries.map(plan.totalEntries(perWeek:))),
          ]
        }
      ),
    ]
  }

  private static func allocation(_ input: OracleInput) throws -> JSONTree {
    let channels = try input.parts("channels").map { channel in
      try BudgetChannel(
        response: SpendResponse(
          scale: channel.number("k"),
          elasticity: channel.number("theta", default: SpendResponseFit.priorElasticity)
        ),
        valuePerLead: channel.number("value"),
        hoursPerLead: channel.number("hours", default: 0),
        leastSpend: channel.number("lo", default: 0),
        mostSpend: channel.number("hi", default: .infinity)
      )
    }
    let best = BudgetAllocation(
      channels,
      budget: input["budget"].number,
      hours: input["hours"].number
    )
    guard let best else {
      return [
        "feasible": false, "spend": .null, "leads": .null, "hours": .null, "net": .null,
        "marginal_cost_per_lead": .null,
      ]
    }
    return [
      "feasible": true,
      "spend": .numbers(best.spend),
      "leads": .numbers(best.leads),
      "hours": .number(best.hours),
      "net": .number(best.net),
      "marginal_cost_per_lead": .list(best.marginalCostPerLead.map(JSONTree.optional)),
      "price_of_money": .number(best.priceOfMoney),
      "price_of_hour": .number(best.priceOfHour),
    ]
  }

  private static func headcount(_ input: OracleInput) throws -> JSONTree {
    let months = try input.integer("months")
    // A thousand years of months is a slip of the pen, and every one of them is a row.
    guard months <= 12_000 else {
      throw InputError(
        code: "oracle.input",
        "the case plans \(months) months.",
        remedy: "Give at most 12000."
      )
    }
    let plan = try HeadcountPlan(
      months: months,
      team: SalesTeam(
        startReps: input.number("start_reps"),
        hires: hires(input, months: months),
        ramp: input["ramp"].numbers,
        monthlyAttrition: input.number("attrition", default: 0),
        capacityPerRep: input.number("capacity"),
        monthlyCostPerRep: input.number("rep_cost", default: 0),
        costPerHire: input.number("hire_cost", default: 0)
      ),
      supply: LeadSupply(
        baseLeads: input.number("base_leads", default: 0),
        monthlySpend: input.number("spend", default: 0),
        response: SpendResponse(
          scale: input.number("lead_k", default: 0),
          elasticity: input.number("lead_theta", default: SpendResponseFit.priorElasticity)
        ),
        closeRate: input.number("close_rate"),
        unworkedCloseRate: input.number("unworked_rate", default: 0),
        cycle: input["cycle"] == .null ? [1] : input.numbers("cycle")
      ),
      customers: CustomerBook(
        startCustomers: input.number("start_customers", default: 0),
        monthlyRevenue: input.number("arpa"),
        grossMargin: input.number("margin", default: 1),
        monthlyChurn: input.number("churn", default: 0),
        payments: payments(input)
      ),
      monthlyOverhead: input.number("overhead", default: 0),
      commission: input.number("commission", default: 0),
      startCash: input.number("start_cash", default: 0)
    )
    let forecast = plan.forecast()
    return [
      "rows": .list(forecast.months.enumerated().map { answer($0.offset, $0.element) }),
      "low_month": .optional(forecast.lowestMonth),
      "low_cash": .optional(forecast.lowestCash),
      "cash_out_month": .optional(forecast.cashOutMonth),
      "wins": .number(forecast.wins),
      "end_cash": .number(forecast.endCash),
      "cac": .optional(forecast.costPerWin),
      "marginal": input["marginal_month"].integer.map { answer(plan.nextHire(inMonth: $0)) }
        ?? .null,
    ]
  }

  private static func payments(_ input: OracleInput) throws -> PaymentTerms {
    let name = input["payments"] == .null ? "monthly" : try input.text("payments")
    guard let terms = PaymentTerms(rawValue: name) else {
      throw InputError(
        code: "oracle.input",
        "the case's input names payments \"\(name)\", which are not known.",
        remedy: "Known are: \(PaymentTerms.allCases.map(\.rawValue).joined(separator: ", "))."
      )
    }
    return terms
  }

  /// Hires by month, given as an object from month to number or as a list from month 0.
  private static func hires(_ input: OracleInput, months: Int) -> [Double] {
    guard case .object(let byMonth) = input["hires"] else { return input["hires"].numbers }
    return (0..<max(months, 0)).map { byMonth[String($0)]?.number ?? 0 }
  }

  private static func answer(_ index: Int, _ month: HeadcountMonth) -> JSONTree {
    [
      "month": .number(Double(index)),
      "reps": .number(month.reps),
      "effective": .number(month.effectiveReps),
      "leads": .number(month.leads),
      "worked": .number(month.worked),
      "utilisation": .optional(month.utilisation),
      "wins": .number(month.wins),
      "customers": .number(month.customers),
      "income": .number(month.income),
      "cost": .number(month.cost),
      "net": .number(month.net),
      "cash": .number(month.cash),
      "acquisition": .number(month.acquisitionCost),
      "cac": .optional(month.costPerWin),
    ]
  }

  private static func answer(_ hire: NextHire) -> JSONTree {
    [
      "extra_cost": .number(hire.extraCost),
      "extra_wins": .number(hire.extraWins),
      "marginal_cac": .optional(hire.costPerWin),
      "extra_end_cash": .number(hire.extraEndCash),
    ]
  }
}
