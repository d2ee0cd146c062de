import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Cohort completion` {
  @Test func `agrees with entries followed forward one by one`() throws {
    let table = try ReferenceTable("completion")
    #expect(table.rows.count == 6)
    for row in table.rows {
      let history = try LagCounts(
        buckets: LagBuckets(edges: row.integers("edges")),
        converted: row.integers("converted"),
        exited: row.integers("exited"),
        open: row.integers("open")
      )
      let toGo = ConversionToGo(
        history: CumulativeIncidence(history),
        horizonInDays: try #require(row.integer("horizon"))
      )
      let completion = try toGo.complete(
        converted: try #require(row.integer("so_far")),
        open: row.integers("cohort")
      )
      #expect(agree(completion.expected, row.number("expected")), "\(row)")
      #expect(agree(completion.processVariance, row.number("process")), "\(row)")
      #expect(agree(completion.parameterVariance, row.number("parameter")), "\(row)")
      #expect(agree(completion.interval.lower, row.number("lower")), "\(row)")
      #expect(agree(completion.interval.upper, row.number("upper")), "\(row)")
    }
  }

  @Test func `gives an open entry the share of those as old who went on to convert`() throws {
    // Of 100 entries 20 convert on day 0, 16 on day 1 and 8 on day 2; nobody leaves.
    var counts = LagCounts()
    for (day, count) in [(0, 20), (1, 16), (2, 8)] {
      counts.add(.converted, lagInDays: day, count: count)
    }
    counts.add(.exited, lagInDays: 400, count: 56)
    let toGo = ConversionToGo(history: CumulativeIncidence(counts), horizonInDays: 14)
    #expect(agree(toGo.chances[0], 24.0 / 80))
    #expect(agree(toGo.chances[1], 8.0 / 64))
    #expect(toGo.chances[2...].allSatisfy { $0 == 0 })
  }

  @Test func `is certain without open entries, and with none younger than the horizon`() throws {
    var counts = LagCounts()
    counts.add(.converted, lagInDays: 3, count: 5)
    counts.add(.converted, lagInDays: 40, count: 5)
    counts.add(.exited, lagInDays: 10, count: 5)
    let toGo = ConversionToGo(history: CumulativeIncidence(counts), horizonInDays: 28)
    var open = Array(repeating: 0, count: 59)
    for old in [false, true] {
      if old { open[30] = 12 }
      let completion = try toGo.complete(converted: 7, open: open)
      #expect(completion.expected == 7)
      #expect(completion.variance == 0)
      #expect(completion.interval == ConfidenceInterval(lower: 7, upper: 7))
    }
  }

  @Test func `refuses counts that do not fit`() throws {
    let toGo = ConversionToGo(history: CumulativeIncidence(LagCounts()), horizonInDays: 28)
    #expect(throws: StatisticsError.bucketCountMismatch(expected: 59, found: 2)) {
      try toGo.complete(converted: 0, open: [1, 2])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try toGo.complete(converted: -1, open: Array(repeating: 0, count: 59))
    }
  }
}
