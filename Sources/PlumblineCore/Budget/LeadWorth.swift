import Foundation
public import PlumblineStatistics

/// What a lead of a channel is worth, and how sure that is.
public struct LeadWorth: Hashable, Sendable {
  /// The share of its leads that become customers, after allowing for how few there may be.
  public let winRate: ShrunkRate
  /// What its own leads show, not shrunk; nil without leads.
  public let ownWinRate: Double?
  /// The mean deal, minor units: its own drawn towards everybody's; nil where no deal has an amount.
  public let deal: Double?
  /// What a customer brings: the most that winning one may cost, minor units; nil where there is
  /// no margin agreed or no deal has an amount.
  public let breakEven: Double?
  /// What reps are paid for a customer, minor units.
  public let commission: Double
  /// What sales' work on a lead costs, minor units; nil where not agreed.
  public let salesCost: Double?
  /// The sales hours that a lead takes; nil where nobody said.
  public let hours: Double?

  /// How many of its own deals weigh as much as everybody's mean.
  public static let dealsOfPrior = 30.0

  /// What a lead is worth before its media cost, minor units; nil where nothing says what a
  /// customer brings.
  public var value: Double? {
    breakEven.map { winRate.mean * ($0 - commission) - (salesCost ?? 0) }
  }

  /// What winning a customer costs in all when a lead costs so much, minor units.
  ///
  /// - Parameter costOfLead: What spend one lead takes.
  /// - Returns: The cost with what sales' work costs, where that is agreed; nil for a rate of 0.
  public func costPerWin(_ costOfLead: Double) -> Double? {
    winRate.mean > 0
      ? (costOfLead + (salesCost ?? 0)) / winRate.mean + commission : nil
  }
}

/// Works out what the leads of several channels are worth.
struct LeadAppraiser {
  let economics: Economics
  let hours: SalesHours
  let pooledDeals: AmountSummary

  init(_ units: [BudgetUnit], _ economics: Economics, _ hours: SalesHours) {
    self.economics = economics
    self.hours = hours
    pooledDeals = units.reduce(AmountSummary([])) { $0 + $1.deals }
  }

  /// The worth of a lead of each unit, in their order; nil when no unit has a lead to learn from.
  func worths(_ units: [BudgetUnit]) -> [LeadWorth]? {
    let samples = units.map { unit -> RateSample in
      guard let rate = unit.winRate.rate, let size = unit.winRate.effectiveSampleSize,
        let sample = try? RateSample(successes: min(max(rate, 0), 1) * size, trials: size)
      else { return .noTrials }
      return sample
    }
    guard samples.contains(where: { $0.trials > 0 }) else { return nil }
    return zip(units, zip(samples, ShrunkRate.estimates(samples))).map { unit, rates in
      let deal = meanDeal(unit.deals)
      let perLead = hours.perLead(unit)
      return LeadWorth(
        winRate: rates.1,
        ownWinRate: rates.0.rate,
        deal: deal,
        breakEven: deal.flatMap(economics.lifetimeValue(ofDeal:)),
        commission: deal.map(economics.commission(ofDeal:)) ?? 0,
        salesCost: salesCost(hoursPerLead: perLead),
        hours: perLead
      )
    }
  }

  /// How much a unit's own mean deal weighs against everybody's, 0..<1.
  func ownWeight(_ deals: AmountSummary) -> Double {
    Double(deals.count) / (Double(deals.count) + LeadWorth.dealsOfPrior)
  }

  /// A unit's own mean deal drawn towards everybody's; nil where no deal has an amount.
  private func meanDeal(_ deals: AmountSummary) -> Double? {
    guard let pooled = pooledDeals.mean else { return nil }
    let weight = ownWeight(deals)
    return weight * (deals.mean ?? pooled) + (1 - weight) * pooled
  }

  private func salesCost(hoursPerLead: Double?) -> Double? {
    if let hoursPerLead, let cost = hours.costPerHour { return hoursPerLead * cost }
    guard let month = economics.repMonthCost, let leads = economics.sales.leadsPerRepMonth,
      leads > 0
    else { return nil }
    return Double(month) / leads
  }
}
