import PlumblineCore
import Testing

/// Months, quarters and years by name.
struct AttainmentPeriodTests {
  @Test(arguments: [
    ("2026-01", "2026-01-01", "2026-01-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2026-12", "2026-12-01", "2026-12-31"), ("2026-Q1", "2026-01-01", "2026-03-31"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31"),
  ])
  func `a name says the days`(name: String, first: String, last: String) throws {
    let period = try #require(AttainmentPeriod(name))
    #expect(period.days.lowerBound.description == first)
    #expect(period.days.upperBound.description == last)
    #expect(period.description == name)
    #expect(AttainmentPeriod(days: period.days) == period)
  }

  @Test(arguments: [
    "", "2026-", "2026-13", "2026-00", "2026-Q0", "2026-Q5", "26", "2026-1", "Q1",
    "2026-Q", "2026-01-01", "+026", "2026-Q01", "2026 Q1",
  ])
  func `anything else is no period`(name: String) {
    #expect(AttainmentPeriod(name) == nil)
  }

  @Test func `a small q is a quarter too`() {
    #expect(AttainmentPeriod("2026-q2")?.description == "2026-Q2")
  }

  @Test(arguments: [("2026-01", 1), ("2026-Q3", 3), ("2026", 12)])
  func `its months follow one another and leave nothing out`(name: String, count: Int) throws {
    let period = try #require(AttainmentPeriod(name))
    let months = period.months
    #expect(months.count == count)
    #expect(months.first?.days.lowerBound == period.days.lowerBound)
    #expect(months.last?.days.upperBound == period.days.upperBound)
    for (left, right) in zip(months, months.dropFirst()) {
      #expect(left.days.upperBound.dayNumber + 1 == right.days.lowerBound.dayNumber)
    }
  }

  @Test func `days that are no calendar period have no name`() throws {
    let first = try #require(CivilDate("2026-01-02"))
    #expect(AttainmentPeriod(days: first...CivilDate(dayNumber: first.dayNumber + 30)) == nil)
  }
}
