import PlumblineStatistics

/// Cells by channel and owner, with the rates of any part of them.
struct CrossedCells {
  let cells: FunnelCells
  let agreement: Agreement
  let stretches: Stretches
  let horizons: [StretchHorizon]

  init(
    _ cells: FunnelCells, _ agreement: Agreement, _ stretches: Stretches,
    _ horizons: [StretchHorizon]
  ) {
    self.cells = cells
    self.agreement = agreement
    self.stretches = stretches
    self.horizons = horizons
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

  /// A rate as successes in trials; nothing where the data do not support it.
  static func sample(_ rate: RateEstimate) -> RateSample {
    guard rate.status == .supported, let value = rate.rate, let size = rate.effectiveSampleSize,
      let sample = try? RateSample(successes: value * size, trials: size)
    else { return .noTrials }
    return sample
  }

  /// The rate of a small part as successes in trials: its incidence within the horizon however few
  /// leads it holds, for use in sums over many parts only.
  func partSample(_ cell: FunnelCell, _ stage: Int) -> RateSample {
    let lags = cell.pairs[stage].lags
    guard lags.total > 0 else { return .noTrials }
    let estimate = CumulativeIncidence(lags).estimate(withinDays: horizons[stage].days)
    guard let rate = estimate.rate, estimate.known > 0,
      let sample = try? RateSample(
        successes: rate * estimate.effectiveSampleSize, trials: estimate.effectiveSampleSize)
    else { return .noTrials }
    return sample
  }

  /// A unit against all others of its kind, as if both had the overall mix of the other kind.
  func standardized(
    _ dimension: FunnelDimension, _ unit: String, _ stage: Int
  ) -> StandardizedComparison? {
    let own = Self.position(dimension)
    let other = 1 - own
    var parts: [String: (own: RateSample, rest: FunnelCell?, entered: Int)] = [:]
    for (key, cell) in zip(cells.keys, cells.cells) {
      var part = parts[key[other]] ?? (.noTrials, nil, 0)
      part.entered += cell.transitions[stage].entered
      if key[own] == unit {
        part.own = partSample(cell, stage)
      } else if part.rest == nil {
        part.rest = cell
      } else {
        part.rest? += cell
      }
      parts[key[other]] = part
    }
    let strata = parts.sorted { $0.key < $1.key }.compactMap { _, part in
      try? Stratum(
        weight: Double(part.entered), first: part.own,
        second: part.rest.map { partSample($0, stage) } ?? .noTrials)
    }
    return StandardizedComparison(strata)
  }

  /// The chance that owners who do equally well with a channel differ as much as they do; nil
  /// with fewer than two owners who have ten of its leads.
  func disagreement(aboutChannel channel: String, _ stage: Int) -> Double? {
    let samples = zip(cells.keys, cells.cells).compactMap { key, cell in
      key[0] == channel && key[1] != FunnelDimension.none && cell.transitions[stage].entered >= 10
        ? partSample(cell, stage) : nil
    }
    return samples.count >= 2 ? Heterogeneity(samples).pValue : nil
  }
}
