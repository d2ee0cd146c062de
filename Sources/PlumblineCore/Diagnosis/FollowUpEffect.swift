public import PlumblineStatistics

/// What following up as agreed goes with, in log-odds of winning.
public struct FollowUpEffect: Hashable, Sendable {
  /// The best estimate.
  public var mean: Double
  /// Its standard deviation.
  public var standardDeviation: Double
  /// The middle 90 %.
  public var interval90: ConfidenceInterval
  /// The probability that the odds are more than `namedOdds` times higher.
  public var probabilityItMatters: Double
}
