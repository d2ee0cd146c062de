import PlumblineStatistics

/// A channel that money can be moved to or from, before it is moved.
struct BudgetCandidate {
  let unit: BudgetUnit
  let evidence: SpendEvidence
  let worth: LeadWorth?
  /// What is spent on it a week today.
  let today: Double
  /// Why the data cannot tell; nil when they can.
  private(set) var reservation: BudgetReservation?
  /// Whether it stays at today's spend.
  private(set) var isHeld = false
  /// The least to spend a week.
  private(set) var least = 0.0
  /// The most to spend a week.
  private(set) var most = 0.0
  private let askedLeast: Double?
  private let askedMost: Double?

  init(
    unit: BudgetUnit,
    evidence: SpendEvidence,
    worth: LeadWorth?,
    today: Double,
    least: Double?,
    most: Double?
  ) {
    self.unit = unit
    self.evidence = evidence
    self.worth = worth
    self.today = today
    askedLeast = least
    askedMost = most
  }

  /// Decides whether the data can tell, and how far the spend may be moved.
  mutating func judge(_ draws: [BudgetDraws.Draw], _ options: BudgetOptions) {
    reservation = reservation(draws)
    isHeld = reservation != nil && !options.movesAnyway
    let reach = isHeld ? 0 : options.move
    least = askedLeast ?? today * (1 - reach)
    most = askedMost ?? today * (1 + reach)
    // A bound that was asked for wins over one that was not.
    if let askedLeast, askedMost == nil { most = max(most, askedLeast) }
    if let askedMost, askedLeast == nil { least = min(least, askedMost) }
    if isHeld {
      let held = min(max(today, least), max(least, most))
      (least, most) = (held, held)
    }
    if options.budgetPerMonth == 0, askedLeast ?? 0 == 0 {
      (isHeld, least, most) = (false, 0, 0)
    }
  }

  /// Whether a spend keeps the bounds that were asked for.
  func allows(_ spend: Double) -> Bool {
    let slack = 1e-6 * max(spend, 1)
    return spend >= (askedLeast ?? 0) - slack && spend <= (askedMost ?? .infinity) + slack
  }

  private func reservation(_ draws: [BudgetDraws.Draw]) -> BudgetReservation? {
    guard let worth, !draws.isEmpty else { return .noWinRate }
    if evidence.leads == 0, evidence.paidWeeks > 0 {
      return isHopeless(worth) ? nil : .noLeads(weeks: evidence.paidWeeks)
    }
    let weeks = evidence.fit?.weeksUsed ?? 0
    if weeks < SpendEvidence.fewestWeeks {
      return .tooFewWeeks(have: weeks, need: SpendEvidence.fewestWeeks)
    }
    let without = Double(evidence.paidWeeks - weeks) / Double(max(evidence.paidWeeks, 1))
    if without > SpendEvidence.mostWithoutLeads { return .weeksWithoutLeads(share: without) }
    if let variation = evidence.variation, variation < SpendEvidence.leastVariation {
      return .hardlyVaried(share: variation)
    }
    let spend = today > 0 ? today : evidence.spend / Double(max(evidence.paidWeeks, 1))
    let costs = draws.compactMap { draw -> Double? in
      guard let cost = draw.response?.marginalCost(spend: spend), draw.winRate > 0 else {
        return nil
      }
      return cost / draw.winRate
    }.sorted()
    guard let low = BudgetSpread.quantile(0.1, of: costs), low > 0,
      let high = BudgetSpread.quantile(0.9, of: costs)
    else { return .noWinRate }
    let factor = high / low
    return factor > SpendEvidence.widestFactor ? .tooWide(factor: factor) : nil
  }

  /// Whether even as many leads as chance allows after none came would cost more than they are
  /// worth.
  private func isHopeless(_ worth: LeadWorth) -> Bool {
    guard let value = worth.value else { return false }
    return evidence.spend / ConfidenceInterval.garwood(count: 0).upper > max(value, 0)
  }

  /// How its leads answer to spend, as far as the allocation sees it.
  var response: SpendResponse? { evidence.fit?.response }
}
