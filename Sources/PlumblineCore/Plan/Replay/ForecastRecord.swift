public import PlumblineStatistics

/// How forecasts made at past dates compare with what came: what a new forecast may be trusted for.
public struct ForecastRecord: Hashable, Sendable {
  /// A share of the forecasts, of which a known share should be.
  public struct Share: Hashable, Sendable {
    /// How many were.
    public var count: Int
    /// Of how many.
    public var of: Int
    /// The share that should be, if the odds are right.
    public var promised: Double

    /// A share.
    public init(count: Int, of: Int, promised: Double) {
      self.count = count
      self.of = of
      self.promised = promised
    }

    /// The share; nil of none.
    public var share: Double? { of > 0 ? Double(count) / Double(of) : nil }
    /// What the share may be at 95 %, as if the forecasts were independent; nil of none.
    public var interval: ConfidenceInterval? {
      of > 0 ? .wilson(successes: Double(count), trials: Double(of)) : nil
    }
  }

  /// What the record says of the odds.
  public enum Verdict: String, Sendable, Codable, CaseIterable {
    /// Fewer forecasts than `fewestReplays`: nothing can be said.
    case tooFew = "too_few"
    /// What was promised lies within the range of what came, for each of the shares.
    case holds
    /// Less came than was promised: P50 or P80 targets were missed too often.
    case tooHigh = "too_high"
    /// More came than was promised: P50 or P80 targets were met too often.
    case tooLow = "too_low"
    /// What came lay outside the ranges too often, on both sides.
    case tooNarrow = "too_narrow"
  }

  /// How many past dates were replayed.
  public var replays: Int
  /// How many of their periods fit one after another without overlapping.
  public var separatePeriods: Int
  /// What came lay from P10 to P90.
  public var withinRange: Share
  /// What came was at least the sum that had even odds.
  public var aboveEvenOdds: Share
  /// What came was at least the sum that had a chance of 80 %.
  public var aboveLikely: Share
  /// What came less what was expected, over what came, all replays added up; nil when nothing came.
  public var meanError: Double?
  /// The distance between what was expected and what came, either way, over what came, all replays
  /// added up; nil when nothing came.
  public var meanDistance: Double?

  /// With fewer replays nothing is said of the odds.
  public static let fewestReplays = 8
  /// With fewer periods that do not overlap nothing is said of the odds.
  public static let fewestSeparatePeriods = 4

  /// What the record says of the odds.
  ///
  /// A share is off when the 95 % range around it leaves out what was promised. Replays whose
  /// periods overlap share most of what came, so the range is that of as many trials as there are
  /// periods that do not overlap.
  public var verdict: Verdict {
    guard replays >= Self.fewestReplays, separatePeriods >= Self.fewestSeparatePeriods else {
      return .tooFew
    }
    func side(_ share: Share) -> Int {
      guard let value = share.share else { return 0 }
      let trials = Double(min(separatePeriods, share.of))
      let interval = ConfidenceInterval.wilson(successes: value * trials, trials: trials)
      return interval.upper < share.promised ? -1 : interval.lower > share.promised ? 1 : 0
    }
    switch side(aboveEvenOdds) {
    case ..<0: return .tooHigh
    case 1...: return .tooLow
    default: break
    }
    if side(withinRange) < 0 || side(aboveLikely) < 0 { return .tooNarrow }
    return .holds
  }
}
