import PlumblineStatistics

/// What mending each of several named units would bring, so that the units add up.
///
/// Mending them together brings less than the sum of mending each alone, for a lead can be won
/// only once. Each unit's part is its Shapley value over all orders of mending.
struct LeakRecovery {
  private let surface: LeakSurface
  /// For each unit, the shift in log-odds of every cell of the surface.
  private let shifts: [[Double]]
  private let effects: [LeakUnit.Effect]

  /// How many times a cell is evaluated at most for the values over all orders.
  static let mostEvaluations = 4_000_000

  /// The recovery of named units.
  init(_ named: [LeakEvidence], _ decision: LeakDecision) {
    surface = decision.analysis.surface
    effects = named.map(\.unit.effect)
    shifts = named.map { decision.analysis.shifts(of: $0, decision) }
  }

  /// The expected wins that fall to each unit, in their order.
  ///
  /// - Complexity: O(2^units x cells) up to twelve units and `mostEvaluations`; beyond, what each
  ///   would bring alone is scaled to what all bring together.
  func wins() -> [Double] {
    let count = shifts.count
    if count <= ShapleyValues.mostPlayers,
      surface.cells.count << count <= Self.mostEvaluations
    {
      return ShapleyValues.shares(playerCount: count) { members in
        gain { members & (1 << $0) != 0 }
      }
    }
    let alone = shifts.indices.map { unit in gain { $0 == unit } }
    let together = gain { _ in true }
    let sum = alone.reduce(0, +)
    return sum > 0 ? alone.map { $0 * together / sum } : alone
  }

  private func gain(_ isMended: (Int) -> Bool) -> Double {
    let mended = shifts.indices.filter(isMended)
    guard !mended.isEmpty else { return 0 }
    var sum = 0.0
    for (index, cell) in surface.cells.enumerated() {
      var (direct, followUp) = (0.0, 0.0)
      for unit in mended {
        if effects[unit] == .direct {
          direct += shifts[unit][index]
        } else {
          followUp += shifts[unit][index]
        }
      }
      if direct == 0, followUp == 0 { continue }
      sum +=
        LeakSurface.wins(cell, surface.effect, direct: direct, followUp: followUp)
        - LeakSurface.wins(cell, surface.effect)
    }
    return sum
  }
}

extension LeakAnalysis {
  /// The shift in log-odds of every cell of the surface that would bring a unit up to the others.
  fileprivate func shifts(of evidence: LeakEvidence, _ decision: LeakDecision) -> [Double] {
    let unit = evidence.unit
    func covers(_ cell: LeakSurface.Cell) -> Bool {
      (unit.channel.map { $0 == judge.cells.channels[cell.channel] } ?? true)
        && (unit.owner.map { $0 == judge.cells.owners[cell.owner] } ?? true)
    }
    switch unit.kind {
    case .channel, .owner, .pair:
      let shift = max(0, -(evidence.contrast?.mean ?? 0))
      return surface.cells.map { covers($0) ? shift : 0 }
    case .channelSplit:
      var byPair: [Int: Double] = [:]
      for split in models.splits
      where split.effect == unit.effect
        && judge.cells.channels[split.channel] == unit.channel
      {
        for (pair, shortfall) in zip(split.lower, split.shortfalls) { byPair[pair] = shortfall }
      }
      return surface.cells.map { byPair[$0.pair] ?? 0 }
    case .team:
      func isTeams(_ cell: LeakSurface.Cell) -> Bool {
        !decision.lateChannels.contains(cell.channel) && !decision.lateOwners.contains(cell.owner)
      }
      let own = surface.cells.filter(isTeams)
      let shift = LeakSurface.shiftToTarget(own, judge.complianceTarget)
      return surface.cells.map { isTeams($0) ? shift : 0 }
    }
  }
}
