/// Two groups' rates in one kind of case, and how much that kind counts.
public struct Stratum: Hashable, Sendable {
  /// The weight of this kind of case in the common mix; at least 0, in any unit.
  public let weight: Double
  /// The first group's successes and trials of this kind.
  public let first: RateSample
  /// The second group's successes and trials of this kind.
  public let second: RateSample

  /// A stratum.
  ///
  /// - Parameters:
  ///   - weight: The weight of this kind of case in the common mix.
  ///   - first: The first group's sample.
  ///   - second: The second group's sample.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a weight that is.
  public init(
    weight: Double,
    first: RateSample,
    second: RateSample
  ) throws(StatisticsError) {
    guard weight >= 0, weight.isFinite else { throw .negativeOrNotFinite(weight) }
    self.weight = weight
    self.first = first
    self.second = second
  }
}

/// A rate as it would be under another mix of cases.
public struct StandardizedRate: Hashable, Sendable {
  /// The weighted mean of the strata's rates.
  public let rate: Double
  /// Its standard error.
  public let standardError: Double
  /// The rates that the data support.
  public let interval: ConfidenceInterval
}

/// Two groups' rates compared under one mix of cases.
///
/// Direct standardisation: each group's rate in each stratum, weighted by the same mix, so that a
/// group is not called worse for being handed harder cases. Strata that either group lacks are
/// left out of both, and the rest of the weights scaled up: nothing is known about them.
///
/// Intervals join the strata's Wilson intervals by the square-and-add rule, which keeps a width
/// where a stratum has 0 of n; the standard errors are the plain binomial ones.
///
/// - SeeAlso: Rothman, Greenland & Lash (2008), Modern Epidemiology, 3; Fay & Feuer (1997),
///   doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM500>3.0.CO;2-#, for rates per time;
///   Zou & Donner (2008), doi:10.1002/sim.3095, for the intervals.
public struct StandardizedComparison: Hashable, Sendable {
  /// The first group's standardised rate.
  public let first: StandardizedRate
  /// The second group's standardised rate.
  public let second: StandardizedRate
  /// The first rate minus the second.
  public let difference: Double
  /// The standard error of the difference.
  public let standardError: Double
  /// The differences that the data support.
  public let interval: ConfidenceInterval
  /// The number of strata that both groups have and that carry weight.
  public let comparableStrata: Int
  /// The share of the whole mix that those strata carry.
  public let comparableShare: Double

  /// Compares two groups; nil when no stratum with weight holds trials of both.
  ///
  /// - Parameters:
  ///   - strata: The kinds of case.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Complexity: O(strata).
  public init?(_ strata: [Stratum], z: Double = StandardNormal.z95) {
    let comparable = strata.filter {
      $0.weight > 0 && $0.first.trials > 0 && $0.second.trials > 0
    }
    let weight = comparable.reduce(0) { $0 + $1.weight }
    guard weight > 0 else { return nil }
    let first = Self.standardized(comparable.map { ($0.weight / weight, $0.first) }, z: z)
    let second = Self.standardized(comparable.map { ($0.weight / weight, $0.second) }, z: z)
    self.first = first
    self.second = second
    let difference = first.rate - second.rate
    self.difference = difference
    standardError = Self.hypotenuse(first.standardError, second.standardError)
    let down = Self.hypotenuse(
      first.rate - first.interval.lower,
      second.interval.upper - second.rate
    )
    let up = Self.hypotenuse(
      first.interval.upper - first.rate,
      second.rate - second.interval.lower
    )
    interval = ConfidenceInterval(
      lower: max(difference - down, -1),
      upper: min(difference + up, 1)
    )
    comparableStrata = comparable.count
    comparableShare = weight / strata.reduce(0) { $0 + $1.weight }
  }

  private static func standardized(
    _ parts: [(share: Double, sample: RateSample)],
    z: Double
  ) -> StandardizedRate {
    var rate = 0.0
    var variance = 0.0
    var down = 0.0
    var up = 0.0
    for (share, sample) in parts {
      let own = sample.rate ?? 0
      let interval = ConfidenceInterval.wilson(rate: own, trials: sample.trials, z: z)
      let square = share * share
      rate += share * own
      variance += square * own * (1 - own) / sample.trials
      down += square * (own - interval.lower) * (own - interval.lower)
      up += square * (interval.upper - own) * (interval.upper - own)
    }
    return StandardizedRate(
      rate: rate,
      standardError: variance.squareRoot(),
      interval: ConfidenceInterval(
        lower: max(rate - down.squareRoot(), 0),
        upper: min(rate + up.squareRoot(), 1)
      )
    )
  }

  private static func hypotenuse(_ left: Double, _ right: Double) -> Double {
    (left * left + right * right).squareRoot()
  }
}
