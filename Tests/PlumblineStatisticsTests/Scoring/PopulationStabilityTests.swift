import PlumblineStatistics
import Testing

@Suite struct `Population stability` {
  @Test func `is 0 for equal shares and nil without cases`() throws {
    #expect(try PopulationStability(before: [2, 3], now: [20, 30])?.index == 0)
    #expect(try PopulationStability(before: [], now: []) == nil)
    #expect(try PopulationStability(before: [0, 0], now: [1, 2]) == nil)
    #expect(try PopulationStability(before: [1, 2], now: [0, 0]) == nil)
  }

  @Test func `is the sum of share differences times log ratios`() throws {
    // (0.8 − 0.5) ln 1.6 + (0.2 − 0.5) ln 0.4 = 0.3 ln 4.
    let moved = try #require(try PopulationStability(before: [10, 10], now: [8, 2]))
    #expect(agree(moved.index, 0.415_888_308_335_967_2))
    #expect(moved.needsLook)
    // The same from the other side.
    #expect(agree(try PopulationStability(before: [8, 2], now: [10, 10])?.index, moved.index))
    #expect(agree(moved.expectedByChance, 0.15))
  }

  @Test func `an empty class counts as one in ten thousand`() throws {
    // (0.5 − 1) ln 0.5 + (0.5 − 0.0001) ln 5000.
    let index = try PopulationStability(before: [4, 0], now: [3, 3])?.index
    #expect(agree(index, 4.604_318_466_360_265))
    let empty = try #require(try PopulationStability(before: [4, 0], now: [4, 0]))
    #expect(empty.index == 0)
    #expect(empty.expectedByChance == 0)
  }

  @Test func `refuses classes that do not match`() {
    #expect(throws: StatisticsError.lengthMismatch(expected: 2, found: 1)) {
      try PopulationStability(before: [1, 2], now: [1])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try PopulationStability(before: [-1], now: [1])
    }
  }

  @Test func `equal distributions show what chance alone is expected to show`() throws {
    var generator = SeededGenerator(seed: 31)
    func sample(_ count: Int) -> [Double] {
      var classes = Array(repeating: 0.0, count: 10)
      for _ in 0..<count { classes[generator.integer(below: 10)] += 1 }
      return classes
    }
    var sum = 0.0
    for _ in 0..<400 {
      sum += try #require(try PopulationStability(before: sample(1_000), now: sample(500))).index
    }
    #expect(agree(sum / 400, 9 * (1 / 1_000.0 + 1 / 500.0), relative: 0.08))
  }
}

@Suite struct `Score drift` {
  private static func histogram(won: [Double], lost: [Double]) throws -> ScoreHistogram {
    try ScoreHistogram(scores: [5, 25, 55, 95], won: won, lost: lost)
  }

  @Test func `tells three kinds of drift apart`() throws {
    let baseline = try Self.histogram(won: [5, 20, 50, 80], lost: [95, 80, 50, 20])
    let promises = [5.0: 0.05, 25: 0.2, 55: 0.5, 95: 0.8]
    let drift = ScoreDrift(
      baseline: baseline,
      periods: [
        baseline,
        // Other leads, as good as their score says.
        try Self.histogram(won: [10, 20, 10, 8], lost: [190, 80, 10, 2]),
        // The same leads, worse on the whole.
        try Self.histogram(won: [2, 10, 30, 60], lost: [98, 90, 70, 40]),
        // The same leads and wins, in no order.
        try Self.histogram(won: [39, 39, 39, 38], lost: [61, 61, 61, 62]),
        try Self.histogram(won: [0, 0, 0, 0], lost: [0, 0, 0, 0]),
      ],
      promise: { promises[$0] ?? 0.5 }
    )
    let periods = drift.periods
    #expect(periods.map { $0.stability?.needsLook } == [false, true, false, false, nil])
    #expect(agree(periods[0].calibration?.pValue, 1, relative: 1e-6))
    #expect((periods[1].calibration?.pValue ?? 0) > 0.5)
    #expect((periods[2].calibration?.shift ?? 0) < -0.5)
    #expect((periods[2].calibration?.pValue ?? 1) < 0.001)
    #expect((periods[0].area?.area ?? 0) > 0.8)
    #expect((periods[3].area?.area ?? 1) < 0.52)
    #expect(periods[4].calibration == nil)
    #expect(periods[4].area == nil)
  }
}
