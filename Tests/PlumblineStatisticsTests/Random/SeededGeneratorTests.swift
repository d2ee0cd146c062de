import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Seeded generator` {
  @Test func `gives the published sequence`() throws {
    let table = try ReferenceTable("random-words")
    #expect(table.rows.count == 4)
    for row in table.rows {
      var generator = SeededGenerator(seed: try #require(UInt64(row.text("seed"))))
      let words = row.text("words").split(separator: " ").compactMap { UInt64($0) }
      #expect(words.count == 5)
      for word in words { #expect(generator.next() == word, "\(row)") }
    }
  }

  @Test func `splits into streams of their own`() {
    var generator = SeededGenerator(seed: 4)
    var first = generator.split()
    var second = generator.split()
    let words = Set((0..<100).flatMap { _ in [first.next(), second.next(), generator.next()] })
    #expect(words.count == 300)
  }

  private static let draws = 20_000

  /// Mean and variance of many draws, against those of the distribution.
  ///
  /// The kurtosis, its fourth standardised moment, tells how far the variance may stray.
  private func expectMoments(
    mean: Double,
    variance: Double,
    kurtosis: Double = 3,
    _ draw: (inout SeededGenerator) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var generator = SeededGenerator(seed: 99)
    let values = (0..<Self.draws).map { _ in draw(&generator) }
    let count = Double(Self.draws)
    let found = values.reduce(0, +) / count
    let spread = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / count
    // Four and a half standard errors: one failure in 150,000, were the seed not fixed.
    #expect(
      (found - mean).magnitude <= 4.5 * (variance / count).squareRoot(),
      "mean \(found)",
      sourceLocation: sourceLocation
    )
    #expect(
      (spread - variance).magnitude <= 4.5 * variance * ((kurtosis - 1) / count).squareRoot(),
      "variance \(spread)",
      sourceLocation: sourceLocation
    )
  }

  @Test func `draws have the moments of their distributions`() {
    expectMoments(mean: 0.5, variance: 1 / 12.0, kurtosis: 1.8) { $0.uniform() }
    expectMoments(mean: 3, variance: 4 / 3.0, kurtosis: 1.8) { $0.uniform(in: 1..<5) }
    expectMoments(mean: -2, variance: 9) { $0.normal(mean: -2, standardDeviation: 3) }
    expectMoments(mean: 5, variance: 25, kurtosis: 9) { $0.exponential(mean: 5) }
    for shape in [0.1, 0.8, 1, 2.5, 300] {
      expectMoments(mean: 2 * shape, variance: 4 * shape, kurtosis: 3 + 6 / shape) {
        $0.gamma(shape: shape, scale: 2)
      }
    }
    expectMoments(mean: 0.25, variance: 0.25 * 0.75 / 9) { $0.beta(alpha: 2, beta: 6) }
    expectMoments(mean: 0.3, variance: 0.21, kurtosis: 1.77) { $0.chance(0.3) ? 1 : 0 }
  }

  @Test func `log-normal numbers are normal after a logarithm`() {
    var generator = SeededGenerator(seed: 8)
    let below = (0..<Self.draws).count { _ in
      generator.logNormal(median: 40, logStandardDeviation: 0.7) < 40
    }
    #expect((9_700...10_300).contains(below))
    var other = SeededGenerator(seed: 8)
    #expect(other.logNormal(median: 40, logStandardDeviation: 0) == 40)
  }

  /// Chi-square of counts against the exact distribution, cells with fewer than ten joined.
  private func fit(_ probabilities: [Double], _ draw: (inout SeededGenerator) -> Int) -> Double {
    var generator = SeededGenerator(seed: 7)
    var seen = Array(repeating: 0.0, count: probabilities.count)
    for _ in 0..<Self.draws { seen[draw(&generator)] += 1 }
    var chiSquare = 0.0
    var cells = 0
    var (rest, restSeen) = (0.0, 0.0)
    for (probability, count) in zip(probabilities, seen) {
      let expected = probability * Double(Self.draws)
      if expected < 10 {
        rest += expected
        restSeen += count
      } else {
        chiSquare += (count - expected) * (count - expected) / expected
        cells += 1
      }
    }
    if rest >= 5 {
      chiSquare += (restSeen - rest) * (restSeen - rest) / rest
      cells += 1
    } else {
      #expect(restSeen < rest + 5 * (rest + 1).squareRoot())
    }
    return GammaDistribution.chiSquareUpperTail(chiSquare, degreesOfFreedom: cells - 1)
  }

  @Test(arguments: [(1, 0.5), (12, 0.3), (40, 0.97), (200, 0.4), (5_000, 0.006), (100_000, 0.001)])
  func `binomial counts have the exact distribution`(trials: Int, probability: Double) {
    let distribution = BetaBinomialDistribution(
      trials: trials,
      mean: probability,
      overdispersion: 0
    )
    let cells = (0...trials).map(distribution.probability)
    #expect(fit(cells) { $0.binomial(trials: trials, probability: probability) } > 1e-4)
  }

  @Test(arguments: [0.2, 3, 14.9, 15.1, 80, 900])
  func `Poisson counts have the exact distribution`(mean: Double) {
    let cells = (0..<2_000).map { count in
      let below = count == 0 ? 1 : GammaDistribution(shape: Double(count)).cumulative(mean)
      return max(below - GammaDistribution(shape: Double(count) + 1).cumulative(mean), 0)
    }
    #expect(fit(cells) { $0.poisson(mean: mean) } > 1e-4)
  }

  @Test func `choices are in proportion to their weights`() {
    #expect(fit([0.2, 0, 0.5, 0.3]) { $0.choice(weights: [2, 0, 5, 3]) } > 1e-4)
    #expect(fit(Array(repeating: 0.1, count: 10)) { $0.integer(below: 10) } > 1e-4)
  }

  @Test func `counts stay at the ends where the chance is 0 or 1`() {
    var generator = SeededGenerator(seed: 0)
    for trials in [0, 1, 7, 100_000] {
      #expect(generator.binomial(trials: trials, probability: 0) == 0)
      #expect(generator.binomial(trials: trials, probability: 1) == trials)
    }
    #expect(generator.poisson(mean: 0) == 0)
    #expect((0..<50).allSatisfy { _ in generator.choice(weights: [0, 0, 1, 0]) == 2 })
    #expect(generator.integer(below: 1) == 0)
    #expect(!generator.chance(0) && generator.chance(1))
  }
}
