#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The gamma distribution with scale 1: waiting for a number of random arrivals.
public struct GammaDistribution: Hashable, Sendable {
  /// The shape; positive.
  public let shape: Double
  private let logGammaOfShape: Double

  /// A gamma distribution with scale 1.
  ///
  /// - Precondition: The shape is positive and finite.
  public init(shape: Double) {
    precondition(shape > 0 && shape.isFinite, "the shape of a gamma distribution is positive")
    self.shape = shape
    logGammaOfShape = SpecialFunctions.logGamma(shape)
  }

  /// The probability of a value of at most `x`: the regularised lower incomplete gamma function.
  public func cumulative(_ x: Double) -> Double { tails(x).lower }

  /// The probability of a value above `x`, exact where it is small.
  public func upperTail(_ x: Double) -> Double { tails(x).upper }

  /// The value that a share `probability` of the distribution stays below.
  ///
  /// Exact to about 1e-14 of its size; values too small for a number are 0.
  ///
  /// - Precondition: `probability` lies in 0...1.
  /// - Complexity: Some fifteen evaluations of the distribution, sixty at the ends.
  public func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    if probability == 0 { return 0 }
    if probability == 1 { return .infinity }
    return exp(
      TailProbabilities.bisectLogarithm(
        from: TailProbabilities.logarithmOfSmallest,
        to: log(2 * shape + 1_500),
        within: neighborhood(of: probability)
      ) { tails(exp($0)).reaches(probability) }
    )
  }

  /// Where the logarithm of a quantile lies, where that is quickly found.
  func neighborhood(of probability: Double) -> ClosedRange<Double>? {
    let isLower = probability <= 0.5
    let target = isLower ? log(probability) : log(1 - probability)
    return TailProbabilities.neighborhood(startingAt: guess(probability), target: target) {
      let x = exp($0)
      let tails = tails(x)
      let slope = exp(shape * $0 - x - logGammaOfShape)
      let rounding = 1e-14 + 4e-16 * (shape * $0.magnitude + x + logGammaOfShape.magnitude)
      return isLower ? (tails.lower, slope, rounding) : (tails.upper, -slope, rounding)
    }
  }

  /// The logarithm of a quantile, roughly: Wilson & Hilferty (1931), doi:10.1073/pnas.17.12.684,
  /// or by the lower end of the distribution where that says nothing.
  private func guess(_ probability: Double) -> Double {
    let root = 1 - 1 / (9 * shape) + StandardNormal.quantile(probability) / (3 * shape.squareRoot())
    if root > 0.2 { return log(shape) + 3 * log(root) }
    return (log(probability) + SpecialFunctions.logGamma(shape + 1)) / shape
  }

  /// The probability that a chi-square value with `degreesOfFreedom` exceeds `x`; 1 without any.
  public static func chiSquareUpperTail(_ x: Double, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom > 0 else { return 1 }
    return GammaDistribution(shape: Double(degreesOfFreedom) / 2).upperTail(x / 2)
  }

  private func tails(_ x: Double) -> TailProbabilities {
    guard x > 0 else { return TailProbabilities(lower: 0) }
    guard x.isFinite else { return TailProbabilities(upper: 0) }
    let front = exp(shape * log(x) - x - logGammaOfShape)
    return x < shape + 1
      ? TailProbabilities(lower: front * series(x))
      : TailProbabilities(upper: front * fraction(x))
  }

  /// The series 8.11.4 of the NIST library.
  private func series(_ x: Double) -> Double {
    var term = 1 / shape
    var sum = term
    var denominator = shape
    while term > sum * 1e-17 {
      denominator += 1
      term *= x / denominator
      sum += term
    }
    return sum
  }

  /// The continued fraction 8.9.2 of the NIST library, by Lentz's method.
  private func fraction(_ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - shape
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    var step = 1.0
    while step < 1_000_000 {
      let a = -step * (step - shape)
      b += 2
      d = a * d + b
      d = 1 / (d.magnitude < tiny ? tiny : d)
      c = b + a / c
      if c.magnitude < tiny { c = tiny }
      let change = c * d
      value *= change
      if (change - 1).magnitude < 4e-16 { break }
      step += 1
    }
    return value
  }
}
