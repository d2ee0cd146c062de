import PlumblineTestSupport
import Testing

@testable import PlumblineStatistics

@Suite struct `Proportion chart` {
  @Test func `agrees with scipy week by week`() throws {
    let table = try ReferenceTable("proportion-chart")
    #expect(table.rows.count == 7)
    for row in table.rows {
      let baseline = ProportionBaseline(
        items: row.integers("baseline_items"),
        met: row.integers("baseline_met")
      )
      #expect(agree(baseline.rate, row.number("rate")), "\(row)")
      #expect(
        agree(
          baseline.overdispersion,
          row.number("overdispersion"),
          relative: 1e-8,
          absolute: 1e-12
        ),
        "\(row)"
      )
      let factor = ProportionChart.limitFactor(
        falseAlarmsPerYear: row.number("false_alarms"),
        series: try #require(row.integer("series"))
      )
      #expect(agree(factor, row.number("factor")), "\(row)")
      var chart = ProportionChart(
        baseline: baseline,
        limitFactor: factor,
        smoothing: row.number("smoothing"),
        worse: try #require(WorseDirection(rawValue: row.text("worse")))
      )
      let points = zip(row.integers("items"), row.integers("met")).compactMap {
        chart.add(items: $0, met: $1)
      }
      func close(_ values: [Double], _ column: String) -> Bool {
        let expected = row.numbers(column)
        return values.count == expected.count
          && zip(values, expected).allSatisfy { agree($0, $1, relative: 1e-7) }
      }
      #expect(close(points.map(\.score), "scores"), "\(row)")
      #expect(close(points.map(\.smoothedScore), "smoothed"), "\(row)")
      #expect(close(points.map(\.limit), "limits"), "\(row)")
      #expect(points.map { $0.isAlarm ? 1 : 0 } == row.integers("alarms"), "\(row)")
      #expect(points.map { $0.isShock ? 1 : 0 } == row.integers("shocks"), "\(row)")
    }
  }

  private func baseline(_ rate: Double, items: Int, weeks: Int = 12) -> ProportionBaseline {
    ProportionBaseline(
      items: Array(repeating: items, count: weeks),
      met: Array(repeating: Int((Double(items) * rate).rounded()), count: weeks)
    )
  }

  @Test func `a week without items changes nothing`() {
    let factor = ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: 1)
    var chart = ProportionChart(baseline: baseline(0.8, items: 40), limitFactor: factor)
    var other = chart
    _ = chart.add(items: 40, met: 28)
    _ = other.add(items: 40, met: 28)
    let skipped = other.add(items: 0, met: 0)
    #expect(skipped == nil)
    let (next, otherNext) = (chart.add(items: 40, met: 30), other.add(items: 40, met: 30))
    #expect(next != nil && next == otherNext)
  }

  @Test(arguments: [0.0, 1.0])
  func `judges a baseline where nobody or everybody met the mark`(rate: Double) {
    var chart = ProportionChart(
      baseline: baseline(rate, items: 30),
      limitFactor: ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: 1),
      worse: rate == 0 ? .high : .low
    )
    let same = chart.add(items: 30, met: rate == 0 ? 0 : 30)
    #expect(same?.isAlarm == false && same?.isShock == false)
    let other = chart.add(items: 30, met: 15)
    #expect(other?.isShock == true && other?.score.isFinite == true)
  }

  @Test func `looks at the bad side only`() {
    for worse in [WorseDirection.low, .high] {
      var chart = ProportionChart(
        baseline: baseline(0.5, items: 60),
        limitFactor: 2,
        worse: worse
      )
      for _ in 0..<5 {
        let point = chart.add(items: 60, met: worse == .low ? 55 : 5)
        #expect(point?.isAlarm == false && point?.isShock == false)
      }
    }
  }

  @Test(
    arguments: [(1.0, 1, 2.0699), (1, 8, 2.8196), (1, 0, 2.0699), (52, 1, 0), (1e9, 1, 0)]
  )
  func `shares the false alarms among all series`(alarms: Double, series: Int, factor: Double) {
    let own = ProportionChart.limitFactor(falseAlarmsPerYear: alarms, series: series)
    #expect(agree(own, factor, absolute: 1e-4))
  }

  // MARK: Simulated truth

  private struct Year {
    var episodes = 0
    var shocks = 0
    var firstSignal: Int?
  }

  /// A baseline and the weeks after it, both by chance.
  private func simulate(
    _ generator: inout SeededGenerator,
    items: Int,
    weeks: Int = 52,
    from before: Double,
    to after: Double,
    series: Int,
    baseline known: ProportionBaseline? = nil
  ) -> Year {
    func week(_ rate: Double) -> Int { generator.binomial(trials: items, probability: rate) }
    let baseline =
      known
      ?? ProportionBaseline(
        items: Array(repeating: items, count: 12),
        met: (0..<12).map { _ in week(before) }
      )
    var chart = ProportionChart(
      baseline: baseline,
      limitFactor: ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: series)
    )
    var year = Year()
    var isAlarm = false
    for number in 1...weeks {
      guard let point = chart.add(items: items, met: week(after)) else { continue }
      if point.isAlarm, !isAlarm { year.episodes += 1 }
      if point.isShock { year.shocks += 1 }
      if point.isAlarm || point.isShock { year.firstSignal = year.firstSignal ?? number }
      if known != nil, year.firstSignal != nil { break }
      isAlarm = point.isAlarm
    }
    return year
  }

  /// The page promises 0.3 to 0.6 lasting alarms and 0.6 to 1.5 single weeks a year for one series.
  @Test(arguments: [(12, 0.8), (40, 0.8), (40, 0.5), (120, 0.3)])
  func `cries wolf about as seldom as promised`(items: Int, rate: Double) {
    var generator = SeededGenerator(seed: 21)
    let years = (0..<300).map { _ in
      simulate(&generator, items: items, from: rate, to: rate, series: 1)
    }
    let episodes = Double(years.reduce(0) { $0 + $1.episodes }) / 300
    let shocks = Double(years.reduce(0) { $0 + $1.shocks }) / 300
    #expect((0.15...0.75).contains(episodes), "\(episodes) episodes a year")
    #expect((0.3...1.8).contains(shocks), "\(shocks) shocks a year")
  }

  @Test func `ten series share one year's false alarms`() {
    var generator = SeededGenerator(seed: 22)
    let years = (0..<400).map { _ in
      simulate(&generator, items: 40, from: 0.8, to: 0.8, series: 10)
    }
    let episodes = Double(years.reduce(0) { $0 + $1.episodes }) / 400
    let shocks = Double(years.reduce(0) { $0 + $1.shocks }) / 400
    #expect(episodes < 0.33, "\(episodes) episodes a year and series")
    #expect(shocks < 0.33, "\(shocks) shocks a year and series")
  }

  @Test(arguments: [(1, 1...2), (10, 2...5)])
  func `sees a fall from 80 to 65 % of 40 a week soon`(series: Int, weeks: ClosedRange<Int>) {
    var generator = SeededGenerator(seed: 23)
    let signals = (0..<301).map { _ in
      simulate(&generator, items: 40, from: 0.8, to: 0.65, series: series).firstSignal ?? 99
    }.sorted()
    #expect(weeks.contains(signals[150]), "median \(signals[150])")
  }

  @Test(
    arguments: [(6, 0.8, 0.65, 1), (12, 0.7, 0.55, 10), (40, 0.8, 0.65, 10), (300, 0.3, 0.2, 30)]
  )
  func `says how soon as simulation does`(
    items: Int,
    before: Double,
    after: Double,
    series: Int
  )
    throws
  {
    // The prediction takes the baseline to be right: a thousand weeks know the rate well.
    let known = baseline(before, items: items * 10, weeks: 1_000)
    let chart = ProportionChart(
      baseline: known,
      limitFactor: ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: series)
    )
    var generator = SeededGenerator(seed: 24)
    let signals = (0..<401).map { _ in
      simulate(
        &generator,
        items: items,
        from: before,
        to: after,
        series: series,
        baseline: known
      ).firstSignal ?? 99
    }.sorted()
    let predicted = try #require(
      chart.medianWeeksUntilAlarm(rate: after, itemsPerWeek: items)
    )
    #expect((signals[175]...signals[225]).contains(predicted), "\(predicted), \(signals[200])")
  }

  @Test func `says never where nothing got worse or nobody comes`() {
    let chart = ProportionChart(baseline: baseline(0.8, items: 10), limitFactor: 3)
    #expect(chart.medianWeeksUntilAlarm(rate: 0.95, itemsPerWeek: 10) == nil)
    #expect(chart.medianWeeksUntilAlarm(rate: 0.1, itemsPerWeek: 0) == nil)
    #expect(chart.medianWeeksUntilAlarm(rate: 0, itemsPerWeek: 500) == 1)
  }

  /// About one false signal in two years for one series, by the chain and by the budget.
  @Test func `predicts few alarms while nothing changes`() throws {
    let chart = ProportionChart(
      baseline: baseline(0.8, items: 40, weeks: 1_000),
      limitFactor: ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: 1)
    )
    let chances = chart.chancesOfAlarm(rate: 0.8, itemsPerWeek: 40, weeks: 26)
    #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    let last = try #require(chances.last)
    #expect((0.2...0.6).contains(last), "\(last)")
  }
}
