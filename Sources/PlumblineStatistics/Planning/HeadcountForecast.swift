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
  /// The plan played out as expected.
  ///
  /// With annual payments a contract is paid for twelve months in advance and renewed by those
  /// who have not left in a year; the contracts of the customers at the start fall due evenly
  /// over the first twelve months.
  ///
  /// - Returns: Every month and what follows from them.
  /// - Complexity: O(months · (ramp + cycle)).
  public func forecast() -> HeadcountForecast {
    var chance = ExpectedCourse()
    return played(by: &chance)
  }

  /// The plan played out with something that decides what chance leaves open.
  func played(by chance: inout some HeadcountChance) -> HeadcountForecast {
    var rows: [HeadcountMonth] = []
    rows.reserveCapacity(months)
    var staff = Staff(team)
    var arrivals = (0..<months).map { month in
      month < earlierWins.count ? chance.earlierWins(in: month, expected: earlierWins[month]) : 0
    }
    var contracts = Array(repeating: 0.0, count: months)
    var present = customers.startCustomers
    // Customers in units of one that pays as much as planned.
    var paying = customers.startCustomers
    var cash = startCash
    let renewal = exp(12 * log1p(-customers.monthlyChurn))
    let revenue = customers.monthlyRevenue

    for month in 0..<months {
      var row = HeadcountMonth()
      let supply = supply(inMonth: month)
      let joining = staff.advance(to: month)
      row.reps = staff.reps
      row.effectiveReps = staff.effectiveReps(in: month)

      let capacity = row.effectiveReps * team.capacityPerRep
      row.leads = chance.leads(in: month, expected: supply.monthlyLeads)
      row.worked = min(row.leads, capacity)
      row.utilisation = capacity > 0 ? row.worked / capacity : nil
      chance.addWins(of: row, supply, to: &arrivals, from: month)
      row.wins = arrivals[month]
      let worth = chance.worth(ofWins: row.wins, in: month)

      present = present * (1 - customers.monthlyChurn) + row.wins
      paying = paying * (1 - customers.monthlyChurn) + worth
      row.customers = present
      switch customers.payments {
      case .monthly:
        row.income = paying * revenue
      case .annual:
        let due = month < 12 ? customers.startCustomers / 12 : contracts[month - 12]
        contracts[month] = due * renewal + worth
        row.income = contracts[month] * 12 * revenue
      }
      let payroll = row.reps * team.monthlyCostPerRep + joining * team.costPerHire
      row.acquisitionCost = payroll + supply.monthlySpend + commission * 12 * revenue * worth
      row.cost = row.acquisitionCost + monthlyOverhead + row.income * (1 - customers.grossMargin)
      cash += row.net
      row.cash = cash
      rows.append(row)
    }
    return HeadcountForecast(months: rows, endCash: cash)
  }
}

/// The reps of a plan, month by month.
private struct Staff {
  let team: SalesTeam
  /// Reps past their ramp.
  private var veterans: Double
  /// Reps in their ramp by the month they were hired in, the earliest first.
  private var trainees: [(month: Int, reps: Double)] = []

  init(_ team: SalesTeam) {
    self.team = team
    veterans = team.startReps
  }

  var reps: Double { trainees.reduce(veterans) { $0 + $1.reps } }

  func effectiveReps(in month: Int) -> Double {
    trainees.reduce(veterans) { $0 + $1.reps * team.output(tenure: month - $1.month) }
  }

  /// Reps leave and grow in tenure, then hires join.
  ///
  /// - Returns: How many join.
  mutating func advance(to month: Int) -> Double {
    let stay = 1 - team.monthlyAttrition
    veterans *= stay
    for index in trainees.indices { trainees[index].reps *= stay }
    while let first = trainees.first, month - first.month >= team.ramp.count {
      veterans += first.reps
      trainees.removeFirst()
    }
    if month < team.departures.count { letGo(team.departures[month]) }
    let joining = month < team.hires.count ? team.hires[month] : 0
    if joining > 0 { trainees.append((month, joining)) }
    return joining
  }

  private mutating func letGo(_ count: Double) {
    var rest = count
    let leaving = min(veterans, rest)
    veterans -= leaving
    rest -= leaving
    for index in trainees.indices where rest > 0 {
      let leaving = min(trainees[index].reps, rest)
      trainees[index].reps -= leaving
      rest -= leaving
    }
  }
}
