/// A number that one side is to reach in a period.
public struct Goal: Hashable, Sendable {
  /// What is counted.
  public enum Measure: String, Sendable, CaseIterable, Codable {
    /// Amounts of won deals, in minor units of the agreement's currency.
    case revenue
    /// What a rep or the whole team is to win, in minor units of the agreement's currency.
    case quota
  }

  /// What is counted.
  public var measure: Measure
  /// Whose goal it is: an owner's name; nil for everybody together.
  public var owner: String?
  /// The period's name as written: `2026`, `2026-Q1` or `2026-01`.
  public var period: String
  /// The period's days.
  public var days: ClosedRange<CivilDate>
  /// Minor units of the agreement's currency, 0 or more.
  public var amount: Int64

  /// A goal.
  public init(
    measure: Measure,
    owner: String? = nil,
    period: String,
    days: ClosedRange<CivilDate>,
    amount: Int64
  ) {
    self.measure = measure
    self.owner = owner
    self.period = period
    self.days = days
    self.amount = amount
  }
}

/// What a team is paid for.
public struct Incentive: Hashable, Sendable {
  /// Whose it is.
  public var team: Stage.Team
  /// What is measured, as written: `qualified_leads`, `meetings_held`, `won_share`; see `known`.
  public var measure: String
  /// The share of the team's variable pay that hangs on it, 0...1.
  public var weight: Double
  /// What is paid when the target is reached, minor units of the agreement's currency, each period;
  /// nil when not said.
  public var payout: Int64?
  /// What must be reached in a period: a count, a share 0...1, or money in minor units of the
  /// agreement's currency; nil when not said, or when goals or promises say it.
  public var target: Double?
  /// How long the period is at whose end it is paid, and in which the target is to be reached.
  public var period: AttainmentPeriod.Kind
  /// The share of the target from which anything is paid: 1 pays nothing below it.
  public var paysFrom: Double
  /// The share of the target up to which more is paid: 1 pays nothing beyond it.
  public var paysUpTo: Double

  /// An incentive.
  public init(
    team: Stage.Team,
    measure: String,
    weight: Double,
    payout: Int64? = nil,
    target: Double? = nil,
    per period: AttainmentPeriod.Kind = .quarter,
    paysFrom: Double = 1,
    paysUpTo: Double = 1
  ) {
    self.team = team
    self.measure = measure
    self.weight = weight
    self.payout = payout
    self.target = target
    self.period = period
    self.paysFrom = paysFrom
    self.paysUpTo = paysUpTo
  }

  /// The share of the payout that is due when a share of the target is reached: nothing below
  /// `paysFrom`, then as much as was reached, at most `paysUpTo`.
  public func paidShare(ofReached share: Double) -> Double {
    share >= paysFrom ? min(max(share, 0), paysUpTo) : 0
  }
}

/// Something both teams bring to market together, with what each is to reach.
public struct Launch: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The first day.
  public var starts: CivilDate
  /// The last day on which its targets count; nil when open.
  public var ends: CivilDate?
  /// The campaigns that belong to it.
  public var campaigns: [String]
  /// Marketing's target, in qualified leads; nil when not said.
  public var qualifiedLeads: Int?
  /// Sales' target, in won deals; nil when not said.
  public var wins: Int?

  /// A launch.
  public init(
    name: String,
    starts: CivilDate,
    ends: CivilDate? = nil,
    campaigns: [String] = [],
    qualifiedLeads: Int? = nil,
    wins: Int? = nil
  ) {
    self.name = name
    self.starts = starts
    self.ends = ends
    self.campaigns = campaigns
    self.qualifiedLeads = qualifiedLeads
    self.wins = wins
  }
}

/// A term with the words that each team uses for it.
public struct VocabularyTerm: Hashable, Sendable {
  /// The term: a stage of the path, a detour, or a word of answers such as `win_rate`.
  public var term: String
  /// The word of each reader; who has none uses the usual one.
  public var words: [Reader: String]
  /// What it means, in a sentence; empty when not said.
  public var meaning: String

  /// A term.
  public init(term: String, words: [Reader: String], meaning: String = "") {
    self.term = term
    self.words = words
    self.meaning = meaning
  }
}

/// Whose words an answer speaks; the numbers are the same for all.
public enum Reader: String, Sendable, CaseIterable, Codable {
  case marketing, sales, leadership
}
