import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Incidence band` {
  private func counts(_ row: ReferenceTable.Row) throws -> LagCounts {
    try LagCounts(
      buckets: LagBuckets(edges: row.integers("edges")),
      converted: row.integers("converted"),
      exited: row.integers("exited"),
      open: row.integers("open")
    )
  }

  @Test func `nobody converts, no band`() {
    #expect(CumulativeIncidence(LagCounts()).band(over: 0...58) == nil)
    var counts = LagCounts()
    counts.add(.open, lagInDays: 5, count: 100)
    counts.add(.exited, lagInDays: 9, count: 100)
    #expect(CumulativeIncidence(counts).band(over: 0...58) == nil)
    counts.add(.converted, lagInDays: 50, count: 3)
    #expect(CumulativeIncidence(counts).band(over: 0...10) == nil)
    #expect(CumulativeIncidence(counts).band(over: 60...70) == nil)
  }

  @Test func `everybody converts at once, no band, for there is nothing to be unsure of`() {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 0, count: 20)
    #expect(CumulativeIncidence(counts).band(over: 0...58) == nil)
  }

  /// Over one bucket the band is an ordinary interval: the 95 % point of one normal number.
  @Test(arguments: [(0.90, 1.645), (0.95, 1.960), (0.99, 2.576)])
  func `one bucket needs the normal quantile`(level: Double, expected: Double) throws {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 3, count: 30)
    counts.add(.exited, lagInDays: 10, count: 80)
    counts.add(.converted, lagInDays: 25, count: 20)
    counts.add(.open, lagInDays: 40, count: 70)
    let curve = CumulativeIncidence(counts)
    // With the single step of day 3, with two steps, and after the last step.
    for bucket in [5, 15, 30] {
      let band = try #require(curve.band(over: bucket...bucket, level: level, draws: 40_000))
      #expect(agree(band.critical, expected, absolute: 0.04), "\(bucket): \(band.critical)")
    }
  }

  @Test func `quiet buckets at the start count with the curve before them`() throws {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 2, count: 30)
    counts.add(.exited, lagInDays: 2, count: 80)
    counts.add(.converted, lagInDays: 12, count: 40)
    counts.add(.open, lagInDays: 200, count: 70)
    let curve = CumulativeIncidence(counts)
    let whole = try #require(curve.band(over: 2...12))
    let quiet = try #require(curve.band(over: 5...12))
    let late = try #require(curve.band(over: 12...12))
    #expect(quiet.critical == whole.critical)
    #expect(quiet.critical > late.critical + 0.1)
  }

  /// The upper end before the first conversion is that of the first one, and ends stay in 0...1.
  @Test func `keeps a width before the first conversion and stays a share`() throws {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 6, count: 2)
    counts.add(.converted, lagInDays: 30, count: 9)
    counts.add(.open, lagInDays: 60, count: 1)
    let band = try #require(CumulativeIncidence(counts).band(over: 0...20))
    #expect(band.bounds.count == 21)
    #expect(band.bounds[0] == ConfidenceInterval(lower: 0, upper: band.bounds[6].upper))
    #expect(band.bounds[6].upper > 0.2)
    #expect(band.bounds.allSatisfy { $0.lower >= 0 && $0.upper <= 1 })
    #expect(band.bounds.last?.upper == 1)
  }

  @Test func `the same seed gives the same band, and another nearly the same`() throws {
    let row = try #require(ReferenceTable("incidence-band").rows.first)
    let curve = CumulativeIncidence(try counts(row))
    let (first, second) = (curve.band(over: 2...12), curve.band(over: 2...12))
    #expect(first?.critical == second?.critical)
    #expect(first?.draws == 5_000)
    #expect(first?.seed == CumulativeIncidence.bandSeed)
    let other = try #require(curve.band(over: 2...12, seed: 3))
    #expect(other.critical != first?.critical)
    #expect(agree(other.critical, first?.critical ?? 0, absolute: 0.1))
  }

  /// Tolerance: four standard errors of the quantile of 20,000 draws.
  @Test func `critical values agree with independent draws`() throws {
    let table = try ReferenceTable("incidence-band")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let range = row.integers("from_to")
      let band = CumulativeIncidence(try counts(row)).band(
        over: range[0]...range[1],
        level: row.number("level"),
        draws: 20_000
      )
      #expect(agree(band?.critical, row.number("critical"), absolute: 0.05), "\(row)")
    }
  }
}

/// Simulated cohorts of known truth, as in `Incidence coverage`, watched over thirteen weeks.
@Suite struct `Incidence band coverage` {
  private static func truth(byDay day: Int) -> Double {
    0.3 * (1 - expApproximation(-Double(day) / 15))
  }

  /// The exponential by its series after halving: tests need no mathematics library of their own.
  private static func expApproximation(_ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    for n in 1..<30 {
      term *= x / 64 / Double(n)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }

  @Test func `holds the whole true curve about as often as it says`() throws {
    var generator = SeededGenerator(seed: 20_250_301)
    let worlds = 400
    let range = 6...24
    var (whole, pointwise) = (0, 0)
    for world in 0..<worlds {
      var counts = LagCounts()
      for _ in 0..<500 {
        let age = generator.uniform() * 180
        let draw = generator.uniform()
        let outcome: LagOutcome = draw < 0.3 ? .converted : draw < 0.65 ? .exited : .open
        let wait = generator.exponential(mean: outcome == .converted ? 15 : 25)
        if outcome == .open || wait >= age {
          counts.add(.open, lagInDays: Int(age))
        } else {
          counts.add(outcome, lagInDays: Int(wait))
        }
      }
      let curve = CumulativeIncidence(counts)
      let band = try #require(
        curve.band(over: range, draws: 500, seed: UInt64(world))
      )
      let ends = try range.map { try #require(counts.buckets.end(of: $0)) }
      if zip(ends, band.bounds).allSatisfy({ $1.contains(Self.truth(byDay: $0)) }) { whole += 1 }
      if ends.allSatisfy({
        curve.estimate(withinDays: $0).interval.contains(Self.truth(byDay: $0))
      }) {
        pointwise += 1
      }
    }
    // 380 expected; chance alone moves it by 4.4.
    #expect((368...392).contains(whole), "\(whole) of \(worlds)")
    // Intervals of single horizons, read as a curve, miss far more often.
    #expect(pointwise < 345, "\(pointwise) of \(worlds)")
  }
}
