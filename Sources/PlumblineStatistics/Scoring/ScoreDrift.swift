/// What has become of a score over time.
///
/// Three things can go wrong apart from each other: other leads come (stability), promises come
/// true less or more often (calibration in the large), or the score orders leads worse (area).
public struct ScoreDrift: Hashable, Sendable {
  /// One period against the baseline.
  public struct Period: Hashable, Sendable {
    /// How far the scores have moved; nil without cases.
    public let stability: PopulationStability?
    /// By how much promised chances were off on the whole; nil when nobody or everybody was won.
    public let calibration: CalibrationInTheLarge?
    /// How well the score orders the period's cases; nil when nobody or everybody was won.
    public let area: AreaUnderCurve?
  }

  /// Each period in the order given.
  public let periods: [Period]

  /// The drift of a score since a baseline.
  ///
  /// Use months for stability and calibration, quarters for the area, which needs more wins.
  ///
  /// - Parameters:
  ///   - baseline: The outcomes that the score's chances were fitted on.
  ///   - periods: The outcomes of later periods.
  ///   - classes: The scores that classes of the stability index begin at, rising; tenths of the
  ///     usual range 0 to 100 by default.
  ///   - promise: The promised chance of winning at a score.
  /// - Complexity: O(periods · values).
  public init(
    baseline: ScoreHistogram,
    periods: [ScoreHistogram],
    classes: [Double] = [10, 20, 30, 40, 50, 60, 70, 80, 90],
    promise: (_ score: Double) -> Double
  ) {
    let before = Self.counts(baseline, classes: classes)
    self.periods = periods.map { period in
      let bins = period.bins
      return Period(
        // Both lists come from the same classes, so that the initialiser cannot refuse them.
        stability: try? PopulationStability(
          before: before,
          now: Self.counts(period, classes: classes)
        ),
        calibration: CalibrationInTheLarge(
          probabilities: bins.map { min(max(promise($0.score), 0), 1) },
          won: bins.map(\.won),
          lost: bins.map(\.lost)
        ),
        area: AreaUnderCurve(period)
      )
    }
  }

  private static func counts(_ histogram: ScoreHistogram, classes: [Double]) -> [Double] {
    var counts = Array(repeating: 0.0, count: classes.count + 1)
    for bin in histogram.bins {
      counts[classes.lastIndex { $0 <= bin.score }.map { $0 + 1 } ?? 0] += bin.total
    }
    return counts
  }
}
