#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension SeededGenerator {
  /// A number from 0 to below 1, in steps of 2⁻⁵³.
  @inlinable public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from the lower bound to below the upper one.
  public mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
  }

  /// True with the given probability.
  public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  /// A normal number, by Marsaglia's polar method.
  ///
  /// - SeeAlso: Marsaglia & Bray (1964), doi:10.1137/1006063.
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    mean + standardDeviation * standardNormal()
  }

  private mutating func standardNormal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let first = 2 * uniform() - 1
      let second = 2 * uniform() - 1
      let square = first * first + second * second
      guard square > 0, square < 1 else { continue }
      let scale = (-2 * log(square) / square).squareRoot()
      spareNormal = second * scale
      return first * scale
    }
  }

  /// A number whose logarithm is normal.
  ///
  /// - Parameters:
  ///   - median: The median of the numbers; positive.
  ///   - logStandardDeviation: The standard deviation of the natural logarithm.
  /// - Returns: A positive number.
  public mutating func logNormal(median: Double, logStandardDeviation: Double) -> Double {
    median * exp(normal(standardDeviation: logStandardDeviation))
  }

  /// A waiting time without memory.
  public mutating func exponential(mean: Double) -> Double { -mean * log1p(-uniform()) }

  /// A gamma number; its mean is `shape` times `scale`.
  ///
  /// - Parameters:
  ///   - shape: The shape; positive.
  ///   - scale: The scale; positive.
  /// - Returns: A number of at least 0.
  /// - Precondition: The shape is positive.
  /// - SeeAlso: Marsaglia & Tsang (2000), doi:10.1145/358407.358414.
  public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
    precondition(shape > 0, "the shape of a gamma distribution is positive")
    if shape < 1 {
      // One more than the shape, then brought down by a power of a uniform number above 0.
      let larger = gamma(shape: shape + 1, scale: scale)
      return larger * exp(log1p(-uniform()) / shape)
    }
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = standardNormal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let cube = root * root * root
      let u = 1 - uniform()
      if log(u) < 0.5 * x * x + d * (1 - cube + log(cube)) { return scale * d * cube }
    }
  }

  /// A beta number: a rate with mean `alpha` / (`alpha` + `beta`).
  ///
  /// - Precondition: Both shapes are positive.
  public mutating func beta(alpha: Double, beta: Double) -> Double {
    let first = gamma(shape: alpha)
    let second = gamma(shape: beta)
    let total = first + second
    // Shapes near 0 can make both vanish; the limit is a coin with the right mean.
    return total > 0 ? first / total : chance(alpha / (alpha + beta)) ? 1 : 0
  }
}
