/// What the two teams planned, so that `plumbline gap --against plan` has something to compare with.
///
/// Written under `plan` in the agreement:
///
///     plan:
///       leads: 400                       # a month, all channels together
///       rates: {lead-mql: 0.45, mql-sql: 0.5}
///       mean_deal: 12000                 # in the agreement's currency
///       channels:
///         Google Ads: {leads: 180, rates: {lead-mql: 0.5}, mean_deal: 9000}
///
/// Every part may be left out. What a channel does not say it takes from the plan for all channels;
/// what nobody planned is taken as it came out, so it explains nothing of the gap.
public struct GapPlan: Hashable, Sendable {
  /// Planned numbers, for one channel or for all.
  public struct Line: Hashable, Sendable {
    /// Leads a month, 0 or more; nil when the plan does not say.
    public var leadsPerMonth: Double?
    /// Rates within the step's horizon, 0...1, by the step's name such as `lead-mql`.
    ///
    /// A name is made of the ids of two neighbouring stages of the path.
    public var rates: [String: Double]
    /// The mean amount of a won deal, minor units of the agreement's currency.
    public var meanDeal: Int64?

    /// Planned numbers; anything not given was not planned.
    public init(
      leadsPerMonth: Double? = nil,
      rates: [String: Double] = [:],
      meanDeal: Int64? = nil
    ) {
      self.leadsPerMonth = leadsPerMonth
      self.rates = rates
      self.meanDeal = meanDeal
    }
  }

  /// The plan for all channels together.
  public var total: Line
  /// The plans of single channels, by the channel's agreed name.
  public var channels: [String: Line]

  /// A plan.
  public init(total: Line = Line(), channels: [String: Line] = [:]) {
    self.total = total
    self.channels = channels
  }
}
