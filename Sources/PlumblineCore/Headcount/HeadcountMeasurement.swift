import PlumblineStatistics

/// What a simulation can take from the records and the agreement.
///
/// A lead is one handed to sales: what reaches no rep costs none. Months are whole calendar months
/// of the agreement's zone.
public struct HeadcountMeasurement: Sendable {
  /// The leads of a channel.
  public struct Channel: Hashable, Sendable {
    /// Its name, `FunnelDimension.none` where nobody said.
    public let name: String
    /// Leads handed to sales a month.
    public let monthlyLeads: Double
    /// Whether money is spent on it.
    public let isPaid: Bool
    /// How many of its leads were worked, ever.
    public let worked: Int
    /// The share of them that are won.
    public let closeRate: Double?
  }

  /// How far back "lately" goes, in months.
  public static let recentMonths = 6
  /// How far back the spread of months and the size of deals go, in months.
  public static let longMonths = 12

  /// What is known, with its sources.
  public let inputs: HeadcountInputs
  /// The channels, by name.
  public let channels: [Channel]
  /// The last whole month on record.
  public let lastMonth: PlanMonth
  /// The day on which a lead was last handed to sales; nil where none was.
  public let newestHandOff: CivilDate?

  /// What a history and its agreement say.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - source: The engine over it.
  /// - Complexity: O(episodes + spend).
  public init(_ history: CompanyHistory, source: EmbeddedCells) {
    let counts = HandOffCounts(history, source.journeys(under: history.agreement.journeyRule))
    var inputs = HeadcountInputs()
    Self.agree(history.agreement.economics, &inputs)
    lastMonth = counts.lastMonth
    newestHandOff = counts.newestDay
    Self.measureTeam(counts, &inputs)
    Self.measureClosing(counts, &inputs)
    Self.measureSupply(counts, source, &inputs)
    Self.measureDeals(counts, history, &inputs)
    self.inputs = inputs
    channels = counts.channels(in: history)
  }

  /// The first month after those on record.
  public var nextMonth: PlanMonth { lastMonth.advanced(by: 1) }

  /// The close rate of worked leads when channels have other shares of them, and its sample.
  ///
  /// The channels not named share what is left as they do today.
  ///
  /// - Parameter shares: The share of leads of some channels, by name.
  /// - Returns: What becomes of the close rate, or nil when a channel is not known, has no close
  ///   rate, or the shares are more than all.
  public func closeRate(mix shares: [String: Double]) -> Double? {
    let named = shares.reduce(0) { $0 + $1.value }
    let others = channels.filter { shares[$0.name] == nil && $0.monthlyLeads > 0 }
    let rest = others.reduce(0) { $0 + $1.monthlyLeads }
    guard named <= 1 + 1e-9, shares.values.allSatisfy({ $0 >= 0 }), named > 1 - 1e-9 || rest > 0
    else { return nil }
    var rate = 0.0
    for (name, share) in shares.sorted(by: { $0.key < $1.key }) {
      guard let own = channels.first(where: { $0.name == name })?.closeRate else { return nil }
      rate += share * own
    }
    for channel in others {
      // A channel of which nothing was worked closes as all do.
      let own = channel.closeRate ?? inputs.knownNumber(.closeRate) ?? 0
      rate += max(1 - named, 0) * channel.monthlyLeads / max(rest, .leastNonzeroMagnitude) * own
    }
    return min(rate, 1)
  }

  // MARK: The agreement

  private static func agree(_ economics: Economics, _ inputs: inout HeadcountInputs) {
    func take(_ input: HeadcountInput, _ key: String, _ number: Double?) {
      if let number { inputs.set(input, .number(number), from: .agreed(key)) }
    }
    let sales = economics.sales
    take(.leadsPerRep, "sales_cost: leads_per_month", sales.leadsPerRepMonth)
    take(.attrition, "sales_cost: attrition", sales.monthlyAttrition)
    take(.repCost, "sales_cost: rep_month", economics.repMonthCost.map { Double($0) })
    take(.hireCost, "sales_cost: hire", sales.hireCost.map { Double($0) })
    take(.commission, "sales_cost: commission", sales.commission)
    take(.grossMargin, "gross_margin", economics.grossMargin)
    take(.horizon, "horizon", economics.horizonInMonths.map { Double($0) })
    take(.churn, "monthly_churn", economics.monthlyChurn)
    take(.discount, "monthly_discount", economics.monthlyDiscount)
    take(.cash, "cash", economics.cash.map { Double($0) })
    if economics.dealCoversMonths != nil || economics.horizonInMonths != nil {
      take(
        .dealMonths,
        economics.dealCoversMonths != nil ? "deal_covers" : "horizon",
        Double(economics.monthsPerDealAmount)
      )
    }
    if let months = economics.rampInMonths {
      inputs.set(
        .ramp,
        .shares(HeadcountValue.ramp(months: months)),
        from: .agreed("sales_cost: ramp")
      )
    }
    if let terms = economics.payments {
      inputs.set(.payments, .payments(terms), from: .agreed("payments"))
    }
    let other = [economics.otherCostPerMonth, economics.overheadPerMonth].compactMap { $0 }
    if !other.isEmpty {
      take(.otherCost, "other_costs_month and overhead_month", other.reduce(0) { $0 + Double($1) })
    }
  }

  // MARK: The records

  private static func measureTeam(_ counts: HandOffCounts, _ inputs: inout HeadcountInputs) {
    let reps = counts.activeReps
    if reps > 0 {
      inputs.set(
        .reps,
        .number(Double(reps)),
        from: .measured(
          HeadcountMeasure(.activeReps, count: reps, span: HandOffCounts.activeMonths)
        )
      )
    }
    let loads = counts.loads
    guard inputs[.leadsPerRep] == nil, !loads.isEmpty else { return }
    let place = Int((0.9 * Double(loads.count)).rounded(.up)) - 1
    inputs.set(
      .leadsPerRep,
      .number(Double(loads[max(place, 0)])),
      from: .measured(HeadcountMeasure(.busiestReps, count: loads.count, span: counts.recent.count))
    )
  }

  private static func measureClosing(_ counts: HandOffCounts, _ inputs: inout HeadcountInputs) {
    let curve = CumulativeIncidence(counts.worked)
    let days = horizon(of: curve)
    let estimate = curve.estimate(withinDays: days)
    if let rate = estimate.rate {
      let source = HeadcountSource.measured(
        HeadcountMeasure(.workedLeads, count: estimate.total, span: days)
      )
      inputs.set(.closeRate, .number(rate), from: source, interval: estimate.interval)
      inputs.set(.closeRateSample, .number(estimate.effectiveSampleSize), from: source)
      if rate > 0 { inputs.set(.cycle, .shares(cycle(of: curve, days)), from: source) }
    }
    let other = CumulativeIncidence(counts.unworked).estimate(withinDays: days)
    if let rate = other.rate {
      inputs.set(
        .unworkedCloseRate,
        .number(rate),
        from: .measured(HeadcountMeasure(.unworkedLeads, count: other.total, span: days)),
        interval: other.interval
      )
    }
  }

  /// As far as the curve is supported; where it is nowhere, as far as there are records.
  static func horizon(of curve: CumulativeIncidence) -> Int {
    curve.longestSupportedHorizonInDays ?? curve.defaultHorizonInDays() ?? 182
  }

  /// The share of wins in each month after the lead's, leads coming in the middle of theirs.
  private static func cycle(of curve: CumulativeIncidence, _ days: Int) -> [Double] {
    let monthInDays = 365.25 / 12
    let all = curve.converted(byDay: Double(days))
    var shares: [Double] = []
    var before = 0.0
    var end = monthInDays / 2
    while before < all * (1 - 1e-12), shares.count < HeadcountPlan.mostMonths {
      let reached = end >= Double(days) ? all : curve.converted(byDay: end)
      shares.append((reached - before) / all)
      before = reached
      end += monthInDays
    }
    return shares
  }

  private static func measureSupply(
    _ counts: HandOffCounts,
    _ engine: EmbeddedCells,
    _ inputs: inout HeadcountInputs
  ) {
    let history = engine.history
    let months = counts.recent.count
    guard months > 0 else { return }
    let total = counts.recentLeads
    let source = HeadcountSource.measured(
      HeadcountMeasure(.monthlyLeads, count: total, span: months)
    )
    let spend = SpendByDay(history)
    let amount = counts.recent.reduce(0) { $0 + spend.amount(in: $1) }
    let paid = counts.recentLeads(of: spend.paidChannels(in: counts.recent))
    inputs.set(.leads, .number(Double(total - paid) / Double(months)), from: source)
    if spend.entries > 0 {
      inputs.set(.paidLeads, .number(Double(paid) / Double(months)), from: source)
      inputs.set(
        .spend,
        .number(max(amount, 0) / Double(months)),
        from: .measured(
          HeadcountMeasure(
            .monthlySpend,
            count: engine.spendParts(in: counts.recent).count,
            span: months
          )
        )
      )
    }
    inputs.set(.leadMonths, .number(Double(months)), from: source)
    let monthly = counts.long.map { Double(counts.leads(in: $0)) }
    let summary = AmountSummary(monthly)
    if monthly.count > 1, let mean = summary.mean, mean > 0 {
      inputs.set(
        .leadSpread,
        .number(max(summary.variance / mean, 1)),
        from: .measured(
          HeadcountMeasure(.monthlyLeads, count: Int(summary.sum), span: monthly.count)
        )
      )
    }
    let weeks = spend.weeks(before: counts.endDay, counts)
    if amount > 0, let fit = try? SpendResponseFit(weeks) {
      inputs.set(
        .elasticity,
        .number(fit.response.elasticity),
        from: .measured(HeadcountMeasure(.weeks, count: fit.weeksUsed))
      )
    }
  }

  private static func measureDeals(
    _ counts: HandOffCounts,
    _ history: CompanyHistory,
    _ inputs: inout HeadcountInputs
  ) {
    let deals = MeasuredDeals(counts, history)
    let (won, taken) = (deals.won, deals.sized)
    let summary = AmountSummary(taken.map { Double($0.amount ?? 0) })
    if let mean = summary.mean, mean > 0 {
      let source = HeadcountSource.measured(
        HeadcountMeasure(
          .wonDeals,
          count: summary.count,
          span: deals.isRecent ? longMonths : nil
        )
      )
      inputs.set(.deal, .number(mean), from: source, interval: summary.meanInterval)
      inputs.set(.dealSpread, .number(summary.variance.squareRoot() / mean), from: source)
      inputs.set(.dealSample, .number(Double(summary.count)), from: source)
    }
    guard !won.isEmpty else { return }
    let calendar = history.agreement.calendar
    let kept = 1 - (inputs.knownNumber(.churn) ?? 0)
    var customers = 0.0
    for deal in won {
      var share = 1.0
      if deal.closed.isDated {
        let month = PlanMonth(of: calendar.day(of: deal.closed.instant))
        for _ in 0..<max(counts.lastMonth.number - month.number, 0) { share *= kept }
      }
      customers += share
    }
    inputs.set(
      .customers,
      .number(customers),
      from: .measured(HeadcountMeasure(.customers, count: won.count))
    )
  }
}

/// The won deals that a simulation learns from.
struct MeasuredDeals {
  /// Those won before the months that are simulated begin, and those of no known day.
  let won: [CompanyHistory.WonDeal]
  /// Those of them that say how large a deal is: of the last months where they are enough, of all
  /// times where they are not.
  let sized: [CompanyHistory.WonDeal]
  /// Whether those are the ones of the last months.
  let isRecent: Bool

  init(_ counts: HandOffCounts, _ history: CompanyHistory) {
    let calendar = history.agreement.calendar
    // The months that are simulated begin after the last whole one, and so do their wins.
    won = history.wonDeals.filter {
      !$0.closed.isDated || calendar.day(of: $0.closed.instant) < counts.endDay
    }
    let all = won.filter { $0.amount != nil }
    let since = counts.lastMonth.advanced(by: 1 - HeadcountMeasurement.longMonths).firstDay
    let recent = all.filter { $0.closed.isDated && calendar.day(of: $0.closed.instant) >= since }
    isRecent = recent.count >= AmountSummary.fewestForMean || recent.count == all.count
    sized = isRecent ? recent : all
  }
}

extension EmbeddedCells {
  /// What a simulation can take from the facts, counted once.
  public var headcountMeasurement: HeadcountMeasurement {
    kept(by: history.agreement.journeyRule) { HeadcountMeasurement(history, source: self) }
  }
}
