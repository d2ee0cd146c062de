import PlumblineStatistics

/// What mending each of several leaks would bring, so that the leaks add up.
///
/// Every lead that entered the first leaking stage goes down a chain of steps at the rate of those
/// who do not leak, times the ratio of each leak that it meets. What mending a set of leaks
/// brings is the difference in customers; each leak's share is its Shapley value, so a lead that
/// two leaks would each have lost is counted once.
struct RecoverableWins {
  private let crossed: CrossedCells
  private let leaks: [UnitComparison]

  init(_ crossed: CrossedCells, _ leaks: [UnitComparison]) {
    self.crossed = crossed
    self.leaks = Array(leaks.sorted { ($0.judgement.qValue ?? 1) < ($1.judgement.qValue ?? 1) })
    original = leaks
  }

  private let original: [UnitComparison]

  /// One entry a leak, in the order given.
  ///
  /// Leaks beyond the twelve surest are not priced.
  func shares(meanDeal: Double?) -> [Recoverable] {
    guard !leaks.isEmpty else { return [] }
    let priced = Array(leaks.prefix(ShapleyValues.mostPlayers))
    let base = baseRates()
    let middle = wins(priced, base) { $0.shrunk.mean }
    let cautious = wins(priced, base) { $0.shrunk.interval.upper }
    let bold = wins(priced, base) { $0.shrunk.interval.lower }
    return original.map { leak in
      guard let index = priced.firstIndex(where: { $0.isSame(as: leak) }) else {
        return Recoverable(wins: 0, winsLow: 0, winsHigh: 0)
      }
      return Recoverable(
        wins: middle[index],
        winsLow: max(0, min(cautious[index], middle[index])),
        winsHigh: max(bold[index], middle[index]),
        revenue: meanDeal.map { $0 * middle[index] },
        revenueLow: meanDeal.map { $0 * max(0, min(cautious[index], middle[index])) },
        revenueHigh: meanDeal.map { $0 * max(bold[index], middle[index]) }
      )
    }
  }

  /// The rate at each step of those whom no leak touches there.
  private func baseRates() -> [Double] {
    (0..<crossed.agreement.path.count - 1).map { stage in
      var healthy: FunnelCell?
      for (key, cell) in zip(crossed.cells.keys, crossed.cells.cells) {
        guard !leaks.contains(where: { $0.fromStage == stage && $0.covers(key) }) else { continue }
        if healthy == nil { healthy = cell } else { healthy? += cell }
      }
      return healthy.flatMap { crossed.partSample($0.pairs[stage].lags, stage).rate } ?? 0
    }
  }

  private func wins(
    _ leaks: [UnitComparison],
    _ base: [Double],
    rate: (UnitComparison) -> Double
  ) -> [Double] {
    let first = leaks.map(\.fromStage).min() ?? 0
    let ratios = leaks.map { leak in
      base[leak.fromStage] > 0 ? min(1, rate(leak) / base[leak.fromStage]) : 1
    }
    let groups = zip(crossed.cells.keys, crossed.cells.cells).compactMap { key, cell in
      let met = leaks.indices.filter { leaks[$0].covers(key) }
      let entered = cell.reached[first]
      return met.isEmpty || entered == 0 ? nil : (entered: Double(entered), met: met)
    }
    let chain = base[first...].reduce(1, *)
    return ShapleyValues.shares(playerCount: leaks.count) { mended in
      groups.reduce(0) { sum, group in
        var chance = chain
        for leak in group.met where mended & (1 << leak) == 0 { chance *= ratios[leak] }
        return sum + group.entered * chance
      }
    }
  }
}

extension UnitComparison {
  /// Whether the leads of a channel and owner are this unit's.
  fileprivate func covers(_ key: [String]) -> Bool {
    key[CrossedCells.position(dimension)] == unit
  }

  fileprivate func isSame(as other: UnitComparison) -> Bool {
    dimension == other.dimension && unit == other.unit && fromStage == other.fromStage
  }
}
