import Testing

@testable import PlumblineCore

struct WeeklyPeriodTests {
  @Test(
    arguments: [
      ("2026-W01", "2025-12-29", "2026-01-04"), ("2020-W53", "2020-12-28", "2021-01-03"),
      ("2026-W53", "2026-12-28", "2027-01-03"), ("2026-W07", "2026-02-09", "2026-02-15"),
      ("2026-02", "2026-02-01", "2026-02-28"), ("2024-02", "2024-02-01", "2024-02-29"),
      ("2025-12", "2025-12-01", "2025-12-31"),
    ]
  )
  func `reads a week and a month`(name: String, first: String, last: String) throws {
    let period = try #require(WeeklyPeriod(name))
    #expect(period.firstDay.description == first && period.lastDay.description == last)
    #expect(period.description == name)
  }

  @Test(
    arguments: [
      "", "2026", "2026-W", "2026-W7", "2026-W00", "2026-W54", "2021-W53", "2026-13", "2026-00",
      "2026-2", "26-W07", "2026-w07", "2026-W07-1", "2026-02-01", "2026-W+1", "2026-+1", "x-W07",
    ]
  )
  func `reads nothing else`(name: String) { #expect(WeeklyPeriod(name) == nil) }

  @Test func `names every week and month so that it is read back`() {
    for day in stride(from: 0, through: 40_000, by: 3) {
      for kind in WeeklyPeriod.Kind.allCases {
        let period = WeeklyPeriod(kind, of: CivilDate(dayNumber: day))
        #expect(WeeklyPeriod(period.description) == period)
        #expect(period.contains(CivilDate(dayNumber: day)))
        #expect(period.previous.lastDay.dayNumber == period.firstDay.dayNumber - 1)
      }
    }
  }

  @Test(
    arguments: [
      // Sunday, 2026-06-28, to its last second; one second before; Monday.
      (20_633 * 86_400 - 1, "2026-W26"), (20_633 * 86_400 - 2, "2026-W25"),
      (20_633 * 86_400, "2026-W26"),
    ] as [(Int64, String)]
  )
  func `takes the last week that is over`(second: Int64, name: String) {
    let last = WeeklyPeriod.lastWhole(.week, by: Instant(seconds: second), .utc)
    #expect(last.description == name)
  }

  @Test func `has a week that is an hour short when the clocks go forward`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let week = try #require(WeeklyPeriod("2026-W13"))
    #expect(week.seconds(berlin).count == 7 * 86_400 - 3600)
  }
}
