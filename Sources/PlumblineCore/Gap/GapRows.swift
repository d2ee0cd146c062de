import PlumblineStatistics

/// One channel on both sides, before the gap is divided.
struct GapRow {
  var name: String
  var base: GapDraft
  var actual: GapDraft
}

/// One channel on one side: what is known, and what stands in for the rest.
struct GapDraft {
  var volume: Double
  var rates: [GapRate]
  /// Nil where this side has no deals of its own.
  var deal: GapDeal?
  /// What was counted; nil for a plan, and where there is nothing to count.
  var cell: FunnelCell?
  /// Whether this side was counted, even if there was nothing.
  var isCounted = false

  /// The rates as factors; nil where the other side's is used.
  var rateFactors: [UncertainFactor?] {
    rates.map { rate in
      guard let value = rate.rate else { return nil }
      guard rate.basis != .planned, let size = rate.effectiveSampleSize,
        let sample = try? RateSample(successes: min(value, 1) * size, trials: size)
      else { return .exact(value) }
      return .rate(sample)
    }
  }

  /// The mean deal as a factor; nil where the other side's is used.
  var dealFactor: UncertainFactor? {
    deal.map {
      $0.standardError > 0 ? .mean($0.mean, standardError: $0.standardError) : .exact($0.mean)
    }
  }
}

/// Won deals' amounts: how many, their mean and their spread.
struct DealSum {
  private(set) var count = 0
  private(set) var sum = 0.0
  private(set) var squares = 0.0

  init(_ cells: [FunnelCell]) {
    for cell in cells {
      count += cell.wonDeals - cell.wonDealsWithoutAmount
      sum += Double(cell.revenue)
      squares += cell.squaredRevenue
    }
  }

  var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// The variance between deals; nil for a single one.
  var variance: Double? {
    count > 1 ? max(squares - sum * sum / Double(count), 0) / Double(count - 1) : nil
  }

  /// From so many deals on a channel's own spread is used; below, that of all deals together.
  static let dealsForOwnSpread = 5

  /// The mean with its standard error; nil without deals.
  ///
  /// A single deal on record says nothing of the spread; it is then taken to be as large as the
  /// deal.
  func estimate(_ basis: GapDeal.Basis, pooled: DealSum) -> GapDeal? {
    guard let mean else { return nil }
    let own = count >= Self.dealsForOwnSpread ? variance : nil
    let spread = own ?? pooled.variance ?? mean * mean
    return GapDeal(
      basis: basis,
      mean: mean,
      standardError: (spread / Double(count)).squareRoot(),
      deals: count
    )
  }
}
