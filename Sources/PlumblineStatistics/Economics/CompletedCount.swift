/// Wins counted so far and those that the open rest will still bring.
public struct CompletedCount: Hashable, Sendable {
  /// What has been counted.
  public let counted: Double
  /// What is still expected of the open entries; see `CohortCompletion`.
  public let expected: Double
  /// The variance of what is still expected.
  public let variance: Double

  /// A count with what is still to come.
  ///
  /// - Parameters:
  ///   - counted: What has been counted; a fraction where credit is shared.
  ///   - expected: What is still expected.
  ///   - variance: The variance of that expectation.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init(
    counted: Double,
    expected: Double = 0,
    variance: Double = 0
  ) throws(StatisticsError) {
    for value in [counted, expected, variance] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    self.counted = counted
    self.expected = expected
    self.variance = variance
  }

  /// What there will be in the end.
  public var total: Double { counted + expected }

  /// The variance of the total: that of a Poisson count, and that of the rest.
  public var totalVariance: Double { counted + variance }

  /// The long-run totals that are compatible with this one.
  ///
  /// Garwood's exact interval for a plain whole count, which says something even at 0; otherwise
  /// the gamma distribution with the total and its variance. A rest whose variance is not known
  /// counts as random as a Poisson number.
  ///
  /// - Parameter level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: The ends as counts.
  /// - Precondition: `level` lies strictly between 0 and 1.
  public func interval(level: Double = 0.95) -> ConfidenceInterval {
    if expected == 0, variance == 0, let whole = Int(exactly: counted) {
      return .garwood(count: whole, level: level)
    }
    if total == 0 { return .garwood(count: 0, level: level) }
    let spread = totalVariance > 0 ? totalVariance : total
    return .gamma(mean: total, variance: spread, level: level)
  }
}
