/// Student's t distribution.
public enum StudentT {
  /// The chance of a value of at least `t`.
  static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    let outside =
      BetaDistribution(alpha: degreesOfFreedom / 2, beta: 0.5)
      .cumulative(degreesOfFreedom / (degreesOfFreedom + t * t))
    return t >= 0 ? outside / 2 : 1 - outside / 2
  }

  /// The quantile that leaves 2.5 % on either side, for intervals of 95 %.
  ///
  /// With x the 5 % quantile of Beta(n/2, 1/2), t² = n (1/x - 1).
  ///
  /// - Parameter degreesOfFreedom: n, at least 1.
  /// - Returns: t.
  /// - SeeAlso: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.5.27.
  public static func t95(degreesOfFreedom: Int) -> Double {
    let freedom = Double(degreesOfFreedom)
    let share = BetaDistribution(alpha: freedom / 2, beta: 0.5).quantile(0.05)
    return (freedom * (1 / share - 1)).squareRoot()
  }
}
