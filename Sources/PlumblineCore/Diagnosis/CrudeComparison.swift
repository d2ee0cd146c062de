import PlumblineStatistics

/// Channels, or owners, by plain counts over the leads behind a verdict.
struct CrudeComparison {
  let dimension: FunnelDimension
  let names: [String]
  let samples: [RateSample]
  let comparison: RateComparison

  init(_ cells: WorkCells, by dimension: FunnelDimension, _ thresholds: ComparisonThresholds) {
    self.dimension = dimension
    names = dimension == .channel ? cells.channels : cells.owners
    var sums = names.map { _ in WorkCells.Sum() }
    for cell in cells.cells {
      sums[dimension == .channel ? cell.channel : cell.owner] += WorkCells.Sum(cell)
    }
    samples = sums.map(\.sample)
    comparison = RateComparison(samples, countsAreExact: true, thresholds: thresholds)
  }

  /// The spread; nil where fewer than two have leads.
  var spread: UnitSpread? {
    let rated = names.indices.filter { samples[$0].trials > 0 }.map { index in
      UnitSpread.Unit(
        name: names[index],
        sample: samples[index],
        shrunk: comparison.groups[index].shrunk.mean
      )
    }
    guard rated.count >= 2,
      let lowest = rated.min(by: { ($0.sample.rate ?? 0) < ($1.sample.rate ?? 0) }),
      let highest = rated.max(by: { ($0.sample.rate ?? 0) < ($1.sample.rate ?? 0) })
    else { return nil }
    return UnitSpread(
      dimension: dimension,
      count: rated.count,
      lowest: lowest,
      highest: highest,
      pValue: comparison.heterogeneity.pValue
    )
  }

  /// Units lower than the others, in the very leads that the model looks at, and not named.
  func lookAlikes(_ verdict: LeakVerdict) -> [LookAlike] {
    let named = Set(verdict.parties.flatMap { $0.named + $0.withheld.map(\.unit) })
    return zip(names.indices, comparison.judgements()).compactMap { index, judgement in
      let units = [LeakUnit.Effect.direct, .followUp].map { effect in
        dimension == .channel
          ? LeakUnit(.channel, effect, channel: names[index])
          : LeakUnit(.owner, effect, owner: names[index])
      }
      guard judgement.verdict == .lower, !units.contains(where: named.contains) else { return nil }
      let evidence = verdict.evidence(of: units[0])
      return LookAlike(
        dimension: dimension,
        unit: names[index],
        sample: samples[index],
        rest: comparison.groups[index].rest,
        evidence: evidence,
        isExplained: (evidence?.largeProbability ?? 1) <= verdict.thresholds.clearedProbability
      )
    }
  }
}
