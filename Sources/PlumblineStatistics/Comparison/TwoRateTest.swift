#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether two rates differ by more than chance.
public enum TwoRateTest {
  /// The two-sided p-value for the difference of two rates; nil when either has no trials.
  ///
  /// The score test, which is the chi-square test of the two-by-two table without correction;
  /// Fisher's test with the mid-p convention where whole counts are so few that an expected one
  /// falls below 5. 1 when nobody or everybody succeeded.
  ///
  /// - Parameters:
  ///   - first: One sample.
  ///   - second: The other, disjoint sample.
  ///   - countsAreExact: Whether the samples are plain counts, not effective sample sizes.
  /// - Returns: A p-value in 0...1.
  public static func pValue(
    _ first: RateSample,
    _ second: RateSample,
    countsAreExact: Bool
  ) -> Double? {
    guard first.trials > 0, second.trials > 0 else { return nil }
    let pooled = (first.successes + second.successes) / (first.trials + second.trials)
    guard pooled > 0, pooled < 1 else { return 1 }
    let smallestExpected = min(first.trials, second.trials) * min(pooled, 1 - pooled)
    if countsAreExact, first.isWhole, second.isWhole, smallestExpected < 5 {
      return fisherMidP(first, second)
    }
    return scorePValue(first, second, pooled: pooled)
  }

  private static func scorePValue(
    _ first: RateSample,
    _ second: RateSample,
    pooled: Double
  ) -> Double {
    let difference = first.successes / first.trials - second.successes / second.trials
    let variance = pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials)
    return StandardNormal.twoSidedTail(difference / variance.squareRoot())
  }

  /// Fisher's exact two-sided test with the mid-p convention.
  ///
  /// The probability of tables less likely than the one seen, and half that of those as likely.
  /// Lancaster (1961), doi:10.1080/01621459.1961.10482105.
  private static func fisherMidP(_ first: RateSample, _ second: RateSample) -> Double {
    let successes = first.successes + second.successes
    let least = max(0, successes - second.trials)
    let most = min(successes, first.trials)
    func logProbability(_ count: Double) -> Double {
      SpecialFunctions.logBinomialCoefficient(first.trials, count)
        + SpecialFunctions.logBinomialCoefficient(second.trials, successes - count)
    }
    let seen = logProbability(first.successes)
    var total = 0.0
    var tail = 0.0
    for count in stride(from: least, through: most, by: 1) {
      let relative = logProbability(count) - seen
      let probability = exp(relative)
      total += probability
      // Equal tables differ by rounding in the log-gammas, at most about 1e-9.
      if relative.magnitude < 1e-7 {
        tail += probability / 2
      } else if relative < 0 {
        tail += probability
      }
    }
    return min(tail / total, 1)
  }
}
