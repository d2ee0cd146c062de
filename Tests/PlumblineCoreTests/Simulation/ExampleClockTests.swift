import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct ExampleClockTests {
  let clock = ExampleClock()

  @Test func `agrees with the time zone database to the second around every change`() throws {
    let berlin = try #require(LocalCalendar(zoneName: ExampleCompany.zoneName))
    let changes: [Int64] = [
      1_743_296_400, 1_761_440_400, 1_774_746_000, 1_792_890_000, 1_806_195_600,
    ]
    for change in changes {
      #expect(
        clock.offset(at: Instant(seconds: change))
          != clock.offset(at: Instant(seconds: change - 1)),
        "\(change)"
      )
      for second in [change - 3601, change - 1, change, change + 1, change + 3600] {
        let instant = Instant(seconds: second)
        #expect(clock.offset(at: instant) == berlin.offset(at: instant), "\(second)")
      }
    }
  }

  @Test func `turns local times into the same instants as the time zone database`() throws {
    let berlin = try #require(LocalCalendar(zoneName: ExampleCompany.zoneName))
    // The two days of a change, in half hours, then one day of each season.
    for day in [20_387, 20_541, 20_270, 20_454] {
      for minute in stride(from: 0, to: 1440, by: 30) {
        let date = CivilDate(dayNumber: day)
        #expect(
          clock.instant(of: date, minute: minute)
            == berlin.instant(of: date, secondOfDay: minute * 60),
          "\(date) \(minute)"
        )
      }
    }
  }

  @Test(arguments: [
    // Saturday, Sunday, Friday after hours, Monday before hours.
    ("2025-10-25", 600), ("2025-10-26", 150), ("2026-03-27", 1050), ("2025-12-15", 539),
  ])
  func `moves what happens out of hours to the next working morning`(
    day: String,
    minute: Int
  ) throws {
    var dice = SeededGenerator(seed: 1)
    let instant = clock.instant(of: try #require(CivilDate(day)), minute: minute)
    for _ in 0..<50 {
      let moved = clock.working(from: instant, using: &dice)
      #expect(moved > instant)
      #expect(moved.seconds - instant.seconds < 4 * 86_400)
      #expect(clock.local(moved).day.weekday < 5)
      #expect((540..<690).contains(clock.local(moved).minute))
    }
  }

  @Test(arguments: [540, 1049])
  func `leaves what happens in working hours where it is`(minute: Int) throws {
    var dice = SeededGenerator(seed: 1)
    let instant = clock.instant(of: try #require(CivilDate("2025-12-15")), minute: minute)
    #expect(clock.working(from: instant, using: &dice) == instant)
  }

  @Test func `writes both kinds of local time`() {
    let instant = Instant(seconds: 1_751_360_700)  // 2025-07-01T09:05:00Z
    #expect(clock.text(instant) == "2025-07-01 11:05")
    #expect(clock.germanText(instant) == "01.07.2025 11:05")
  }

  @Test func `the calendar's constants are the days they say`() {
    #expect(ExampleCompany.firstDay == CivilDate("2025-07-01"))
    #expect(ExampleCompany.lastDay == CivilDate("2026-06-30"))
    #expect(clock.text(ExampleCompany.exportedAt) == "2026-06-30 18:30")
  }
}
