import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Confidence intervals` {
  @Test func `Wilson agrees with statsmodels`() throws {
    let table = try ReferenceTable("wilson")
    #expect(table.rows.count == 11)
    for row in table.rows {
      let interval = ConfidenceInterval.wilson(
        successes: row.number("successes"),
        trials: row.number("trials"),
        z: row.number("z")
      )
      #expect(
        agree(interval.lower, row.number("lower"), relative: 1e-10, absolute: 1e-14),
        "\(row)"
      )
      #expect(agree(interval.upper, row.number("upper"), relative: 1e-10), "\(row)")
    }
  }

  @Test func `Wilson without trials allows every rate`() {
    #expect(ConfidenceInterval.wilson(successes: 0, trials: 0) == .anyRate)
  }

  @Test(arguments: [1, 2, 20, 1_000_000])
  func `Wilson keeps a width at the ends and mirrors them`(trials: Double) {
    let none = ConfidenceInterval.wilson(successes: 0, trials: trials)
    let all = ConfidenceInterval.wilson(successes: trials, trials: trials)
    #expect(none.lower == 0)
    #expect(none.upper > 0)
    #expect(all.upper == 1)
    #expect(agree(all.lower, 1 - none.upper, relative: 1e-12))
  }

  @Test func `Garwood agrees with statsmodels`() throws {
    let table = try ReferenceTable("garwood")
    #expect(table.rows.count == 8)
    for row in table.rows {
      let interval = ConfidenceInterval.garwood(
        count: try #require(row.integer("count")),
        level: row.number("level")
      )
      #expect(agree(interval.lower, row.number("lower"), relative: 1e-9), "\(row)")
      #expect(agree(interval.upper, row.number("upper"), relative: 1e-9), "\(row)")
    }
  }

  /// The chance that the interval covers the true mean, added up over every possible count.
  @Test(arguments: [0.01, 0.7, 3.68, 3.7, 12])
  func `Garwood covers at least as often as it says`(mean: Double) {
    var covered = 0.0
    for count in 0..<80 where ConfidenceInterval.garwood(count: count).contains(mean) {
      let below = count == 0 ? 1 : GammaDistribution(shape: Double(count)).cumulative(mean)
      covered += below - GammaDistribution(shape: Double(count) + 1).cumulative(mean)
    }
    #expect(covered >= 0.95)
  }

  @Test func `contains its ends and has a width`() {
    let interval = ConfidenceInterval(lower: -1, upper: 2)
    #expect(interval.contains(-1) && interval.contains(2) && !interval.contains(2.001))
    #expect(interval.width == 3)
    #expect(ConfidenceInterval(lower: 1, upper: 1).width == 0)
  }

  /// At 0 of n the probability is known in closed form for n = 0: the arcsine distribution.
  @Test func `Jeffreys starts from the arcsine distribution`() {
    let nothing = BetaDistribution(jeffreysWithSuccesses: 0, trials: 0)
    #expect(agree(nothing.cumulative(0.5), 0.5))
    // 2/pi asin(sqrt(1/4)) = 1/3.
    #expect(agree(nothing.cumulative(0.25), 1 / 3.0))
    let few = BetaDistribution(jeffreysWithSuccesses: 3, trials: 10)
    #expect(agree(few.mean, 3.5 / 11))
  }
}
