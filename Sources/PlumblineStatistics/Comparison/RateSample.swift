/// Successes among trials; both may be fractional, as effective sample sizes are.
public struct RateSample: Hashable, Sendable {
  /// Successes, from 0 to `trials`.
  public let successes: Double
  /// Trials, at least 0.
  public let trials: Double

  /// Successes among trials.
  ///
  /// - Parameters:
  ///   - successes: Successes, from 0 to `trials`.
  ///   - trials: Trials, at least 0.
  /// - Throws: `StatisticsError` for a number below 0, one that is not finite, or more successes
  ///   than trials.
  public init(successes: Double, trials: Double) throws(StatisticsError) {
    for value in [successes, trials] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    guard successes <= trials else {
      throw .successesExceedTrials(successes: successes, trials: trials)
    }
    self.init(uncheckedSuccesses: successes, trials: trials)
  }

  /// Nothing observed.
  public static let noTrials = RateSample(uncheckedSuccesses: 0, trials: 0)

  /// A rate in trials, the rate brought back into 0...1 where rounding took it out.
  init(rate: Double, trials: Double) {
    self.init(uncheckedSuccesses: min(max(rate, 0), 1) * trials, trials: trials)
  }

  init(uncheckedSuccesses successes: Double, trials: Double) {
    self.successes = successes
    self.trials = trials
  }

  /// The share of successes; nil without trials.
  public var rate: Double? { trials > 0 ? min(successes / trials, 1) : nil }

  /// Whether both numbers are whole, as counts are.
  public var isWhole: Bool {
    successes == successes.rounded() && trials == trials.rounded()
  }

  /// The sample made of two disjoint ones.
  public static func + (left: RateSample, right: RateSample) -> RateSample {
    RateSample(
      uncheckedSuccesses: left.successes + right.successes,
      trials: left.trials + right.trials
    )
  }
}
