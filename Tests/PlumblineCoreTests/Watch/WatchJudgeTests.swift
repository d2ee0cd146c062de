import PlumblineStatistics
import Testing

@testable import PlumblineCore

struct WatchJudgeTests {
  /// Monday, 2024-01-01.
  private static let firstMonday = 19_723

  /// A series of weeks from the first Monday on; 0 items where a week is nil.
  private func series(
    _ weeks: [(items: Int, met: Int)?],
    id: String = "s",
    kind: WeeklySeries.Kind = .compliance,
    worse: WorseDirection = .low,
    withinDays: Int? = nil
  ) -> WeeklySeries {
    WeeklySeries(
      kind: kind,
      id: id,
      withinDays: withinDays,
      worse: worse,
      weeks: weeks.enumerated().map { index, week in
        WeeklySeries.Week(start: monday(index), items: week?.items ?? 0, met: week?.met ?? 0)
      }
    )
  }

  private func monday(_ week: Int) -> CivilDate {
    CivilDate(dayNumber: Self.firstMonday + 7 * week)
  }

  /// Judged on the Monday after so many weeks.
  private func judge(
    _ series: [WeeklySeries],
    afterWeeks weeks: Int,
    _ options: WatchOptions = WatchOptions()
  ) -> [WatchedSeries] {
    WatchJudge(options, tomorrow: monday(weeks)).judge(series).0
  }

  private func steady(_ weeks: Int, items: Int = 40, met: Int = 32) -> [(items: Int, met: Int)?] {
    Array(repeating: (items, met), count: weeks)
  }

  @Test func `no series, no answer and no division by 0`() {
    let (watched, factor) = WatchJudge(WatchOptions(), tomorrow: monday(0)).judge([])
    #expect(watched.isEmpty)
    #expect(abs(factor - 2.0699) < 1e-3)
  }

  @Test(
    arguments: [
      (0, WatchState.tooLittleData(.weeks(have: 0, need: 8))),
      (8, .tooLittleData(.weeks(have: 0, need: 8))),
      (15, .tooLittleData(.weeks(have: 7, need: 8))),
      (16, .quiet),
      (60, .quiet),
    ]
  )
  func `needs eight weeks before the eight it watches`(weeks: Int, state: WatchState) {
    let answer = judge([series(steady(weeks))], afterWeeks: weeks)
    #expect(answer[0].state == state)
    #expect(answer[0].isJudged == (state == .quiet))
    #expect(answer[0].baselineWeeks.count == min(max(weeks - 8, 0), 26))
    #expect(answer[0].points.count == (state == .quiet ? 8 : 0))
  }

  @Test func `weeks without items do not count as weeks before`() {
    let gaps = steady(7) + [nil, nil, nil] + steady(8)
    #expect(
      judge([series(gaps)], afterWeeks: 18)[0].state
        == .tooLittleData(.weeks(have: 7, need: 8))
    )
    let enough = steady(8) + [nil, nil] + steady(3) + [nil] + steady(4)
    let answer = judge([series(enough)], afterWeeks: 18)[0]
    #expect(answer.state == .quiet)
    #expect(answer.points.count == 7)
  }

  @Test func `says what is missing where few items come, or none any more`() {
    let few = judge([series(steady(20, items: 4, met: 2))], afterWeeks: 20)[0]
    #expect(few.state == .tooLittleData(.items(perWeek: 4, need: 5)))
    let gone = judge([series(steady(12))], afterWeeks: 20)[0]
    #expect(gone.state == .tooLittleData(.everything))
    #expect(gone.weeksToSeeFall == nil)
  }

  @Test func `what never met its mark has nothing to lose, and takes nothing from the budget`() {
    let never = judge([series(steady(20, met: 0))], afterWeeks: 20)[0]
    #expect(never.state == .tooLittleData(.anythingToLose))
    let once = judge([series([(40, 1)] + steady(19, met: 0))], afterWeeks: 20)[0]
    #expect(once.state == .quiet)
    let always = judge([series(steady(20, met: 40), worse: .high)], afterWeeks: 20)[0]
    #expect(always.state == .tooLittleData(.anythingToLose))
    #expect(judge([series(steady(20, met: 40))], afterWeeks: 20)[0].state == .quiet)
  }

  @Test func `leaves out weeks that are not whole, or whose items are not old enough`() {
    let watched = judge([series(steady(20))], afterWeeks: 20)[0]
    #expect(watched.points.last?.start == monday(19))
    // On the Sunday evening of the last week it is not over.
    let early = WatchJudge(
      WatchOptions(),
      tomorrow: CivilDate(dayNumber: monday(20).dayNumber - 1)
    ).judge([series(steady(20))]).0[0]
    #expect(early.points.last?.start == monday(18))
    let slow = judge([series(steady(20), withinDays: 14)], afterWeeks: 20)[0]
    #expect(slow.points.last?.start == monday(17))
  }

  @Test func `a fall is an alarm from the week it is seen, one ticket while it lasts`() throws {
    let answer = judge(
      [series(steady(26) + steady(3) + steady(5, met: 25))],
      afterWeeks: 34
    )[0]
    guard case .alarm(let since) = answer.state else {
      Issue.record("\(answer.state)")
      return
    }
    #expect(since >= monday(29))
    #expect(answer.tickets.count == 1)
    #expect(answer.tickets[0].until == nil)
    #expect(answer.baseline?.weeks == 26)
  }

  @Test func `an alarm that clears is closed`() {
    let answer = judge(
      [series(steady(26) + steady(3, met: 22) + steady(5, met: 39))],
      afterWeeks: 34
    )[0]
    #expect(answer.state == .quiet)
    #expect(answer.tickets.count == 1)
    #expect(answer.tickets[0].until != nil)
  }

  @Test func `a week that collapses is a shock, and the same one while it goes on`() {
    let last = judge(
      [series(steady(26) + steady(7, met: 36) + [(40, 10)])],
      afterWeeks: 34
    )[0]
    #expect(last.state == .shock(week: monday(33)))
    let passed = judge(
      [series(steady(26) + steady(2, met: 40) + [(40, 18)] + steady(5, met: 40))],
      afterWeeks: 34
    )[0]
    #expect(passed.state == .quiet)
    #expect(
      passed.tickets == [WatchTicket(kind: .shock, from: monday(28), until: monday(28))]
    )
    // A shock that becomes an alarm stays one ticket, from the first week on.
    let grown = judge([series(steady(26) + steady(2) + steady(6, met: 12))], afterWeeks: 34)[0]
    #expect(grown.state == .alarm(since: monday(28)))
    #expect(grown.tickets.count == 1)
  }

  @Test func `more is worse where the series says so`() {
    let rise = steady(26, met: 8) + steady(8, met: 20)
    #expect(judge([series(rise, worse: .high)], afterWeeks: 34)[0].state != .quiet)
    #expect(judge([series(rise, worse: .low)], afterWeeks: 34)[0].state == .quiet)
  }

  @Test func `all judged series share one budget, those not judged take none`() {
    let judged = (0..<10).map { series(steady(34), id: "s\($0)") }
    let idle = (0..<50).map { series(steady(34, items: 2, met: 1), id: "i\($0)") }
    let (_, factor) = WatchJudge(WatchOptions(), tomorrow: monday(34)).judge(judged + idle)
    #expect(factor == ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: 10))
    var bold = WatchOptions()
    bold.falseAlarmsPerYear = 4
    let (_, wider) = WatchJudge(bold, tomorrow: monday(34)).judge(judged)
    #expect(wider < factor)
  }

  @Test func `short series learn from their kin how much weeks vary`() throws {
    let wild: [(items: Int, met: Int)?] = (0..<20).map { ($0 % 2 == 0) ? (40, 39) : (40, 25) }
    let kin = judge([series(wild, id: "a"), series(steady(20), id: "b")], afterWeeks: 20)
    let alone = judge([series(steady(20), id: "b")], afterWeeks: 20)
    #expect(try #require(alone[0].baseline).overdispersion == 0)
    #expect(try #require(kin[1].baseline).overdispersion > 0)
    #expect(
      try #require(kin[0].baseline).overdispersion == #require(kin[1].baseline).overdispersion
    )
    let other = judge(
      [series(wild, id: "a", kind: .conversion), series(steady(20), id: "b")],
      afterWeeks: 20
    )
    #expect(try #require(other[1].baseline).overdispersion == 0)
    // With twenty weeks and more a series stands for itself.
    let long = judge([series(wild + wild, id: "a"), series(steady(40), id: "b")], afterWeeks: 40)
    #expect(try #require(long[1].baseline).overdispersion == 0)
  }

  @Test func `a baseline can be ended by hand, and every week after it is watched`() {
    var options = WatchOptions()
    options.baselineEnd = CivilDate(dayNumber: monday(12).dayNumber + 3)
    let answer = judge(
      [series(steady(12) + steady(20, met: 24))],
      afterWeeks: 32,
      options
    )[0]
    #expect(answer.baselineWeeks.last?.start == monday(11))
    #expect(answer.points.count == 20)
    #expect(answer.state != .quiet)
    options.baselineEnd = monday(32)
    let none = judge([series(steady(32))], afterWeeks: 32, options)[0]
    #expect(none.state == .tooLittleData(.everything))
  }

  @Test(arguments: [(6, 30, 5...15), (400, 30, 1...1)])
  func `says how slow a small team's fall is seen`(
    items: Int,
    weeks: Int,
    range: ClosedRange<Int>
  )
    throws
  {
    let answer = judge(
      [series(steady(weeks, items: items, met: items * 2 / 3))],
      afterWeeks: weeks
    )[0]
    #expect(answer.fall == 0.15)
    #expect(range.contains(try #require(answer.weeksToSeeFall)))
  }

  @Test func `a share that is low already can only fall by half`() throws {
    let answer = judge([series(steady(20, items: 200, met: 12))], afterWeeks: 20)[0]
    #expect(answer.fall < 0.04 && answer.fall > 0.02)
    #expect(answer.weeksToSeeFall != nil)
  }

  @Test func `the usual range holds every count that is no shock`() throws {
    let answer = judge([series(steady(20))], afterWeeks: 20)[0]
    let point = try #require(answer.points.first)
    #expect(point.usual.contains(32))
    #expect(point.usual.lowerBound > 10 && point.usual.upperBound <= 40)
  }
}
