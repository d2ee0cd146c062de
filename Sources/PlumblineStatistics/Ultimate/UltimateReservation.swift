/// Why an ultimate rate is not to be reported.
public enum UltimateReservation: Hashable, Sendable {
  /// Too few conversions fix the shape of the waits.
  case tooFewConversions(have: Int, need: Int)
  /// The interval is open at an end, or wider than the rate itself.
  case intervalTooWide(lower: Double?, upper: Double?)
  /// The oldest entries are too young: of those who will convert, so many have had the time.
  case followUpTooShort(share: Double, need: Double)
  /// The model leaves the observed curve's interval in too many buckets: it lies within in so many.
  case poorFit(share: Double, need: Double)

  /// The word by which programs know the reason.
  public var code: String {
    switch self {
    case .tooFewConversions: "too_few_conversions"
    case .intervalTooWide: "interval_too_wide"
    case .followUpTooShort: "follow_up_too_short"
    case .poorFit: "poor_fit"
    }
  }

  /// The share of conversions that the oldest entries must have had the time for.
  public static let neededFollowUp = 0.8
  /// The share of buckets in which the model must lie within the observed curve's interval.
  public static let neededFit = 0.9

  static func all(
    conversions: Int,
    shares: UltimateShares,
    shape: MixtureShape,
    interval: (lower: Double?, upper: Double?),
    longestFollowUp: Double,
    curve: CumulativeIncidence
  ) -> [UltimateReservation] {
    var found: [UltimateReservation] = []
    if conversions < UltimateRate.fewestConversions {
      found.append(.tooFewConversions(have: conversions, need: UltimateRate.fewestConversions))
    }
    let width = interval.lower.flatMap { lower in interval.upper.map { $0 - lower } }
    if !(width.map { $0 <= shares.converts } ?? false) {
      found.append(.intervalTooWide(lower: interval.lower, upper: interval.upper))
    }
    let followed = shape.conversion.cumulative(days: longestFollowUp)
    if !(followed >= neededFollowUp) {
      found.append(.followUpTooShort(share: followed, need: neededFollowUp))
    }
    let fitting = shareWithin(shares, shape, curve)
    if !(fitting >= neededFit) { found.append(.poorFit(share: fitting, need: neededFit)) }
    return found
  }

  /// The share of the occupied stretch's buckets in which the model lies in the curve's interval.
  private static func shareWithin(
    _ shares: UltimateShares,
    _ shape: MixtureShape,
    _ curve: CumulativeIncidence
  ) -> Double {
    let ends = (0..<curve.buckets.count).compactMap { bucket in
      curve.points[bucket].atRisk > 0 ? curve.buckets.end(of: bucket) : nil
    }
    guard !ends.isEmpty else { return 0 }
    let within = ends.count { end in
      let model = shares.converts * shape.conversion.cumulative(days: Double(end))
      return curve.estimate(withinDays: end).interval.contains(model)
    }
    return Double(within) / Double(ends.count)
  }
}
