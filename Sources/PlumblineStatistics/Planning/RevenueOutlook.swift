/// The money that a pipeline and new entries bring, as a mean and a spread that depend on how many
/// new entries come each week.
///
/// The mean is a straight line in the entries and the variance a quadratic, so that the entries
/// needed for a chance are exact. The sum is taken to be normal.
public struct RevenueOutlook: Hashable, Sendable {
  /// The money still needed; negative when more than enough is booked.
  public var need: Double
  /// The mean without new entries.
  public var mean: Double
  /// What one entry in each of the weeks adds to the mean.
  public var gain: Double
  /// The variance without new entries.
  public var fixed: Double
  /// What the variance grows by with the entries.
  public var linear: Double
  /// What the variance grows by with their square: what is not known of the curve and the deals.
  public var quadratic: Double

  /// An outlook.
  ///
  /// - Parameters:
  ///   - need: The money still needed.
  ///   - mean: The mean without new entries.
  ///   - gain: What one entry in each of the weeks adds to the mean.
  ///   - fixed: The variance without new entries.
  ///   - linear: What the variance grows by with the entries.
  ///   - quadratic: What the variance grows by with their square.
  public init(
    need: Double,
    mean: Double,
    gain: Double,
    fixed: Double,
    linear: Double,
    quadratic: Double
  ) {
    self.need = need
    self.mean = mean
    self.gain = gain
    self.fixed = fixed
    self.linear = linear
    self.quadratic = quadratic
  }

  /// The money expected.
  public func mean(entriesPerWeek: Double) -> Double { mean + entriesPerWeek * gain }

  /// The standard deviation of the money.
  ///
  /// - Parameters:
  ///   - entriesPerWeek: New entries in each of the weeks.
  ///   - arrivalVariance: The variance of that number beyond the chance of single arrivals, where it
  ///     is a forecast and not a decision.
  /// - Returns: An amount, 0 or more.
  public func standardDeviation(entriesPerWeek: Double, arrivalVariance: Double = 0) -> Double {
    let ofEntries = linear * entriesPerWeek + quadratic * entriesPerWeek * entriesPerWeek
    return max(fixed + ofEntries + gain * gain * arrivalVariance, 0).squareRoot()
  }

  /// The chance of reaching the needed money.
  ///
  /// - Parameters:
  ///   - entriesPerWeek: New entries in each of the weeks, 0 for none.
  ///   - arrivalVariance: See `standardDeviation`.
  /// - Returns: A probability.
  public func chance(entriesPerWeek: Double, arrivalVariance: Double = 0) -> Double {
    let margin = mean(entriesPerWeek: entriesPerWeek) - need
    let spread = standardDeviation(
      entriesPerWeek: entriesPerWeek,
      arrivalVariance: arrivalVariance
    )
    guard spread > 0 else { return margin >= 0 ? 1 : 0 }
    return StandardNormal.cumulative(margin / spread)
  }

  /// The money that is reached or passed with a probability; never below 0.
  ///
  /// - Parameters:
  ///   - probability: The chance of reaching it, strictly between 0 and 1.
  ///   - entriesPerWeek: New entries in each of the weeks.
  ///   - arrivalVariance: See `standardDeviation`.
  /// - Returns: An amount; a higher chance has a lower one.
  /// - Precondition: `probability` lies strictly between 0 and 1.
  public func reached(
    withProbability probability: Double,
    entriesPerWeek: Double,
    arrivalVariance: Double = 0
  ) -> Double {
    precondition(probability > 0 && probability < 1, "a chance lies between 0 and 1")
    let spread = standardDeviation(
      entriesPerWeek: entriesPerWeek,
      arrivalVariance: arrivalVariance
    )
    return max(
      0,
      mean(entriesPerWeek: entriesPerWeek) - StandardNormal.quantile(probability) * spread
    )
  }

  /// The fewest new entries in each of the weeks that reach the needed money with a probability.
  ///
  /// Expected money less z standard deviations is a root of a quadratic in the entries, so this
  /// is exact. More entries do not always help: what is not known about the curve grows with
  /// them, and a high probability can stay out of reach.
  ///
  /// - Parameter probability: The wanted chance, 0.5 for P50, 0.8 for P80.
  /// - Returns: Entries a week, 0 when none are needed; nil when no number is enough.
  public func entriesPerWeek(probability: Double) -> Double? {
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return nil }
    let z = StandardNormal.quantile(probability)
    let short = mean - need
    if short >= z * standardDeviation(entriesPerWeek: 0) { return 0 }
    guard gain > 0 else { return nil }
    // (short + gain λ)² = z² (fixed + linear λ + quadratic λ²), on the side where
    // short + gain λ has the sign of z.
    let a = gain * gain - z * z * quadratic
    let b = 2 * gain * short - z * z * linear
    let c = short * short - z * z * fixed
    let slack = 1e-9 * (need.magnitude + short.magnitude)
    return Self.roots(a, b, c)
      .filter { $0 > 0 && $0.isFinite && (short + gain * $0) * (z < 0 ? -1 : 1) >= -slack }
      .min()
  }

  /// The real roots of a x² + b x + c, without cancellation.
  private static func roots(_ a: Double, _ b: Double, _ c: Double) -> [Double] {
    let discriminant = b * b - 4 * a * c
    // Two equal roots may come out a rounding below 0.
    guard discriminant >= -1e-12 * b * b else { return [] }
    let half = -0.5 * (b + (b < 0 ? -1 : 1) * max(discriminant, 0).squareRoot())
    return [half / a, c / half]
  }
}
