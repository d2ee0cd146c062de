import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Score histogram` {
  private static func histogram(_ row: ReferenceTable.Row) throws -> ScoreHistogram {
    try ScoreHistogram(
      scores: row.numbers("scores"),
      won: row.numbers("won"),
      lost: row.numbers("lost")
    )
  }

  @Test func `areas, fits, isotonic rates and lifts agree with other programs`() throws {
    let table = try ReferenceTable("score-histograms")
    #expect(table.rows.count == 8)
    for row in table.rows {
      let histogram = try Self.histogram(row)
      let area = try #require(AreaUnderCurve(histogram))
      #expect(agree(area.area, row.number("area"), relative: 1e-12), "\(row)")
      #expect(
        agree(area.standardError, row.number("se"), relative: 1e-10, absolute: 1e-12),
        "\(row)"
      )
      let model = ScoreModel(histogram)
      if row.text("slope").isEmpty {
        #expect(model == nil, "\(row)")
      } else {
        #expect(agree(model?.intercept, row.number("intercept"), relative: 1e-8), "\(row)")
        #expect(
          agree(model?.slopePerTen, row.number("slope"), relative: 1e-8, absolute: 1e-12),
          "\(row)"
        )
        #expect(agree(model?.slopeStandardError, row.number("slope_se"), relative: 1e-8), "\(row)")
      }
      let isotonic = try #require(IsotonicRates.rates(histogram))
      let expected = row.numbers("isotonic")
      #expect(isotonic.count == expected.count)
      for (rate, number) in zip(isotonic, expected) {
        #expect(agree(rate, number, relative: 1e-12), "\(row)")
      }
      #expect(agree(histogram.lift(ofBest: 0.1), row.number("lift"), relative: 1e-12), "\(row)")
    }
  }

  @Test func `no values at all give no answers`() throws {
    let none = try ScoreHistogram(scores: [], won: [], lost: [])
    let value = try WorkValue(perWin: 900, perCase: 110)
    #expect(none.rate == nil)
    #expect(AreaUnderCurve(none) == nil)
    #expect(ScoreModel(none) == nil)
    #expect(IsotonicRates.rates(none) == nil)
    #expect(none.lift(ofBest: 0.1) == nil)
    #expect(none.bestThreshold(value: value) == nil)
    #expect(none.threshold(capacity: 5) == (nil, 0))
  }

  @Test(arguments: [([0.0, 0, 0], [4.0, 9, 2]), ([4, 9, 2], [0, 0, 0])])
  func `nobody or everybody won gives rates but no order`(
    won: [Double],
    lost: [Double]
  ) throws {
    let histogram = try ScoreHistogram(scores: [10, 20, 30], won: won, lost: lost)
    #expect(AreaUnderCurve(histogram) == nil)
    #expect(ScoreModel(histogram) == nil)
    #expect(IsotonicRates.rates(histogram) == Array(repeating: won[0] > 0 ? 1 : 0, count: 3))
    #expect(histogram.lift(ofBest: 0.1) == (won[0] > 0 ? 1 : nil))
  }

  @Test func `one win or one loss orders cases but has no standard error`() throws {
    let histogram = try ScoreHistogram(scores: [10, 20, 30], won: [0, 0, 1], lost: [4, 9, 2])
    let area = try #require(AreaUnderCurve(histogram))
    #expect(agree(area.area, 14 / 15.0))
    #expect(area.standardError == nil)
    #expect(area.interval() == .anyRate)
  }

  @Test func `an area's interval stays inside 0 and 1`() throws {
    let histogram = try ScoreHistogram(scores: [10, 20, 30], won: [0, 1, 5], lost: [4, 3, 0])
    let area = try #require(AreaUnderCurve(histogram))
    let interval = area.interval()
    #expect(interval.lower > 0 && interval.upper < 1 && interval.contains(area.area))
  }

  @Test func `values may come in any order and more than once`() throws {
    let mixed = try ScoreHistogram(scores: [30, 10, 30], won: [1, 2, 3], lost: [0, 5, 1])
    #expect(mixed == (try ScoreHistogram(scores: [10, 30], won: [2, 4], lost: [5, 1])))
    #expect(mixed.total == 12)
    #expect(mixed.rate == 0.5)
  }

  @Test func `scores without cases change nothing`() throws {
    let plain = try ScoreHistogram(scores: [20, 40], won: [1, 5], lost: [9, 5])
    let padded = try ScoreHistogram(
      scores: [10, 20, 30, 40, 50],
      won: [0, 1, 0, 5, 0],
      lost: [0, 9, 0, 5, 0]
    )
    #expect(IsotonicRates.rates(padded) == [0.1, 0.1, 0.1, 0.5, 0.5])
    #expect(AreaUnderCurve(padded) == AreaUnderCurve(plain))
    #expect(ScoreModel(padded) == ScoreModel(plain))
    #expect(padded.lift(ofBest: 0.5) == plain.lift(ofBest: 0.5))
  }

  @Test func `refuses lists and counts that do not fit`() {
    #expect(throws: StatisticsError.lengthMismatch(expected: 2, found: 1)) {
      try ScoreHistogram(scores: [1, 2], won: [1], lost: [1, 2])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try ScoreHistogram(scores: [1], won: [-1], lost: [1])
    }
    #expect(throws: StatisticsError.notFinite(.infinity)) {
      try ScoreHistogram(scores: [.infinity], won: [1], lost: [1])
    }
  }

  /// The weights of sampled cases act like so many cases, without copying them.
  @Test func `a weight is as good as that many cases`() throws {
    let few = try ScoreHistogram(scores: [10, 20, 30], won: [1, 2, 4], lost: [9, 8, 3])
    let many = try ScoreHistogram(scores: [10, 20, 30], won: [20, 40, 80], lost: [180, 160, 60])
    #expect(agree(AreaUnderCurve(few)?.area, AreaUnderCurve(many)?.area ?? .nan))
    #expect(agree(ScoreModel(few)?.slopePerTen, ScoreModel(many)?.slopePerTen ?? .nan))
  }
}
