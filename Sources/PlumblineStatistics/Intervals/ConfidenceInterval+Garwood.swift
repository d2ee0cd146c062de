extension ConfidenceInterval {
  /// The range of expected counts that an observed count supports.
  ///
  /// Garwood's exact interval from quantiles of chi-square: it never covers less often than
  /// asked, and says something at a count of 0, where the upper end is 3.69 at 95 %.
  ///
  /// - Parameters:
  ///   - count: The observed number of events, at least 0.
  ///   - level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: The ends as expected counts.
  /// - Precondition: `count` is not negative, `level` lies strictly between 0 and 1.
  /// - SeeAlso: Garwood (1936), doi:10.1093/biomet/28.3-4.437.
  public static func garwood(count: Int, level: Double = 0.95) -> ConfidenceInterval {
    precondition(count >= 0, "a count is not negative")
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let tail = (1 - level) / 2
    return ConfidenceInterval(
      lower: count == 0 ? 0 : GammaDistribution(shape: Double(count)).quantile(tail),
      upper: GammaDistribution(shape: Double(count) + 1).quantile(1 - tail)
    )
  }
}
