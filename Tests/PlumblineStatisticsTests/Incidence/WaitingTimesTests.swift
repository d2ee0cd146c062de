import PlumblineStatistics
import Testing

struct WaitingTimesTests {
  private typealias Wait = WaitingTimes.Wait

  private func waits(
    _ ended: [Int64],
    open: [Int64] = [],
    prevented: [Int64] = []
  ) -> WaitingTimes {
    WaitingTimes(
      ended.map { Wait(seconds: $0, outcome: .ended) }
        + open.map { Wait(seconds: $0, outcome: .open) }
        + prevented.map { Wait(seconds: $0, outcome: .prevented) }
    )
  }

  @Test func `says nothing of nobody`() {
    let times = waits([])
    #expect(times.count == 0)
    #expect(times.quantile(0.5) == .init(seconds: nil, lower: nil, upper: nil))
    #expect(times.share(within: 100) == nil)
  }

  @Test func `one wait is its own median, with no upper end`() {
    let median = waits([7]).quantile(0.5)
    #expect(median.seconds == 7)
    #expect(median.lower == 7)
    #expect(median.upper == nil)
  }

  @Test func `who never had an answer counts: three of five do not make a median of two`() {
    // Of those answered alone the median would be 20.
    let times = waits([10, 20, 30], open: [1000, 1000])
    #expect(times.quantile(0.5).seconds == 30)
    #expect(times.quantile(0.6).seconds == 30)
    #expect(times.quantile(0.61).seconds == nil)
    #expect((times.ended, times.open, times.prevented) == (3, 2, 0))
  }

  @Test func `with nobody answered no median is reached`() {
    let times = waits([], open: [5, 9])
    #expect(times.quantile(0.5) == .init(seconds: nil, lower: nil, upper: nil))
    let share = times.share(within: 100)
    #expect(share?.share == 0)
    #expect(share?.interval.lower == 0)
    #expect((share?.interval.upper ?? 0) > 0.6)
  }

  @Test func `who can no longer be answered never will be`() {
    // Censored, the two would be left out and the curve would reach 1.
    let times = waits([10, 20], prevented: [5, 15])
    #expect(times.share(within: 1000)?.share == 0.5)
    #expect(times.quantile(0.5).seconds == 20)
    #expect(times.quantile(0.51).seconds == nil)
  }

  @Test func `a wait that is open as long as another's end was there at that end`() {
    #expect(waits([10], open: [10]).share(within: 10)?.share == 0.5)
  }

  /// The 21 patients on 6-mercaptopurine of a trial (Freireich and others, 1963).
  ///
  /// As in Kalbfleisch & Prentice, the Kaplan–Meier estimate after 6, 7, 10, 13, 16, 22 and 23 weeks is 0.857, 0.807, 0.753,
  /// 0.690, 0.627, 0.538 and 0.448, with standard errors 0.0764, 0.0869, 0.0963, 0.1068, 0.1141,
  /// 0.1282 and 0.1346.
  @Test func `agrees with the published curve of a trial`() throws {
    let times = waits(
      [6, 6, 6, 7, 10, 13, 16, 22, 23],
      open: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    )
    let published: [(Int64, Double, Double)] = [
      (6, 0.857, 0.0764), (7, 0.807, 0.0869), (10, 0.753, 0.0963), (13, 0.690, 0.1068),
      (16, 0.627, 0.1141), (22, 0.538, 0.1282), (23, 0.448, 0.1346),
    ]
    for (week, survival, error) in published {
      let (share, interval) = try #require(times.share(within: week))
      #expect(abs(1 - share - survival) < 0.0006)
      // The interval is Wilson's with n = F(1−F)/Var F.
      let wanted = ConfidenceInterval.wilson(
        successes: share * share * (1 - share) / (error * error),
        trials: share * (1 - share) / (error * error)
      )
      #expect(abs(interval.lower - wanted.lower) < 0.002)
      #expect(abs(interval.upper - wanted.upper) < 0.002)
    }
    #expect(times.quantile(0.5).seconds == 23)
  }

  @Test(arguments: UInt64(0)..<30)
  func `without open waits it is the share itself, with Wilson's interval`(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let all = (0..<(1 + dice.integer(below: 60))).map { _ in
      Wait(
        seconds: Int64(dice.integer(below: 12)),
        outcome: dice.chance(0.6) ? .ended : .prevented
      )
    }
    let times = WaitingTimes(all.shuffled(using: &dice))
    for second in Int64(0)..<13 {
      let counted = all.count { $0.outcome == .ended && $0.seconds <= second }
      let (share, interval) = try #require(times.share(within: second))
      #expect(abs(share - Double(counted) / Double(all.count)) < 1e-12)
      let wanted = ConfidenceInterval.wilson(
        successes: Double(counted),
        trials: Double(all.count)
      )
      #expect(abs(interval.lower - wanted.lower) < 1e-6)
      #expect(abs(interval.upper - wanted.upper) < 1e-6)
    }
  }

  @Test func `nineteen of twenty intervals hold the true median`() {
    var dice = SeededGenerator(seed: 5)
    var held = 0
    let trials = 600
    for _ in 0..<trials {
      let all = (0..<120).map { _ in
        let (answer, leaving) = (dice.exponential(mean: 1000), dice.exponential(mean: 4000))
        let end = dice.uniform() * 3000
        let first = min(answer, leaving, end)
        return Wait(
          seconds: Int64(first),
          outcome: first == answer ? .ended : first == leaving ? .prevented : .open
        )
      }
      let quantile = WaitingTimes(all).quantile(0.4)
      // F(t) = 0.8 (1 − exp(−t/800)): 0.4 is reached at 800 ln 2.
      let truth: Int64 = 554
      if quantile.lower.map({ $0 <= truth }) == true, quantile.upper.map({ truth <= $0 }) ?? true {
        held += 1
      }
    }
    #expect((0.925...0.985).contains(Double(held) / Double(trials)))
  }
}
