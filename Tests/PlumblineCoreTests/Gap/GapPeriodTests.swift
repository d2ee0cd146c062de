import PlumblineCore
import Testing

struct GapPeriodTests {
  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  private func period(_ first: String, _ last: String) throws -> GapPeriod {
    GapPeriod(first: try day(first), last: try day(last))
  }

  @Test(
    arguments: [
      ("2024-01-01", "2024-01-01", "2023-12-31", "2023-12-31", nil),
      ("2024-02-01", "2024-02-29", "2024-01-01", "2024-01-31", "2024-02"),
      ("2024-03-01", "2024-03-31", "2024-02-01", "2024-02-29", "2024-03"),
      ("2024-01-01", "2024-03-31", "2023-10-01", "2023-12-31", "2024 Q1"),
      ("2024-02-01", "2024-04-30", "2023-11-01", "2024-01-31", nil),
      ("2024-01-01", "2024-12-31", "2023-01-01", "2023-12-31", "2024"),
      ("2024-01-01", "2024-02-28", "2023-11-03", "2023-12-31", nil),
      ("2024-01-15", "2024-02-14", "2023-12-15", "2024-01-14", nil),
    ] as [(String, String, String, String, String?)]
  )
  func `is preceded by as many months where it is made of whole ones, else by as many days`(
    first: String,
    last: String,
    previousFirst: String,
    previousLast: String,
    name: String?
  ) throws {
    let own = try period(first, last)
    #expect(own.previous == (try period(previousFirst, previousLast)))
    #expect(own.name == name)
    #expect(own.previous.last.dayNumber + 1 == own.first.dayNumber)
  }

  @Test(
    arguments: [
      ("2024-01-01", "2024-01-01", "2024-03-31"), ("2024-03-31", "2024-01-01", "2024-03-31"),
      ("2023-12-31", "2023-10-01", "2023-12-31"), ("1969-12-31", "1969-10-01", "1969-12-31"),
    ]
  )
  func `quarters hold their days`(inside: String, first: String, last: String) throws {
    #expect(GapPeriod.quarter(of: try day(inside)) == (try period(first, last)))
  }

  @Test func `puts days in order`() throws {
    let own = try period("2024-12-31", "2024-01-01")
    #expect(own == (try period("2024-01-01", "2024-12-31")))
    #expect(own.days == 366)
    #expect(own.wholeMonths == 12)
  }

  @Test(
    arguments: [
      ("2024-01-01", "2024-01-01", 0.032855), ("2024-02-01", "2024-02-28", 0.919937),
      ("2024-02-01", "2024-02-29", 1), ("2023-02-01", "2023-02-28", 1),
      ("2024-01-01", "2024-01-31", 1), ("2024-01-01", "2024-03-31", 3),
      ("2023-11-01", "2024-02-29", 4), ("2024-01-01", "2024-12-31", 12),
      ("2024-01-02", "2024-12-31", 11.992033),
    ]
  )
  func `counts whole months as they are, else by the year's twelfth`(
    first: String,
    last: String,
    months: Double
  ) throws {
    #expect(abs(try period(first, last).months - months) < 1e-6)
  }
}
