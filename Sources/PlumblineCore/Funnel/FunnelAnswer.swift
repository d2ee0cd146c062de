public import PlumblineStatistics

/// The share of those who entered a stage that reached a later one within so many days.
///
/// A rate comes with its interval and maturity, or with the reason why there is none.
public struct RateEstimate: Hashable, Sendable {
  /// Whether the data support the rate.
  public enum Status: String, Sendable, Codable {
    /// The rate stands.
    case supported
    /// Nobody has been there long enough; see `longestSupportedDays`.
    case notOldEnough = "not_old_enough"
    /// Nobody entered.
    case noEntries = "no_entries"
    /// Too many of those who converted did so at an unknown time.
    case undated
  }

  /// Days after entering within which conversions count.
  public var withinDays: Int
  /// Those who entered, dated or not.
  public var entered: Int
  /// Those who have converted so far, at whatever time.
  public var converted: Int
  /// Whether the data support the rate.
  public var status: Status
  /// The Aalen–Johansen rate, 0...1; nil unless supported.
  public var rate: Double?
  /// Its 95 % interval.
  public var interval: ConfidenceInterval?
  /// The number of leads that a plain share would need to be as certain.
  public var effectiveSampleSize: Double?
  /// The share of those who entered whose state `withinDays` after entering is known, 0...1.
  public var maturity: Double?
  /// The longest span of days that the data support, when `withinDays` is too long.
  public var longestSupportedDays: Int?
  /// Converted over entered, whatever their age: too low while cohorts are young.
  public var naiveRate: Double?
}

/// How many booked meetings were held, with what nobody recorded.
public struct ShowUp: Hashable, Sendable {
  /// Where the outcomes come from.
  public enum Source: String, Sendable, Codable {
    /// Meetings with outcomes.
    case meetings
    /// Stage dates alone: a booked meeting without a held date is unconfirmed.
    case stages
  }
  /// Where the outcomes come from.
  public var source: Source
  /// Meetings that took place.
  public var held: Int
  /// Meetings to which the lead did not come.
  public var noShow: Int
  /// Meetings called off or moved beforehand; not part of the rate.
  public var calledOff: Int
  /// Meetings in the past of which nobody recorded an outcome.
  public var unconfirmed: Int
  /// Meetings still to come.
  public var upcoming: Int

  /// Held over held and missed; nil when there are none.
  public var rate: Double? { held + noShow > 0 ? Double(held) / Double(held + noShow) : nil }
  /// The 95 % interval of the rate.
  public var interval: ConfidenceInterval? {
    held + noShow > 0 ? .wilson(successes: Double(held), trials: Double(held + noShow)) : nil
  }
  /// The share of past meetings without a recorded outcome.
  public var unconfirmedShare: Double? {
    past > 0 ? Double(unconfirmed) / Double(past) : nil
  }
  /// The rate if no unconfirmed meeting took place.
  public var lowerBound: Double? { past > 0 ? Double(held) / Double(past) : nil }
  /// The rate if every unconfirmed meeting took place.
  public var upperBound: Double? { past > 0 ? Double(held + unconfirmed) / Double(past) : nil }
  private var past: Int { held + noShow + unconfirmed }
}

/// What customers cost and bring.
///
/// Amounts are minor units of the answer's currency.
public struct MoneyAnswer: Hashable, Sendable {
  /// Whether customers bring more than their media cost: of media alone, not whether they pay.
  public enum Verdict: String, Sendable, Codable {
    case profitable, unprofitable
    case cannotTell = "cannot_tell"
  }
  /// Media spend; nil where spend cannot be told apart.
  public var spend: Int64?
  /// Spend over meetings booked.
  public var costPerMeetingBooked: Double?
  /// Spend over meetings held.
  public var costPerMeetingHeld: Double?
  /// The 95 % interval of `costPerMeetingHeld`.
  public var costPerMeetingHeldLower: Double?
  /// The upper end of the interval.
  public var costPerMeetingHeldUpper: Double?
  /// Customers won, the base of the cost per customer.
  public var wins: Int
  /// Media spend over customers won so far.
  public var mediaCAC: Double?
  /// The 95 % interval of `mediaCAC`; without an upper end when nobody was won.
  public var mediaCACLower: Double?
  /// The upper end of the interval.
  public var mediaCACUpper: Double?
  /// Media spend and the share of sales' cost, over customers won so far: not all costs, which
  /// `EconomicsBuilder` knows.
  public var loadedCAC: Double?
  /// The 95 % interval of `loadedCAC`.
  public var loadedCACLower: Double?
  /// The upper end of the interval.
  public var loadedCACUpper: Double?
  /// Won deals.
  public var wonDeals: Int
  /// Won deals whose amount is unknown.
  public var wonDealsWithoutAmount: Int
  /// Amounts of won deals.
  public var revenue: Int64
  /// Revenue over the won deals that have an amount.
  public var meanDeal: Double?
  /// What a customer brings after the cost of delivery: mean deal x gross margin.
  public var breakEvenCAC: Double?
  /// `mediaCAC`'s interval against `breakEvenCAC`.
  public var verdict: Verdict
}

/// What became of those who entered a stage.
public struct TransitionAnswer: Hashable, Sendable {
  /// The stage entered and the next one, by id.
  public var from: String
  /// The next stage's id.
  public var to: String
  /// `entered = advanced + detoured + open + residual`.
  public var count: TransitionCount
  /// The rate within the stretch's horizon.
  public var rate: RateEstimate
}

/// One line of a funnel: a group, or everything.
public struct FunnelRow: Hashable, Sendable {
  /// The group's value; empty for the total.
  public var group: String
  /// Episodes: passes through the path; a lead given back that returns begins another.
  public var episodes: Int
  /// Leads, counted by their first episode.
  public var leads: Int
  /// Episodes that reached each stage of the path.
  public var reached: [Int]
  /// One for each stage but the last.
  public var transitions: [TransitionAnswer]
  /// From the first stage to the last.
  public var firstToLast: RateEstimate
  /// From a meeting held (or what stands for it) to the last stage; nil on a path of two stages.
  public var close: RateEstimate?
  /// Meetings booked and held; nil when the path knows no meetings and there are none.
  public var showUp: ShowUp?
  /// Cost and revenue.
  public var money: MoneyAnswer
  /// Days from the first stage to the last for half of those who get there; open leads count as
  /// not there yet.
  public var medianDaysToWin: Double?
  /// The same for 90 %.
  public var ninetiethPercentileDaysToWin: Double?
}

/// The days within which a stretch is judged, and where they come from.
public struct StretchHorizon: Hashable, Sendable {
  /// The stage entered, by id.
  public var from: String
  /// The stage looked for, by id.
  public var to: String
  /// Days.
  public var days: Int
  /// Whether the agreement says so; otherwise the data did.
  public var isAgreed: Bool
}

/// The funnel under each skip rule: how many reached each stage.
public struct SkipComparison: Hashable, Sendable {
  /// The rule.
  public var skips: SkipRule
  /// Episodes that reached each stage.
  public var reached: [Int]
}

/// The whole answer of `plumbline funnel`.
public struct FunnelAnswer: Sendable {
  /// The question.
  public var question: FunnelQuestion
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The stages of the path, by id.
  public var stages: [String]
  /// The horizon of every stretch used.
  public var horizons: [StretchHorizon]
  /// One line a group.
  public var rows: [FunnelRow]
  /// All groups together.
  public var total: FunnelRow
  /// The counts under all three skip rules; none where they were not asked for.
  public var skipRules: [SkipComparison]
}
