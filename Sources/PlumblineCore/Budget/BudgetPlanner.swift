public import PlumblineStatistics

/// What a budget is divided by: all that is on record of each channel, and what is agreed.
public struct BudgetCase: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// Every channel with spend or leads.
  public var units: [BudgetUnit]
  /// What is agreed of money.
  public var economics: Economics
  /// The hours of sales.
  public var hours: SalesHours
  /// The days within which a lead must become a customer to count.
  public var horizon: StretchHorizon
  /// The last day with spend on record.
  public var lastSpendDay: CivilDate?

  /// A case.
  public init(
    asOf: Instant,
    units: [BudgetUnit],
    economics: Economics,
    hours: SalesHours,
    horizon: StretchHorizon,
    lastSpendDay: CivilDate?
  ) {
    self.asOf = asOf
    self.units = units
    self.economics = economics
    self.hours = hours
    self.horizon = horizon
    self.lastSpendDay = lastSpendDay
  }
}

/// Divides a budget: reads each channel's response, values its leads, and says whether moving
/// money is better than not.
public struct BudgetPlanner {
  let situation: BudgetCase
  let options: BudgetOptions
  private let appraiser: LeadAppraiser
  /// The channels that money can be moved between, the highest spend first.
  private(set) var candidates: [BudgetCandidate] = []
  private var bystanders: [BudgetBystander] = []
  private var bystanderHours = 0.0

  /// A planner of a case.
  ///
  /// - Throws: `StatisticsError` for amounts below 0.
  public init(_ situation: BudgetCase, _ options: BudgetOptions) throws(StatisticsError) {
    self.situation = situation
    self.options = options
    appraiser = LeadAppraiser(situation.units, situation.economics, situation.hours)
    let worths = appraiser.worths(situation.units)
    for (index, unit) in situation.units.enumerated() {
      let isNamed = unit.name != FunnelDimension.none
      let least = options.least(unit.name)
      let most = options.most(unit.name)
      let today = unit.todaysSpend
      if isNamed, today > 0 || least ?? 0 > 0 || (most ?? 0 > 0 && unit.lastSpend != nil) {
        candidates.append(
          BudgetCandidate(
            unit: unit,
            evidence: try SpendEvidence(unit.weeks),
            worth: worths?[index],
            today: today,
            least: least,
            most: most
          )
        )
        continue
      }
      guard let reason = Self.reason(unit) else { continue }
      bystanders.append(
        BudgetBystander(name: unit.name, reason: reason, spend: today, leads: unit.todaysLeads)
      )
      bystanderHours += (situation.hours.perLead(unit) ?? 0) * unit.todaysLeads
    }
    candidates.sort {
      $0.today != $1.today ? $0.today > $1.today : $0.unit.name < $1.unit.name
    }
  }

  /// Why a unit is no candidate; nil for one without spend and leads.
  private static func reason(_ unit: BudgetUnit) -> BudgetBystander.Reason? {
    if unit.name == FunnelDimension.none {
      return unit.todaysSpend > 0 || unit.todaysLeads > 0 ? .unnamed : nil
    }
    if let last = unit.lastSpend { return .stopped(lastWeek: last) }
    return unit.winRate.entered > 0 || unit.todaysLeads > 0 ? .organic : nil
  }

  /// How the budget is best divided.
  ///
  /// - Throws: `StatisticsError` for options outside their ranges.
  /// - Complexity: O(draws x channels) + O(channels · 100²) for each of up to three divisions.
  public func answer() throws(StatisticsError) -> BudgetAnswer {
    let hasValue = candidates.allSatisfy { $0.worth?.value != nil }
    let parts = candidates.compactMap { candidate in
      candidate.worth.map { (candidate.evidence, $0, candidate.unit.deals) }
    }
    let draws =
      parts.count == candidates.count
      ? BudgetDraws(parts, appraiser, options).draws : []
    var candidates = candidates
    for index in candidates.indices {
      let own = draws.map { $0[index] }
      candidates[index].judge(own, options)
    }
    let division = BudgetDivision(
      candidates: candidates,
      draws: draws,
      objective: hasValue ? .value : .wins,
      hours: situation.hours,
      bystanderHours: bystanderHours,
      options: options
    )
    return try division.answer(situation, bystanders, deals: appraiser.pooledDeals)
  }
}

extension BudgetOptions {
  /// The least that is to be spent on a unit a week.
  func least(_ name: String) -> Double? { Self.find(name, in: least) }
  /// The most that is to be spent on a unit a week.
  func most(_ name: String) -> Double? { Self.find(name, in: most) }

  private static func find(_ name: String, in amounts: [String: Double]) -> Double? {
    amounts.first { $0.key.lowercased() == name.lowercased() }.map {
      $0.value / weeksPerMonth
    }
  }
}
