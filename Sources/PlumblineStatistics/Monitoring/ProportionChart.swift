/// Which way a share moves when things get worse.
public enum WorseDirection: String, Hashable, Sendable, Codable {
  /// Less is worse: deadlines kept, leads that go on.
  case low
  /// More is worse: no-shows, complaints.
  case high
}

/// One week on a chart.
public struct ChartPoint: Hashable, Sendable {
  /// Items in the week.
  public let items: Int
  /// Those that met their mark.
  public let met: Int
  /// How unusual the week is, on the scale of the standard normal.
  public let score: Double
  /// The smoothed score of this and the weeks before.
  public let smoothedScore: Double
  /// How far the smoothed score may lie from 0 before it is an alarm.
  public let limit: Double
  /// Whether the smoothed score is beyond its limit, on the bad side.
  public let isAlarm: Bool
  /// Whether the week alone is beyond what one week may be.
  public let isShock: Bool

  /// The week's share.
  public var rate: Double { Double(met) / Double(items) }
}

/// A chart of weekly shares that gives an alarm when they have become worse than they were.
///
/// Each week's count becomes a score under what was usual; an exponentially weighted mean of the
/// scores sees small lasting changes, a single score large sudden ones. What is usual is itself
/// known from a few weeks only, an error that all later weeks share: the limits allow for it.
///
/// - SeeAlso: Lucas & Saccucci (1990), doi:10.1080/00401706.1990.10484583; Spiegelhalter (2005),
///   doi:10.1136/qshc.2005.015396.
public struct ProportionChart: Sendable {
  /// What is usual.
  public let baseline: ProportionBaseline
  /// How many standard deviations make an alarm, L.
  public let limitFactor: Double
  /// The weight of the newest week, λ.
  public let smoothing: Double
  /// Which way is worse.
  public let worse: WorseDirection

  private var smoothedScore = 0.0
  private var variance = 0.0
  private var drift = 0.0

  /// The weight of the newest week where nobody says otherwise.
  public static let standardSmoothing = 0.2

  /// A chart before its first week.
  ///
  /// - Precondition: `smoothing` lies above 0 and not above 1.
  public init(
    baseline: ProportionBaseline,
    limitFactor: Double,
    smoothing: Double = standardSmoothing,
    worse: WorseDirection = .low
  ) {
    precondition(smoothing > 0 && smoothing <= 1, "a weight lies above 0 and not above 1")
    self.baseline = baseline
    self.limitFactor = limitFactor
    self.smoothing = smoothing
    self.worse = worse
  }

  /// How many standard deviations make an alarm, so that all series together give no more false
  /// alarms than wanted: Φ⁻¹(1 − wanted/(52 · series)).
  ///
  /// - Parameters:
  ///   - falseAlarmsPerYear: How many are wanted at most, over all series; more than 0.
  ///   - series: How many series are watched; fewer than 1 are taken as 1.
  /// - Returns: The factor L, 0 or more.
  public static func limitFactor(falseAlarmsPerYear: Double, series: Int) -> Double {
    let chance = falseAlarmsPerYear / (52 * Double(max(series, 1)))
    return -StandardNormal.quantile(min(max(chance, 1e-300), 0.5))
  }

  /// How far a single score may lie from 0 in a week of so many items.
  public func shockLimit(items: Int) -> Double {
    let error = baseline.relativeError(items: items)
    return limitFactor * (1 + error * error).squareRoot()
  }

  /// How few and how many may meet their mark in a week of so many items before the week alone is
  /// out of the usual, on either side.
  ///
  /// - Complexity: O(items) at worst, a few times.
  public func usualCounts(items: Int) -> ClosedRange<Int> {
    let distribution = baseline.distribution(items: max(items, 0))
    let limit = shockLimit(items: max(items, 1))
    func first(from: Int, where holds: (Int) -> Bool) -> Int {
      var (low, high) = (from, max(items, 0))
      while low < high {
        let middle = low + (high - low) / 2
        if holds(middle) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let lower = first(from: 0) { distribution.normalScore(of: $0) >= -limit }
    // The first count whose next one is too many.
    let upper = first(from: lower) { distribution.normalScore(of: $0 + 1) > limit }
    return lower...upper
  }

  /// Adds the next week; nil when it had no items, which changes nothing.
  ///
  /// - Precondition: `met` lies in 0...`items`.
  /// - Complexity: O(items).
  public mutating func add(items: Int, met: Int) -> ChartPoint? {
    precondition(0 <= met && met <= items, "met lies in 0...items")
    guard items > 0 else { return nil }
    let score = baseline.distribution(items: items).normalScore(of: met)
    let limit = advance(items: items)
    smoothedScore = smoothing * score + (1 - smoothing) * smoothedScore
    return ChartPoint(
      items: items,
      met: met,
      score: score,
      smoothedScore: smoothedScore,
      limit: limit,
      isAlarm: isBeyond(smoothedScore, limit),
      isShock: isBeyond(score, shockLimit(items: items))
    )
  }

  /// The limit of the smoothed score after one more week: L √(v + drift²).
  mutating func advance(items: Int) -> Double {
    let rest = 1 - smoothing
    variance = smoothing * smoothing + rest * rest * variance
    drift = smoothing * baseline.relativeError(items: items) + rest * drift
    return limitFactor * (variance + drift * drift).squareRoot()
  }

  func isBeyond(_ value: Double, _ limit: Double) -> Bool {
    worse == .low ? value < -limit : value > limit
  }
}
