#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Which factors of a product brought about its change, and by how much each.
public enum ProductAttribution {
  /// Each factor's share in the change of a product: its mean contribution over every order in
  /// which the factors could have changed.
  ///
  /// The Shapley value of factor k is
  /// (x1_k − x0_k) Σ_s [s!(n−1−s)!/n!] e_s, where e_s is the coefficient of z^s in the product of
  /// (x0_i + x1_i z) over the other factors. Unlike logarithmic methods it needs no limits where a
  /// factor is 0 or negative. The shares add up to ∏x1 − ∏x0 to rounding.
  ///
  /// - Parameters:
  ///   - base: The factors before.
  ///   - actual: The same factors after.
  /// - Returns: One share a factor; none when there are no factors.
  /// - Precondition: Both lists are equally long.
  /// - Complexity: O(n²) a factor.
  /// - SeeAlso: Shapley (1953), Contributions to the Theory of Games 2:307; Sun (1998),
  ///   doi:10.1016/S0140-9883(98)00004-3; Albrecht, François & Schoors (2002),
  ///   doi:10.1016/S0301-4215(02)00022-0.
  public static func shares(from base: [Double], to actual: [Double]) -> [Double] {
    precondition(base.count == actual.count, "the factors before are those after")
    let count = base.count
    let weights = weights(factorCount: count)
    var polynomial = Array(repeating: 0.0, count: count)
    return base.indices.map { factor in
      if base[factor] == actual[factor] { return 0 }
      for power in polynomial.indices { polynomial[power] = 0 }
      if count > 0 { polynomial[0] = 1 }
      var degree = 0
      for other in base.indices where other != factor {
        degree += 1
        for power in stride(from: degree, through: 1, by: -1) {
          polynomial[power] =
            polynomial[power] * base[other] + polynomial[power - 1] * actual[other]
        }
        polynomial[0] *= base[other]
      }
      var mean = 0.0
      for power in polynomial.indices { mean += weights[power] * polynomial[power] }
      return (actual[factor] - base[factor]) * mean
    }
  }

  /// s!(n−1−s)!/n! for each number s of factors that changed before.
  private static func weights(factorCount: Int) -> [Double] {
    var weights: [Double] = []
    var weight = 1 / Double(max(factorCount, 1))
    for changed in 0..<factorCount {
      weights.append(weight)
      weight *= Double(changed + 1) / Double(max(factorCount - 1 - changed, 1))
    }
    return weights
  }

  /// The same by the logarithmic mean Divisia index, as a check: L(R1, R0) · ln(x1/x0) with
  /// L(a, b) = (a − b)/ln(a/b) and R the product.
  ///
  /// - Parameters:
  ///   - base: The factors before.
  ///   - actual: The same factors after.
  /// - Returns: One share a factor, or nil where a factor is not positive.
  /// - Precondition: Both lists are equally long.
  /// - SeeAlso: Ang (2005), doi:10.1016/j.enpol.2003.10.010.
  public static func logMeanShares(from base: [Double], to actual: [Double]) -> [Double]? {
    precondition(base.count == actual.count, "the factors before are those after")
    guard (base + actual).allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    let logRatios = zip(base, actual).map { log($1) - log($0) }
    let (before, after) = (base.reduce(1, *), actual.reduce(1, *))
    let logRatio = logRatios.reduce(0, +)
    // Near 1 the quotient of two small differences loses every digit; its limit does not.
    let mean =
      logRatio.magnitude < 1e-5
      ? (before * after).squareRoot() * (1 + logRatio * logRatio / 24)
      : (after - before) / logRatio
    return logRatios.map { mean * $0 }
  }
}
