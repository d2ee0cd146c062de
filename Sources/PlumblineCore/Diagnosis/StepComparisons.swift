public import PlumblineStatistics

/// One comparison of a channel or an owner with all the others, at one step of the path.
///
/// A description, never a verdict: it does not allow for who worked the leads.
public struct UnitComparison: Sendable {
  /// What kind of unit is compared: `channel` or `owner`.
  public var dimension: FunnelDimension
  /// The channel's or owner's name.
  public var unit: String
  /// The stage entered, by position in the path.
  public var fromStage: Int
  /// Days within which a step counts.
  public var withinDays: Int
  /// The unit's own rate.
  public var own: RateEstimate
  /// The rate of all the others together, 0...1.
  public var restRate: Double?
  /// How many leads the rate of the others stands on.
  public var restEntered: Int
  /// The unit's rate after allowing for how few leads it may stand on.
  public var shrunk: ShrunkRate
  /// The verdict, with a q-value over every comparison of the diagnosis.
  public var judgement: RateJudgement
}

/// Every channel and every owner against the others at every step, as one family of tests.
struct StepComparisons {
  let agreement: Agreement
  let stretches: Stretches
  let horizons: [StretchHorizon]
  let cells: FunnelCells

  /// The comparisons in the order of the path.
  ///
  /// - Complexity: O(steps x (units + grid of the shrunk rate x units)).
  func all() -> [UnitComparison] {
    var drafts: [(comparison: RateComparison, units: [UnitComparison])] = []
    for stage in 0..<max(0, agreement.path.count - 1) {
      for dimension in [FunnelDimension.channel, .owner] where isJudged(dimension, leaving: stage) {
        if let draft = compare(dimension, stage) { drafts.append(draft) }
      }
    }
    // One family: whoever looks in sixty places must allow for sixty.
    var rest = BenjaminiHochberg.qValues(drafts.flatMap(\.comparison.pValues))[...]
    return drafts.flatMap { draft in
      let own = Array(rest.prefix(draft.units.count))
      rest = rest.dropFirst(draft.units.count)
      return zip(draft.units, draft.comparison.judgements(qValues: own)).map {
        var unit = $0
        unit.judgement = $1
        return unit
      }
    }
  }

  /// Owners are not compared on a step that marketing decides.
  private func isJudged(_ dimension: FunnelDimension, leaving stage: Int) -> Bool {
    dimension == .channel || agreement.path[stage + 1].owner != .marketing
  }

  private func rate(_ cell: FunnelCell, _ stage: Int) -> RateEstimate {
    RowBuilder(agreement, stretches, horizons, cell)
      .rate(pairAt: stage, converted: cell.transitions[stage].advanced)
  }

  private func compare(
    _ dimension: FunnelDimension,
    _ stage: Int
  ) -> (RateComparison, [UnitComparison])? {
    let groups = cells.grouped(by: dimension).filter { $0.key != FunnelDimension.none }
    let rates = groups.map { rate($0.cell, stage) }
    // Where too many have no dates, those groups that have them are no fair picture of the rest.
    let isUndated =
      rates.contains { $0.status == .undated }
      && cells.total.map { rate($0, stage).status == .undated } ?? false
    guard !isUndated, rates.contains(where: { $0.status == .supported }) else { return nil }
    let comparison = RateComparison(
      rates.map { Self.sample($0) },
      countsAreExact: rates.allSatisfy { $0.maturity == 1 || $0.entered == 0 },
      thresholds: agreement.thresholds.forComparisons
    )
    let judgements = comparison.judgements()
    // The others' rate stands on those whose own rate stands, and so does its base.
    let entered = rates.reduce(0) { $0 + ($1.status == .supported ? $1.entered : 0) }
    let units = groups.indices.map { index in
      UnitComparison(
        dimension: dimension,
        unit: groups[index].key,
        fromStage: stage,
        withinDays: rates[index].withinDays,
        own: rates[index],
        restRate: comparison.groups[index].rest.rate,
        restEntered: entered - (rates[index].status == .supported ? rates[index].entered : 0),
        shrunk: comparison.groups[index].shrunk,
        judgement: judgements[index]
      )
    }
    return (comparison, units)
  }

  /// A rate as successes in trials; nothing where the data do not support it.
  private static func sample(_ rate: RateEstimate) -> RateSample {
    guard rate.status == .supported, let value = rate.rate, let size = rate.effectiveSampleSize,
      let sample = try? RateSample(successes: value * size, trials: size)
    else { return .noTrials }
    return sample
  }
}

extension VerdictThresholds {
  /// The thresholds in the terms of the statistics.
  var forComparisons: ComparisonThresholds {
    var thresholds = ComparisonThresholds()
    thresholds.relevantDifference = relativeDifference
    thresholds.falseDiscoveryRate = falseDiscoveryRate
    thresholds.smallestSample = Double(minimumLeads)
    return thresholds
  }
}
