import Foundation
import PlumblineCore
import Testing

struct CivilDateTests {
  @Test(arguments: [
    (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2026, 3, 29, 20_541),
    (1900, 3, 1, -25_508), (2400, 2, 29, 157_113),
  ])
  func `counts days as the Gregorian calendar does`(
    year: Int,
    month: Int,
    day: Int,
    number: Int
  )
    throws
  {
    // Day numbers by Python: (date(y, m, d) - date(1970, 1, 1)).days
    let date = try #require(CivilDate(year: year, month: month, day: day))
    #expect(date.dayNumber == number)
    #expect(date.components == (year, month, day))
  }

  @Test(arguments: [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1)])
  func `knows which days do not exist`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test(arguments: [
    "", "2026-1-1", "2026-01-32", "2026-02-29", "26-01-01", "2026-01-01T", "+026-01-01",
  ])
  func `reads no date but the one form`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `writes what it reads, and every day has one name`() {
    for number in stride(from: -800_000, through: 800_000, by: 997) {
      let date = CivilDate(dayNumber: number)
      let (year, month, day) = date.components
      #expect(CivilDate(year: year, month: month, day: day) == date)
      if (1000...9999).contains(year) { #expect(CivilDate(date.description) == date) }
      #expect(date.startOfWeek.weekday == 0 && date.startOfMonth.components.day == 1)
      #expect((0...6).contains(number - date.startOfWeek.dayNumber))
    }
  }
}

struct LocalCalendarTests {
  @Test func `a day begins at local midnight on days of clock change too`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    for (text, hours) in [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25)] {
      let day = try #require(CivilDate(text))
      let next = CivilDate(dayNumber: day.dayNumber + 1)
      let (start, end) = (berlin.instant(of: day), berlin.instant(of: next))
      #expect(end.seconds - start.seconds == Int64(hours * 3600))
      #expect(berlin.day(of: start) == day)
      #expect(berlin.day(of: start.advanced(bySeconds: -1)).dayNumber == day.dayNumber - 1)
    }
  }

  @Test func `an hour that is skipped is later, one that comes twice is the first`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let spring = try #require(CivilDate("2026-03-29"))
    let autumn = try #require(CivilDate("2026-10-25"))
    // 02:30 does not exist: read with the offset before the change, it is 03:30 summer time.
    let skipped = berlin.instant(of: spring, secondOfDay: 9000)
    #expect(skipped.seconds == Int64(spring.dayNumber) * 86_400 + 5400)
    let twice = berlin.instant(of: autumn, secondOfDay: 9000)
    #expect(twice.seconds == Int64(autumn.dayNumber) * 86_400 + 1800)
  }

  @Test func `a zone that does not exist gives no calendar`() {
    #expect(LocalCalendar(zoneName: "Europe/Atlantis") == nil)
  }
}
