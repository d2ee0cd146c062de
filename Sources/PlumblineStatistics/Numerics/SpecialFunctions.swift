#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Logarithms of the quantities that probabilities are made of, and the log-odds scale.
public enum SpecialFunctions {
  /// The natural logarithm of the gamma function at a positive `x`.
  ///
  /// Uses the reentrant routine, because the ordinary one writes a global sign.
  public static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }

  /// The natural logarithm of the beta function of two positive numbers.
  public static func logBeta(_ alpha: Double, _ beta: Double) -> Double {
    logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta)
  }

  /// The natural logarithm of the number of ways to choose `chosen` of `total`.
  public static func logBinomialCoefficient(_ total: Double, _ chosen: Double) -> Double {
    logGamma(total + 1) - logGamma(chosen + 1) - logGamma(total - chosen + 1)
  }

  /// The logarithm of the sum of the exponentials, without overflow.
  ///
  /// Minus infinity when there is nothing to add.
  public static func logSumExp(_ values: some Collection<Double>) -> Double {
    guard let largest = values.max(), largest.isFinite else { return values.max() ?? -.infinity }
    var sum = 0.0
    for value in values { sum += exp(value - largest) }
    return largest + log(sum)
  }

  /// The log-odds of a probability; infinite at 0 and 1.
  public static func logit(_ probability: Double) -> Double {
    log(probability) - log1p(-probability)
  }

  /// A probability after its log-odds are shifted; 0 and 1 stay what they are.
  public static func shifted(_ probability: Double, byLogOdds shift: Double) -> Double {
    guard probability > 0, probability < 1 else { return probability }
    return expit(logit(probability) + shift)
  }

  /// The probability that belongs to a log-odds value.
  public static func expit(_ logOdds: Double) -> Double {
    if logOdds >= 0 { return 1 / (1 + exp(-logOdds)) }
    let odds = exp(logOdds)
    return odds / (1 + odds)
  }
}
