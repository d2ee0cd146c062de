import PlumblineStatistics

/// Cells by channel and owner, with the rates of any part of them.
struct CrossedCells {
  let cells: FunnelCells
  let agreement: Agreement
  let stretches: Stretches
  let horizons: [StretchHorizon]

  /// What all cells of one channel, or of one owner, hold together at one step.
  private struct Part {
    var entered = 0
    var lags = LagCounts()
  }

  /// `parts[position][stage][value]`, so that everything but one unit costs one subtraction.
  private let parts: [[[String: Part]]]
  private let indexOfKey: [[String]: Int]

  init(
    _ cells: FunnelCells,
    _ agreement: Agreement,
    _ stretches: Stretches,
    _ horizons: [StretchHorizon]
  ) {
    self.cells = cells
    self.agreement = agreement
    self.stretches = stretches
    self.horizons = horizons
    indexOfKey = Dictionary(uniqueKeysWithValues: zip(cells.keys, cells.keys.indices))
    parts = [0, 1].map { position in
      (0..<max(0, agreement.path.count - 1)).map { stage in
        var parts: [String: Part] = [:]
        for (key, cell) in zip(cells.keys, cells.cells) {
          parts[key[position], default: Part()].entered += cell.transitions[stage].entered
          parts[key[position], default: Part()].lags.merge(cell.pairs[stage].lags)
        }
        return parts
      }
    }
  }

  static func position(_ dimension: FunnelDimension) -> Int { dimension == .channel ? 0 : 1 }

  func groups(_ dimension: FunnelDimension) -> [(unit: String, cell: FunnelCell)] {
    cells.grouped(by: dimension).map { ($0.key, $0.cell) }
  }

  /// The rate of a cell at one step, within the step's horizon.
  func rate(_ cell: FunnelCell, _ stage: Int) -> RateEstimate {
    RowBuilder(agreement, stretches, horizons, cell)
      .rate(pairAt: stage, converted: cell.transitions[stage].advanced)
  }

  /// Whether the step's rate over everything lacks its dates.
  func isUndated(_ stage: Int) -> Bool {
    cells.total.map { rate($0, stage).status == .undated } ?? false
  }

  /// A rate as successes in trials; nothing where the data do not support it.
  static func sample(_ rate: RateEstimate) -> RateSample {
    guard rate.status == .supported, let value = rate.rate, let size = rate.effectiveSampleSize,
      let sample = try? RateSample(successes: value * size, trials: size)
    else { return .noTrials }
    return sample
  }

  /// The rate of a small part as successes in trials: its incidence within the horizon however few
  /// leads it holds, for use in sums over many parts only.
  func partSample(_ lags: LagCounts, _ stage: Int) -> RateSample {
    guard lags.total > 0 else { return .noTrials }
    let estimate = CumulativeIncidence(lags).estimate(withinDays: horizons[stage].days)
    guard let rate = estimate.rate, estimate.known > 0,
      let sample = try? RateSample(
        successes: rate * estimate.effectiveSampleSize,
        trials: estimate.effectiveSampleSize
      )
    else { return .noTrials }
    return sample
  }

  /// A unit against all others of its kind, as if both had the overall mix of the other kind.
  ///
  /// - Parameters:
  ///   - dimension: The unit's kind: channel or owner.
  ///   - unit: The unit's name.
  ///   - stage: The step looked at.
  ///   - omitted: Units of the other kind that are left out.
  ///   - z: Standard normal quantile of the intervals' confidence.
  /// - Returns: The comparison, or nil where no unit of the other kind has leads of both.
  func standardized(
    _ dimension: FunnelDimension,
    _ unit: String,
    _ stage: Int,
    without omitted: Set<String> = [],
    z: Double = StandardNormal.z95
  ) -> StandardizedComparison? {
    let own = Self.position(dimension)
    let others = parts[1 - own][stage].sorted { $0.key < $1.key }
    let strata = others.compactMap { value, part -> Stratum? in
      if omitted.contains(value) { return nil }
      let lags = indexOfKey[own == 0 ? [unit, value] : [value, unit]].map {
        cells.cells[$0].pairs[stage].lags
      }
      guard let lags, lags.total > 0 else {
        return try? Stratum(
          weight: Double(part.entered),
          first: .noTrials,
          second: partSample(part.lags, stage)
        )
      }
      var rest = part.lags
      rest.remove(lags)
      return try? Stratum(
        weight: Double(part.entered),
        first: partSample(lags, stage),
        second: partSample(rest, stage)
      )
    }
    return StandardizedComparison(strata, z: z)
  }

  /// The chance that owners who do equally well with a channel differ as much as they do.
  ///
  /// Owners of whom fewer than five would be expected to go on, or not to, are taken together: for
  /// them the test would see differences that are not there.
  ///
  /// - Returns: Nil when there are not two owners, or groups of them, to compare.
  func disagreement(aboutChannel channel: String, _ stage: Int) -> Double? {
    let samples = zip(cells.keys, cells.cells).compactMap { key, cell in
      key[0] == channel && key[1] != FunnelDimension.none
        ? partSample(cell.pairs[stage].lags, stage) : nil
    }
    guard let pooled = samples.reduce(RateSample.noTrials, +).rate else { return nil }
    let rarer = min(pooled, 1 - pooled)
    let large = samples.filter { $0.trials * rarer >= 5 }
    let rest = samples.filter { $0.trials * rarer < 5 }.reduce(RateSample.noTrials, +)
    let groups = rest.trials * rarer >= 5 ? large + [rest] : large
    return groups.count >= 2 ? Heterogeneity(groups).pValue : nil
  }

  /// The share of an owner's leads at a step that come from one channel, 0...1.
  func share(ofChannel channel: String, amongLeadsOf owner: String, _ stage: Int) -> Double {
    var (own, all) = (0, 0)
    for (key, cell) in zip(cells.keys, cells.cells) where key[1] == owner {
      all += cell.transitions[stage].entered
      if key[0] == channel { own += cell.transitions[stage].entered }
    }
    return all > 0 ? Double(own) / Double(all) : 0
  }
}
