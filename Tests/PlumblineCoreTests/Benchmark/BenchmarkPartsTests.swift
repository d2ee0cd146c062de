import PlumblineStatistics
import Testing

@testable import PlumblineCore

struct BenchmarkPartsTests {
  @Test(arguments: [1, 2, 31, 32, 33, 34, 1000, 5000], UInt64(0)..<4)
  func `finds the value of any rank`(count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bound = [1, 3, 100_000, Int(UInt32.max)][Int(seed)]
    var values = (0..<count).map { _ in UInt32(random.integer(below: bound)) }
    if seed == 3 { values[0] = .max }
    let ranks = [0, (count - 1) / 2, count - 1, random.integer(below: count)]
    var selection = RankSelection()
    let found = values.withUnsafeBufferPointer { selection.values(of: ranks, among: $0) }
    let sorted = values.sorted()
    #expect(found == ranks.map { sorted[$0] })
  }

  /// The least number of values that is at least that share.
  @Test func `ranks quantiles as percentile_disc does`() {
    for count in 1...200 {
      for tenths in 1...10 {
        let rank = RankSelection.rank(tenths: tenths, of: count)
        #expect((rank + 1) * 10 >= tenths * count)
        #expect(rank * 10 < tenths * count)
      }
    }
  }

  @Test(arguments: [0, 1, 2, 10, 11, 100, 1234])
  func `puts numbers in the order of their digits`(count: Int) {
    let expected = (0..<count).sorted { "\($0),".utf8.lexicographicallyPrecedes("\($1),".utf8) }
    #expect(BenchmarkWriter.textOrder(below: count) == expected)
  }

  @Test func `writes any number`() {
    var text = BenchmarkText(header: "h", isSorted: true, capacity: 0)
    text.begin(Array("a".utf8))
    for number in [0, 9, 10, -1, Int.max, Int.min] { text.add(number) }
    text.add(nil)
    text.add(Int128(Int.max) * 10)
    text.end()
    #expect(
      String(decoding: text.finished(), as: UTF8.self)
        == "h\na,0,9,10,-1,9223372036854775807,-9223372036854775808,,92233720368547758070\n"
    )
  }

  private static let shifts: [[WorkingTime.Shift]] = [
    [], [.init(startMinute: 540, endMinute: 1020)], [.init(startMinute: 0, endMinute: 1440)],
    [.init(startMinute: 480, endMinute: 720), .init(startMinute: 780, endMinute: 1021)],
  ]

  @Test(arguments: UInt64(0)..<8)
  func `agrees with the clock of calendars`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let working = WorkingTime(
      weekdays: Set((0..<7).filter { _ in random.chance(0.7) }),
      shifts: Self.shifts[Int(seed % 4)]
    )
    let zone = try #require(LocalCalendar(zoneName: seed < 4 ? "UTC" : "Asia/Kolkata"))
    let range: Range<Int64> = 1_600_000_000..<1_700_000_000
    let quick = try #require(WeekClock(working, calendar: zone, over: range))
    let exact = BusinessClock(working, calendar: zone)
    for _ in 0..<200 {
      let start = range.lowerBound + Int64(random.integer(below: 3_000_000))
      let end = start + Int64(random.integer(below: 2_000_000)) - 1_000_000
      #expect(
        quick.workingSeconds(from: start, to: end)
          == exact.workingSeconds(from: Instant(seconds: start), to: Instant(seconds: end))
      )
    }
  }

  @Test func `leaves weeks that differ to the clock of calendars`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    #expect(WeekClock(.usual, calendar: berlin, over: 1_600_000_000..<1_700_000_000) == nil)
    let holiday = WorkingTime(
      weekdays: [0],
      shifts: WorkingTime.usual.shifts,
      holidays: [CivilDate(dayNumber: 1)]
    )
    #expect(WeekClock(holiday, calendar: .utc, over: 0..<1) == nil)
    #expect(WeekClock(.usual, calendar: .utc, over: -1..<1) != nil)
  }

  @Test(arguments: [BenchmarkAsk.Grain.month, .week], [-40_000, -1, 0, 19_539, 20_270])
  func `gives each day its cohort`(grain: BenchmarkAsk.Grain, first: Int32) {
    let cohorts = BenchmarkCohorts(first...first + 800, grain: grain)
    for day in first...first + 800 {
      let date = CivilDate(dayNumber: Int(day))
      let start = grain == .month ? date.startOfMonth : date.startOfWeek
      #expect(cohorts.starts[cohorts.number(of: day)] == start)
      #expect(cohorts.number(of: date, grain: grain) == cohorts.number(of: day))
    }
    #expect(cohorts.number(of: CivilDate(dayNumber: Int(first) - 40), grain: grain) == nil)
    #expect(cohorts.number(of: CivilDate(dayNumber: Int(first) + 840), grain: grain) == nil)
  }
}
