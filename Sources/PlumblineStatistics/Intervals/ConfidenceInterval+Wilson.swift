extension ConfidenceInterval {
  /// The range of rates that `successes` in `trials` support.
  ///
  /// Wilson score interval: it stays inside 0...1 and keeps a width at 0 of n and n of n, where
  /// the normal approximation claims certainty. Trials may be fractional, as an effective sample
  /// size is. Without trials every rate is possible.
  ///
  /// - Parameters:
  ///   - successes: Successes, from 0 to `trials`.
  ///   - trials: Trials, at least 0.
  ///   - z: Standard normal quantile of the wanted confidence.
  /// - Returns: The ends as fractions, not percent.
  /// - Precondition: `successes` lies in 0...`trials`.
  /// - SeeAlso: Wilson (1927), doi:10.1080/01621459.1927.10502953; Brown, Cai & DasGupta (2001),
  ///   doi:10.1214/ss/1009213286.
  public static func wilson(
    successes: Double,
    trials: Double,
    z: Double = StandardNormal.z95
  ) -> ConfidenceInterval {
    precondition(successes >= 0 && successes <= trials, "successes lie in 0...trials")
    guard trials > 0 else { return .anyRate }
    return wilson(rate: successes / trials, trials: trials, z: z)
  }

  /// The range of rates that an observed rate in `trials` supports; see `wilson(successes:)`.
  static func wilson(rate: Double, trials: Double, z: Double) -> ConfidenceInterval {
    guard trials > 0 else { return .anyRate }
    let square = z * z
    let denominator = trials + square
    let centre = (trials * rate + square / 2) / denominator
    let spread =
      z / denominator * (trials * rate * (1 - rate) + square / 4).squareRoot()
    // At 0 and 1 the formula meets the border exactly; rounding must not keep it from there.
    return ConfidenceInterval(
      lower: rate == 0 ? 0 : max(0, centre - spread),
      upper: rate == 1 ? 1 : min(1, centre + spread)
    )
  }
}
