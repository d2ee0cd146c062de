import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Reverse plan` {
  private static func history(
    edges: [Int] = [0, 1, 2, 3, 10, 20, 40, 80],
    converted: [Int] = [1, 2, 3, 8, 9, 6, 3, 1],
    exited: [Int] = [2, 2, 4, 9, 12, 20, 9, 3],
    open: [Int] = [1, 0, 2, 5, 4, 6, 8, 6]
  ) throws -> CumulativeIncidence {
    CumulativeIncidence(
      try LagCounts(
        buckets: LagBuckets(edges: edges),
        converted: converted,
        exited: exited,
        open: open
      )
    )
  }

  private static func plan(
    history: CumulativeIncidence? = nil,
    pipeline: [(Int, Double)] = [(1, 30), (4, 12), (6, 9), (7, 5)],
    weeks: [Double] = [0, 1, 2, 3],
    deadlineDay: Double = 60,
    deal: DealSize? = nil,
    need: Double = 90_000
  ) throws -> ReversePlan {
    try ReversePlan(
      history: history ?? Self.history(),
      pipeline: pipeline.map { try OpenEntries(bucket: $0.0, count: $0.1) },
      arrivalDays: weeks.map(ReversePlan.middle(ofWeek:)),
      deadlineDay: deadlineDay,
      deal: deal ?? DealSize(mean: 5_000, standardDeviation: 4_000, count: 30),
      need: need
    )
  }

  @Test func `agrees with groups followed forward one by one`() throws {
    let table = try ReferenceTable("reverse-plan")
    #expect(table.rows.count == 7)
    for row in table.rows {
      let plan = try Self.plan(
        history: Self.history(
          edges: row.integers("edges"),
          converted: row.integers("converted"),
          exited: row.integers("exited"),
          open: row.integers("open")
        ),
        pipeline: Array(zip(row.integers("bucket"), row.numbers("count"))),
        weeks: row.numbers("weeks"),
        deadlineDay: row.number("deadline"),
        deal: DealSize(
          mean: row.number("mean"),
          standardDeviation: row.number("sd"),
          count: row.number("deals")
        ),
        need: row.number("need")
      )
      #expect(agree(plan.pipelineWins, row.number("pipeline_wins")), "\(row)")
      #expect(agree(plan.winsPerWeeklyEntry, row.number("wins_per_entry")), "\(row)")
      #expect(agree(plan.pipelineStandardDeviation, row.number("sd_none")), "\(row)")
      #expect(agree(plan.standardDeviation(entriesPerWeek: 40), row.number("sd_40")), "\(row)")
      for (column, probability) in [("p20", 0.2), ("p50", 0.5), ("p80", 0.8), ("p95", 0.95)] {
        let entries = plan.entriesPerWeek(probability: probability)
        if row.text(column).isEmpty {
          #expect(entries == nil, "\(column) of \(row)")
        } else {
          #expect(agree(entries, row.number(column), relative: 1e-7), "\(column) of \(row)")
        }
      }
    }
  }

  @Test(arguments: [0.05, 0.2, 0.5, 0.8, 0.95, 0.99])
  func `the number found has the chance asked for`(probability: Double) throws {
    let plan = try Self.plan()
    let entries = try #require(plan.entriesPerWeek(probability: probability))
    if entries == 0 {
      #expect(plan.chance(entriesPerWeek: 0) >= probability)
    } else {
      #expect(agree(plan.chance(entriesPerWeek: entries), probability, relative: 1e-6))
    }
  }

  @Test func `nothing is needed when the quota is booked`() throws {
    let plan = try Self.plan(pipeline: [], need: -1)
    #expect(plan.isMet)
    #expect(plan.entriesPerWeek(probability: 0.95) == 0)
    #expect(plan.chance(entriesPerWeek: 0) == 1)
    #expect(try Self.plan(pipeline: [], need: 0).isMet)
  }

  @Test func `nothing helps when no week is left`() throws {
    for weeks in [[], [9, 10]] as [[Double]] {
      let plan = try Self.plan(weeks: weeks)
      #expect(plan.winsPerWeeklyEntry == 0)
      #expect(plan.entriesPerWeek(probability: 0.5) == nil)
      #expect(plan.lastUsefulWeek(finalRate: 0.3) == nil)
    }
  }

  @Test func `nothing helps when nobody has ever converted`() throws {
    let none = try Self.history(converted: Array(repeating: 0, count: 8))
    let plan = try Self.plan(history: none)
    #expect(plan.pipelineWins == 0)
    #expect(plan.pipelineStandardDeviation == 0)
    #expect(plan.chance(entriesPerWeek: 1_000) == 0)
    #expect(plan.entriesPerWeek(probability: 0.5) == nil)
  }

  @Test func `no data at all gives no plan but no trap`() throws {
    let nobody = Array(repeating: 0, count: 8)
    let plan = try Self.plan(history: Self.history(converted: nobody, exited: nobody, open: nobody))
    #expect(plan.entriesPerWeek(probability: 0.8) == nil)
  }

  @Test func `a certainty stays out of reach, an impossibility needs nothing`() throws {
    let plan = try Self.plan()
    #expect(plan.entriesPerWeek(probability: 1) == nil)
    #expect(plan.entriesPerWeek(probability: 0) == 0)
  }

  /// With three deals behind the mean, more entries raise the spread as fast as the sum.
  @Test func `a high probability can stay out of reach of any number`() throws {
    let plan = try Self.plan(
      deal: DealSize(mean: 5_000, standardDeviation: 9_000, count: 3),
      need: 400_000
    )
    #expect(plan.entriesPerWeek(probability: 0.5) != nil)
    #expect(plan.entriesPerWeek(probability: 0.95) == nil)
    let chances = [1e2, 1e4, 1e6].map { plan.chance(entriesPerWeek: $0) }
    #expect(chances.allSatisfy { $0 < 0.95 })
  }

  @Test func `an entry older than all buckets or than the deadline brings nothing`() throws {
    let plan = try Self.plan(pipeline: [(7, 100)], deadlineDay: 400)
    #expect(plan.pipelineWins == 0)
    #expect(try Self.plan(pipeline: [(4, 100)], deadlineDay: 0).pipelineWins == 0)
    #expect(try Self.plan(pipeline: [(4, 100)], deadlineDay: -9).pipelineWins == 0)
  }

  @Test func `later weeks yield no more than earlier ones`() throws {
    let plan = try Self.plan(weeks: Array(stride(from: 0.0, through: 9, by: 1)))
    #expect(zip(plan.weekYields, plan.weekYields.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(agree(plan.winsPerWeeklyEntry, plan.weekYields.reduce(0, +)))
  }

  @Test func `the last useful week still brings half of what its entries ever will`() throws {
    let plan = try Self.plan(weeks: Array(stride(from: 0.0, through: 8, by: 1)))
    let rate = try #require(plan.weekYields.first)
    let week = try #require(plan.lastUsefulWeek(finalRate: rate))
    #expect(plan.weekYields[week] >= rate / 2)
    #expect(plan.weekYields[week + 1] < rate / 2)
    #expect(plan.lastUsefulWeek(finalRate: 0) == nil)
  }

  @Test func `an earlier step needs as many more as fall away before`() {
    #expect(ReversePlan.upstream(entriesPerWeek: 12, rate: 0.25) == 48)
    #expect(ReversePlan.upstream(entriesPerWeek: 12, rate: 0) == nil)
    #expect(ReversePlan.upstream(entriesPerWeek: 0, rate: 0) == 0)
  }

  @Test func `refuses what is not there`() throws {
    #expect(throws: StatisticsError.bucketCountMismatch(expected: 8, found: 9)) {
      try Self.plan(pipeline: [(8, 1)])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-2)) {
      try OpenEntries(bucket: 0, count: -2)
    }
    #expect(throws: StatisticsError.notFinite(.infinity)) { try Self.plan(need: .infinity) }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try DealSize(mean: 1, standardDeviation: -1, count: 0)
    }
  }

  @Test func `a size of deals comes from a summary`() throws {
    let size = try DealSize(AmountSummary([1, 2, 6]))
    #expect(size.mean == 3)
    #expect(agree(size.standardDeviation, 7.0.squareRoot()))
    #expect(size.count == 3)
    #expect(try DealSize(AmountSummary([])).mean == 0)
  }
}
