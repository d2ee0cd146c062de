/// How likely a count is to be as large as one seen, or larger.
public enum CountExcess {
  /// The chance of a count or more where the mean and the variance are known.
  ///
  /// A negative binomial number with that mean and variance; a Poisson number where the variance is
  /// no larger than the mean.
  ///
  /// - Parameters:
  ///   - count: The count.
  ///   - mean: The mean; not negative.
  ///   - variance: The variance.
  /// - Returns: A chance in 0...1.
  /// - SeeAlso: NIST Digital Library of Mathematical Functions, 8.4.10 and 8.17.24, for both tails
  ///   as incomplete gamma and beta functions.
  public static func upperTail(_ count: Int, mean: Double, variance: Double) -> Double {
    guard count > 0 else { return 1 }
    guard mean > 0 else { return 0 }
    guard variance > mean * (1 + 1e-9) else {
      return GammaDistribution(shape: Double(count)).cumulative(mean)
    }
    let shape = mean * mean / (variance - mean)
    return BetaDistribution(alpha: Double(count), beta: shape).cumulative(1 - mean / variance)
  }

  /// The chance of so many successes or more in independent trials.
  ///
  /// - Parameters:
  ///   - successes: The successes, at most `trials`.
  ///   - trials: The trials.
  ///   - probability: That of a success, 0...1.
  /// - Returns: A chance in 0...1.
  public static func binomialTail(_ successes: Int, of trials: Int, probability: Double) -> Double {
    guard successes > 0 else { return 1 }
    guard successes <= trials else { return 0 }
    return BetaDistribution(alpha: Double(successes), beta: Double(trials - successes + 1))
      .cumulative(probability)
  }
}
