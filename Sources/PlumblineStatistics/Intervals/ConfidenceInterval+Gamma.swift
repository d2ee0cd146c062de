extension ConfidenceInterval {
  /// The range of a positive quantity of which a mean and a variance are known.
  ///
  /// Quantiles of the gamma distribution with that mean and variance: never below 0, and with
  /// the variance of a count close to the exact interval for counts. Without variance the mean
  /// alone.
  ///
  /// - Parameters:
  ///   - mean: The mean, at least 0.
  ///   - variance: The variance, at least 0.
  ///   - level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: The ends, in the mean's unit.
  /// - Precondition: `mean` and `variance` are finite and not negative, `level` lies strictly
  ///   between 0 and 1.
  /// - SeeAlso: Fay & Feuer (1997),
  ///   doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM500>3.0.CO;2-#, who use gamma
  ///   intervals for weighted counts.
  public static func gamma(
    mean: Double,
    variance: Double,
    level: Double = 0.95
  ) -> ConfidenceInterval {
    precondition(mean >= 0 && mean.isFinite, "a mean count is finite and not negative")
    precondition(variance >= 0 && variance.isFinite, "a variance is finite and not negative")
    precondition(level > 0 && level < 1, "a confidence level lies between 0 and 1")
    let shape = mean / variance * mean
    let scale = variance / mean
    guard shape > 0, shape.isFinite, scale > 0, scale.isFinite else {
      return ConfidenceInterval(lower: mean, upper: mean)
    }
    let tail = (1 - level) / 2
    let distribution = GammaDistribution(shape: shape)
    let lower = distribution.quantile(tail) * scale
    return ConfidenceInterval(
      lower: lower,
      upper: max(distribution.quantile(1 - tail) * scale, lower)
    )
  }
}
