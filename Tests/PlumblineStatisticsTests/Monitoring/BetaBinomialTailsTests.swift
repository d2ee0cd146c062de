import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Beta-binomial tails` {
  private func distribution(_ row: ReferenceTable.Row) throws -> BetaBinomialDistribution {
    BetaBinomialDistribution(
      trials: try #require(row.integer("trials")),
      mean: row.number("mean"),
      overdispersion: row.number("overdispersion")
    )
  }

  @Test func `and scores agree with scipy, far out too`() throws {
    let table = try ReferenceTable("beta-binomial-tails")
    #expect(table.rows.count == 17)
    for row in table.rows {
      let own = try distribution(row)
      let count = try #require(row.integer("successes"))
      func close(_ value: Double, _ column: String) -> Bool {
        agree(value, row.number(column), relative: 1e-8, absolute: 1e-14)
      }
      #expect(close(own.lowerTail(below: count), "below"), "\(row)")
      #expect(close(own.upperTail(above: count), "above"), "\(row)")
      #expect(agree(own.normalScore(of: count), row.number("score"), relative: 1e-8), "\(row)")
    }
  }

  @Test func `limits agree with sums of scipy's probabilities`() throws {
    let table = try ReferenceTable("proportion-limits")
    #expect(table.rows.count == 10)
    for row in table.rows {
      let limits = try distribution(row).limits(alpha: row.number("alpha"))
      #expect(limits.lowerBound == row.integer("lower"), "\(row)")
      #expect(limits.upperBound == row.integer("upper"), "\(row)")
    }
  }

  @Test(
    arguments: [0, 1, 5, 5_000].flatMap { trials in
      [0.0, 0.01, 0.5, 1].flatMap { mean in
        [0.0, 0.02, 0.5, 0.99].map {
          BetaBinomialDistribution(trials: trials, mean: mean, overdispersion: $0)
        }
      }
    }
  )
  func `lie in 0...1 and add up to the whole`(own: BetaBinomialDistribution) {
    let trials = own.trials
    for count in Set([-1, 0, 1, trials / 2, trials - 1, trials, trials + 1]) {
      let (below, above) = (own.lowerTail(below: count), own.upperTail(above: count))
      #expect((0...1).contains(below) && (0...1).contains(above))
      #expect(
        agree(below + own.probability(of: count) + above, 1, relative: 1e-9),
        "\(count) of \(trials)"
      )
      if (0...trials).contains(count) {
        #expect(own.normalScore(of: count).magnitude <= 38)
      }
    }
    let limits = own.limits(alpha: 0.01)
    #expect(limits.lowerBound >= 0 && limits.upperBound <= trials)
    #expect(own.lowerTail(below: limits.lowerBound) <= 0.005)
    #expect(own.upperTail(above: limits.upperBound) <= 0.005)
  }

  @Test func `a count that cannot happen scores as far out as can be`() {
    let never = BetaBinomialDistribution(trials: 9, mean: 0, overdispersion: 0)
    #expect(never.normalScore(of: 4) == 38)
    #expect(never.normalScore(of: 0) == 0)
    let always = BetaBinomialDistribution(trials: 9, mean: 1, overdispersion: 0.2)
    #expect(always.normalScore(of: 4) == -38)
    #expect(always.normalScore(of: 9) == 0)
  }
}
