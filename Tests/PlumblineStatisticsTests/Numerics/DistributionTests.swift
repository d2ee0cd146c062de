import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct Distributions {
  // The log-gammas in front lose a few digits where the shapes are large.
  @Test func `beta tails agree with many-digit numbers`() throws {
    let table = try ReferenceTable("beta-tails")
    #expect(table.rows.count == 22)
    for row in table.rows {
      let beta = BetaDistribution(alpha: row.number("alpha"), beta: row.number("beta"))
      let x = row.number("x")
      #expect(agree(beta.cumulative(x), row.number("lower"), relative: 1e-9), "\(row)")
      #expect(agree(beta.upperTail(x), row.number("upper"), relative: 1e-9), "\(row)")
    }
  }

  @Test func `beta quantiles agree with many-digit numbers, tiny ones too`() throws {
    let table = try ReferenceTable("beta-quantiles")
    #expect(table.rows.count == 16)
    for row in table.rows {
      let beta = BetaDistribution(alpha: row.number("alpha"), beta: row.number("beta"))
      let value = beta.quantile(row.number("probability"))
      #expect(agree(value, row.number("value"), relative: 1e-10), "\(row)")
    }
  }

  @Test func `beta quantiles end at 0 and 1`() {
    let beta = BetaDistribution(alpha: 0.3, beta: 40)
    #expect(beta.quantile(0) == 0)
    #expect(beta.quantile(1) == 1)
    // About 1e-3000, which no number can hold.
    #expect(BetaDistribution(alpha: 0.001, beta: 1).quantile(0.001) <= 1e-300)
  }

  @Test func `beta moments and density are those of the formula`() {
    let beta = BetaDistribution(alpha: 2, beta: 6)
    #expect(agree(beta.mean, 0.25))
    #expect(agree(beta.variance, 12.0 / (64 * 9)))
    // 42 x (1-x)^5 at 0.5.
    #expect(agree(beta.logDensity(0.5), -0.421_213_465_076_303_4, relative: 1e-9))
  }

  @Test func `gamma tails agree with many-digit numbers`() throws {
    let table = try ReferenceTable("gamma-tails")
    #expect(table.rows.count == 16)
    for row in table.rows {
      let gamma = GammaDistribution(shape: row.number("shape"))
      let x = row.number("x")
      #expect(agree(gamma.cumulative(x), row.number("lower"), relative: 1e-9), "\(row)")
      #expect(agree(gamma.upperTail(x), row.number("upper"), relative: 1e-9), "\(row)")
    }
  }

  @Test func `gamma quantiles agree with many-digit numbers`() throws {
    let table = try ReferenceTable("gamma-quantiles")
    #expect(table.rows.count == 10)
    for row in table.rows {
      let value = GammaDistribution(shape: row.number("shape"))
        .quantile(row.number("probability"))
      #expect(agree(value, row.number("value"), relative: 1e-10), "\(row)")
    }
    #expect(GammaDistribution(shape: 3).quantile(0) == 0)
    #expect(GammaDistribution(shape: 3).quantile(1) == .infinity)
  }

  @Test func `chi-square tails agree with scipy`() throws {
    let table = try ReferenceTable("chi-square-tails")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let value = GammaDistribution.chiSquareUpperTail(
        row.number("x"),
        degreesOfFreedom: try #require(row.integer("df"))
      )
      #expect(agree(value, row.number("value"), relative: 1e-10), "\(row)")
    }
    #expect(GammaDistribution.chiSquareUpperTail(3, degreesOfFreedom: 0) == 1)
  }

  @Test func `beta-binomial agrees with scipy`() throws {
    let table = try ReferenceTable("beta-binomial")
    #expect(table.rows.count == 11)
    for row in table.rows {
      let distribution = BetaBinomialDistribution(
        trials: try #require(row.integer("trials")),
        mean: row.number("mean"),
        overdispersion: row.number("overdispersion")
      )
      let value = distribution.probability(of: try #require(row.integer("successes")))
      #expect(agree(value, row.number("value"), relative: 1e-9), "\(row)")
    }
  }

  @Test(arguments: [(0, 0.4, 0.3), (1, 0.4, 0), (25, 0.1, 0.2), (25, 1, 0)])
  func `beta-binomial adds up to 1`(trials: Int, mean: Double, overdispersion: Double) {
    let distribution = BetaBinomialDistribution(
      trials: trials,
      mean: mean,
      overdispersion: overdispersion
    )
    let sum = (-1...trials + 1).reduce(0) { $0 + distribution.probability(of: $1) }
    #expect(agree(sum, 1, relative: 1e-12))
  }
}
