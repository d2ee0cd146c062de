public import PlumblineStatistics

/// One thing that a simulation of reps and cash has to know.
public enum HeadcountInput: String, CaseIterable, Codable, Sendable {
  /// Reps at the start.
  case reps
  /// Leads that a rep past the ramp works in a month.
  case leadsPerRep = "leads_per_rep"
  /// The share of full output in each month since being hired.
  case ramp
  /// The factor by which a ramp is longer in one of ten cases.
  case rampSpread = "ramp_spread"
  /// The share of reps that leave each month.
  case attrition
  /// What a rep costs a month.
  case repCost = "rep_cost"
  /// What it costs to hire one.
  case hireCost = "hire_cost"
  /// Leads a month that come without spend.
  case leads
  /// Media spend a month.
  case spend
  /// The leads a month that this spend brings.
  case paidLeads = "paid_leads"
  /// By how many percent paid leads rise when spend rises by one.
  case elasticity
  /// The variance of a month's leads over their mean.
  case leadSpread = "lead_spread"
  /// The months that the level of leads rests on.
  case leadMonths = "lead_months"
  /// The share of worked leads that are won.
  case closeRate = "close_rate"
  /// The leads that the close rate rests on.
  case closeRateSample = "close_rate_of"
  /// The share of leads nobody works that are won.
  case unworkedCloseRate = "unworked_close_rate"
  /// The share of wins that come in each month after the lead.
  case cycle
  /// The amount of a deal.
  case deal
  /// The months of revenue that a deal's amount stands for.
  case dealMonths = "deal_months"
  /// The standard deviation of deals over their mean.
  case dealSpread = "deal_spread"
  /// The deals that their mean rests on.
  case dealSample = "deal_of"
  /// The share of revenue left after serving customers.
  case grossMargin = "gross_margin"
  /// The share of customers that leave each month.
  case churn
  /// Customers at the start.
  case customers
  /// When customers pay.
  case payments
  /// The share of a won customer's first year that is paid to reps.
  case commission
  /// What the company pays each month besides marketing and sales.
  case otherCost = "other_cost"
  /// Cash before the first month.
  case cash
  /// The months over which a customer's revenue is counted.
  case horizon
  /// What a month of waiting takes off the value of money.
  case discount

  /// What an input is counted in.
  public enum Unit: Sendable {
    /// Things.
    case count
    /// Whole months.
    case months
    /// A fraction of 1.
    case share
    /// Shares by month.
    case shares
    /// A factor.
    case factor
    /// Minor units of the currency.
    case money
    /// A word.
    case payments
  }

  /// What it is counted in.
  public var unit: Unit {
    switch self {
    case .reps, .leadsPerRep, .leads, .paidLeads, .closeRateSample, .dealSample, .customers: .count
    case .ramp, .cycle: .shares
    case .rampSpread, .leadSpread, .dealSpread: .factor
    case .attrition, .elasticity, .closeRate, .unworkedCloseRate, .grossMargin, .churn,
      .commission, .discount:
      .share
    case .repCost, .hireCost, .spend, .deal, .otherCost, .cash: .money
    case .leadMonths, .dealMonths, .horizon: .months
    case .payments: .payments
    }
  }

  /// The numbers that it may be.
  public var range: ClosedRange<Double> {
    switch self {
    case .cash: -1e15...1e15
    case .rampSpread, .leadSpread: 1...1000
    case .dealMonths: 1...1200
    default: unit == .share ? 0...1 : 0...1e15
    }
  }

  /// Whether it may change in the middle of a plan.
  public var mayChange: Bool {
    switch self {
    case .leads, .spend, .paidLeads, .elasticity, .closeRate, .unworkedCloseRate: true
    default: false
    }
  }

  /// Whether there is no simulation without it.
  public var isNeeded: Bool {
    switch self {
    case .reps, .leadsPerRep, .repCost, .closeRate, .deal, .grossMargin: true
    default: false
    }
  }

  /// What is taken where nobody says anything else; nil where nothing can be taken.
  public var usual: HeadcountValue? {
    switch self {
    case .ramp: .shares(HeadcountValue.ramp(months: 3))
    case .rampSpread: .number(1.5)
    case .elasticity: .number(SpendResponseFit.priorElasticity)
    case .leadSpread: .number(1)
    case .cycle: .shares([1])
    case .dealMonths: .number(12)
    case .payments: .payments(.monthly)
    case .attrition, .hireCost, .leads, .spend, .paidLeads, .unworkedCloseRate, .churn,
      .customers, .commission, .otherCost, .discount, .dealSpread, .cash:
      .number(0)
    case .leadMonths, .closeRateSample, .dealSample, .horizon, .reps, .leadsPerRep, .repCost,
      .closeRate, .deal, .grossMargin:
      nil
    }
  }
}

/// The value of an input.
public enum HeadcountValue: Hashable, Sendable {
  /// A number; money in minor units, shares as fractions.
  case number(Double)
  /// Shares by month.
  case shares([Double])
  /// When customers pay.
  case payments(PaymentTerms)

  /// The number; nil for anything else.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The shares; nil for anything else.
  public var shares: [Double]? { if case .shares(let shares) = self { shares } else { nil } }

  /// A ramp that rises evenly from nothing: in month t of n a rep gives t/n of full output.
  public static func ramp(months: Int) -> [Double] {
    (0..<max(months, 0)).map { Double($0) / Double(months) }
  }
}

/// Where the value of an input comes from.
public enum HeadcountSource: Hashable, Sendable {
  /// From records.
  case measured(HeadcountMeasure)
  /// From the agreement, under a key of its economics.
  case agreed(String)
  /// From an option of the command.
  case option(String)
  /// From a scenario file, where it says what holds today.
  case file(String)
  /// From a scenario, which has it in the place of today's.
  case scenario(String)
  /// From nowhere: what is usual is taken.
  case assumed
}

/// An input with its value and where it comes from.
public struct SourcedValue: Hashable, Sendable {
  /// The value.
  public var value: HeadcountValue
  /// Where it comes from.
  public var source: HeadcountSource
  /// The values that the records support (95 %), where it was measured and they say it.
  public var interval: ConfidenceInterval?

  /// A value from somewhere.
  public init(
    _ value: HeadcountValue,
    from source: HeadcountSource,
    interval: ConfidenceInterval? = nil
  ) {
    self.value = value
    self.source = source
    self.interval = interval
  }
}
