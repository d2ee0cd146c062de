#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Counts of successes whose chance varies from batch to batch.
///
/// With `overdispersion` 0 it is the binomial distribution; with 1 all trials of a batch agree.
///
/// - SeeAlso: Skellam (1948), doi:10.1111/j.2517-6161.1948.tb00014.x.
public struct BetaBinomialDistribution: Hashable, Sendable {
  /// The number of trials.
  public let trials: Int
  /// The mean chance of success, 0...1.
  public let mean: Double
  /// The correlation between two trials of a batch, from 0 to below 1.
  public let overdispersion: Double

  /// A beta-binomial distribution.
  ///
  /// - Precondition: `trials` is not negative, `mean` lies in 0...1, `overdispersion` in 0..<1.
  public init(trials: Int, mean: Double, overdispersion: Double) {
    precondition(trials >= 0, "a number of trials is not negative")
    precondition((0...1).contains(mean), "a mean chance lies in 0...1")
    precondition((0..<1).contains(overdispersion), "an overdispersion lies in 0..<1")
    self.trials = trials
    self.mean = mean
    self.overdispersion = overdispersion
  }

  /// The probability of exactly `successes`.
  public func probability(of successes: Int) -> Double {
    guard (0...trials).contains(successes) else { return 0 }
    if mean == 0 { return successes == 0 ? 1 : 0 }
    if mean == 1 { return successes == trials ? 1 : 0 }
    let (k, n) = (Double(successes), Double(trials))
    let ways = SpecialFunctions.logBinomialCoefficient(n, k)
    guard overdispersion > 0 else {
      return exp(ways + k * log(mean) + (n - k) * log1p(-mean))
    }
    let precision = (1 - overdispersion) / overdispersion
    let alpha = mean * precision
    let beta = (1 - mean) * precision
    return exp(
      ways + SpecialFunctions.logBeta(k + alpha, n - k + beta)
        - SpecialFunctions.logBeta(alpha, beta)
    )
  }
}
