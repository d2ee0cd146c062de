import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Cumulative incidence` {
  /// Daily buckets as long as the rows.
  private func daily(_ converted: [Int], _ exited: [Int], _ open: [Int]) throws -> LagCounts {
    // One more bucket, so that the last row's day is a day and not open-ended.
    try LagCounts(
      buckets: LagBuckets(edges: Array(0...converted.count)),
      converted: converted + [0],
      exited: exited + [0],
      open: open + [0]
    )
  }

  @Test func `agrees with the product formula and the infinitesimal jackknife`() throws {
    let table = try ReferenceTable("incidence-daily")
    #expect(table.rows.count == 11)
    for row in table.rows {
      let counts = try daily(
        row.integers("converted"),
        row.integers("exited"),
        row.integers("open")
      )
      let estimate = CumulativeIncidence(counts)
        .estimate(withinDays: try #require(row.integer("horizon")))
      #expect(agree(estimate.rate, row.number("rate"), relative: 1e-12), "\(row)")
      #expect(
        agree(estimate.standardError, row.number("se"), relative: 1e-9, absolute: 1e-9),
        "\(row)"
      )
    }
  }

  @Test func `knows nothing without entries`() {
    let curve = CumulativeIncidence(LagCounts())
    let estimate = curve.estimate(withinDays: 28)
    #expect(estimate.rate == nil)
    #expect(estimate.standardError == nil)
    #expect(estimate.sample == nil)
    #expect(estimate.maturity == nil)
    #expect(estimate.interval == .anyRate)
    #expect(!estimate.isSupported)
    #expect(curve.longestSupportedHorizonInDays == nil)
    #expect(curve.defaultHorizonInDays() == nil)
    #expect(curve.daysUntilConverted(share: 0.5) == nil)
  }

  @Test(arguments: [1, 7, 400])
  func `is the plain proportion when nothing is censored`(exits: Int) throws {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 3, count: 2)
    counts.add(.converted, lagInDays: 30, count: 9)
    counts.add(.exited, lagInDays: 1, count: exits)
    counts.add(.exited, lagInDays: 100, count: 4)
    let curve = CumulativeIncidence(counts)
    let n = Double(counts.total)
    for (horizon, converted) in [(3, 0.0), (4, 2), (28, 2), (35, 11), (700, 11)] {
      let estimate = curve.estimate(withinDays: horizon)
      let share = converted / n
      #expect(agree(estimate.rate, share, relative: 1e-12))
      #expect(
        agree(estimate.standardError, (share * (1 - share) / n).squareRoot(), relative: 1e-10)
      )
      #expect(agree(estimate.effectiveSampleSize, n, relative: 1e-9))
      let wilson = ConfidenceInterval.wilson(successes: converted, trials: n)
      #expect(agree(estimate.interval.upper, wilson.upper, relative: 1e-9))
      #expect(estimate.maturity == 1)
    }
  }

  @Test func `keeps a width when everybody has converted`() {
    for days in [[0], [1, 1, 1, 2, 4, 5, 9], [3, 40]] {
      var counts = LagCounts()
      for day in days { counts.add(.converted, lagInDays: day) }
      let estimate = CumulativeIncidence(counts).estimate(withinDays: 56)
      let wilson = ConfidenceInterval.wilson(
        successes: Double(days.count),
        trials: Double(days.count)
      )
      #expect(agree(estimate.rate, 1, relative: 1e-12))
      #expect(agree(estimate.interval.lower, wilson.lower, relative: 1e-6))
      #expect(agree(estimate.effectiveSampleSize, Double(days.count)))
    }
  }

  @Test func `counts half of a wide bucket as watched, and all of a day`() throws {
    let counts = try LagCounts(
      buckets: LagBuckets(edges: [0, 1, 8]),
      converted: [1, 2, 0],
      exited: [0, 0, 0],
      open: [4, 3, 0]
    )
    let points = CumulativeIncidence(counts).points
    #expect(points.map(\.atRisk) == [10, 5, 0])
    #expect(points.map(\.exposure) == [10, 3.5, 0])
    #expect(agree(points[1].converted, 0.1 + 0.9 * 2 / 3.5))
    #expect(agree(points[1].waiting, 0.9 * (1 - 2 / 3.5)))
    #expect(points.map(\.known) == [6, 3, 3])
  }

  @Test func `splits all entries among converted, exited and waiting`() {
    var generator = SeededGenerator(seed: 3)
    var counts = LagCounts()
    for _ in 0..<500 {
      counts.add(
        LagOutcome.allCases[generator.integer(below: 3)],
        lagInDays: generator.integer(below: 400)
      )
    }
    var last = 0.0
    for point in CumulativeIncidence(counts).points {
      #expect(agree(point.converted + point.exited + point.waiting, 1, relative: 1e-12))
      #expect(point.converted >= last)
      #expect(point.variance >= 0)
      last = point.converted
    }
  }

  @Test func `interpolates inside a bucket and stays beyond the last edge`() throws {
    let counts = try LagCounts(
      buckets: LagBuckets(edges: [0, 7, 14]),
      converted: [20, 14, 6],
      exited: [0, 0, 60],
      open: [0, 0, 0]
    )
    let curve = CumulativeIncidence(counts)
    #expect(curve.converted(byDay: -1) == 0)
    #expect(curve.converted(byDay: 0) == 0)
    #expect(agree(curve.converted(byDay: 3.5), 0.1))
    #expect(agree(curve.converted(byDay: 7), 0.2))
    #expect(agree(curve.converted(byDay: 9), 0.24))
    #expect(agree(curve.converted(byDay: 500), 0.34))
    #expect(agree(curve.estimate(withinDays: 9).rate, 0.24))
    #expect(curve.estimate(withinDays: 0).rate == 0)
    #expect(curve.estimate(withinDays: 14).isSupported)
    #expect(!curve.estimate(withinDays: 15).isSupported)
  }

  @Test(arguments: [(9, false), (10, true)])
  func `supports a horizon with ten entries at risk in its bucket`(atRisk: Int, supported: Bool) {
    var counts = LagCounts()
    counts.add(.open, lagInDays: 20, count: 90)
    counts.add(.open, lagInDays: 22, count: atRisk)
    let curve = CumulativeIncidence(counts)
    let estimate = curve.estimate(withinDays: 28)
    #expect(estimate.atRisk == atRisk)
    #expect(estimate.isSupported == supported)
    #expect(curve.longestSupportedHorizonInDays == (supported ? 28 : 21))
    #expect(curve.estimate(withinDays: 21).isSupported)
    // Those last seen in the horizon's bucket may still do something in it.
    #expect(estimate.known == 0)
    #expect(curve.estimate(withinDays: 21).maturity == Double(atRisk) / Double(90 + atRisk))
  }

  @Test func `takes the first edge with nine tenths of the final height as horizon`() {
    func horizon(_ days: [(day: Int, count: Int)]) -> Int? {
      var counts = LagCounts()
      counts.add(.exited, lagInDays: 800, count: 100)
      for (day, count) in days { counts.add(.converted, lagInDays: day, count: count) }
      return CumulativeIncidence(counts).defaultHorizonInDays()
    }
    #expect(horizon([]) == nil)
    #expect(horizon([(0, 1)]) == 14)
    #expect(horizon([(20, 9), (100, 1)]) == 21)
    #expect(horizon([(20, 8), (100, 2)]) == 105)
    #expect(horizon([(300, 1)]) == 182)
    #expect(horizon([(800, 1)]) == 182)
  }

  @Test func `finds the time by which a share has converted`() {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 2, count: 30)
    counts.add(.converted, lagInDays: 15, count: 30)
    counts.add(.exited, lagInDays: 200, count: 40)
    let curve = CumulativeIncidence(counts)
    #expect(agree(curve.daysUntilConverted(share: 0), 2))
    #expect(agree(curve.daysUntilConverted(share: 0.25), 2.5))
    #expect(agree(curve.daysUntilConverted(share: 0.5), 3))
    #expect(agree(curve.daysUntilConverted(share: 0.75), 17.5))
    #expect(agree(curve.daysUntilConverted(share: 1), 21))
  }

  @Test func `is not hurried by the quick conversions of a young cohort`() {
    // A quarter convert, evenly over 40 days; most entries were watched for days 0...9 only.
    var counts = LagCounts()
    counts.add(.exited, lagInDays: 0, count: 550)
    for day in 0..<40 { counts.add(.converted, lagInDays: day, count: 5) }
    counts.add(.open, lagInDays: 60, count: 50)
    let old = CumulativeIncidence(counts)
    for day in 0..<10 { counts.add(.converted, lagInDays: day, count: 20) }
    counts.add(.exited, lagInDays: 0, count: 2_200)
    counts.add(.open, lagInDays: 9, count: 800)
    let both = CumulativeIncidence(counts)
    let median = both.daysUntilConverted(share: 0.5) ?? 0
    #expect(agree(median, old.daysUntilConverted(share: 0.5) ?? .nan))
  }

  /// Where all has become certain, rounding must not leave a variance below 0.
  @Test(arguments: UInt64(0)..<100)
  func `keeps a variance of at least nothing on odd counts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func row() -> [Int] {
      let density = generator.uniform()
      return (0..<59).map { _ in generator.chance(density) ? generator.integer(below: 4) : 0 }
    }
    let curve = CumulativeIncidence(try LagCounts(converted: row(), exited: row(), open: row()))
    let areVariances = curve.points.allSatisfy { $0.variance >= 0 && $0.variance.isFinite }
    #expect(areVariances)
    if let band = curve.band(over: 0...58, draws: 20) {
      #expect(band.critical > 0 && band.critical.isFinite)
      let areShares = band.bounds.allSatisfy { $0.lower >= 0 && $0.upper <= 1 }
      #expect(areShares)
    }
  }
}
