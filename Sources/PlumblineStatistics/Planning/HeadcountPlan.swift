/// The team that works leads, and what it costs.
public struct SalesTeam: Hashable, Sendable {
  /// Reps at the start, all past their ramp.
  public var startReps: Double
  /// Reps hired in each month from 0; none in months beyond the list.
  public var hires: [Double]
  /// Reps let go in each month from 0, those longest there first; none in months beyond the list.
  public var departures: [Double]
  /// The share of full output in each month since being hired; full output after the last.
  public var ramp: [Double]
  /// The share of reps that leave each month.
  public var monthlyAttrition: Double
  /// The leads that a rep past the ramp works in a month.
  public var capacityPerRep: Double
  /// What a rep costs per month, without commission.
  public var monthlyCostPerRep: Double
  /// What it costs to hire one.
  public var costPerHire: Double

  /// A team.
  public init(
    startReps: Double,
    hires: [Double] = [],
    departures: [Double] = [],
    ramp: [Double] = [],
    monthlyAttrition: Double = 0,
    capacityPerRep: Double,
    monthlyCostPerRep: Double,
    costPerHire: Double = 0
  ) {
    self.startReps = startReps
    self.hires = hires
    self.departures = departures
    self.ramp = ramp
    self.monthlyAttrition = monthlyAttrition
    self.capacityPerRep = capacityPerRep
    self.monthlyCostPerRep = monthlyCostPerRep
    self.costPerHire = costPerHire
  }

  /// The share of full output of a rep after some months.
  func output(tenure: Int) -> Double { tenure < ramp.count ? ramp[tenure] : 1 }
}

/// The leads that come in, and how they turn into wins.
public struct LeadSupply: Hashable, Sendable {
  /// Leads a month that come without spend.
  public var baseLeads: Double
  /// Media spend a month.
  public var monthlySpend: Double
  /// The leads that the spend brings.
  public var response: SpendResponse
  /// The share of worked leads that are won.
  public var closeRate: Double
  /// The share of leads nobody works that are won all the same.
  public var unworkedCloseRate: Double
  /// The share of wins that come in each month after the lead, from the same month on.
  public var cycle: [Double]

  /// A supply of leads.
  public init(
    baseLeads: Double,
    monthlySpend: Double,
    response: SpendResponse,
    closeRate: Double,
    unworkedCloseRate: Double = 0,
    cycle: [Double] = [1]
  ) {
    self.baseLeads = baseLeads
    self.monthlySpend = monthlySpend
    self.response = response
    self.closeRate = closeRate
    self.unworkedCloseRate = unworkedCloseRate
    self.cycle = cycle
  }

  /// Leads a month.
  public var monthlyLeads: Double { baseLeads + response.leads(spend: monthlySpend) }
}

/// Leads that come in, or close, differently from a month on.
public struct SupplyChange: Hashable, Sendable {
  /// The first month of which it holds, from 0.
  public var month: Int
  /// The leads from then on.
  public var supply: LeadSupply

  /// A change.
  public init(month: Int, supply: LeadSupply) {
    self.month = month
    self.supply = supply
  }
}

/// When customers pay.
public enum PaymentTerms: String, CaseIterable, Codable, Sendable {
  /// Each month for that month.
  case monthly
  /// Each year in advance.
  case annual
}

/// The customers there are and how they pay.
public struct CustomerBook: Hashable, Sendable {
  /// Customers at the start.
  public var startCustomers: Double
  /// The revenue of one customer per month.
  public var monthlyRevenue: Double
  /// The share of income left after serving customers.
  public var grossMargin: Double
  /// The share of customers that leave each month.
  public var monthlyChurn: Double
  /// When customers pay.
  public var payments: PaymentTerms

  /// Customers.
  public init(
    startCustomers: Double,
    monthlyRevenue: Double,
    grossMargin: Double,
    monthlyChurn: Double,
    payments: PaymentTerms = .monthly
  ) {
    self.startCustomers = startCustomers
    self.monthlyRevenue = monthlyRevenue
    self.grossMargin = grossMargin
    self.monthlyChurn = monthlyChurn
    self.payments = payments
  }
}

/// A plan for reps, leads and cash over the coming months.
///
/// Expectations only: a month's odds are not in it, see `HeadcountOdds`. The order inside a month is
/// fixed: reps leave and grow in tenure, hires join, leads are worked as far as capacity goes,
/// wins of this and earlier months close, customers pay, everybody is paid.
public struct HeadcountPlan: Hashable, Sendable {
  /// The number of months.
  public let months: Int
  /// The team.
  public let team: SalesTeam
  /// The leads.
  public let supply: LeadSupply
  /// What becomes of them later, by month; the last one of a month holds.
  public let supplyChanges: [SupplyChange]
  /// Wins in each month from 0 that leads of before the plan still bring; none beyond the list.
  public let earlierWins: [Double]
  /// The customers.
  public let customers: CustomerBook
  /// Other costs per month.
  public let monthlyOverhead: Double
  /// The share of the first year's revenue that is paid for a win.
  public let commission: Double
  /// Cash before the first month.
  public let startCash: Double

  /// The most months that are looked ahead: fifty years.
  public static let mostMonths = 600

  /// A plan.
  ///
  /// - Parameters:
  ///   - months: The number of months.
  ///   - team: The team.
  ///   - supply: The leads.
  ///   - supplyChanges: What becomes of them later, in any order.
  ///   - earlierWins: Wins that leads of before the plan still bring, by month.
  ///   - customers: The customers.
  ///   - monthlyOverhead: Other costs per month.
  ///   - commission: The share of the first year's revenue that is paid for a win.
  ///   - startCash: Cash before the first month; negative when there is debt.
  /// - Throws: `StatisticsError` for a number outside its range.
  public init(
    months: Int,
    team: SalesTeam,
    supply: LeadSupply,
    supplyChanges: [SupplyChange] = [],
    earlierWins: [Double] = [],
    customers: CustomerBook,
    monthlyOverhead: Double = 0,
    commission: Double = 0,
    startCash: Double = 0
  ) throws(StatisticsError) {
    guard (0...Self.mostMonths).contains(months) else {
      throw .negativeOrNotFinite(Double(Self.mostMonths - months))
    }
    let supplies = [supply] + supplyChanges.map(\.supply)
    let amounts =
      [
        team.startReps, team.capacityPerRep, team.monthlyCostPerRep, team.costPerHire,
        customers.startCustomers, customers.monthlyRevenue, monthlyOverhead, commission,
      ] + team.hires + team.departures + team.ramp + earlierWins
      + supplies.flatMap { [$0.baseLeads, $0.monthlySpend] + $0.cycle }
    for value in amounts where !(value >= 0 && value.isFinite) { throw .negativeOrNotFinite(value) }
    let shares =
      [team.monthlyAttrition, customers.monthlyChurn]
      + supplies.flatMap { [$0.closeRate, $0.unworkedCloseRate] }
    for value in shares where !(0...1).contains(value) { throw .notAShare(value) }
    for value in [customers.grossMargin, startCash] where !value.isFinite {
      throw .notFinite(value)
    }
    self.months = months
    self.team = team
    self.supply = supply
    self.supplyChanges = Self.inOrder(supplyChanges)
    self.earlierWins = earlierWins
    self.customers = customers
    self.monthlyOverhead = monthlyOverhead
    self.commission = commission
    self.startCash = startCash
  }

  /// The same plan with another team, whose numbers lie in their ranges.
  init(_ plan: HeadcountPlan, team: SalesTeam) {
    self.init(plan, team: team, mapping: { $0 })
  }

  /// The same plan with another team and other leads, whose numbers lie in their ranges.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - team: The team.
  ///   - change: What becomes of the leads, at the start and after each change.
  init(_ plan: HeadcountPlan, team: SalesTeam, mapping change: (LeadSupply) -> LeadSupply) {
    months = plan.months
    self.team = team
    supply = change(plan.supply)
    supplyChanges = plan.supplyChanges.map {
      SupplyChange(month: $0.month, supply: change($0.supply))
    }
    earlierWins = plan.earlierWins
    customers = plan.customers
    monthlyOverhead = plan.monthlyOverhead
    commission = plan.commission
    startCash = plan.startCash
  }

  /// The leads of a month.
  public func supply(inMonth month: Int) -> LeadSupply {
    supplyChanges.last { $0.month <= month }?.supply ?? supply
  }

  /// By month; of one month as they were given.
  private static func inOrder(_ changes: [SupplyChange]) -> [SupplyChange] {
    changes.enumerated().sorted {
      ($0.element.month, $0.offset) < ($1.element.month, $1.offset)
    }.map(\.element)
  }
}
