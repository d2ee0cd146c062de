import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Completed counts` {
  @Test func `the gamma interval agrees with scipy`() throws {
    let table = try ReferenceTable("gamma-intervals")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let interval = ConfidenceInterval.gamma(
        mean: row.number("mean"),
        variance: row.number("variance"),
        level: row.number("level")
      )
      #expect(agree(interval.lower, row.number("lower"), relative: 1e-9), "\(row)")
      #expect(agree(interval.upper, row.number("upper"), relative: 1e-9), "\(row)")
    }
  }

  @Test func `the gamma interval shrinks to a point without variance or mean`() {
    let certain = ConfidenceInterval.gamma(mean: 7, variance: 0)
    #expect(certain == ConfidenceInterval(lower: 7, upper: 7))
    let nothing = ConfidenceInterval.gamma(mean: 0, variance: 0)
    #expect(nothing == ConfidenceInterval(lower: 0, upper: 0))
  }

  @Test(arguments: [0, 1, 9])
  func `a plain whole count has Garwood's interval`(count: Int) throws {
    let wins = try CompletedCount(counted: Double(count))
    #expect(wins.interval() == .garwood(count: count))
    #expect(wins.total == Double(count))
  }

  @Test func `what is expected adds to the mean and to the variance`() throws {
    let wins = try CompletedCount(counted: 9, expected: 2, variance: 1.7)
    #expect(wins.total == 11)
    #expect(wins.totalVariance == 10.7)
    #expect(wins.interval() == .gamma(mean: 11, variance: 10.7))
  }

  @Test func `shared credit is a fraction and has the gamma interval`() throws {
    #expect(try CompletedCount(counted: 2.5).interval() == .gamma(mean: 2.5, variance: 2.5))
  }

  @Test func `an expectation whose variance is unknown counts as a Poisson number`() throws {
    let wins = try CompletedCount(counted: 0, expected: 3)
    #expect(wins.interval() == .gamma(mean: 3, variance: 3))
  }

  @Test func `refuses numbers that are no counts`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try CompletedCount(counted: -1)
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(.infinity)) {
      try CompletedCount(counted: 1, expected: .infinity)
    }
  }

  /// Of many companies with the same true number the interval of 95 % holds it in about 95.
  @Test func `covers the long-run number of a count with a predicted rest`() throws {
    var generator = SeededGenerator(seed: 20)
    var covered = 0
    let runs = 4_000
    for _ in 0..<runs {
      // 8 are counted on average; 4 more are expected with a standard error of 1.
      let counted = Double(generator.poisson(mean: 8))
      let expected = max(generator.normal(mean: 4, standardDeviation: 1), 0)
      let wins = try CompletedCount(counted: counted, expected: expected, variance: 1)
      if wins.interval().contains(12) { covered += 1 }
    }
    // A standard error of the coverage is 0.35 points.
    #expect((0.935...0.975).contains(Double(covered) / Double(runs)))
  }
}
