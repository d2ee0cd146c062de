public import PlumblineStatistics

/// How much of a period's working time is gone.
public struct PeriodPace: Hashable, Sendable {
  /// The share of its working time that is gone, 0...1.
  public var gone: Double
  /// The weeks of working time that are left.
  public var weeksLeft: Double
  /// Whether it has begun.
  public var hasBegun: Bool
  /// Whether it is over.
  public var isOver: Bool
}

/// Why there is nothing to say of a quota.
public enum AttainmentAbsence: String, Sendable, Codable {
  /// No quota is written anywhere.
  case noQuota = "no_quota"
  /// No quota is written for the period asked about.
  case noQuotaForPeriod = "no_quota_for_period"
  /// The quota is 0.
  case quotaIsZero = "quota_is_zero"
}

/// What a launch was to bring to each team, and brought.
public struct LaunchResult: Hashable, Sendable {
  /// The launch.
  public var launch: Launch
  /// The leads of its campaigns that were handed to sales in its days, by id.
  public var qualifiedLeads: [String]
  /// The won deals of its campaigns' leads that closed in its days, by id.
  public var wins: [String]
  /// Its campaigns from which no lead on record came.
  public var unknownCampaigns: [String]
  /// Whether it has begun.
  public var hasBegun: Bool
  /// Whether its last day is over.
  public var isOver: Bool
}

/// The whole answer of `plumbline attainment`.
public struct AttainmentAnswer: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The period.
  public var period: AttainmentPeriod
  /// How much of it is gone.
  public var pace: PeriodPace
  /// Why there is no attainment; nil where there is.
  public var absence: AttainmentAbsence?
  /// The periods for which a quota is written, in order; for who asks about another.
  public var writtenPeriods: [AttainmentPeriod]
  /// Everybody together.
  public var team: AttainmentRow
  /// People, by name: their order says nothing of how good anybody is.
  public var people: [AttainmentRow]
  /// The people whose rows are left out for whoever asks; nil when nobody's are.
  public var hidden: HiddenPeople?
  /// Deals whose owner nobody wrote down.
  public var nobody: AttainmentRow
  /// What the team is to win and no person is; below 0 where people are to win more than the team.
  ///
  /// Nil where no person has a quota.
  public var quotaOfNobody: Int64?
  /// What is written twice and differs.
  public var differences: [QuotaDifference]
  /// Won deals that nobody dated, by id: they are in no period.
  public var undatedWins: [String]
  /// The amounts of the deals won in the year up to the period's end, refunds aside.
  public var deal: AmountSummary
  /// Why there is no forecast; nil where there is one.
  public var forecastAbsence: QuotaPlan.Standing?
  /// The share of leads that close.
  public var closing: ClosingShare
  /// What was reached by every measure.
  public var scorecard: Scorecard
  /// What each team is paid for; empty where no incentive is agreed.
  public var teams: [TeamScorecard]
  /// The days from coming in within which wins count for the cost of a win, as `plumbline economics`
  /// counts them; nil where nothing was spent, and before the period has begun.
  public var costWithinDays: Int?
  /// What the company got for it.
  public var value: CompanyValue
  /// What if results had been others; nil unless asked.
  public var whatIf: WhatIfAnswer?
  /// The launches whose days meet the period.
  public var launches: [LaunchResult]
  /// How past forecasts turned out; nil where nobody looked.
  public var record: ForecastRecord?

  /// Everything that people, and deals of nobody, add up to; equal to the team's.
  public var sum: WonDealSum {
    people.reduce(hidden.map { nobody.won + $0.won } ?? nobody.won) { $0 + $1.won }
  }

  /// What is left between the team's and the sum of all rows: 0, or something is counted wrongly.
  public var residual: Int64 { team.won.amount - sum.amount }
}
