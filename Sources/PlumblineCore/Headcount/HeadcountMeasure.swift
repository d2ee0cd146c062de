/// What an input was measured from.
public struct HeadcountMeasure: Hashable, Sendable {
  /// How.
  public enum Kind: String, Codable, Sendable {
    /// Owners that worked leads lately.
    case activeReps = "active_reps"
    /// What the busiest tenth of rep-months worked.
    case busiestReps = "busiest_reps"
    /// Leads handed to sales in whole months.
    case monthlyLeads = "monthly_leads"
    /// Spend in whole months.
    case monthlySpend = "monthly_spend"
    /// Weeks of spend and leads.
    case weeks
    /// The curve from hand-off to won, of leads that were worked.
    case workedLeads = "worked_leads"
    /// The curve from hand-off to won, of leads that nobody worked.
    case unworkedLeads = "unworked_leads"
    /// Won deals with an amount.
    case wonDeals = "won_deals"
    /// Won deals less those that churn has taken since.
    case customers
    /// A mix of channels other than today's.
    case mix
  }

  /// How.
  public var kind: Kind
  /// How many records, months or weeks it rests on.
  public var count: Int
  /// The days of a horizon, or the months looked at; nil where it is neither.
  public var span: Int?

  /// Whether it counts records that can be named, see `EmbeddedCells.records(behind:)`.
  public var isOfRecords: Bool { kind != .weeks && kind != .mix }

  /// A measure.
  public init(_ kind: Kind, count: Int, span: Int? = nil) {
    self.kind = kind
    self.count = count
    self.span = span
  }
}
