import Testing

@testable import PlumblineCore

/// 2024-01-01 is a Monday.
struct WholeWeeksTests {
  @Test(
    arguments: [
      (nil, nil), ("2024-01-01", "2024-01-01"), ("2024-01-02", "2024-01-08"),
      ("2024-01-07", "2024-01-08"), ("2024-01-08", "2024-01-08"), ("1969-12-30", "1970-01-05"),
    ] as [(String?, String?)]
  )
  func `begin on the first Monday that is not before the first day`(
    first: String?,
    monday: String?
  ) {
    let weeks = WholeWeeks(from: first.flatMap { CivilDate($0) }, to: nil)
    #expect(weeks.firstDay?.description == monday && weeks.lastDay == nil)
  }

  @Test(
    arguments: [
      (nil, nil), ("2024-01-01", "2023-12-31"), ("2024-01-06", "2023-12-31"),
      ("2024-01-07", "2024-01-07"), ("2024-01-08", "2024-01-07"), ("1969-12-30", "1969-12-28"),
    ] as [(String?, String?)]
  )
  func `end on the last Sunday that is not after the last day`(last: String?, sunday: String?) {
    let weeks = WholeWeeks(from: nil, to: last.flatMap { CivilDate($0) })
    #expect(weeks.lastDay?.description == sunday && weeks.firstDay == nil)
  }

  @Test(
    arguments: [
      (nil, nil, true), ("2024-01-08", "2024-01-14", true), ("2024-01-09", nil, false),
      (nil, "2024-01-13", false), ("2024-01-08", nil, true), (nil, "2024-01-14", true),
      ("2024-01-10", "2024-01-12", false), ("2024-01-15", "2024-01-31", false),
    ] as [(String?, String?, Bool)]
  )
  func `hold the weeks that are wholly inside`(first: String?, last: String?, isInside: Bool) throws
  {
    let weeks = WholeWeeks(
      from: first.flatMap { CivilDate($0) },
      to: last.flatMap { CivilDate($0) }
    )
    #expect(weeks.contains(weekOf: try #require(CivilDate("2024-01-08"))) == isInside)
  }
}
