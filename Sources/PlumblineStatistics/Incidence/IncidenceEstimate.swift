/// The share that converts within a number of days, and how well that is known.
public struct IncidenceEstimate: Hashable, Sendable {
  /// The horizon: conversions after fewer than this many days count.
  public let horizonInDays: Int
  /// The share that converts within the horizon; nil without entries.
  public let rate: Double?
  /// The standard error of the rate; nil without entries.
  public let standardError: Double?
  /// The rates that the data support.
  public let interval: ConfidenceInterval
  /// How many fully watched entries would tell as much.
  public let effectiveSampleSize: Double
  /// Entries still waiting when the horizon's bucket began.
  public let atRisk: Int
  /// Entries whose state at the end of the horizon's bucket is known.
  ///
  /// They have converted, left, or waited at least that long.
  public let known: Int
  /// All entries.
  public let total: Int
  /// Whether the data reach the horizon with enough entries to show the rate.
  ///
  /// Where they do not, the rate counts only what the data reach and is too low.
  public let isSupported: Bool

  /// The share of the entries that is known at the horizon; nil without entries.
  public var maturity: Double? { total == 0 ? nil : Double(known) / Double(total) }

  /// The estimate as successes among trials, for comparisons; nil without entries.
  public var sample: RateSample? {
    rate.map { RateSample(rate: $0, trials: effectiveSampleSize) }
  }
}
