/// How the sales team's cost falls on leads.
public struct SalesShare: Hashable, Sendable {
  /// By what the cost is shared out.
  public enum Base: String, Sendable, Codable {
    /// Minutes of activities of people, by the agreed minutes of their kind.
    case minutes
    /// Activities of people.
    case activities
    /// Leads, for want of activities on record.
    case leads
    /// Nobody agreed what a rep costs, or no lead has an owner.
    case none
  }

  /// By what the cost is shared out.
  public var base: Base
  /// What the team cost on the days asked; nil where nobody agreed what a rep costs.
  public var team: SalesTeamCost?
  /// The team's minutes, activities or leads on those days, on whichever leads.
  public var units: Double
  /// Activities of each kind without agreed minutes; empty unless `base` is minutes.
  public var unknownKinds: [String: Int]
  /// What one of those counts, in minutes.
  public var minutesOfUnknown: Double
  /// The work that a lead takes in all on average; nil where it is not estimated.
  public var unitsOfLead: Double?

  /// What a minute, an activity or a lead costs, minor units.
  public var costPerUnit: Double { units > 0 ? (team?.whole ?? 0) / units : 0 }
}

/// How marketing's overhead falls on channels.
public struct OverheadShare: Hashable, Sendable {
  /// What was agreed a month, minor units; nil where nothing was.
  public var perMonth: Int64?
  /// The days asked, in months.
  public var months: Double
  /// By what it is divided.
  public var rule: Economics.OverheadRule
  /// Whether the agreed rule had nothing to divide by, so that the other was taken.
  public var isFallback: Bool
  /// Whether there is nothing at all to divide by: no line bears it.
  public var isUnallocated: Bool

  /// What falls on the days asked, minor units.
  public var whole: Double { Double(perMonth ?? 0) * months }
}

/// The whole answer of `plumbline economics`; amounts are minor units.
public struct EconomicsAnswer: Sendable {
  /// What was asked.
  public var question: EconomicsQuestion
  /// The same as cells are asked, with the days that count.
  public var cells: FunnelQuestion
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The first and last day that count.
  public var days: ClosedRange<Int>
  /// Whether somebody asked for days; otherwise they are those with spend.
  public var areDaysAsked: Bool
  /// The days from coming in within which wins count as still to come.
  public var horizon: StretchHorizon
  /// The lines, dearest first; leads and spend without a channel or campaign last.
  public var rows: [EconomicsRow]
  /// Everything together.
  public var total: EconomicsRow
  /// How sales' cost falls on leads.
  public var sales: SalesShare
  /// How overhead falls on channels.
  public var overhead: OverheadShare
  /// Costs of the whole that no line bears: 0 up to rounding, but for overhead that nothing can be
  /// divided by; nil where conditions leave lines out.
  public var residual: Double?
  /// Leads that came in on other days, or on an unknown one.
  public var leadsOnOtherDays: Int
  /// Customers of the lines' leads whose day of winning nobody knows.
  public var undatedWins: Int
  /// Won deals of which nobody knows the lead: in no cohort, and a line of their own in the cash
  /// view; those closed on the days asked there, else all.
  public var dealsWithoutLead: DealsWithoutLead
  /// Channels whose cheap meetings hide dear customers.
  public var hiddenCosts: [HiddenCost]
  /// What the ad reports claim.
  public var claims: AdClaims

  /// Whether there are any leads to set against spend.
  public var hasLeads: Bool { total.leads > 0 || leadsOnOtherDays > 0 }

  /// Whether an agreed share of revenue is paid to reps.
  public var hasCommission: Bool { total.commission > 0 }
}
