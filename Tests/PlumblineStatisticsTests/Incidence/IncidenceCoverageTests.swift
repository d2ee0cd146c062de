import PlumblineStatistics
import Testing

/// Simulated cohorts of known truth: the share that converts within 28 days is
/// 0.3 (1 - exp(-28/15)), entries arrive evenly over 20 weeks, and half of those that do not
/// convert leave.
@Suite struct `Incidence coverage` {
  private static let truth = 0.3 * (1 - 0.154_635_6)
  private static let worlds = 1_000

  private static let estimates: [IncidenceEstimate] = {
    var generator = SeededGenerator(seed: 20_240_229)
    return (0..<worlds).map { _ in
      var counts = LagCounts()
      for _ in 0..<150 {
        let age = generator.uniform() * 140
        let draw = generator.uniform()
        let outcome: LagOutcome = draw < 0.3 ? .converted : draw < 0.65 ? .exited : .open
        let wait = generator.exponential(mean: outcome == .converted ? 15 : 25)
        if outcome == .open || wait >= age {
          counts.add(.open, lagInDays: Int(age))
        } else {
          counts.add(outcome, lagInDays: Int(wait))
        }
      }
      return CumulativeIncidence(counts).estimate(withinDays: 28)
    }
  }()

  /// 95 % intervals in 1,000 worlds: chance alone moves the share by 0.7 points.
  @Test func `covers the truth as often as it says`() {
    let covered = Self.estimates.count { $0.interval.contains(Self.truth) }
    #expect((930...970).contains(covered), "\(covered) of \(Self.worlds)")
  }

  @Test func `is right on average, as counting conversions among all is not`() {
    let mean = Self.estimates.reduce(0) { $0 + ($1.rate ?? 0) } / Double(Self.worlds)
    #expect(agree(mean, Self.truth, relative: 0.015), "\(mean)")
  }
}
