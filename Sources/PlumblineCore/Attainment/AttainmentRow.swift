public import PlumblineStatistics

/// Won deals that closed in some days.
public struct WonDealSum: Hashable, Sendable {
  /// Won deals, refunds aside.
  public var count = 0
  /// The sum of all amounts, those of refunds included; minor units of the agreement's currency.
  public var amount: Int64 = 0
  /// Won deals without an amount, or without an exchange rate for it.
  public var withoutAmount = 0
  /// Deals with an amount below 0.
  public var refunds = 0
  /// The sum of their amounts, 0 or less.
  public var refunded: Int64 = 0
  /// The ids of all these deals, sorted.
  public var ids: [String] = []

  /// No deals.
  public init() {}

  /// The sum of two disjoint sums.
  public static func + (left: WonDealSum, right: WonDealSum) -> WonDealSum {
    var sum = left
    sum.count += right.count
    sum.amount += right.amount
    sum.withoutAmount += right.withoutAmount
    sum.refunds += right.refunds
    sum.refunded += right.refunded
    sum.ids = (left.ids + right.ids).sorted()
    return sum
  }

  mutating func add(_ deal: DealRecords.Deal) {
    ids.append(deal.id)
    guard let value = deal.amount else {
      count += 1
      withoutAmount += 1
      return
    }
    amount += value
    if value < 0 {
      refunds += 1
      refunded += value
    } else {
      count += 1
    }
  }
}

/// Open deals.
public struct OpenDealSum: Hashable, Sendable {
  /// Open deals that can still be won: not overdue, and their leads have not left the path.
  public var count = 0
  /// The sum of their amounts.
  public var amount: Int64 = 0
  /// Those of them without an amount.
  public var withoutAmount = 0
  /// The sum of the amounts of those of them that are expected to close in the period.
  public var dueInPeriod: Int64 = 0
  /// How many are expected to.
  public var dueCount = 0
  /// Open deals of any kind that say how likely they are.
  public var withProbability = 0
  /// The sum of the amounts of all these, each times its probability.
  public var weighted: Int64 = 0
  /// Open deals that do not count as they can hardly be won any more: overdue, or off the path.
  public var leftOut = 0
  /// The ids of the open deals that can still be won, sorted.
  public var ids: [String] = []

  /// No deals.
  public init() {}
}

/// Where chance alone would leave somebody who is as good as the team.
public struct ChanceRange: Hashable, Sendable {
  /// Whether somebody is apart from the team by more than chance makes.
  public enum Verdict: String, Sendable, Codable {
    /// Chance alone explains it.
    case withinChance = "within_chance"
    /// More than chance explains, after allowing for how many people are compared.
    case above
    /// Less than chance explains, after allowing for how many people are compared.
    case below
  }

  /// What the quota would bring at the team's own share of quota reached; minor units.
  public var expected: Double
  /// What chance leaves in 19 of 20 such periods.
  public var interval: ConfidenceInterval
  /// The chance of being at least so far off.
  public var pValue: Double
  /// The same after allowing for how many are compared.
  public var adjusted: Double
  /// What that says.
  public var verdict: Verdict
}

/// What is needed each week from now to the period's end.
public struct WeeklyNeed: Hashable, Sendable {
  /// The money, minor units; 0 when the quota is reached.
  public var amount: Double
  /// The deals, at the mean amount of a won deal; nil without any.
  public var deals: Double?
  /// The new hand-offs to sales for an even chance, with what the open ones will bring taken off;
  /// nil when no number is enough, or nothing is known.
  public var handOffs: Double?
  /// The new leads behind them; nil as above.
  public var leads: Double?
}

/// One month of a row.
public struct AttainmentMonth: Hashable, Sendable {
  /// The month.
  public var month: AttainmentPeriod
  /// What is to be won in it; nil where nothing is written.
  public var quota: QuotaFigure?
  /// What was won in it.
  public var won: WonDealSum
  /// The amounts of open deals that can still be won and are expected to close in it.
  public var openDue: Int64 = 0
  /// What is still needed in it for the period's quota: of a month that is over nothing; the others
  /// share what is to go by the working time left in them.
  ///
  /// Nil without a quota, and when the period is over.
  public var need: Int64?

  /// The open deals expected in it over what is needed in it; nil when nothing is.
  public var coverage: Double? {
    need.flatMap { $0 > 0 ? Double(openDue) / Double($0) : nil }
  }

  /// What is missing, below 0 where there is more than enough; nil without a quota.
  public var gap: Int64? { quota.map { $0.amount - won.amount } }

  /// The share of the quota that is reached; nil without a quota, or one of 0.
  public var attainment: Double? {
    quota.flatMap { $0.amount > 0 ? Double(won.amount) / Double($0.amount) : nil }
  }
}

/// What one person, nobody in particular or everybody together was to win, and won.
public struct AttainmentRow: Hashable, Sendable {
  /// Whose row it is.
  public enum Subject: Hashable, Sendable {
    /// Everybody together.
    case team
    /// One person, as the data write the name.
    case owner(String)
    /// Deals whose owner nobody wrote down.
    case nobody
  }

  /// Whose row it is.
  public var subject: Subject
  /// What is to be won; nil where nothing is written.
  public var quota: QuotaFigure?
  /// What was won.
  public var won: WonDealSum
  /// What is open.
  public var open: OpenDealSum
  /// Each month of the period.
  public var months: [AttainmentMonth]
  /// What chance alone would leave; nil for the team, and where nothing can be compared.
  public var chance: ChanceRange?
  /// What is needed from now on; nil without a quota, and when the period is over.
  public var need: WeeklyNeed?
  /// Where the period will end; nil where too little is known.
  public var forecast: AttainmentForecast?

  /// What is missing, below 0 where there is more than enough; nil without a quota.
  public var gap: Int64? { quota.map { $0.amount - won.amount } }

  /// The share of the quota that is reached; nil without a quota, or one of 0.
  public var attainment: Double? {
    quota.flatMap { $0.amount > 0 ? Double(won.amount) / Double($0.amount) : nil }
  }

  /// The open deals that can still be won, over what is missing; nil when nothing is missing.
  ///
  /// The same as `agreement reconcile coverage` calls ours.
  public var coverage: Double? {
    gap.flatMap { $0 > 0 ? Double(open.amount) / Double($0) : nil }
  }

  /// The open deals by their probability, over what is missing; nil when nothing is missing, or no
  /// open deal says how likely it is.
  public var weightedCoverage: Double? {
    guard open.withProbability > 0 || open.count + open.leftOut == 0 else { return nil }
    return gap.flatMap { $0 > 0 ? Double(open.weighted) / Double($0) : nil }
  }
}
