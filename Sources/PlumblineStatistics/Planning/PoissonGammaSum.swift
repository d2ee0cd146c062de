#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The sum of a random number of random amounts: Poisson many, each from a gamma distribution.
///
/// What so many deals of such sizes bring when nothing but chance decides. It has a lump at 0, the
/// chance of no deal at all, which a smooth approximation would miss.
///
/// - SeeAlso: Jørgensen & Paes de Souza (1994), doi:10.1080/03461238.1994.10413930, who use it for
///   insurance claims.
public struct PoissonGammaSum: Hashable, Sendable {
  /// The mean number of amounts.
  public let count: Double
  /// The mean amount.
  public let mean: Double
  /// The standard deviation between amounts; 0 where all are alike.
  public let standardDeviation: Double

  /// A sum.
  ///
  /// - Parameters:
  ///   - count: The mean number of amounts, at least 0.
  ///   - mean: The mean amount, above 0.
  ///   - standardDeviation: The standard deviation between amounts, at least 0.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is, or a mean of 0.
  public init(count: Double, mean: Double, standardDeviation: Double) throws(StatisticsError) {
    for value in [count, mean, standardDeviation] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    guard mean > 0 else { throw .negativeOrNotFinite(mean) }
    self.count = count
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// The mean of the sum.
  public var expected: Double { count * mean }

  /// The variance of the sum.
  public var variance: Double { count * (mean * mean + standardDeviation * standardDeviation) }

  /// The chance of a sum of at most a value.
  ///
  /// - Complexity: O(√count + 10) evaluations of the gamma distribution.
  public func cumulative(_ value: Double) -> Double {
    guard value >= 0 else { return 0 }
    guard count > 0 else { return 1 }
    // Beyond ten standard deviations of the number nothing is left that a number could hold.
    let spread = 10 * count.squareRoot() + 20
    let (first, last) = (max(0, (count - spread).rounded(.down)), (count + spread).rounded(.up))
    var sum = 0.0
    for number in Int(first)...Int(last) {
      let weight = weight(number)
      guard weight > 0 else { continue }
      sum += weight * chance(ofAtMost: value, amounts: number)
    }
    return min(1, sum)
  }

  /// The chance of a sum of at least a value.
  public func upperTail(_ value: Double) -> Double {
    guard value > 0 else { return 1 }
    // The lump at a value belongs to both sides, whatever the last digits of a multiple are.
    return min(1, max(0, 1 - cumulative(value * (1 - 1e-9))))
  }

  /// The smallest sum that a share of what may come does not exceed.
  ///
  /// - Precondition: `probability` lies strictly between 0 and 1.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability lies between 0 and 1")
    if cumulative(0) >= probability { return 0 }
    var (low, high) = (0.0, expected + 4 * variance.squareRoot() + mean)
    while cumulative(high) < probability { (low, high) = (high, 2 * high) }
    for _ in 0..<60 where high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if cumulative(middle) >= probability { high = middle } else { low = middle }
    }
    return high
  }

  /// The sums that chance leaves with a probability.
  ///
  /// - Parameter level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: The ends, in the unit of the amounts.
  public func interval(level: Double = 0.95) -> ConfidenceInterval {
    let tail = (1 - level) / 2
    let lower = quantile(tail)
    return ConfidenceInterval(lower: lower, upper: max(lower, quantile(1 - tail)))
  }

  /// The chance that chance alone leads at least as far away from the mean, on either side.
  public func twoSidedChance(_ value: Double) -> Double {
    min(1, 2 * min(cumulative(value), upperTail(value)))
  }

  /// The chance of so many amounts.
  private func weight(_ number: Int) -> Double {
    exp(Double(number) * log(count) - count - SpecialFunctions.logGamma(Double(number) + 1))
  }

  private func chance(ofAtMost value: Double, amounts number: Int) -> Double {
    guard number > 0 else { return 1 }
    guard standardDeviation > 1e-9 * mean else {
      return Double(number) * mean <= value * (1 + 1e-12) ? 1 : 0
    }
    let ratio = mean / standardDeviation
    let scale = standardDeviation / ratio
    return GammaDistribution(shape: Double(number) * ratio * ratio).cumulative(value / scale)
  }
}
