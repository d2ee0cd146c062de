public import PlumblineStatistics

/// A number that is not known for sure: what is expected, and where it lies with 80 % probability.
public struct BudgetSpread: Hashable, Sendable {
  /// What is expected.
  public let expected: Double
  /// What it falls below in one of ten cases.
  public let low: Double
  /// What it exceeds in one of ten cases.
  public let high: Double

  /// A number that is known.
  init(_ value: Double) { (expected, low, high) = (value, value, value) }

  /// What is expected, with the range of some draws; the draws need not be in order.
  init(_ expected: Double, draws: [Double]) {
    let sorted = draws.sorted()
    self.expected = expected
    low = Self.quantile(0.1, of: sorted) ?? expected
    high = Self.quantile(0.9, of: sorted) ?? expected
  }

  /// The value below which a share of sorted draws lies, between two of them in proportion.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double? {
    guard let last = sorted.indices.last else { return nil }
    let place = share * Double(last)
    let index = min(Int(place), last)
    let next = min(index + 1, last)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }
}

/// What a channel brings at one spend, a week.
public struct BudgetPoint: Hashable, Sendable {
  /// The spend, minor units.
  public let spend: Double
  /// The leads.
  public let leads: BudgetSpread
  /// The customers they become within the long horizon.
  public let wins: BudgetSpread
  /// Spend over leads; nil without leads.
  public let costPerLead: Double?
  /// What grows with leads, for one customer on average: media, sales' work and commission where
  /// agreed, but no overhead; nil without customers.
  public let costPerWin: Double?
  /// What the next lead costs; nil where more spend brings none, or without spend.
  public let marginalCostPerLead: BudgetSpread?
  /// What the next customer costs, sales' work and commission in it where agreed; nil likewise.
  public let marginalCostPerWin: BudgetSpread?
  /// The chance that the next customer costs more than it brings; nil where nothing says what one
  /// brings or costs.
  public let lossChance: Double?
}

/// Why the data cannot tell how a channel answers to more or less spend.
public enum BudgetReservation: Hashable, Sendable {
  /// Too few weeks have spend and leads.
  case tooFewWeeks(have: Int, need: Int)
  /// Too large a share of the weeks with spend have no lead, and so no logarithm.
  case weeksWithoutLeads(share: Double)
  /// The weeks' spend hardly varied: by so much as a share, about.
  case hardlyVaried(share: Double)
  /// What the next customer costs is not known within a factor: the ends of its 80 % interval are
  /// so many times apart.
  case tooWide(factor: Double)
  /// Money was spent and no lead came, but so little money that chance may be the reason.
  case noLeads(weeks: Int)
  /// Nothing says how often leads become customers.
  case noWinRate

  /// The word by which programs know the reason.
  public var code: String {
    switch self {
    case .tooFewWeeks: "too_few_weeks"
    case .weeksWithoutLeads: "weeks_without_leads"
    case .hardlyVaried: "hardly_varied"
    case .tooWide: "too_wide"
    case .noLeads: "no_leads"
    case .noWinRate: "no_win_rate"
    }
  }
}

/// One channel, or campaign, that money can be moved to or from.
public struct BudgetRow: Sendable {
  /// What holds a spend where it is.
  public enum Bound: String, Sendable, Codable {
    /// Nothing but the common limits: the next unit of money brings the same as elsewhere.
    case inside
    /// It is at the least it may be.
    case least
    /// It is at the most it may be.
    case most
    /// The data cannot tell, so it stays.
    case held
    /// Moving it is not worth it: it is what the best known division was held against.
    case reference
  }

  /// Its name.
  public let name: String
  /// What its weeks say.
  public let evidence: SpendEvidence
  /// What a lead is worth; nil where no channel has a lead to learn from.
  public let worth: LeadWorth?
  /// How often its leads have become customers.
  public let winRate: GapRate
  /// Why the data cannot tell; nil when they can.
  public let reservation: BudgetReservation?
  /// The least to spend a week, minor units.
  public let least: Double
  /// The most to spend a week, minor units.
  public let most: Double
  /// The leads that came in a week of late.
  public let recentLeads: Double
  /// What it brings at today's spend.
  public let today: BudgetPoint
  /// What it brings at the spend proposed; nil where there is no proposal.
  public let proposed: BudgetPoint?
  /// What holds the proposed spend where it is.
  public let bound: Bound
  /// What it brings in the best known division where that one is not advised; nil where it is the
  /// proposal.
  public let best: BudgetPoint?
  /// What holds its spend in that division; nil likewise.
  public let bestBound: Bound?

  /// The change proposed, as a share of today's spend; nil without spend today or a proposal.
  public var change: Double? {
    proposed.flatMap { change(to: $0) }
  }

  /// The change in the best known division, where that one is not advised; nil likewise.
  public var bestChange: Double? { best.flatMap { change(to: $0) } }

  private func change(to point: BudgetPoint) -> Double? {
    today.spend > 0 ? point.spend / today.spend - 1 : nil
  }

  /// Whether the next customer costs more than it brings today, as far as the odds carry that: nil
  /// where it may or may not, and always where the data cannot tell.
  public var isAboveWorth: Bool? {
    guard reservation == nil, let next = today.marginalCostPerWin, let limit = worth?.breakEven,
      let chance = today.lossChance
    else { return nil }
    let sure = BudgetAnswer.sureChance
    if chance >= sure, next.low > limit { return true }
    return chance <= 1 - sure && next.high < limit ? false : nil
  }
}

/// A channel that money is not moved to or from.
public struct BudgetBystander: Hashable, Sendable {
  /// Why it is none.
  public enum Reason: Hashable, Sendable {
    /// Its leads come without spend.
    case organic
    /// Nothing was spent in the newest weeks.
    case stopped(lastWeek: CivilDate)
    /// Spend or leads that name no channel.
    case unnamed

    /// The word by which programs know the reason.
    public var code: String {
      switch self {
      case .organic: "organic"
      case .stopped: "stopped"
      case .unnamed: "unnamed"
      }
    }
  }

  /// Its name.
  public let name: String
  /// Why it is none.
  public let reason: Reason
  /// What is spent on it a week, minor units; only where no channel is named.
  public let spend: Double
  /// The leads that came in a week of late.
  public let leads: Double
}

/// What another step of something that limits would bring.
public struct BudgetStep: Hashable, Sendable {
  /// How much more there would be in a week: minor units, or hours.
  public let step: Double
  /// The customers it would bring a week.
  public let wins: Double
  /// What it would leave over a week beyond its own cost, minor units; nil where nothing says what
  /// a customer brings.
  public let net: Double?
}

/// Two channels that the average and the next customer's cost put in different orders.
public struct BudgetCrossing: Hashable, Sendable {
  /// The place among the rows of the one that looks cheaper on average.
  public let cheaperOnAverage: Int
  /// The place of the one whose next customer costs less.
  public let cheaperNext: Int
  /// The chance that both are so.
  public let chance: Double
  /// Whether the odds carry it, and the data can tell for both.
  public let isSure: Bool
}

/// What the best known division would leave over beyond what it is held against.
public struct BudgetGain: Hashable, Sendable {
  /// What a proposal is held against.
  public enum Reference: String, Sendable, Codable {
    /// Going on as today.
    case today
    /// Cutting every channel by the same share, down to the budget.
    case evenCut = "even_cut"
  }

  /// What the proposal is held against.
  public let reference: Reference
  /// What is expected a week, minor units; customers where nothing says what one brings.
  public let expected: Double
  /// What it falls below in one of ten cases.
  public let low: Double
  /// What it exceeds in half of all cases.
  public let median: Double
  /// What it exceeds in one of ten cases.
  public let high: Double
  /// The chance that it is above 0.
  public let chance: Double
}

/// How a budget is best divided, and whether that is worth the trouble.
public struct BudgetAnswer: Sendable {
  /// What comes of it.
  public enum Verdict: Hashable, Sendable {
    /// Moving is better than not with good odds.
    case move
    /// A proposal is better than not in expectation only: the gain is within the noise.
    case withinNoise
    /// What is spent today is about the best.
    case nearBest
    /// Going on as it is would break a bound that was asked for: this is the best within them.
    case asBoundsAsk
    /// The data cannot tell for any channel.
    case cannotTell
    /// Nothing is spent on any channel that has a name.
    case nothingSpent
    /// A budget of 0: every channel stops.
    case stopsEverything
    /// The least spends are above the budget; per week, minor units.
    case leastAboveBudget(least: Double, budget: Double)
    /// The least spends bring leads that take more hours than there are, a week.
    case leastAboveHours(needed: Double, limit: Double)

    /// The word by which programs know it.
    public var code: String {
      switch self {
      case .move: "move"
      case .withinNoise: "within_noise"
      case .nearBest: "near_best"
      case .asBoundsAsk: "as_bounds_ask"
      case .cannotTell: "cannot_tell"
      case .nothingSpent: "nothing_spent"
      case .stopsEverything: "stops_everything"
      case .leastAboveBudget: "least_above_budget"
      case .leastAboveHours: "least_above_hours"
      }
    }
  }

  /// What channels are compared by.
  public enum Objective: String, Sendable, Codable {
    /// What customers bring after what they cost.
    case value
    /// Customers: nothing says what one brings, so the whole budget goes where it brings the most.
    case wins
  }

  /// The instant up to which facts count.
  public let asOf: Instant
  /// What was asked.
  public let options: BudgetOptions
  /// What comes of it.
  public let verdict: Verdict
  /// What channels are compared by.
  public let objective: Objective
  /// The days within which a lead must become a customer to count.
  public let horizon: StretchHorizon
  /// The Monday of the first week that counts; nil without weeks.
  public let firstWeek: CivilDate?
  /// The Monday of the last week that counts.
  public let lastWeek: CivilDate?
  /// The last day with spend on record; nil without any.
  public let lastSpendDay: CivilDate?
  /// The channels that money can be moved between, the highest spend first.
  public let rows: [BudgetRow]
  /// The others.
  public let bystanders: [BudgetBystander]
  /// The hours of sales.
  public let hours: SalesHours
  /// The hours a week that leads of the bystanders take.
  public let bystanderHours: Double
  /// The hours a week that the leads of the rows take today; nil where nobody said what one takes.
  public let hoursToday: Double?
  /// The hours a week that they would take; nil without a proposal.
  public let hoursProposed: Double?
  /// The hours a week that they would take in the best known division where that one is not
  /// advised; nil where it is the proposal.
  public let hoursBest: Double?
  /// How many deals with an amount there are, and their mean and spread, minor units.
  public let deals: AmountSummary
  /// What is spent a week today, minor units.
  public let todaysSpend: Double
  /// The budget a week, minor units.
  public let budget: Double
  /// What is proposed to be spent a week, minor units; nil without a proposal.
  public let proposedSpend: Double?
  /// What would be spent a week in the best known division where that one is not advised; nil
  /// where it is the proposal.
  public let bestSpend: Double?
  /// What another unit of money would bring beyond itself; 0 while the budget does not bind, nil
  /// where nothing says what a customer brings.
  public let priceOfMoney: Double?
  /// What another sales hour would bring, minor units; 0 while hours do not bind, nil likewise.
  public let priceOfHour: Double?
  /// What more budget would bring; nil while it does not bind.
  public let moreBudget: BudgetStep?
  /// What more hours would bring; nil while they do not bind.
  public let moreHours: BudgetStep?
  /// What the best known division would leave over; nil without one.
  public let gain: BudgetGain?
  /// Two channels that average and next cost put in different orders, the likeliest two; nil where
  /// no two are more likely so than not.
  public let crossing: BudgetCrossing?

  /// From this chance on a move is proposed.
  public static let leastChance = 0.8
  /// A smaller part of today's spend moved than this is no move.
  public static let leastMoved = 0.02
  /// From this chance on something is said as so; below it only that it may be.
  public static let sureChance = 0.9

  /// Whether the best known division is what is proposed.
  public var advisesBest: Bool { bestSpend == nil }
}
