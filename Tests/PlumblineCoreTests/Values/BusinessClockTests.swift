import Foundation
import PlumblineCore
import PlumblineStatistics
import Testing

/// The clock that runs only while people work, against numbers worked out minute by minute.
struct BusinessClockTests {
  private static func time(
    _ weekdays: Set<Int>,
    _ minutes: [Range<Int>],
    off: [String] = []
  ) -> WorkingTime {
    WorkingTime(
      weekdays: weekdays,
      shifts: minutes.map {
        WorkingTime.Shift(startMinute: $0.lowerBound, endMinute: $0.upperBound)
      },
      holidays: Set(off.compactMap { CivilDate($0) })
    )
  }

  private static let times: [String: WorkingTime] = [
    "office": time(Set(0...4), [540..<720, 780..<1020]),
    "day": time(Set(0...6), [0..<1440]),
    "night": time(Set(0...6), [0..<360, 1320..<1440]),
    // 01:30 to 03:30, over the hours that the clocks skip and repeat.
    "gap": time(Set(0...6), [90..<210]),
    // 02:15 to 02:45, wholly inside them.
    "half": time(Set(0...6), [135..<165]),
    "holiday": time(
      Set(0...4),
      [540..<1020],
      off: ["2025-12-24", "2025-12-25", "2025-12-26", "2026-01-01"]
    ),
    "sunday": time([6, 0, 1, 2, 3], [480..<960]),
  ]

  private static func instant(_ text: String) throws -> Instant {
    let date = try #require(try? Date(text, strategy: .iso8601))
    return Instant(seconds: Int64(date.timeIntervalSince1970))
  }

  /// A clock with a table for the days around an instant, and one without any.
  private static func clocks(
    _ name: String,
    _ zone: String,
    around instant: Instant
  ) throws -> [BusinessClock] {
    let time = try #require(times[name])
    let calendar = try #require(LocalCalendar(zoneName: zone))
    let day = calendar.day(of: instant).dayNumber
    return [
      BusinessClock(time, calendar: calendar),
      BusinessClock(
        time,
        calendar: calendar,
        firstDay: CivilDate(dayNumber: day - 2),
        lastDay: CivilDate(dayNumber: day + 30)
      ),
      // The table ends before the answer does.
      BusinessClock(
        time,
        calendar: calendar,
        firstDay: CivilDate(dayNumber: day),
        lastDay: CivilDate(dayNumber: day)
      ),
    ]
  }

  // The seconds and deadlines below come from Python 3.11 with zoneinfo (tzdata 2025b): it walks
  // through UTC minute by minute and asks the zone what the wall clock shows.

  @Test(
    arguments: [
      ("office", "Europe/Berlin", "2026-03-27T14:30:00Z", "2026-03-30T09:15:30Z", 13530),
      ("office", "Europe/Berlin", "2026-10-23T14:30:00Z", "2026-10-26T09:15:30Z", 6330),
      ("office", "Europe/Berlin", "2026-03-02T05:00:00Z", "2026-03-02T20:00:00Z", 25200),
      ("office", "Europe/Berlin", "2026-03-07T05:00:00Z", "2026-03-08T20:00:00Z", 0),
      ("day", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 82800),
      ("day", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 90000),
      ("gap", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 3600),
      ("gap", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 10800),
      ("gap", "Europe/Berlin", "2026-06-24T12:00:00Z", "2026-06-25T12:00:00Z", 7200),
      ("half", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 0),
      ("half", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 3600),
      ("half", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T01:20:10Z", 1210),
      ("night", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", 25200),
      ("night", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z", 32400),
      ("holiday", "Europe/Berlin", "2025-12-23T12:00:00Z", "2026-01-02T12:00:00Z", 115200),
      ("office", "Asia/Kolkata", "2026-02-27T03:00:00Z", "2026-03-02T12:00:00Z", 50400),
      ("office", "Australia/Adelaide", "2026-04-03T03:00:00Z", "2026-04-07T12:00:00Z", 63000),
      ("gap", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", "2026-04-05T12:00:00Z", 9000),
      ("gap", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-04T12:00:00Z", 5400),
      ("office", "Europe/Berlin", "2028-02-28T08:00:00Z", "2028-03-01T08:00:00Z", 50400),
      ("sunday", "Asia/Jerusalem", "2026-03-26T08:00:00Z", "2026-03-30T08:00:00Z", 61200),
      ("office", "America/New_York", "2026-03-06T20:00:00Z", "2026-03-09T14:00:01Z", 10801),
      ("day", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-05T12:00:00Z", 172800),
      ("night", "America/St_Johns", "2009-10-31T12:00:00Z", "2009-11-02T12:00:00Z", 61200),
      ("office", "Pacific/Apia", "2011-12-28T00:00:00Z", "2012-01-03T00:00:00Z", 100800),
    ] as [(String, String, String, String, Int64)]
  )
  func `counts what the wall clock shows of the shifts`(
    name: String,
    zone: String,
    from: String,
    to: String,
    seconds: Int64
  ) throws {
    let (start, end) = (try Self.instant(from), try Self.instant(to))
    for clock in try Self.clocks(name, zone, around: start) {
      #expect(clock.workingSeconds(from: start, to: end) == seconds)
      #expect(clock.workingSeconds(from: end, to: start) == -seconds)
      #expect(clock.workingSeconds(from: end, to: end) == 0)
    }
  }

  @Test(
    arguments: [
      ("office", "Europe/Berlin", "2026-03-02T07:00:00Z", 14400, "2026-03-02T13:00:00Z"),
      ("office", "Europe/Berlin", "2026-03-02T11:30:00Z", 14400, "2026-03-02T16:00:00Z"),
      ("office", "Europe/Berlin", "2026-03-02T08:00:00Z", 10800, "2026-03-02T11:00:00Z"),
      ("office", "Europe/Berlin", "2026-03-02T08:00:00Z", 10801, "2026-03-02T12:00:01Z"),
      ("office", "Europe/Berlin", "2026-03-02T08:00:00Z", 25200, "2026-03-02T16:00:00Z"),
      ("office", "Europe/Berlin", "2026-03-02T16:00:00Z", 1, "2026-03-03T08:00:01Z"),
      ("office", "Europe/Berlin", "2026-03-27T15:59:59Z", 2, "2026-03-30T07:00:01Z"),
      ("office", "Europe/Berlin", "2026-03-27T15:00:00Z", 14400, "2026-03-30T10:00:00Z"),
      ("office", "Europe/Berlin", "2026-10-23T14:00:00Z", 14400, "2026-10-26T11:00:00Z"),
      ("office", "Europe/Berlin", "2026-03-06T20:00:00Z", 3600, "2026-03-09T09:00:00Z"),
      ("gap", "Europe/Berlin", "2026-03-29T00:00:00Z", 5400, "2026-03-30T00:00:00Z"),
      ("gap", "Europe/Berlin", "2026-10-24T23:00:00Z", 5400, "2026-10-25T01:00:00Z"),
      ("gap", "Europe/Berlin", "2026-10-24T23:00:00Z", 10800, "2026-10-25T02:30:00Z"),
      ("half", "Europe/Berlin", "2026-03-28T12:00:00Z", 60, "2026-03-30T00:16:00Z"),
      ("half", "Europe/Berlin", "2026-10-24T12:00:00Z", 2700, "2026-10-25T01:30:00Z"),
      ("holiday", "Europe/Berlin", "2025-12-23T15:00:00Z", 14400, "2025-12-29T11:00:00Z"),
      ("holiday", "Europe/Berlin", "2025-12-31T15:30:00Z", 3600, "2026-01-02T08:30:00Z"),
      ("office", "Asia/Kolkata", "2026-03-02T11:00:00Z", 3600, "2026-03-03T04:00:00Z"),
      ("office", "Europe/Berlin", "2028-02-28T15:30:00Z", 36000, "2028-03-01T10:30:00Z"),
      ("day", "Europe/Berlin", "2026-03-28T22:30:00Z", 86400, "2026-03-29T22:30:00Z"),
      ("sunday", "Asia/Jerusalem", "2026-03-26T13:30:00Z", 7200, "2026-03-29T06:30:00Z"),
      ("office", "America/New_York", "2026-03-06T21:00:00Z", 14400, "2026-03-09T16:00:00Z"),
    ] as [(String, String, String, Int64, String)]
  )
  func `a deadline is the first instant by which so much work time has passed`(
    name: String,
    zone: String,
    from: String,
    seconds: Int64,
    deadline: String
  ) throws {
    let (start, end) = (try Self.instant(from), try Self.instant(deadline))
    for clock in try Self.clocks(name, zone, around: start) {
      #expect(clock.deadline(after: start, workingSeconds: seconds) == end)
      #expect(clock.deadline(after: start, workingSeconds: 0) == start)
      #expect(clock.deadline(after: start, workingSeconds: -1) == start)
    }
  }

  @Test func `counts no further than is enough`() throws {
    let start = try Self.instant("2026-03-02T07:00:00Z")
    let end = try Self.instant("9999-12-31T00:00:00Z")
    let time = try #require(Self.times["office"])
    let clock = BusinessClock(time, calendar: .utc)
    // Three hours in the morning and four in the afternoon: whole stretches are counted.
    #expect(clock.workingSeconds(from: start, to: end, enough: 1) == 3 * 3600)
    #expect(clock.workingSeconds(from: start, to: end, enough: 3 * 3600) == 3 * 3600)
    #expect(clock.workingSeconds(from: start, to: end, enough: 3 * 3600 + 1) == 7 * 3600)
    #expect(clock.workingSeconds(from: end, to: start, enough: 1) == -3 * 3600)
  }

  @Test func `a deadline beyond the table goes on from its end`() throws {
    let calendar = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    // One minute a week: 521 weeks and more.
    let time = Self.time([0], [540..<541])
    let start = try Self.instant("2026-03-02T08:00:30Z")
    let day = calendar.day(of: start).dayNumber
    let table = BusinessClock(
      time,
      calendar: calendar,
      firstDay: CivilDate(dayNumber: day - 30),
      lastDay: CivilDate(dayNumber: day + 62)
    )
    let bare = BusinessClock(time, calendar: calendar)
    for seconds in [1, 30, 31, 60 * 9, 60 * 9 + 30, 60 * 9 + 31, 31_260] as [Int64] {
      let deadline = try #require(table.deadline(after: start, workingSeconds: seconds))
      #expect(deadline == bare.deadline(after: start, workingSeconds: seconds))
      #expect(bare.workingSeconds(from: start, to: deadline) == seconds)
    }
    #expect(table.deadline(after: start, workingSeconds: .max) == nil)
  }

  @Test(arguments: UInt64(0)..<40)
  func `sums, deadlines and tables agree with each other`(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let zones = [
      "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe", "UTC",
      "Pacific/Chatham", "America/New_York",
    ]
    let names = Self.times.keys.sorted()
    let zone = zones[dice.integer(below: zones.count)]
    let name = names[dice.integer(below: names.count)]
    let base = try Self.instant("2025-10-20T00:00:00Z")
    func draw() -> Instant { base.advanced(bySeconds: Int64(dice.integer(below: 200 * 86_400))) }
    for _ in 0..<20 {
      let points = [draw(), draw(), draw()].sorted()
      let seconds = 1 + Int64(dice.integer(below: 200_000))
      var answers: [Int64?] = []
      for clock in try Self.clocks(name, zone, around: points[0]) {
        let first = clock.workingSeconds(from: points[0], to: points[1])
        let second = clock.workingSeconds(from: points[1], to: points[2])
        #expect(clock.workingSeconds(from: points[0], to: points[2]) == first + second)
        let deadline = try #require(clock.deadline(after: points[0], workingSeconds: seconds))
        #expect(clock.workingSeconds(from: points[0], to: deadline) == seconds)
        let before = deadline.advanced(bySeconds: -1)
        #expect(clock.workingSeconds(from: points[0], to: before) == seconds - 1)
        answers += [first, second, deadline.seconds]
      }
      #expect(answers.prefix(3).elementsEqual(answers.suffix(3)))
    }
  }

  @Test(arguments: [
    WorkingTime(weekdays: [], shifts: WorkingTime.usual.shifts),
    WorkingTime(weekdays: [0], shifts: []),
    WorkingTime(weekdays: [7, -1], shifts: WorkingTime.usual.shifts),
    WorkingTime(weekdays: [0], shifts: [.init(startMinute: 600, endMinute: 600)]),
    WorkingTime(weekdays: [0], shifts: [.init(startMinute: 700, endMinute: 600)]),
  ])
  func `without working time no deadline ever comes`(time: WorkingTime) {
    let clock = BusinessClock(
      time,
      calendar: .utc,
      firstDay: CivilDate(dayNumber: 0),
      lastDay: CivilDate(dayNumber: 400)
    )
    let start = Instant(seconds: 1000)
    #expect(time.isEmpty)
    #expect(clock.deadline(after: start, workingSeconds: 1) == nil)
    #expect(clock.deadline(after: start, workingSeconds: 0) == start)
    #expect(clock.workingSeconds(from: start, to: Instant(seconds: 10_000_000)) == 0)
  }

  @Test func `stays calm at the ends of time`() {
    let clock = BusinessClock(.usual, calendar: .utc)
    let (first, last) = (Instant(seconds: .min), Instant(seconds: .max))
    #expect(clock.workingSeconds(from: last, to: last) == 0)
    #expect(clock.deadline(after: last, workingSeconds: 1) == nil)
    #expect(clock.deadline(after: Instant(seconds: 0), workingSeconds: .max) == nil)
    // Year 1 began on a Monday.
    let opening = Instant(seconds: -62_135_596_800 + 9 * 3600)
    #expect(clock.deadline(after: first, workingSeconds: 1) == opening.advanced(bySeconds: 1))
  }

  @Test func `joins shifts that touch or overlap, and cuts what lies outside the day`() {
    let time = WorkingTime(
      weekdays: [0],
      shifts: [
        .init(startMinute: 720, endMinute: 900), .init(startMinute: 540, endMinute: 720),
        .init(startMinute: 1400, endMinute: 1500), .init(startMinute: -60, endMinute: 60),
        .init(startMinute: 800, endMinute: 850),
      ]
    )
    #expect(
      time.shifts == [
        .init(startMinute: 0, endMinute: 60), .init(startMinute: 540, endMinute: 900),
        .init(startMinute: 1400, endMinute: 1440),
      ]
    )
  }

  @Test func `a table of many years gives the same answer`() throws {
    let calendar = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let clock = BusinessClock(
      .usual,
      calendar: calendar,
      firstDay: CivilDate(dayNumber: 0),
      lastDay: CivilDate(dayNumber: 30_000)
    )
    // 2026: 261 days of Monday to Friday, 8 hours each.
    let year = clock.workingSeconds(
      from: try Self.instant("2025-12-31T23:00:00Z"),
      to: try Self.instant("2026-12-31T23:00:00Z")
    )
    #expect(year == 261 * 8 * 3600)
  }
}
