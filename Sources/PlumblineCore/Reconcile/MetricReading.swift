public import PlumblineStatistics

/// What a metric is under one definition: a fraction of whole numbers, or an estimate.
public struct MetricReading: Hashable, Sendable {
  /// What is divided by what.
  public enum Unit: String, Sendable, Codable {
    /// Leads by leads.
    case leads
    /// Deals by deals.
    case deals
    /// Minor units of the agreement's currency by such.
    case money
    /// Seconds of leads by leads.
    case seconds
    /// Cost by monthly income: months.
    case months
  }

  /// Why there is no number.
  public enum Absence: String, Sendable, Codable {
    /// There is nothing to divide by.
    case nothingToCount = "nothing_to_count"
    /// Nobody has been there long enough.
    case notOldEnough = "not_old_enough"
    /// Too many of those who converted did so at an unknown time.
    case undated
    /// Fewer than half were ever touched.
    case notReached = "not_reached"
    /// The quota is won already.
    case quotaReached = "quota_reached"
    /// There is neither a goal nor a quota for the period.
    case noQuota = "no_quota"
    /// No open deal says how likely it is to be won.
    case noProbability = "no_probability"
    /// The agreement does not say what share of revenue is left after the cost of delivering it.
    case noMargin = "no_margin"
    /// The agreement does not say over how many months a deal's amount is earned.
    case noHorizon = "no_horizon"
    /// There is no spend on record.
    case noSpend = "no_spend"
    /// No won deal has an amount.
    case noRevenue = "no_revenue"
    /// The agreement does not say what a rep costs.
    case noSalesCost = "no_sales_cost"
    /// What a customer brings never covers what it cost to win.
    case neverPaidBack = "never_paid_back"
    /// Nobody recorded what was done for leads.
    case noActivities = "no_activities"
  }

  /// What is divided by what.
  public var unit: Unit
  /// What is counted.
  public var numerator: Int128
  /// What it is divided by.
  public var denominator: Int128
  /// How many records the number rests on; a rate's are those it is a share of.
  public var records: Int
  /// The number where it is estimated and is not the fraction; nil where it is the fraction.
  public var estimate: Double?
  /// Whether the number is an estimate: with no `estimate` there is none, whatever the fraction.
  public var isEstimated: Bool
  /// The 95 % interval; nil where the fraction is no share of its own base, as of money.
  public var interval: ConfidenceInterval?
  /// Why there is no number; nil where there is one.
  public var absence: Absence?

  init(
    _ unit: Unit,
    _ numerator: Int128,
    _ denominator: Int128,
    records: Int,
    interval: ConfidenceInterval? = nil,
    absence: Absence? = nil
  ) {
    self.unit = unit
    self.numerator = numerator
    self.denominator = denominator
    self.records = records
    self.interval = interval
    isEstimated = false
    self.absence = absence ?? (denominator > 0 ? nil : .nothingToCount)
  }

  /// The fraction, where the number is one.
  public var ratio: ExactRatio? {
    isEstimated || absence != nil ? nil : ExactRatio(numerator, denominator)
  }

  /// The number; nil where there is none.
  public var value: Double? {
    guard absence == nil else { return nil }
    return isEstimated ? estimate : ratio?.value
  }

  /// Whether the number is a share of its base, to be read as percent.
  public var isShare: Bool { unit == .leads || unit == .deals || unit == .money }
}
