import PlumblineStatistics
import Testing

@Suite struct `Proportion baseline` {
  @Test func `of no weeks knows nothing and says so without dividing by 0`() {
    for empty in [ProportionBaseline(items: [], met: []), .init(items: [0, 0], met: [0, 0])] {
      #expect(empty.weeks == 0)
      #expect(empty.rate == 0.5)
      #expect(empty.overdispersion == 0)
      #expect(empty.errorVariance == 0)
      #expect(empty.interval == .anyRate)
    }
  }

  @Test(
    arguments: [
      ([10, 10, 10], [0, 0, 0], 0.5 / 31),
      ([10, 10, 10], [10, 10, 10], 30.5 / 31),
      ([1], [1], 0.75),
      ([8, 0, 8], [4, 0, 4], 0.5),
    ] as [([Int], [Int], Double)]
  )
  func `is never quite 0 or 1 and leaves weeks without items out`(
    items: [Int],
    met: [Int],
    rate: Double
  ) {
    let baseline = ProportionBaseline(items: items, met: met)
    #expect(agree(baseline.rate, rate))
    #expect(baseline.overdispersion == 0)
    #expect(baseline.weeks == items.count { $0 > 0 })
    // Without overdispersion the error is that of all items together: 1/N.
    #expect(agree(baseline.errorVariance, 1 / Double(items.reduce(0, +))))
    let plain = ConfidenceInterval.wilson(
      successes: Double(met.reduce(0, +)),
      trials: Double(items.reduce(0, +))
    )
    #expect(agree(baseline.interval.lower, plain.lower))
    #expect(agree(baseline.interval.upper, plain.upper))
  }

  @Test func `is less sure of weeks that vary beyond chance`() {
    let items = Array(repeating: 10, count: 20)
    let met = (0..<20).map { $0.isMultiple(of: 2) ? 2 : 8 }
    let baseline = ProportionBaseline(items: items, met: met)
    let plain = ConfidenceInterval.wilson(successes: 100, trials: 200)
    #expect(baseline.overdispersion > 0)
    #expect(baseline.interval.lower < plain.lower && baseline.interval.upper > plain.upper)
  }

  @Test func `one item a week shows no overdispersion`() {
    let baseline = ProportionBaseline(items: [1, 1, 1, 1], met: [1, 0, 1, 0])
    #expect(baseline.overdispersion == 0)
  }

  @Test func `weeks that go all one way are capped`() {
    let baseline = ProportionBaseline(
      items: Array(repeating: 50, count: 8),
      met: [50, 0, 50, 0, 50, 0, 50, 0]
    )
    #expect(baseline.overdispersion == 0.5)
  }

  @Test func `finds the overdispersion that is there`() {
    var generator = SeededGenerator(seed: 4)
    var (items, met): ([Int], [Int]) = ([], [])
    for _ in 0..<3_000 {
      let chance = generator.beta(alpha: 0.7 * 19, beta: 0.3 * 19)
      items.append(40)
      met.append(generator.binomial(trials: 40, probability: chance))
    }
    // Precision 19 is a correlation of 1/20.
    let baseline = ProportionBaseline(items: items, met: met)
    #expect(agree(baseline.overdispersion, 0.05, relative: 0.1))
    #expect(agree(baseline.rate, 0.7, relative: 0.01))
  }

  @Test func `evidence of siblings adds up`() {
    let wild = ProportionBaseline(
      items: Array(repeating: 30, count: 8),
      met: [28, 12, 27, 14, 29, 11, 28, 13]
    )
    let calm = ProportionBaseline(
      items: Array(repeating: 30, count: 8),
      met: Array(repeating: 21, count: 8)
    )
    let pooled = (wild.evidence + calm.evidence).overdispersion
    #expect(calm.overdispersion == 0)
    #expect(pooled > 0 && pooled < wild.overdispersion)
    #expect(OverdispersionEvidence.none.overdispersion == 0)
    let told = ProportionBaseline(
      items: Array(repeating: 30, count: 8),
      met: Array(repeating: 21, count: 8),
      overdispersion: pooled
    )
    #expect(told.overdispersion == pooled)
    #expect(told.errorVariance > calm.errorVariance)
  }
}
