public import PlumblineStatistics

/// Plans as they would have been made at past dates, against what came.
///
/// Each is made from what had happened by its date, and told how many leads a week really came after
/// it: so that it answers for its rates, its deals and its odds, and not for the number of leads,
/// which a plan asks for and does not foretell.
public struct PlanReplay: Sendable {
  /// A plan made at a past date.
  public struct Row: Hashable, Sendable {
    /// The day on whose first instant it is made; nothing from then on is known to it.
    public var date: CivilDate
    /// The last day of its period.
    public var lastDay: CivilDate
    /// The leads that came in the period.
    public var leads: Int
    /// The same in each week.
    public var leadsPerWeek: Double
    /// What the plan said; nil where it could not be made.
    public var forecast: PastForecast?
    /// What was won in the period, minor units of the agreement's currency.
    public var actual: Int64
    /// The deals behind that.
    public var wins: Int
    /// Deals won in the period whose amount nobody knows; they are not in `actual`.
    public var winsWithoutAmount: Int
    /// The ids of the leads behind all these deals, sorted.
    public var wonLeads: [String]
    /// What was won in as many days before the date, minor units: the first naive forecast; nil where
    /// the record does not reach back so far.
    public var periodBefore: Int64?
    /// What was won in a day of all the record before the date, times the days of the period: the
    /// second naive forecast.
    public var straightLine: Double

    /// Whether what came lies between P10 and P90; nil without a forecast.
    public var isWithinRange: Bool? {
      forecast.map { $0.low <= Double(actual) && Double(actual) <= $0.high }
    }
    /// The chance that the plan gave to no more than what came (the probability integral transform):
    /// even over 0...1 where the odds are right; nil without a forecast.
    public var position: Double? { forecast.map { 1 - $0.chance(ofMoreThan: Double(actual)) } }
  }

  /// How far a way to forecast was from what came, all rows with a plan and a period before them
  /// added up.
  public struct Distance: Hashable, Sendable {
    /// The distances, minor units.
    public var total: Double
    /// What came less what was forecast, minor units.
    public var error: Double
    /// What came, minor units.
    public var actual: Double

    /// The distance over what came; nil when nothing came.
    public var share: Double? { actual > 0 ? total / actual : nil }
    /// What came less what was forecast, over what came; nil when nothing came.
    public var errorShare: Double? { actual > 0 ? error / actual : nil }
  }

  /// The plan asked for today; its conditions, mix and rule hold for past plans too.
  public let question: QuotaQuestion
  /// How events were read.
  public let rule: JourneyRule
  /// The instant up to which facts count.
  public let asOf: Instant
  /// The length of each period.
  public let days: Int
  /// The plans, oldest first.
  public let rows: [Row]
  /// The fewest months of record before the first plan.
  public let fewestMonths: Int
  /// Month starts that were left out because they are older than the replays asked for.
  public let olderDates: Int

  /// Plans against what came.
  public init(
    _ question: QuotaQuestion,
    rule: JourneyRule,
    asOf: Instant,
    days: Int,
    rows: [Row],
    fewestMonths: Int,
    olderDates: Int
  ) {
    self.question = question
    self.rule = rule
    self.asOf = asOf
    self.days = days
    self.rows = rows
    self.fewestMonths = fewestMonths
    self.olderDates = olderDates
  }

  /// The rows for which a plan could be made.
  public var judged: [Row] { rows.filter { $0.forecast != nil } }

  /// How the odds compare with what came.
  public var record: ForecastRecord {
    let judged = judged
    func share(_ promised: Double, _ isMet: (Row, PastForecast) -> Bool) -> ForecastRecord.Share {
      ForecastRecord.Share(
        count: judged.count { row in row.forecast.map { isMet(row, $0) } ?? false },
        of: judged.count,
        promised: promised
      )
    }
    let actual = judged.reduce(0.0) { $0 + Double($1.actual) }
    let errors = judged.map { Double($0.actual) - ($0.forecast?.mean ?? 0) }
    return ForecastRecord(
      replays: judged.count,
      separatePeriods: separatePeriods,
      withinRange: share(0.8) { row, _ in row.isWithinRange == true },
      aboveEvenOdds: share(0.5) { Double($0.actual) >= $1.evenOdds },
      aboveLikely: share(0.8) { Double($0.actual) >= $1.likely },
      meanError: actual > 0 ? errors.reduce(0, +) / actual : nil,
      meanDistance: actual > 0 ? errors.reduce(0) { $0 + abs($1) } / actual : nil
    )
  }

  /// How many of the periods fit one after another without overlapping.
  public var separatePeriods: Int {
    var count = 0
    var free = Int.min
    for row in judged where row.date.dayNumber >= free {
      count += 1
      free = row.lastDay.dayNumber + 1
    }
    return count
  }

  /// The three ways to forecast side by side, on the rows where all three can; nil where none can.
  public var comparison: (plan: Distance, periodBefore: Distance, straightLine: Distance)? {
    let rows = judged.filter { $0.periodBefore != nil }
    guard !rows.isEmpty else { return nil }
    func distance(_ forecast: (Row) -> Double) -> Distance {
      rows.reduce(into: Distance(total: 0, error: 0, actual: 0)) { sum, row in
        let error = Double(row.actual) - forecast(row)
        sum.total += abs(error)
        sum.error += error
        sum.actual += Double(row.actual)
      }
    }
    return (
      distance { $0.forecast?.mean ?? 0 }, distance { Double($0.periodBefore ?? 0) },
      distance { $0.straightLine }
    )
  }

  /// Chances given to winning more than in the period before, in groups, and how often that came.
  public var chancesGiven: [ChanceGroup] {
    var groups = [0.0..<0.2, 0.2..<0.4, 0.4..<0.6, 0.6..<0.8, 0.8..<1.01].map {
      ChanceGroup(chances: $0)
    }
    for row in judged {
      guard let before = row.periodBefore, let forecast = row.forecast else { continue }
      let chance = forecast.chance(ofMoreThan: Double(before))
      guard let group = groups.firstIndex(where: { $0.chances.contains(chance) }) else { continue }
      groups[group].replays += 1
      groups[group].chanceTotal += chance
      groups[group].came += row.actual > before ? 1 : 0
    }
    return groups.filter { $0.replays > 0 }
  }

  /// Replays whose plans gave like chances to winning more than in the period before.
  public struct ChanceGroup: Hashable, Sendable {
    /// The chances.
    public var chances: Range<Double>
    /// The replays.
    public var replays = 0
    /// Their chances added up.
    public var chanceTotal = 0.0
    /// How many of them won more.
    public var came = 0

    /// The mean of the chances given; nil of none.
    public var meanChance: Double? { replays > 0 ? chanceTotal / Double(replays) : nil }
    /// What the share that came may be at 95 %, as if the replays were independent; nil of none.
    public var interval: ConfidenceInterval? {
      replays > 0 ? .wilson(successes: Double(came), trials: Double(replays)) : nil
    }
  }
}

/// What a plan made at a past date said of the money by the end of its period.
public struct PastForecast: Hashable, Sendable {
  /// The sums that are reached with given chances, the likeliest and smallest first.
  public struct Quantile: Hashable, Sendable {
    /// The chance of reaching the sum.
    public var chance: Double
    /// The sum, minor units of the agreement's currency.
    public var amount: Double
  }

  /// What was to be expected, minor units.
  public let mean: Double
  /// Sums with their chances: chances fall, sums never do.
  public let quantiles: [Quantile]

  /// The chances for which sums are kept.
  public static let chances = stride(from: 1, through: 99, by: 1).map { Double(100 - $0) / 100 }

  /// What was said.
  ///
  /// - Parameters:
  ///   - mean: What was to be expected, minor units.
  ///   - amount: The sum that is reached with a chance, minor units.
  public init(mean: Double, amount: (_ chance: Double) -> Double) {
    self.mean = mean
    var least = -Double.infinity
    quantiles = Self.chances.map { chance in
      // Rounding of draws must not make a less likely sum smaller.
      least = max(least, amount(chance))
      return Quantile(chance: chance, amount: least)
    }
  }

  /// The sum reached with a chance of 90 %.
  public var low: Double { amount(withChance: 0.9) }
  /// The sum reached with a chance of 80 %: the target that is called likely.
  public var likely: Double { amount(withChance: 0.8) }
  /// The sum reached with even odds.
  public var evenOdds: Double { amount(withChance: 0.5) }
  /// The sum reached with a chance of 10 %.
  public var high: Double { amount(withChance: 0.1) }

  /// The sum kept for the chance next to a wanted one.
  public func amount(withChance chance: Double) -> Double {
    quantiles.min { abs($0.chance - chance) < abs($1.chance - chance) }?.amount ?? mean
  }

  /// The chance of more than a sum: even between the sums kept; half a point beyond them.
  public func chance(ofMoreThan sum: Double) -> Double {
    guard let first = quantiles.first, let last = quantiles.last else { return 0.5 }
    if sum < first.amount { return 1 - 0.005 }
    if sum >= last.amount { return 0.005 }
    for (lower, upper) in zip(quantiles, quantiles.dropFirst())
    where sum >= lower.amount && sum < upper.amount {
      let share = (sum - lower.amount) / (upper.amount - lower.amount)
      return lower.chance + share * (upper.chance - lower.chance)
    }
    return last.chance
  }
}
