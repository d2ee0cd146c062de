#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Every group's rate against all the others together.
///
/// Comparing is split in two, so that a caller who looks in many places can allow for all of
/// them: this value holds what each comparison shows by itself, p-values included, and
/// `judgements(qValues:)` turns it into verdicts once the whole family of p-values is known.
public struct RateComparison: Sendable {
  /// What is known of one group.
  public struct Group: Hashable, Sendable {
    /// The group's own successes and trials.
    public let sample: RateSample
    /// Those of all other groups together.
    public let rest: RateSample
    /// The group's rate after allowing for chance.
    public let shrunk: ShrunkRate
    /// The chance of so large a difference were the rates the same; nil without a comparison.
    public let pValue: Double?
    /// The group's rate divided by the others', 90 % interval; nil without a comparison.
    public let ratioInterval: ConfidenceInterval?
  }

  /// One entry per sample, in their order.
  public let groups: [Group]
  /// The test that all rates are the same.
  public let heterogeneity: Heterogeneity
  /// All successes and trials.
  public let pooled: RateSample
  /// The limits for verdicts.
  public let thresholds: ComparisonThresholds

  /// Compares disjoint groups.
  ///
  /// - Parameters:
  ///   - samples: One sample per group; groups without trials are allowed.
  ///   - countsAreExact: Whether the samples are plain counts; false for effective sample sizes
  ///     of censored data, for which no exact test exists.
  ///   - thresholds: The limits for verdicts.
  /// - Complexity: Several milliseconds; see `ShrunkRate.estimates(_:)`.
  public init(
    _ samples: [RateSample],
    countsAreExact: Bool,
    thresholds: ComparisonThresholds = .init()
  ) {
    let shrunk = ShrunkRate.estimates(samples)
    let rests = Self.sumsOfOthers(samples)
    groups = samples.indices.map { index in
      Group(
        sample: samples[index],
        rest: rests[index],
        shrunk: shrunk[index],
        pValue: TwoRateTest.pValue(samples[index], rests[index], countsAreExact: countsAreExact),
        ratioInterval: Self.ratioInterval(samples[index], rests[index])
      )
    }
    heterogeneity = Heterogeneity(samples)
    pooled = samples.reduce(.noTrials, +)
    self.thresholds = thresholds
  }

  /// For each sample, all others together: those before it and those after it.
  ///
  /// Subtracting from the total would leave rounding behind.
  private static func sumsOfOthers(_ samples: [RateSample]) -> [RateSample] {
    var after = Array(repeating: RateSample.noTrials, count: samples.count)
    for index in samples.indices.dropLast().reversed() {
      after[index] = after[index + 1] + samples[index + 1]
    }
    var before = RateSample.noTrials
    return samples.indices.map { index in
      let others = before + after[index]
      before = before + samples[index]
      return others
    }
  }

  /// The p-values in the order of the groups, for a family larger than this comparison.
  public var pValues: [Double?] { groups.map(\.pValue) }

  /// Verdicts that allow for the groups of this comparison only.
  public func judgements() -> [RateJudgement] {
    judgements(qValues: BenjaminiHochberg.qValues(pValues))
  }

  /// Verdicts given q-values from a family that the caller chose.
  ///
  /// - Parameter qValues: One per group, as `BenjaminiHochberg.qValues(_:)` returns them.
  /// - Returns: One judgement per group, in their order.
  /// - Precondition: There are as many q-values as groups.
  public func judgements(qValues: [Double?]) -> [RateJudgement] {
    precondition(qValues.count == groups.count, "every group needs a q-value")
    let needed = pooled.rate.flatMap {
      SampleSize.toShow(rate: $0, lowerBy: thresholds.relevantDifference)
    }
    return zip(groups, qValues).map { group, qValue in
      let verdict = verdict(on: group, qValue: qValue)
      let isShortOfData = verdict == .tooFew || verdict == .cannotTell
      return RateJudgement(
        verdict: verdict,
        qValue: qValue,
        needed: isShortOfData ? needed : nil
      )
    }
  }

  private func verdict(on group: Group, qValue: Double?) -> RateVerdict {
    guard group.sample.trials > 0 else { return .noData }
    guard let restRate = group.rest.rate, let ratio = group.ratioInterval else {
      return .noComparison
    }
    if group.sample.trials < thresholds.smallestSample
      || group.sample.trials * restRate < thresholds.fewestExpectedSuccesses
    {
      return .tooFew
    }
    let (least, most) = (1 - thresholds.relevantDifference, 1 + thresholds.relevantDifference)
    if let qValue, qValue <= thresholds.falseDiscoveryRate {
      let relative = group.shrunk.mean / restRate
      return relative <= least ? .lower : relative >= most ? .higher : .slightlyDifferent
    }
    return ratio.lower >= least && ratio.upper <= 1 / least ? .same : .cannotTell
  }

  /// The ratio of two rates on the log scale; half a success stands in for fewer.
  ///
  /// Katz et al. (1978), doi:10.2307/2530610.
  static func ratioInterval(
    _ sample: RateSample,
    _ rest: RateSample
  ) -> ConfidenceInterval? {
    guard sample.trials > 0, rest.trials > 0 else { return nil }
    let own = max(sample.successes, 0.5)
    let others = max(rest.successes, 0.5)
    let logRatio = log(own / sample.trials / (others / rest.trials))
    let variance = 1 / own - 1 / sample.trials + 1 / others - 1 / rest.trials
    let spread = 1.645 * max(variance, 0).squareRoot()
    return ConfidenceInterval(
      lower: exp(logRatio - spread),
      upper: exp(logRatio + spread)
    )
  }
}
