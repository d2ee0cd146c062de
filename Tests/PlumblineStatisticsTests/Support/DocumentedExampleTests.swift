import PlumblineStatistics
import PlumblineTestSupport
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

  @Test func `the band is as the page says`() throws {
    let band = try #require(Self.history.band(over: 3...15))
    #expect(agree(band.critical, 2.22, absolute: 0.005))
    let page = [(13.3, 28.9, 11.1, 28.9), (23.5, 42.5, 21.4, 43.2)]
    for (days, bounds, (lower, upper, bandLower, bandUpper)) in [
      (4, band.bounds.first, page[0]), (28, band.bounds.last, page[1]),
    ] {
      let single = Self.history.estimate(withinDays: days).interval
      #expect(agree(100 * single.lower, lower, absolute: 0.05))
      #expect(agree(100 * single.upper, upper, absolute: 0.05))
      #expect(agree(bounds.map { 100 * $0.lower }, bandLower, absolute: 0.05))
      #expect(agree(bounds.map { 100 * $0.upper }, bandUpper, absolute: 0.05))
    }
  }

  @Test func `the ultimate rates are as the page says`() throws {
    let rows = try ReferenceTable("ultimate").rows
    func counts(_ row: ReferenceTable.Row) throws -> LagCounts {
      try LagCounts(
        converted: row.integers("converted"),
        exited: row.integers("exited"),
        open: row.integers("open")
      )
    }
    func agreePercent(_ value: Double?, _ page: Double) -> Bool {
      agree(value.map { 100 * $0 }, page, absolute: 0.05)
    }
    let tenWeeks = try #require(rows.first { $0.integers("converted").reduce(0, +) == 379 })
    #expect(agreePercent(tenWeeks.number("truth"), 24.3))
    let ten = try counts(tenWeeks)
    #expect(ten.total == 2_000 && ten.total(.exited) == 474)
    let ultimate = try #require(UltimateRate(ten))
    #expect(ultimate.reservations == [])
    #expect(agreePercent(ultimate.rate, 26.2))
    #expect(agreePercent(ultimate.lower, 23.9))
    #expect(agreePercent(ultimate.upper, 28.5))
    let cure = try #require(UltimateRate(ten, exits: .stillOpen))
    #expect(agreePercent(cure.rate, 31.8))
    #expect(agreePercent(cure.lower, 29.0))
    #expect(agreePercent(cure.upper, 34.8))

    let sixWeeks = try #require(rows.first { $0.integers("converted").reduce(0, +) == 48 })
    #expect(agreePercent(sixWeeks.number("truth"), 6.0))
    let six = try counts(sixWeeks)
    #expect(six.total == 2_000 && six.total(.exited) == 367)
    let young = try #require(UltimateRate(six))
    #expect(young.reservations.map(\.code) == ["interval_too_wide", "follow_up_too_short"])
    #expect(agreePercent(young.rate, 11.7))
    #expect(agreePercent(young.lower, 3.0))
    #expect(agreePercent(young.upper, 61.8))
    if case .followUpTooShort(let share, _) = young.reservations.last {
      #expect(agree(share, 0.27, absolute: 0.005))
    }
    let curve = CumulativeIncidence(six)
    #expect(curve.longestSupportedHorizonInDays == 42)
    let instead = curve.estimate(withinDays: 42)
    #expect(agreePercent(instead.rate, 4.0))
    #expect(agreePercent(instead.interval.lower, 2.5))
    #expect(agreePercent(instead.interval.upper, 6.4))
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
}
