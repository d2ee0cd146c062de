import PlumblineConnectors
import PlumblineCore
import Testing

@Suite struct DateColumnTests {
  static func survey(_ cells: [String], epoch: EpochUnit? = nil) -> DateColumnSurvey {
    var survey = DateColumnSurvey(epoch: epoch)
    for (index, cell) in cells.enumerated() {
      withBytes(cell) { survey.observe($0, line: index + 2) }
    }
    return survey
  }

  static func parse(
    _ cell: String,
    _ format: DateColumnFormat = DateColumnFormat(),
    in calendar: LocalCalendar = .utc
  ) -> TimePoint? {
    var parser = DateColumnParser(format, calendar: calendar)
    return withBytes(cell) { parser.parse($0) }
  }

  /// `2026-01-31` for a day, `2026-01-31 10:00:00` for an instant in UTC.
  static func point(_ text: String) throws -> TimePoint {
    let date = try #require(CivilDate(String(text.prefix(10))))
    guard text.count > 10 else {
      return TimePoint(Instant(seconds: Int64(date.dayNumber) * 86_400), precision: .day)
    }
    let parts = text.dropFirst(11).split(separator: ":").compactMap { Int64($0) }
    try #require(parts.count == 3)
    let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
    return TimePoint(Instant(seconds: Int64(date.dayNumber) * 86_400 + seconds))
  }

  @Test(
    arguments: [
      ([], .noValues),
      (["", " ", "-", "--", " --", "n/a", "NULL", "0000-00-00", "0000-00-00 00:00:00"], .noValues),
      (
        ["soon", "2026-13-01"],
        .unreadable([CellExample(line: 2, text: "soon"), CellExample(line: 3, text: "2026-13-01")])
      ),
      (["2026-01-02"], .decided(DateColumnFormat())),
      (["2026-01-02", "15 Apr, 2021", "soon"], .decided(DateColumnFormat())),
      (["12/12/2026"], .decided(DateColumnFormat(order: .monthFirst))),
      (["13/12/2026"], .decided(DateColumnFormat(order: .dayFirst))),
      (["12/13/2026"], .decided(DateColumnFormat(order: .monthFirst))),
      (["1/2/2026"], .ambiguous([CellExample(line: 2, text: "1/2/2026")])),
      (["3/3/2026", "12/11/26", ""], .ambiguous([CellExample(line: 3, text: "12/11/26")])),
      (["2026-01-15", "1/2/2026"], .ambiguous([CellExample(line: 3, text: "1/2/2026")])),
      (["1/2/2026", "31/1/2026"], .decided(DateColumnFormat(order: .dayFirst))),
      (["1-2-26", "1-31-26 9:00 PM"], .decided(DateColumnFormat(order: .monthFirst))),
      (["1.2.2026"], .decided(DateColumnFormat(order: .dayFirst))),
      (["1.31.2026"], .decided(DateColumnFormat(order: .monthFirst))),
      (
        ["1.2.2026", "1/2/2026"],
        .ambiguous([CellExample(line: 2, text: "1.2.2026"), CellExample(line: 3, text: "1/2/2026")])
      ),
      (
        ["1/31/2026", "31/1/2026"],
        .contradictory(
          dayFirst: [CellExample(line: 3, text: "31/1/2026")],
          monthFirst: [CellExample(line: 2, text: "1/31/2026")]
        )
      ),
      // A day that exists in neither order decides nothing.
      (["1/2/2026", "31/02/2026"], .ambiguous([CellExample(line: 2, text: "1/2/2026")])),
      (["1/2/2026", "45/13/2026"], .ambiguous([CellExample(line: 2, text: "1/2/2026")])),
    ] as [([String], DateColumnSurvey.Decision)]
  )
  func `decides the order for the whole column`(
    cells: [String],
    decision: DateColumnSurvey.Decision
  ) {
    #expect(Self.survey(cells).decision() == decision)
  }

  @Test func `lets the user settle every doubt about the order`() {
    for cells in [["1/2/2026"], ["1/31/2026", "31/1/2026"], ["1/31/2026"]] {
      #expect(
        Self.survey(cells).decision(named: .dayFirst)
          == .decided(DateColumnFormat(order: .dayFirst))
      )
    }
  }

  @Test func `counts what it has seen`() {
    let survey = Self.survey([
      "2026-01-01", "2026-01-01 10:00", "2026-01-01T10:00Z", "", "31/02/2026", "x",
    ])
    #expect(survey.valueCount == 3)
    #expect(survey.missingCount == 1)
    #expect(survey.dateOnlyCount == 1)
    #expect(survey.zonedCount == 1)
    #expect(
      survey.unreadable.listed == [
        CellExample(line: 6, text: "31/02/2026"), CellExample(line: 7, text: "x"),
      ]
    )
  }

  @Test(arguments: [
    ("2026-01-31", "2026-01-31"), (" 2026-01-31\u{A0}", "2026-01-31"),
    ("2026/1/31", "2026-01-31"), ("2026.01.31", "2026-01-31"), ("20260131", "2026-01-31"),
    ("2026-01-31 00:00", "2026-01-31 00:00:00"), ("2026-01-31T00:00:00", "2026-01-31 00:00:00"),
    ("2026-01-31 23:59:59", "2026-01-31 23:59:59"), ("2026-01-31 9:05", "2026-01-31 09:05:00"),
    ("2026-01-31T10:00:00.1", "2026-01-31 10:00:00"),
    ("2026-01-31 10:00:00.123456789012", "2026-01-31 10:00:00"),
    ("2026-01-31T10:00:00Z", "2026-01-31 10:00:00"), ("2026-01-31T10:00Z", "2026-01-31 10:00:00"),
    ("2026-01-31 10:00:00 UTC", "2026-01-31 10:00:00"),
    ("2026-01-31T10:00:00.000+0000", "2026-01-31 10:00:00"),
    ("2026-01-31T10:00:00+02:00", "2026-01-31 08:00:00"),
    ("2026-01-31T22:00:00-0530", "2026-02-01 03:30:00"),
    ("2026-01-31 10:00:00 +02", "2026-01-31 08:00:00"),
    ("1969-12-31T23:59:59.9Z", "1969-12-31 23:59:59"),
    ("15 Apr, 2021 00:03:00", "2021-04-15 00:03:00"), ("15 April 2021", "2021-04-15"),
    ("Apr 15, 2021", "2021-04-15"), ("July 8, 2025", "2025-07-08"), ("sept 8 2025", "2025-09-08"),
    ("15-Apr-2021", "2021-04-15"), ("15-APR-21", "2021-04-15"), ("May 1, 2026", "2026-05-01"),
    ("Jul 8, 2025, 3:04:05\u{202F}PM", "2025-07-08 15:04:05"),
    ("31.01.2026", "2026-01-31"), ("1.2.26 7:00", "2026-02-01 07:00:00"),
    ("29/02/2024", "2024-02-29"), ("1/2/68", "2068-02-01"), ("1/2/69", "1969-02-01"),
    ("8/9/14 19:00", "2014-09-08 19:00:00"), ("8/9/14 12:00 AM", "2014-09-08 00:00:00"),
    ("8/9/14 12:30 pm", "2014-09-08 12:30:00"), ("8/9/14 11:59:59 p.m.", "2014-09-08 23:59:59"),
  ])
  func `reads a date or time`(cell: String, expected: String) throws {
    let point = Self.parse(cell, DateColumnFormat(order: .dayFirst))
    #expect(try point == Self.point(expected))
  }

  @Test(arguments: [
    "2026-02-29", "2026-00-10", "2026-01-00", "2026-1", "2026", "31/02/2026", "32/1/2026",
    "1/13/2026", "0/1/2026", "1/2/026", "1/2", "1/2-2026", "2026-01/02", "2026-01-31 24:00",
    "2026-01-31 10:60", "2026-01-31 10:00:60", "2026-01-31 10", "2026-01-31T", "2026-01-31x",
    "2026-01-31 10:00:00.", "2026-01-31 13:00 XM", "8/9/14 13:00 PM", "8/9/14 0:30 PM",
    "2026-01-31T10:00:00+1", "2026-01-31T10:00:00+99:00", "2026-01-31T10:00:00+02:60",
    "2026-01-31T10:00:00+02:00x", "Foo 15, 2021", "15 Foo 2021", "Apr 31, 2021", "Apri 1, 2021",
    "99991399", "18991231", "2026013", "today", "1767225600", "660-485-0224", "1,5", "é",
    "1/2/2026 ,", "2026-01-3１",
  ])
  func `refuses what is no date`(cell: String) {
    #expect(Self.parse(cell, DateColumnFormat(order: .dayFirst)) == nil)
  }

  @Test func `reads nothing where the order is not decided`() throws {
    #expect(Self.parse("1/2/2026") == nil)
    #expect(Self.parse("31/1/2026") == nil)
    #expect(try Self.parse("1.2.2026") == Self.point("2026-02-01"))
  }

  @Test(arguments: ["", "  ", "-", " --", "n/a", "NaN", "null", "—", "0000-00-00"])
  func `takes a word for nothing as missing`(cell: String) {
    #expect(Self.parse(cell) == .missing)
  }

  @Test(
    arguments: [
      (EpochUnit.seconds, "0", "1970-01-01 00:00:00"),
      (.seconds, "1767225600", "2026-01-01 00:00:00"),
      (.seconds, "-1", "1969-12-31 23:59:59"),
      (.milliseconds, "1767225600999", "2026-01-01 00:00:00"),
      (.milliseconds, "-1", "1969-12-31 23:59:59"), (.milliseconds, "-1000", "1969-12-31 23:59:59"),
      (.seconds, "1e9", nil), (.seconds, "99999999999999999999", nil),
      (.seconds, "999999999999999", nil),
      (.seconds, "2026-01-01", nil),
    ] as [(EpochUnit, String, String?)]
  )
  func `reads seconds and milliseconds only where asked`(
    unit: EpochUnit,
    cell: String,
    expected: String?
  ) throws {
    let point = Self.parse(cell, DateColumnFormat(epoch: unit))
    #expect(try point == expected.map(Self.point))
    let decision = Self.survey([cell], epoch: unit).decision()
    #expect((decision == .decided(DateColumnFormat(epoch: unit))) == (expected != nil))
  }

  @Test func `places local times by the zone, on days of clock changes too`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let cases = [
      ("2026-01-31", "2026-01-30 23:00:00"), ("2026-07-01", "2026-06-30 22:00:00"),
      ("2026-07-01 12:00:00", "2026-07-01 10:00:00"), ("2026-03-29", "2026-03-28 23:00:00"),
      ("2026-03-29 01:59:59", "2026-03-29 00:59:59"),
      ("2026-03-29 03:00:00", "2026-03-29 01:00:00"),
      ("2026-10-25 02:30:00", "2026-10-25 00:30:00"), ("2026-10-25 03:00", "2026-10-25 02:00:00"),
      ("2026-10-26", "2026-10-25 23:00:00"), ("2026-07-01T12:00:00Z", "2026-07-01 12:00:00"),
    ]
    for (cell, expected) in cases {
      let point = try #require(Self.parse(cell, in: berlin))
      #expect(try point.instant == Self.point(expected).instant, "\(cell)")
      #expect(point.precision == (cell.count == 10 ? .day : .exact), "\(cell)")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `reads back any time in every layout`(seed: UInt64) throws {
    var dice = Dice(seed)
    let zone = dice.pick(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
    let calendar = try #require(LocalCalendar(zoneName: zone))
    var monthFirst = DateColumnParser(DateColumnFormat(order: .monthFirst), calendar: calendar)
    for _ in 0..<200 {
      let date = CivilDate(dayNumber: Int.random(in: 3653...40_000, using: &dice))
      let second = Int.random(in: 0..<86_400, using: &dice)
      let (year, month, day) = date.components
      let two = { (number: Int) in (number < 10 ? "0" : "") + String(number) }
      let (hour, minute) = (second / 3600, second / 60 % 60)
      let time = "\(two(hour)):\(two(minute)):\(two(second % 60))"
      let half =
        "\((hour + 11) % 12 + 1):\(two(minute)):\(two(second % 60)) \(hour < 12 ? "AM" : "PM")"
      let expected = TimePoint(calendar.instant(of: date, secondOfDay: second))
      for cell in [
        "\(date) \(time)", "\(date)T\(time).25", "\(month)/\(day)/\(year) \(half)",
        "\(two(month))-\(two(day))-\(year) \(time)", "\(year)/\(month)/\(day), \(half)",
      ] {
        #expect(withBytes(cell) { monthFirst.parse($0) } == expected, "\(cell)")
      }
      let midnight = TimePoint(calendar.instant(of: date), precision: .day)
      #expect(withBytes("\(date)") { monthFirst.parse($0) } == midnight)
      #expect(withBytes("\(month).\(day).\(year)") { monthFirst.parse($0) } == midnight)
    }
  }
}
