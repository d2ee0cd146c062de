public import PlumblineStatistics

/// A whole local week of a channel: what was spent and how many leads came.
public struct BudgetWeek: Hashable, Sendable {
  /// Its Monday.
  public var start: CivilDate
  /// What was spent in it, minor units.
  public var spend: Double
  /// What took effect in it, minor units: the same unless carry-over is agreed.
  public var effectiveSpend: Double
  /// The leads that came in it.
  public var leads: Int

  /// A week.
  ///
  /// - Parameters:
  ///   - start: Its Monday.
  ///   - spend: What was spent in it, minor units.
  ///   - effectiveSpend: What took effect in it; `spend` when nil.
  ///   - leads: The leads that came in it.
  public init(start: CivilDate, spend: Double, effectiveSpend: Double? = nil, leads: Int) {
    self.start = start
    self.spend = spend
    self.effectiveSpend = effectiveSpend ?? spend
    self.leads = leads
  }
}

/// What is on record of one channel, or campaign, as far as a budget needs it.
public struct BudgetUnit: Sendable {
  /// Its name.
  public var name: String
  /// The whole weeks that count, oldest first, none left out.
  public var weeks: [BudgetWeek]
  /// The last week with spend, wherever it lies; nil without any.
  public var lastSpend: CivilDate?
  /// How often its leads become customers within the long horizon, completed where they are young.
  public var winRate: GapRate
  /// The amounts of its won deals, minor units.
  public var deals: AmountSummary
  /// What people do for one of its leads, in activities; nil where there are too few leads to say.
  public var touchesPerLead: Double?

  /// A unit.
  public init(
    name: String,
    weeks: [BudgetWeek],
    lastSpend: CivilDate?,
    winRate: GapRate,
    deals: AmountSummary,
    touchesPerLead: Double? = nil
  ) {
    self.name = name
    self.weeks = weeks
    self.lastSpend = lastSpend
    self.winRate = winRate
    self.deals = deals
    self.touchesPerLead = touchesPerLead
  }

  /// The whole weeks that say what is spent today.
  var newestWeeks: ArraySlice<BudgetWeek> { weeks.suffix(BudgetOptions.weeksOfToday) }

  /// The newest weeks, from the first with spend on.
  ///
  /// Weeks before a new channel's first spend do not count; a week's pause later does.
  var weeksOfToday: ArraySlice<BudgetWeek> {
    let isNew = !weeks.dropLast(BudgetOptions.weeksOfToday).contains { $0.spend > 0 }
    return isNew ? newestWeeks.drop { $0.spend == 0 } : newestWeeks
  }

  /// What is spent in a week today: the mean of the newest weeks.
  var todaysSpend: Double {
    let counted = weeksOfToday
    guard !counted.isEmpty else { return 0 }
    return counted.reduce(0) { $0 + $1.spend } / Double(counted.count)
  }

  /// The leads of a week today, over all the newest weeks.
  var todaysLeads: Double {
    guard !newestWeeks.isEmpty else { return 0 }
    return Double(newestWeeks.reduce(0) { $0 + $1.leads }) / Double(newestWeeks.count)
  }
}
