#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The beta distribution: what is known of a rate.
public struct BetaDistribution: Hashable, Sendable {
  /// The first shape, as of successes; positive.
  public let alpha: Double
  /// The second shape, as of failures; positive.
  public let beta: Double
  private let logBeta: Double

  /// A beta distribution.
  ///
  /// - Precondition: Both shapes are positive and finite.
  public init(alpha: Double, beta: Double) {
    precondition(
      alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite,
      "the shapes of a beta distribution are positive"
    )
    self.alpha = alpha
    self.beta = beta
    logBeta = SpecialFunctions.logBeta(alpha, beta)
  }

  /// What a rate with `successes` in `trials` may be, starting from Jeffreys' prior.
  ///
  /// - SeeAlso: Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286.
  public init(jeffreysWithSuccesses successes: Double, trials: Double) {
    self.init(alpha: successes + 0.5, beta: trials - successes + 0.5)
  }

  /// The mean.
  public var mean: Double { alpha / (alpha + beta) }

  /// The variance.
  public var variance: Double {
    let total = alpha + beta
    return alpha * beta / (total * total * (total + 1))
  }

  /// The probability of a value of at most `x`: the regularised incomplete beta function.
  public func cumulative(_ x: Double) -> Double { tails(x, complement: 1 - x).lower }

  /// The probability of a value above `x`, exact where it is small.
  public func upperTail(_ x: Double) -> Double { tails(x, complement: 1 - x).upper }

  /// The natural logarithm of the density at `x`, strictly between 0 and 1.
  public func logDensity(_ x: Double) -> Double {
    (alpha - 1) * log(x) + (beta - 1) * log1p(-x) - logBeta
  }

  /// The value that a share `probability` of the distribution stays below.
  ///
  /// Exact to about 1e-14 of its size, and of the size of 1 minus itself where it is near 1.
  /// Values too small for a number are 0.
  ///
  /// - Precondition: `probability` lies in 0...1.
  /// - Complexity: Some fifteen evaluations of the distribution, sixty at the ends.
  public func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    if probability == 0 { return 0 }
    if probability == 1 { return 1 }
    let floor = TailProbabilities.logarithmOfSmallest
    if tails(0.5, complement: 0.5).reaches(probability) {
      return exp(
        TailProbabilities.bisectLogarithm(
          from: floor,
          to: log(0.5),
          within: neighborhood(of: probability, isComplement: false)
        ) { logarithm in
          let x = exp(logarithm)
          return tails(x, complement: 1 - x).reaches(probability)
        }
      )
    }
    return 1
      - exp(
        TailProbabilities.bisectLogarithm(
          from: floor,
          to: log(0.5),
          within: neighborhood(of: probability, isComplement: true)
        ) { logarithm in
          let complement = exp(logarithm)
          return !tails(1 - complement, complement: complement).reaches(probability)
        }
      )
  }

  /// Where the logarithm of a quantile lies, or that of what it lacks to 1, where that is quickly
  /// found.
  func neighborhood(of probability: Double, isComplement: Bool) -> ClosedRange<Double>? {
    let isLower = probability <= 0.5
    let target = isLower ? log(probability) : log(1 - probability)
    let rough = mean + StandardNormal.quantile(probability) * variance.squareRoot()
    let start = isComplement ? 1 - rough : rough
    let most = log(0.5)
    return TailProbabilities.neighborhood(
      startingAt: log(min(max(start, 0.02 * (isComplement ? 1 - mean : mean)), 0.5)),
      target: target
    ) { logarithm in
      let argument = exp(min(logarithm, most))
      let (x, complement) = isComplement ? (1 - argument, argument) : (argument, 1 - argument)
      let tails = tails(x, complement: complement)
      // How the lower tail grows with the logarithm of x, the upper one with its complement's.
      let slope = front(x, complement: complement) / (1 - argument)
      let isRising = isLower != isComplement
      let exponents = alpha * log(x).magnitude + beta * log(complement).magnitude
      return (
        isLower ? tails.lower : tails.upper, isRising ? slope : -slope,
        1e-14 + 4e-16 * (exponents + logBeta.magnitude)
      )
    }
  }

  /// The probability below `x`, strictly between 0 and 1, and the density there at no extra cost.
  func lowerTailAndDensity(_ x: Double) -> (lowerTail: Double, density: Double) {
    let complement = 1 - x
    let front = front(x, complement: complement)
    let tails = IncompleteBeta.tails(
      x,
      complement: complement,
      alpha: alpha,
      beta: beta,
      front: front
    )
    return (tails.lower, front / (x * complement))
  }

  /// How the logarithm of the density changes at `x`, strictly between 0 and 1.
  func logDensitySlope(_ x: Double) -> Double { (alpha - 1) / x - (beta - 1) / (1 - x) }

  private func tails(_ x: Double, complement: Double) -> TailProbabilities {
    guard x > 0 else { return TailProbabilities(lower: 0) }
    guard complement > 0 else { return TailProbabilities(upper: 0) }
    return IncompleteBeta.tails(
      x,
      complement: complement,
      alpha: alpha,
      beta: beta,
      front: front(x, complement: complement)
    )
  }

  /// x^α (1−x)^β / B(α, β), from whichever of the two arguments is exact.
  private func front(_ x: Double, complement: Double) -> Double {
    let logX = x > 0.5 ? log1p(-complement) : log(x)
    let logComplement = complement > 0.5 ? log1p(-x) : log(complement)
    return exp(alpha * logX + beta * logComplement - logBeta)
  }
}

/// The regularised incomplete beta function by its continued fraction.
enum IncompleteBeta {
  /// Both tails at `x`; `front` is x^α (1−x)^β / B(α, β).
  static func tails(
    _ x: Double,
    complement: Double,
    alpha: Double,
    beta: Double,
    front: Double
  ) -> TailProbabilities {
    x <= (alpha + 1) / (alpha + beta + 2)
      ? TailProbabilities(lower: front / alpha * fraction(x, alpha, beta))
      : TailProbabilities(upper: front / beta * fraction(complement, beta, alpha))
  }

  /// The continued fraction 8.17.22 of the NIST library, by Lentz's method as modified by
  /// Thompson & Barnett (1986), doi:10.1016/0021-9991(86)90046-X.
  private static func fraction(_ x: Double, _ alpha: Double, _ beta: Double) -> Double {
    let tiny = 1e-300
    let total = alpha + beta
    var c = 1.0
    var d = 1 - total * x / (alpha + 1)
    d = 1 / (d.magnitude < tiny ? tiny : d)
    var value = d
    var m = 1.0
    // Needs about the root of the larger shape; the bound only ends a loop that cannot settle.
    while m < 100_000 {
      let double = 2 * m
      let even = m * (beta - m) * x / ((alpha + double - 1) * (alpha + double))
      d = 1 + even * d
      c = 1 + even / c
      d = 1 / (d.magnitude < tiny ? tiny : d)
      if c.magnitude < tiny { c = tiny }
      value *= c * d
      let odd = -(alpha + m) * (total + m) * x / ((alpha + double) * (alpha + double + 1))
      d = 1 + odd * d
      c = 1 + odd / c
      d = 1 / (d.magnitude < tiny ? tiny : d)
      if c.magnitude < tiny { c = tiny }
      let change = c * d
      value *= change
      if (change - 1).magnitude < 4e-16 { break }
      m += 1
    }
    return value
  }
}
