import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineOracle

/// Cube A: every entry once, additive, and the same counts as the cells.
@Suite struct `Lag cube` {
  private static let pairs = [(0, 1), (1, 2), (0, 6), (2, 6)].map {
    StagePair(from: $0, to: $1)
  }

  private func cube(_ facts: FactBuilder, asOf: Double = 100) -> LagCube {
    let history = facts.history(asOfDay: asOf)
    return LagCube(history, Journeys(history, skips: .filled), pairs: Self.pairs)
  }

  @Test func `nobody has no rows`() {
    let cube = cube(FactBuilder())
    #expect(cube.rows.isEmpty)
    #expect(cube.entries == 0)
    #expect(cube.waits(for: Self.pairs[0]) { _ in true } == LagCounts())
  }

  @Test func `a lead without a date has no row`() {
    var facts = FactBuilder()
    facts.lead("a", day: nil, channel: "Meta")
    #expect(cube(facts).rows.isEmpty)
  }

  @Test func `an entry stands in its own week, bucket and attempt`() {
    var facts = FactBuilder()
    facts.lead("a", day: 6.5, channel: "Meta", segment: "SMB")
    facts.stage("a", "mql", day: 7.25)
    facts.stage("a", "lost", day: 30)
    facts.stage("a", "mql", day: 80)
    let rows = cube(facts).rows
    let texts = rows.map { row in
      let (key, pair) = (row.key, row.key.pair)
      return "\(key.channel) \(key.segment) \(key.attempt) \(pair.from)-\(pair.to) "
        + "\(key.cohortWeek) \(key.bucket): \(row.converted) \(row.exited) \(row.open)"
    }
    // Entered lead on day 6.5, in week 0; entered MQL on day 7.25, in week 1.
    #expect(
      texts == [
        "Meta SMB 1 0-1 0 0: 1 0 0", "Meta SMB 1 0-6 0 15: 0 1 0", "Meta SMB 1 1-2 1 15: 0 1 0",
        "Meta SMB 2 0-1 11 0: 1 0 0", "Meta SMB 2 0-6 11 14: 0 0 1",
        "Meta SMB 2 1-2 11 14: 0 0 1",
      ]
    )
  }

  @Test func `a week before 1970 is before week 0`() {
    var facts = FactBuilder()
    facts.lead("a", day: -0.5)
    facts.lead("b", day: -7)
    facts.lead("c", day: -7.5)
    let weeks = Set(cube(facts, asOf: 1).rows.map(\.key.cohortWeek))
    #expect(weeks == [-1, -2])
  }

  private static func company(
    seed: UInt64,
    leads: Range<Int> = 0..<60
  ) -> FactBuilder {
    var facts = FactBuilder()
    for lead in leads {
      var generator = SeededGenerator(seed: seed &* 1_000 &+ UInt64(lead))
      let id = "\(lead)"
      var day = generator.uniform(in: 0..<80)
      facts.lead(
        id,
        day: day,
        channel: ["", "Meta", "Google"][generator.integer(below: 3)],
        segment: ["SMB", ""][generator.integer(below: 2)]
      )
      for _ in 0..<generator.integer(below: 8) {
        day += generator.exponential(mean: 6)
        let word = ["mql", "sql", "meeting_booked", "won", "lost", "reopened"]
        facts.stage(id, word[generator.integer(below: word.count)], day: day)
      }
    }
    return facts
  }

  @Test(arguments: UInt64(0)..<10)
  func `adds up to the cells`(seed: UInt64) throws {
    let history = Self.company(seed: seed).history(asOfDay: 100)
    let cells = EmbeddedCells(history).cells(
      for: FunnelQuestion(by: [.channel, .attempt], skips: .filled, pairs: Self.pairs)
    )
    let cube = LagCube(history, Journeys(history, skips: .filled), pairs: Self.pairs)
    var entries = 0
    for (key, cell) in zip(cells.keys, cells.cells) {
      let channel = key[0] == FunnelDimension.none ? "" : key[0]
      for (pair, count) in zip(Self.pairs, cell.pairs) {
        let waits = cube.waits(for: pair) {
          $0.channel == channel && $0.attempt == (key[1] == "1" ? 1 : 2)
        }
        #expect(waits == count.lags)
        entries += count.lags.total
      }
    }
    #expect(cube.entries == entries)
    #expect(entries > 100)
  }

  @Test(arguments: UInt64(0)..<10)
  func `cubes of disjoint leads add up`(seed: UInt64) {
    var sum: [LagCube.Key: [Int]] = [:]
    for leads in [0..<1, 1..<30, 30..<60] {
      for row in cube(Self.company(seed: seed, leads: leads)).rows {
        let counts = [row.converted, row.exited, row.open]
        sum[row.key] = zip(sum[row.key] ?? [0, 0, 0], counts).map(+)
      }
    }
    let whole = cube(Self.company(seed: seed)).rows
    #expect(whole.count == sum.count)
    for row in whole { #expect(sum[row.key] == [row.converted, row.exited, row.open]) }
  }
}

@Suite struct `Bulk exit days` {
  private func days(_ exits: [(day: Double, count: Int)], asOf: Double) -> [BulkExitDay] {
    var facts = FactBuilder()
    for (day, count) in exits {
      for index in 0..<count {
        facts.lead("\(day)-\(index)", day: 0)
        facts.stage("\(day)-\(index)", "lost", day: day)
      }
    }
    let history = facts.history(asOfDay: asOf)
    return Journeys(history, skips: .filled).bulkExitDays(in: history)
  }

  @Test func `without exits there are none`() {
    #expect(days([], asOf: 100).isEmpty)
    #expect(days([(5, 0)], asOf: 100).isEmpty)
  }

  /// 1970-01-01 begins a quarter of 90 days.
  @Test func `names the day on which a quarter's list was cleaned`() {
    let found = days([(10, 3), (40, 16), (50, 3), (89, 4), (90, 30), (95, 30)], asOf: 140)
    #expect(found.map(\.day.description) == ["1970-02-10", "1970-04-01", "1970-04-06"])
    #expect(found.map(\.exits) == [16, 30, 30])
    #expect(found.map(\.quarterExits) == [26, 60, 60])
  }

  @Test func `a quarter that has only begun is not judged`() {
    #expect(days([(40, 30), (95, 30)], asOf: 100).map(\.exits) == [30])
  }
}
