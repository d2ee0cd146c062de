import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Tests of rates` {
  @Test func `two rates agree with exact fractions and statsmodels`() throws {
    let table = try ReferenceTable("two-rates")
    #expect(table.rows.count == 14)
    for row in table.rows {
      let first = try RateSample(successes: row.number("x1"), trials: row.number("n1"))
      let second = try RateSample(successes: row.number("x2"), trials: row.number("n2"))
      let exact = TwoRateTest.pValue(first, second, countsAreExact: true)
      #expect(agree(exact, row.number("p"), relative: 1e-8), "\(row)")
      let swapped = TwoRateTest.pValue(second, first, countsAreExact: true)
      #expect(agree(swapped, row.number("p"), relative: 1e-8), "\(row)")
      let censored = TwoRateTest.pValue(first, second, countsAreExact: false)
      #expect(agree(censored, row.number("score"), relative: 1e-8), "\(row)")
    }
  }

  @Test func `two rates cannot be compared when one has no trials`() throws {
    let none = try RateSample(successes: 0, trials: 0)
    let some = try RateSample(successes: 1, trials: 3)
    #expect(TwoRateTest.pValue(none, some, countsAreExact: true) == nil)
    #expect(TwoRateTest.pValue(some, none, countsAreExact: false) == nil)
  }

  @Test func `fractional counts take the score test however few they are`() throws {
    let first = try RateSample(successes: 1.5, trials: 6)
    let second = try RateSample(successes: 2, trials: 30)
    #expect(
      TwoRateTest.pValue(first, second, countsAreExact: true)
        == TwoRateTest.pValue(first, second, countsAreExact: false)
    )
  }

  @Test func `q-values agree with statsmodels`() throws {
    let table = try ReferenceTable("benjamini-hochberg")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let qValues = BenjaminiHochberg.qValues(row.numbers("p"))
      for (qValue, expected) in zip(qValues, row.numbers("q")) {
        #expect(agree(qValue, expected, relative: 1e-12), "\(row)")
      }
    }
  }

  @Test func `comparisons that could not be made do not count`() {
    #expect(BenjaminiHochberg.qValues([]) == [])
    #expect(BenjaminiHochberg.qValues([nil]) == [nil])
    #expect(BenjaminiHochberg.qValues([nil, 0.02, nil, 0.03]) == [nil, 0.03, nil, 0.03])
  }

  @Test func `heterogeneity agrees with scipy`() throws {
    let table = try ReferenceTable("heterogeneity")
    #expect(table.rows.count == 4)
    for row in table.rows {
      let samples = try zip(row.numbers("successes"), row.numbers("trials")).map {
        try RateSample(successes: $0, trials: $1)
      }
      let nobody = try RateSample(successes: 0, trials: 0)
      for all in [samples, [nobody] + samples] {
        let test = Heterogeneity(all)
        #expect(agree(test.chiSquare, row.number("chi_square"), absolute: 1e-12), "\(row)")
        #expect(test.degreesOfFreedom == row.integer("df"), "\(row)")
        #expect(agree(test.pValue, row.number("p")), "\(row)")
      }
    }
  }

  @Test(arguments: [[], [(0, 0)], [(3, 9)], [(0, 5), (0, 9)], [(5, 5), (9, 9)]])
  func `heterogeneity is nothing where nothing can differ`(groups: [(Double, Double)]) throws {
    let test = Heterogeneity(
      try groups.map { try RateSample(successes: $0.0, trials: $0.1) }
    )
    #expect(test.chiSquare == 0)
    #expect(test.pValue == 1)
    #expect(test.degreesOfFreedom == max(groups.count - 1, 0))
  }

  @Test func `sample sizes follow the formula`() throws {
    let table = try ReferenceTable("sample-size")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let needed = SampleSize.toShow(
        rate: row.number("rate"),
        lowerBy: row.number("difference")
      )
      #expect(needed == row.integer("needed"), "\(row)")
    }
  }

  @Test(arguments: [(0, 0.2), (1, 0.2), (0.3, 0), (0.3, 1.5), (1e-300, 0.2)])
  func `no sample size shows the impossible`(rate: Double, difference: Double) {
    #expect(SampleSize.toShow(rate: rate, lowerBy: difference) == nil)
  }

  @Test func `samples refuse impossible counts`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try RateSample(successes: -1, trials: 3)
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(.infinity)) {
      try RateSample(successes: 1, trials: .infinity)
    }
    #expect(throws: StatisticsError.self) { try RateSample(successes: .nan, trials: 2) }
    #expect(throws: StatisticsError.successesExceedTrials(successes: 4, trials: 3)) {
      try RateSample(successes: 4, trials: 3)
    }
  }
}
