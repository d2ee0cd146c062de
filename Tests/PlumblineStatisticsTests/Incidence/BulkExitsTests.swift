import PlumblineStatistics
import Testing

@Suite struct `Bulk exits` {
  /// One quarter of 90 days, an exit on each of the first days, and one busy day.
  private func quarter(spread: Int, busy: Int, days: Int = 90) -> [BulkExits] {
    var exits = Array(repeating: 0, count: days)
    for index in 0..<spread { exits[index % (days - 1)] += 1 }
    exits[days - 1] += busy
    return BulkExits.find(exitsByDay: exits, periods: Array(repeating: 1, count: days))
  }

  @Test func `nothing to find in nothing`() {
    #expect(BulkExits.find(exitsByDay: [], periods: []).isEmpty)
    #expect(quarter(spread: 0, busy: 0).isEmpty)
    #expect(quarter(spread: 89, busy: 0).isEmpty)
  }

  @Test(
    arguments: [
      (80, 20, false), (79, 20, true), (80, 21, true), (0, 20, true), (0, 19, false),
      (15, 4, false), (15, 5, true),
    ]
  )
  func `flags more than a fifth of at least twenty exits`(spread: Int, busy: Int, is flagged: Bool)
  {
    let found = quarter(spread: spread, busy: busy)
    #expect(found.map(\.exits) == (flagged ? [busy] : []))
    #expect(found.allSatisfy { $0.position == 89 && $0.periodExits == spread + busy })
  }

  @Test(arguments: [(1, false), (27, false), (28, true)])
  func `does not judge the first weeks of a quarter`(days: Int, isJudged: Bool) {
    let exits = Array(repeating: 0, count: days - 1) + [100]
    let found = BulkExits.find(exitsByDay: exits, periods: Array(repeating: 7, count: days))
    #expect(found.isEmpty != isJudged)
  }

  @Test func `each quarter has its own fifth`() throws {
    // 30 exits on day 10 are all of the first quarter, and little of the second.
    var exits = Array(repeating: 0, count: 180)
    exits[10] = 30
    for day in 90..<180 { exits[day] = 2 }
    exits[100] = 30
    exits[120] = 70
    let found = BulkExits.find(
      exitsByDay: exits,
      periods: (0..<180).map { $0 / 90 }
    )
    #expect(found.map(\.position) == [10, 120])
    #expect(agree(found.last?.share, 70 / 276.0))
  }
}
