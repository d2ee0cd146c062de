/// Whether the first two weeks of successive cohorts convert alike.
///
/// A rate at a long horizon takes its beginning from all cohorts and its end from the old ones
/// only. That is one curve only while cohorts are alike, which shows first, and for the young ones
/// only, in their first weeks.
public struct EarlyRateTrend: Sendable {
  /// What can be said of the cohorts.
  public enum Verdict: String, CaseIterable, Codable, Sendable {
    /// They differ by more than chance.
    case moves
    /// The newer half is shown to convert within a fifth of the older half, and nothing else
    /// differs by more than chance.
    case doesNotMove = "does_not_move"
    /// The data allow both.
    case cannotTell = "cannot_tell"
  }

  /// The share of each cohort that converts in its first weeks.
  public let estimates: [IncidenceEstimate]
  /// The positions of the cohorts that are old and large enough to be judged.
  public let judged: [Int]
  /// The test that the judged cohorts convert alike.
  public let heterogeneity: Heterogeneity
  /// The newer half's rate divided by the older half's, 90 % interval; nil for fewer than two
  /// cohorts.
  public let ratioInterval: ConfidenceInterval?
  /// The verdict.
  public let verdict: Verdict
  /// The position of the first cohort of the longest newest stretch that converts alike.
  ///
  /// 0 unless the rate moves: there is then no reason to leave cohorts out.
  public let firstAlike: Int

  /// Compares cohorts.
  ///
  /// A cohort is judged when its rate is supported and at least one conversion and one entry
  /// without are to be expected in it at the rate of all.
  ///
  /// - Parameters:
  ///   - cohorts: The waits by cohort, usually by month of entry, oldest first.
  ///   - horizonInDays: How many days count as early.
  ///   - level: The chance, for cohorts that are alike, of being called different.
  ///   - relevantDifference: The relative difference that matters.
  /// - Complexity: O(cohorts × buckets), and O(cohorts²) where the rate moves.
  public init(
    _ cohorts: [LagCounts],
    horizonInDays: Int = 14,
    level: Double = 0.05,
    relevantDifference: Double = 0.2
  ) {
    estimates = cohorts.map { CumulativeIncidence($0).estimate(withinDays: horizonInDays) }
    let samples = estimates.map { $0.isSupported ? $0.sample ?? .noTrials : .noTrials }
    let pooled = samples.reduce(.noTrials, +).rate ?? 0
    judged = samples.indices.filter { samples[$0].trials * min(pooled, 1 - pooled) >= 1 }
    let compared = judged.map { samples[$0] }
    heterogeneity = Heterogeneity(compared)
    let half = compared.count / 2
    ratioInterval = RateComparison.ratioInterval(
      compared.suffix(from: half).reduce(.noTrials, +),
      compared.prefix(half).reduce(.noTrials, +)
    )
    guard compared.count >= 2, heterogeneity.pValue <= level else {
      let (least, most) = (1 - relevantDifference, 1 / (1 - relevantDifference))
      let isAlike = ratioInterval.map { $0.lower >= least && $0.upper <= most } ?? false
      verdict = isAlike ? .doesNotMove : .cannotTell
      firstAlike = 0
      return
    }
    verdict = .moves
    let start = compared.indices.dropFirst().first { start in
      Heterogeneity(Array(compared[start...])).pValue > level
    }
    firstAlike = judged[start ?? compared.count - 1]
  }
}
