import PlumblineStatistics
import Testing

/// The examples on the pages under Documentation/methods, to the digits printed there.
@Suite struct `Documented examples` {
  private static let history: CumulativeIncidence = {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 3, count: 20)
    counts.add(.open, lagInDays: 5, count: 15)
    counts.add(.exited, lagInDays: 10, count: 30)
    counts.add(.converted, lagInDays: 16, count: 10)
    counts.add(.open, lagInDays: 40, count: 25)
    return CumulativeIncidence(counts)
  }()

  @Test func `the conversion rate is as the page says`() {
    let estimate = Self.history.estimate(withinDays: 28)
    #expect(agree(estimate.rate, 0.323, absolute: 0.0005))
    #expect(agree(estimate.standardError, 0.049, absolute: 0.0005))
    #expect(agree(estimate.effectiveSampleSize, 90, absolute: 0.5))
    #expect(agree(estimate.interval.lower, 0.235, absolute: 0.0005))
    #expect(agree(estimate.interval.upper, 0.425, absolute: 0.0005))
    #expect(estimate.maturity == 0.85)
    #expect(Self.history.longestSupportedHorizonInDays == 42)
    let none = ConfidenceInterval.wilson(successes: 0, trials: 20)
    #expect(agree(none.upper, 0.16, absolute: 0.005))
  }

  @Test func `the completed cohort is as the page says`() throws {
    let toGo = ConversionToGo(history: Self.history, horizonInDays: 28)
    var open = Array(repeating: 0, count: 59)
    open[5] = 34
    let completion = try toGo.complete(converted: 6, open: open)
    #expect(agree(toGo.chances[5], 10 / 65.0))
    #expect(agree(completion.expected, 11.2, absolute: 0.05))
    #expect(agree(completion.interval.lower, 6.1, absolute: 0.05))
    #expect(agree(completion.interval.upper, 16.3, absolute: 0.05))
  }

  @Test func `the four channels are judged as the page says`() throws {
    let samples = try [(24.0, 180.0), (66, 200), (9, 20), (2, 6)].map {
      try RateSample(successes: $0.0, trials: $0.1)
    }
    let comparison = RateComparison(samples, countsAreExact: true)
    let judgements = comparison.judgements()
    #expect(judgements.map(\.verdict) == [.lower, .higher, .tooFew, .tooFew])
    #expect(judgements.map(\.needed) == [nil, nil, 566, 566])
    let page = [
      (0.145, 0.097, 0.202, 0.000_001_6), (0.326, 0.264, 0.392, 0.000_19),
      (0.385, 0.218, 0.586, 0.046), (0.305, 0.107, 0.574, 0.49),
    ]
    for (group, (mean, lower, upper, pValue)) in zip(comparison.groups, page) {
      #expect(agree(group.shrunk.mean, mean, absolute: 0.0005))
      #expect(agree(group.shrunk.interval.lower, lower, absolute: 0.0005))
      #expect(agree(group.shrunk.interval.upper, upper, absolute: 0.0005))
      #expect(agree(group.pValue, pValue, relative: 0.02))
    }
    #expect(agree(comparison.heterogeneity.chiSquare, 24.5, absolute: 0.05))
  }

  @Test func `the standardised rates are as the page says`() throws {
    let comparison = try #require(
      StandardizedComparison([
        try Stratum(
          weight: 130,
          first: RateSample(successes: 12, trials: 120),
          second: RateSample(successes: 6, trials: 50)
        ),
        try Stratum(
          weight: 250,
          first: RateSample(successes: 12, trials: 60),
          second: RateSample(successes: 60, trials: 150)
        ),
      ])
    )
    #expect(agree(comparison.first.rate, 0.166, absolute: 0.0005))
    #expect(agree(comparison.second.rate, 0.304, absolute: 0.0005))
    #expect(agree(comparison.difference, -0.138, absolute: 0.0005))
    #expect(agree(comparison.interval.lower, -0.225, absolute: 0.0005))
    #expect(agree(comparison.interval.upper, -0.041, absolute: 0.0005))
  }
}
