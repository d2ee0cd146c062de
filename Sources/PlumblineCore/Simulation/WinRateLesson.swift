public import PlumblineStatistics

/// One made-up year of opportunities whose true win rate is known, and the seven win rates that
/// people would report of it.
///
/// Opportunities arrive ever faster, wins are recorded after two months on average and losses
/// after six, because nobody hurries to record a loss. Large deals are won less often.
public struct WinRateLesson: Sendable {
  /// A way of counting a win rate that is in use somewhere.
  public enum Definition: Int, CaseIterable, Sendable {
    /// Won among all created in the period.
    case created
    /// Won among all closed so far.
    case closed
    /// Won among all closed in the last quarter.
    case closedLastQuarter
    /// Won among all closed so far, weighed by amount.
    case closedAmount
    /// Won so far among those created in the last quarter.
    case newestQuarter
    /// Won within the horizon among those created longer ago than it.
    case matureCohorts
    /// Cumulative incidence within the horizon: what Plumbline reports.
    case cumulativeIncidence
  }

  /// An opportunity with its future.
  public struct Opportunity: Hashable, Sendable {
    /// When it was created, in days since the period began.
    public var createdOnDay: Double
    /// How long until it is closed, in days.
    public var daysToClose: Double
    /// Whether it is won in the end.
    public var isWon: Bool
    /// Its amount, where an ordinary deal has 1.
    public var amount: Double

    /// Whether it is closed when the data end.
    public var isClosed: Bool { createdOnDay + daysToClose <= periodInDays }
    /// Whether it is closed and won when the data end.
    public var isKnownWon: Bool { isClosed && isWon }
  }

  /// The length of the period; the data end with it.
  public static let periodInDays = 365.0
  /// A quarter of a year.
  public static let quarterInDays = 91.0
  /// Days within which a win counts for the dated rates; the end of a standard lag bucket.
  public static let horizonInDays = 182
  /// How many opportunities are created in the period.
  public static let opportunityCount = 1500
  /// The share of opportunities that are won in the end.
  public static let ultimateRate = 0.25
  /// The share of opportunities that are won within the horizon.
  public static var rateWithinHorizon: Double {
    let waiting = GammaDistribution(shape: lagShape)
    return ultimateRate * waiting.cumulative(Double(horizonInDays) / wonLagScale)
  }
  /// The seed whose numbers the documentation shows.
  public static let documentedSeed: UInt64 = 1

  private static let lagShape = 2.0
  private static let wonLagScale = 30.0
  private static let lostLagScale = 90.0

  /// The opportunities, in the order in which they were drawn.
  public let opportunities: [Opportunity]
  /// The waits as the company knows them when the data end.
  public let waits: LagCounts

  /// The year drawn with a seed.
  ///
  /// - Complexity: O(opportunities).
  public init(seed: UInt64 = documentedSeed) {
    var generator = SeededGenerator(seed: seed)
    let opportunities = (0..<Self.opportunityCount).map { _ in
      Self.opportunity(using: &generator)
    }
    var waits = LagCounts()
    for opportunity in opportunities {
      let age = Self.periodInDays - opportunity.createdOnDay
      let outcome: LagOutcome =
        opportunity.isClosed ? (opportunity.isWon ? .converted : .exited) : .open
      waits.add(outcome, lagInDays: Int(min(opportunity.daysToClose, age)))
    }
    self.opportunities = opportunities
    self.waits = waits
  }

  private static func opportunity(using generator: inout SeededGenerator) -> Opportunity {
    // Three times as many a day at the end as at the beginning, by rejection.
    var day = generator.uniform() * periodInDays
    while !generator.chance((1 + 2 * day / periodInDays) / 3) {
      day = generator.uniform() * periodInDays
    }
    // A quarter are large; 0.75 of 0.28 and 0.25 of 0.16 make 0.25.
    let isLarge = generator.chance(0.25)
    let isWon = generator.chance(isLarge ? 0.16 : 0.28)
    let size = generator.logNormal(median: 1, logStandardDeviation: 0.5)
    return Opportunity(
      createdOnDay: day,
      daysToClose: generator.gamma(shape: lagShape, scale: isWon ? wonLagScale : lostLagScale),
      isWon: isWon,
      amount: isLarge ? 4 * size : size
    )
  }

  /// The rate within the horizon with its interval, from waits of every age.
  public var incidence: IncidenceEstimate {
    CumulativeIncidence(waits).estimate(withinDays: Self.horizonInDays)
  }

  /// The win rate as one way of counting has it; nil where that way has nothing to count.
  public func rate(_ definition: Definition) -> Double? {
    switch definition {
    case .created: share { _ in true }
    case .closed: share(of: \.isClosed)
    case .closedLastQuarter:
      share {
        $0.isClosed && $0.createdOnDay + $0.daysToClose > Self.periodInDays - Self.quarterInDays
      }
    case .closedAmount: share(weighedBy: \.amount, of: \.isClosed)
    case .newestQuarter: share { $0.createdOnDay > Self.periodInDays - Self.quarterInDays }
    case .matureCohorts: share(of: Self.isMature, won: Self.isWonWithinHorizon)
    case .cumulativeIncidence: incidence.rate
    }
  }

  /// The interval that belongs to a way of counting; nil for the ways that carry none.
  ///
  /// Mature cohorts are complete, so theirs is Wilson's.
  public func interval(_ definition: Definition) -> ConfidenceInterval? {
    switch definition {
    case .matureCohorts:
      .wilson(
        successes: Double(
          opportunities.count { Self.isMature($0) && Self.isWonWithinHorizon($0) }
        ),
        trials: Double(opportunities.count(where: Self.isMature))
      )
    case .cumulativeIncidence: incidence.interval
    default: nil
    }
  }

  private static func isMature(_ opportunity: Opportunity) -> Bool {
    opportunity.createdOnDay <= periodInDays - Double(horizonInDays)
  }

  /// Within the horizon as lags are counted, in whole days.
  private static func isWonWithinHorizon(_ opportunity: Opportunity) -> Bool {
    opportunity.isWon && opportunity.daysToClose < Double(horizonInDays)
  }

  private func share(
    weighedBy weight: (Opportunity) -> Double = { _ in 1 },
    of counts: (Opportunity) -> Bool,
    won isWon: (Opportunity) -> Bool = \.isKnownWon
  ) -> Double? {
    var won = 0.0
    var all = 0.0
    for opportunity in opportunities where counts(opportunity) {
      all += weight(opportunity)
      if isWon(opportunity) { won += weight(opportunity) }
    }
    return all > 0 ? won / all : nil
  }
}
