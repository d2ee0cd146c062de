import PlumblineStatistics
import Testing

@Suite struct `Score threshold` {
  private static func value() throws -> WorkValue { try WorkValue(perWin: 10, perCase: 2) }

  private static func histogram(won: [Double], lost: [Double]) throws -> ScoreHistogram {
    try ScoreHistogram(scores: [10, 20, 30, 40], won: won, lost: lost)
  }

  private func smoothThreshold(
    _ histogram: ScoreHistogram,
    _ value: WorkValue
  ) throws -> Double? {
    try #require(ScoreModel(histogram)).threshold(value: value)
  }

  @Test func `works from where the net is largest`() throws {
    let value = try Self.value()
    // From the top: 20 − 4 + 10 − 6 + 10 − 20 + 0 − 20.
    let histogram = try Self.histogram(won: [0, 1, 1, 2], lost: [10, 9, 2, 0])
    let best = try #require(histogram.bestThreshold(value: value))
    #expect(best.threshold == 30)
    #expect(best.net == 20)
    #expect(best.worked == 5)
    #expect(best.precision == 0.6)
    #expect(best.recall == 0.75)
  }

  @Test func `of equal nets takes the higher threshold`() throws {
    let value = try Self.value()
    // A score whose five cases bring one win adds exactly nothing.
    let histogram = try Self.histogram(won: [0, 1, 1, 2], lost: [10, 4, 4, 0])
    #expect(histogram.bestThreshold(value: value)?.threshold == 40)
  }

  @Test func `a net below 0 says that nothing was worth working`() throws {
    let value = try Self.value()
    let histogram = try Self.histogram(won: [0, 0, 0, 0], lost: [10, 4, 4, 1])
    let best = try #require(histogram.bestThreshold(value: value))
    #expect(best.net == -2)
    #expect(best.threshold == 40)
    #expect(best.precision == 0)
    #expect(best.recall == nil)
  }

  @Test func `judges a threshold on other cases, and one above all scores`() throws {
    let value = try Self.value()
    let later = try Self.histogram(won: [1, 1, 2, 2], lost: [9, 9, 4, 1])
    let outcome = later.outcome(workingFrom: 25, value: value)
    #expect(outcome.worked == 9)
    #expect(outcome.net == 22)
    let nobody = later.outcome(workingFrom: 41, value: value)
    #expect(nobody.worked == 0)
    #expect(nobody.net == 0)
    #expect(nobody.precision == nil)
    #expect(nobody.recall == 0)
  }

  @Test func `the smooth threshold is where the chance covers the cost`() throws {
    let value = try Self.value()
    let histogram = try Self.histogram(won: [5, 10, 20, 40], lost: [95, 90, 80, 60])
    let model = try #require(ScoreModel(histogram))
    let threshold = try #require(model.threshold(value: value))
    #expect(model.probability(at: threshold) >= 0.2)
    #expect(model.probability(at: threshold - 10) < 0.2)
    #expect(value.breakEvenProbability == 0.2)
  }

  @Test func `there is no smooth threshold on a falling or flat score, or out of reach`() throws {
    let value = try Self.value()
    let falling = try Self.histogram(won: [40, 20, 10, 5], lost: [60, 80, 90, 95])
    #expect(try smoothThreshold(falling, value) == nil)
    let rising = try Self.histogram(won: [5, 10, 20, 40], lost: [95, 90, 80, 60])
    let dear = try WorkValue(perWin: 10, perCase: 9)
    #expect(try smoothThreshold(rising, dear) == nil)
    let free = try WorkValue(perWin: 10, perCase: 0)
    #expect(try smoothThreshold(rising, free) == 10)
    let worthless = try WorkValue(perWin: 0, perCase: 1)
    #expect(worthless.breakEvenProbability == nil)
    #expect(try smoothThreshold(rising, worthless) == nil)
  }

  @Test(
    arguments: [
      (0.0, nil, 0.0), (6.9, nil, 6.9), (7, 40, 0), (10, 40, 3), (12, 30, 0), (1_000, 10, 0),
      (-4, nil, 0),
    ] as [(Double, Double?, Double)]
  )
  func `a capacity takes the best scores that fit whole`(
    capacity: Double,
    score: Double?,
    remaining: Double
  ) throws {
    let histogram = try Self.histogram(won: [5, 5, 2, 3], lost: [5, 5, 3, 4])
    let found = histogram.threshold(capacity: capacity)
    #expect(found.score == score)
    #expect(agree(found.remaining, remaining, relative: 1e-12))
  }

  @Test func `the lift splits the score at the border`() throws {
    // The best two of ten: one at 40 that is won, one of two at 30 of which one is won.
    let histogram = try Self.histogram(won: [0, 1, 1, 1], lost: [4, 2, 1, 0])
    #expect(agree(histogram.lift(ofBest: 0.2), (1.5 / 2) / 0.3))
    #expect(agree(histogram.lift(ofBest: 1), 1))
    for share in [0, -0.1, 1.1, .nan] { #expect(histogram.lift(ofBest: share) == nil) }
  }

  @Test func `refuses values below 0`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try WorkValue(perWin: -1, perCase: 0)
    }
  }
}
