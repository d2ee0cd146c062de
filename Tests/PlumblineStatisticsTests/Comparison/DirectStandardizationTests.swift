import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Direct standardisation` {
  @Test func `agrees with numbers worked out from statsmodels' intervals`() throws {
    let table = try ReferenceTable("standardization")
    #expect(table.rows.count == 5)
    for row in table.rows {
      let weights = row.numbers("weights")
      let strata = try weights.indices.map { index in
        try Stratum(
          weight: weights[index],
          first: RateSample(
            successes: row.numbers("x1")[index],
            trials: row.numbers("n1")[index]
          ),
          second: RateSample(
            successes: row.numbers("x2")[index],
            trials: row.numbers("n2")[index]
          )
        )
      }
      let comparison = try #require(StandardizedComparison(strata))
      let found: [(String, Double)] = [
        ("rate1", comparison.first.rate), ("se1", comparison.first.standardError),
        ("lower1", comparison.first.interval.lower), ("upper1", comparison.first.interval.upper),
        ("rate2", comparison.second.rate), ("se2", comparison.second.standardError),
        ("lower2", comparison.second.interval.lower),
        ("upper2", comparison.second.interval.upper),
        ("difference", comparison.difference), ("se", comparison.standardError),
        ("lower", comparison.interval.lower), ("upper", comparison.interval.upper),
        ("share", comparison.comparableShare),
      ]
      for (name, value) in found {
        #expect(
          agree(value, row.number(name), relative: 1e-9, absolute: 1e-12),
          "\(name) of \(row)"
        )
      }
      #expect(comparison.comparableStrata == row.integer("strata"))
    }
  }

  @Test func `says nothing where no stratum holds both groups`() throws {
    let none = try RateSample(successes: 0, trials: 0)
    let some = try RateSample(successes: 3, trials: 10)
    #expect(StandardizedComparison([]) == nil)
    #expect(
      StandardizedComparison([
        try Stratum(weight: 1, first: none, second: some),
        try Stratum(weight: 1, first: some, second: none),
        try Stratum(weight: 0, first: some, second: some),
      ]) == nil
    )
  }

  @Test func `undoes an unequal mix`() throws {
    // Each group closes 40 % of small and 10 % of large cases; the first gets the large ones.
    let strata = [
      try Stratum(
        weight: 1,
        first: RateSample(successes: 20, trials: 50),
        second: RateSample(successes: 160, trials: 400)
      ),
      try Stratum(
        weight: 1,
        first: RateSample(successes: 40, trials: 400),
        second: RateSample(successes: 5, trials: 50)
      ),
    ]
    let comparison = try #require(StandardizedComparison(strata))
    #expect(agree(comparison.first.rate, 0.25))
    #expect(agree(comparison.difference, 0, absolute: 1e-15))
    #expect(comparison.interval.contains(0))
  }

  @Test func `refuses a weight below 0`() throws {
    let some = try RateSample(successes: 3, trials: 10)
    #expect(throws: StatisticsError.negativeOrNotFinite(-0.1)) {
      try Stratum(weight: -0.1, first: some, second: some)
    }
  }
}
