import PlumblineStatistics

/// What a dashboard would have people say: blame whatever has a clearly lower crude rate.
///
/// A channel, or an owner, whose rate is at least 20 % below that of all others together with a
/// two-sided p below 0.05. It allows for nothing and does not know the hand-off; it stands beside
/// the judge to show what allowing for more is worth.
public struct DashboardRule: Sendable {
  /// What the rule names, channels first.
  public let named: [LeakUnit]

  /// The rule applied to some cells.
  public init(_ cells: WorkCells) {
    named =
      Self.low(cells.cells, of: cells.channels.count, by: \.channel)
      .map { LeakUnit(.channel, .direct, channel: cells.channels[$0]) }
      + Self.low(cells.cells, of: cells.owners.count, by: \.owner)
      .map { LeakUnit(.owner, .direct, owner: cells.owners[$0]) }
  }

  private static func low(
    _ cells: [WorkCells.Cell],
    of count: Int,
    by position: KeyPath<WorkCells.Cell, Int>
  ) -> [Int] {
    var units = Array(repeating: (leads: 0, wins: 0), count: count)
    for cell in cells {
      units[cell[keyPath: position]].leads += cell.leads
      units[cell[keyPath: position]].wins += cell.wins
    }
    let leads = units.reduce(0) { $0 + $1.leads }
    let wins = units.reduce(0) { $0 + $1.wins }
    return units.indices.filter { index in
      let own = units[index]
      let others = (leads: leads - own.leads, wins: wins - own.wins)
      guard let ownSample = sample(own), let otherSample = sample(others),
        let ownRate = ownSample.rate, let otherRate = otherSample.rate,
        let chance = TwoRateTest.pValue(ownSample, otherSample, countsAreExact: true)
      else { return false }
      return ownRate <= 0.8 * otherRate && chance < 0.05
    }
  }

  private static func sample(_ counts: (leads: Int, wins: Int)) -> RateSample? {
    try? RateSample(successes: Double(counts.wins), trials: Double(counts.leads))
  }
}
