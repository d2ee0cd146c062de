import PlumblineCore
import PlumblineStatistics

/// A number with the range of 8 of 10 cases in JSON.
struct BudgetSpreadWire: Codable, Hashable, Sendable {
  @OrNull var expected: Double?
  @OrNull var low: Double?
  @OrNull var high: Double?

  /// A count of a week as one of a month.
  init(countPerWeek spread: BudgetSpread) {
    func month(_ value: Double) -> OrNull<Double> {
      OrNull(wrappedValue: Rounded.share(BudgetWords.month(value)))
    }
    (_expected, _low, _high) = (month(spread.expected), month(spread.low), month(spread.high))
  }

  /// An amount of minor units.
  init(amount spread: BudgetSpread, _ currency: String) {
    func major(_ value: Double) -> OrNull<Double> {
      OrNull(wrappedValue: Rounded.amount(value, currency))
    }
    (_expected, _low, _high) = (major(spread.expected), major(spread.low), major(spread.high))
  }
}

/// What a channel brings at one spend in JSON.
struct BudgetPointWire: Codable, Hashable, Sendable {
  @OrNull var spendPerMonth: Double?
  let leadsPerMonth: BudgetSpreadWire
  let winsPerMonth: BudgetSpreadWire
  @OrNull var costPerLead: Double?
  @OrNull var runningCostPerWin: Double?
  @OrNull var marginalCostPerLead: BudgetSpreadWire?
  @OrNull var marginalCostPerWin: BudgetSpreadWire?
  @OrNull var lossChance: Double?

  init(_ point: BudgetPoint, _ currency: String) {
    _spendPerMonth = OrNull(
      wrappedValue: Rounded.amount(BudgetWords.month(point.spend), currency)
    )
    leadsPerMonth = BudgetSpreadWire(countPerWeek: point.leads)
    winsPerMonth = BudgetSpreadWire(countPerWeek: point.wins)
    _costPerLead = OrNull(wrappedValue: Rounded.amount(point.costPerLead, currency))
    _runningCostPerWin = OrNull(wrappedValue: Rounded.amount(point.costPerWin, currency))
    _marginalCostPerLead = OrNull(
      wrappedValue: point.marginalCostPerLead.map { BudgetSpreadWire(amount: $0, currency) }
    )
    _marginalCostPerWin = OrNull(
      wrappedValue: point.marginalCostPerWin.map { BudgetSpreadWire(amount: $0, currency) }
    )
    _lossChance = OrNull(wrappedValue: Rounded.share(point.lossChance))
  }
}

/// What a channel's weeks say in JSON.
struct BudgetEvidenceWire: Codable, Hashable, Sendable {
  let weeks: Int
  let weeksWithoutLeads: Int
  @OrNull var spend: Double?
  let leads: Int
  @OrNull var spendVariation: Double?
  @OrNull var elasticity: Double?
  @OrNull var elasticityStandardError: Double?
  @OrNull var elasticityLow: Double?
  @OrNull var elasticityHigh: Double?
  @OrNull var priorShare: Double?
  @OrNull var dispersion: Double?

  init(_ evidence: SpendEvidence, _ currency: String) {
    weeks = evidence.paidWeeks
    weeksWithoutLeads = evidence.fit?.weeksWithoutLeads ?? 0
    _spend = OrNull(wrappedValue: Rounded.amount(evidence.spend, currency))
    leads = evidence.leads
    _spendVariation = OrNull(wrappedValue: Rounded.share(evidence.variation))
    _elasticity = OrNull(wrappedValue: Rounded.share(evidence.fit?.response.elasticity))
    _elasticityStandardError = OrNull(wrappedValue: Rounded.share(evidence.fit?.standardError))
    let interval = evidence.elasticityInterval
    _elasticityLow = OrNull(wrappedValue: Rounded.share(interval?.lower))
    _elasticityHigh = OrNull(wrappedValue: Rounded.share(interval?.upper))
    _priorShare = OrNull(wrappedValue: Rounded.share(evidence.priorShare))
    _dispersion = OrNull(wrappedValue: Rounded.share(evidence.dispersion))
  }
}

/// What a lead of a channel is worth in JSON.
struct BudgetWorthWire: Codable, Hashable, Sendable {
  @OrNull var winRate: Double?
  @OrNull var winRateLow: Double?
  @OrNull var winRateHigh: Double?
  @OrNull var ownWinRate: Double?
  let entered: Int
  let won: Int
  let basis: GapRate.Basis
  @OrNull var meanDeal: Double?
  @OrNull var worthDrawnTogether: Double?
  @OrNull var commission: Double?
  @OrNull var salesCostPerLead: Double?
  @OrNull var hoursPerLead: Double?
  @OrNull var valuePerLead: Double?

  init(_ worth: LeadWorth, _ rate: GapRate, _ currency: String) {
    _winRate = OrNull(wrappedValue: Rounded.share(worth.winRate.mean))
    _winRateLow = OrNull(wrappedValue: Rounded.share(worth.winRate.interval.lower))
    _winRateHigh = OrNull(wrappedValue: Rounded.share(worth.winRate.interval.upper))
    _ownWinRate = OrNull(wrappedValue: Rounded.share(worth.ownWinRate))
    entered = rate.entered
    won = rate.converted
    basis = rate.basis
    _meanDeal = OrNull(wrappedValue: Rounded.amount(worth.deal, currency))
    _worthDrawnTogether = OrNull(wrappedValue: Rounded.amount(worth.breakEven, currency))
    _commission = OrNull(wrappedValue: Rounded.amount(worth.commission, currency))
    _salesCostPerLead = OrNull(wrappedValue: Rounded.amount(worth.salesCost, currency))
    _hoursPerLead = OrNull(wrappedValue: Rounded.share(worth.hours))
    _valuePerLead = OrNull(wrappedValue: Rounded.amount(worth.value, currency))
  }
}

/// One channel of a divided budget in JSON.
struct BudgetRowWire: Codable, Hashable, Sendable {
  let name: String
  let today: BudgetPointWire
  @OrNull var proposed: BudgetPointWire?
  @OrNull var change: Double?
  let bound: BudgetRow.Bound
  @OrNull var bestKnown: BudgetPointWire?
  @OrNull var bestKnownChange: Double?
  @OrNull var bestKnownBound: BudgetRow.Bound?
  @OrNull var leastPerMonth: Double?
  @OrNull var mostPerMonth: Double?
  @OrNull var recentLeadsPerMonth: Double?
  @OrNull var cannotTell: String?
  @OrNull var cannotTellWhy: String?
  let evidence: BudgetEvidenceWire
  @OrNull var worth: BudgetWorthWire?

  init(_ row: BudgetRow, _ words: BudgetWords) {
    let currency = words.currency
    func month(_ value: Double) -> OrNull<Double> {
      OrNull(wrappedValue: Rounded.amount(BudgetWords.month(value), currency))
    }
    name = row.name
    today = BudgetPointWire(row.today, currency)
    _proposed = OrNull(wrappedValue: row.proposed.map { BudgetPointWire($0, currency) })
    _change = OrNull(wrappedValue: Rounded.share(row.change))
    bound = row.bound
    _bestKnown = OrNull(wrappedValue: row.best.map { BudgetPointWire($0, currency) })
    _bestKnownChange = OrNull(wrappedValue: Rounded.share(row.bestChange))
    _bestKnownBound = OrNull(wrappedValue: row.bestBound)
    (_leastPerMonth, _mostPerMonth) = (month(row.least), month(row.most))
    _recentLeadsPerMonth = OrNull(
      wrappedValue: Rounded.share(BudgetWords.month(row.recentLeads))
    )
    _cannotTell = OrNull(wrappedValue: row.reservation?.code)
    _cannotTellWhy = OrNull(wrappedValue: row.reservation.map { words.reason($0) })
    evidence = BudgetEvidenceWire(row.evidence, currency)
    _worth = OrNull(wrappedValue: row.worth.map { BudgetWorthWire($0, row.winRate, currency) })
  }
}

/// A channel that is not moved in JSON.
struct BudgetBystanderWire: Codable, Hashable, Sendable {
  let name: String
  let reason: String
  @OrNull var lastWeek: String?
  @OrNull var spendPerMonth: Double?
  @OrNull var leadsPerMonth: Double?

  init(_ other: BudgetBystander, _ currency: String) {
    name = other.name
    reason = other.reason.code
    if case .stopped(let week) = other.reason {
      _lastWeek = OrNull(wrappedValue: week.description)
    } else {
      _lastWeek = OrNull(wrappedValue: nil)
    }
    _spendPerMonth = OrNull(
      wrappedValue: Rounded.amount(BudgetWords.month(other.spend), currency)
    )
    _leadsPerMonth = OrNull(wrappedValue: Rounded.share(BudgetWords.month(other.leads)))
  }
}
