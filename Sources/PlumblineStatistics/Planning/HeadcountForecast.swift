#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One month of a headcount plan.
public struct HeadcountMonth: Hashable, Sendable {
  /// Reps on the payroll.
  public var reps = 0.0
  /// Reps in units of full output.
  public var effectiveReps = 0.0
  /// Leads that came in.
  public var leads = 0.0
  /// Leads that were worked.
  public var worked = 0.0
  /// The share of capacity that was used; nil without capacity.
  public var utilisation: Double?
  /// Wins that closed.
  public var wins = 0.0
  /// Customers at the end of the month.
  public var customers = 0.0
  /// What customers paid.
  public var income = 0.0
  /// What was paid out.
  public var cost = 0.0
  /// Cash at the end of the month.
  public var cash = 0.0
  /// The part of the cost that wins customers: reps, hiring, spend and commission.
  public var acquisitionCost = 0.0

  /// Income less cost.
  public var net: Double { income - cost }

  /// The acquisition cost per win; nil without wins.
  public var costPerWin: Double? { wins > 0 ? acquisitionCost / wins : nil }
}

/// A headcount plan played out month by month.
public struct HeadcountForecast: Hashable, Sendable {
  /// The months from 0.
  public let months: [HeadcountMonth]
  /// Cash after the last month; the start's without months.
  public let endCash: Double

  /// The month with the least cash, the first of several; nil without months.
  public var lowestMonth: Int? { months.indices.min { months[$0].cash < months[$1].cash } }
  /// The least cash of any month; nil without months.
  public var lowestCash: Double? { lowestMonth.map { months[$0].cash } }
  /// The first month that ends without cash; nil when none does.
  public var cashOutMonth: Int? { months.firstIndex { $0.cash < 0 } }
  /// All wins.
  public var wins: Double { months.reduce(0) { $0 + $1.wins } }
  /// All acquisition cost.
  public var acquisitionCost: Double { months.reduce(0) { $0 + $1.acquisitionCost } }
  /// The acquisition cost per win over all months; nil without wins.
  public var costPerWin: Double? { wins > 0 ? acquisitionCost / wins : nil }

  /// The mean share of capacity used from a month on; nil when none is left or there is none.
  public func utilisation(fromMonth month: Int) -> Double? {
    let used = months.dropFirst(max(month, 0)).compactMap(\.utilisation)
    return used.isEmpty ? nil : used.reduce(0, +) / Double(used.count)
  }
}

extension HeadcountPlan {
  /// The plan played out.
  ///
  /// With annual payments a contract is paid for twelve months in advance and renewed by those
  /// who have not left in a year; the contracts of the customers at the start fall due evenly
  /// over the first twelve months.
  ///
  /// - Returns: Every month and what follows from them.
  /// - Complexity: O(months · (months + cycle)).
  public func forecast() -> HeadcountForecast {
    var months: [HeadcountMonth] = []
    months.reserveCapacity(self.months)
    // Reps by the month they were hired in; those of the start stand apart.
    var veterans = team.startReps
    var hired = Array(repeating: 0.0, count: self.months)
    var produced = Array(repeating: 0.0, count: self.months)
    var contracts = Array(repeating: 0.0, count: self.months)
    var customers = self.customers.startCustomers
    var cash = startCash
    let stay = 1 - team.monthlyAttrition
    let renewal = exp(12 * log1p(-self.customers.monthlyChurn))
    let leads = supply.monthlyLeads
    let revenue = self.customers.monthlyRevenue

    for month in 0..<self.months {
      var row = HeadcountMonth()
      veterans *= stay
      for earlier in 0..<month { hired[earlier] *= stay }
      let joining = month < team.hires.count ? team.hires[month] : 0
      hired[month] = joining
      row.reps = veterans
      row.effectiveReps = veterans
      for start in 0...month {
        row.reps += hired[start]
        row.effectiveReps += hired[start] * team.output(tenure: month - start)
      }

      let capacity = row.effectiveReps * team.capacityPerRep
      row.leads = leads
      row.worked = min(leads, capacity)
      row.utilisation = capacity > 0 ? row.worked / capacity : nil
      produced[month] =
        row.worked * supply.closeRate + (leads - row.worked) * supply.unworkedCloseRate
      for (delay, share) in supply.cycle.enumerated() where delay <= month {
        row.wins += produced[month - delay] * share
      }

      customers = customers * (1 - self.customers.monthlyChurn) + row.wins
      row.customers = customers
      switch self.customers.payments {
      case .monthly:
        row.income = customers * revenue
      case .annual:
        let due = month < 12 ? self.customers.startCustomers / 12 : contracts[month - 12]
        contracts[month] = due * renewal + row.wins
        row.income = contracts[month] * 12 * revenue
      }
      let payroll = row.reps * team.monthlyCostPerRep + joining * team.costPerHire
      row.acquisitionCost =
        payroll + supply.monthlySpend + commission * 12 * revenue * row.wins
      row.cost =
        row.acquisitionCost + monthlyOverhead + row.income * (1 - self.customers.grossMargin)
      cash += row.net
      row.cash = cash
      months.append(row)
    }
    return HeadcountForecast(months: months, endCash: cash)
  }
}
