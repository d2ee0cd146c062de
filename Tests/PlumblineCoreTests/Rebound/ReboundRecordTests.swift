import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct ReboundRecordTests {
  private func entry(_ lead: String, week: CalendarWeek, list: String = "l") -> ReboundRecord.Entry
  {
    ReboundRecord.Entry(
      lead: lead,
      list: list,
      detour: "lost",
      reason: "tab\there, line\nbreak, \\ and\r",
      left: FactBuilder.time(12.5),
      due: CivilDate(dayNumber: 72),
      week: week,
      listed: Instant(seconds: 8_640_000)
    )
  }

  private let week = CalendarWeek(holding: CivilDate(dayNumber: 100))
  private let next = CalendarWeek(holding: CivilDate(dayNumber: 107))

  @Test func `nothing comes back as nothing`() throws {
    #expect(try ReboundRecord(ReboundRecord().text, file: "r") == ReboundRecord())
  }

  @Test func `what was written comes back, whatever the words`() throws {
    var record = ReboundRecord()
    record.add([entry("a", week: week), entry("", week: week), entry("=1+1", week: next)])
    record.noteWritten()
    record.add([entry("b\r\n", week: next)])
    let back = try ReboundRecord(record.text, file: "r")
    #expect(back == record)
    #expect(back.unwrittenWeeks == [next])
    #expect(back.lists(of: week).map(\.entries.count) == [2])
  }

  @Test func `a cut at any byte is told, never read as less`() throws {
    var record = ReboundRecord()
    record.add([entry("a", week: week), entry("b", week: next)])
    let text = record.text
    for count in 0..<text.unicodeScalars.count {
      var cut = String.UnicodeScalarView()
      cut.append(contentsOf: text.unicodeScalars.prefix(count))
      #expect(throws: InputError.self) { try ReboundRecord(String(cut), file: "r") }
    }
  }

  @Test(arguments: [
    ("1970-01-01", "1970-W01"), ("2026-11-22", "2026-W47"), ("2020-12-31", "2020-W53"),
    ("2021-01-03", "2020-W53"), ("2021-01-04", "2021-W01"), ("2024-12-30", "2025-W01"),
    ("2023-01-01", "2022-W52"),
  ])
  func `weeks are numbered as ISO 8601 says`(day: String, week: String) throws {
    let held = CalendarWeek(holding: try #require(CivilDate(day)))
    #expect(held.description == week)
    #expect(CalendarWeek(week) == held)
  }

  @Test(arguments: ["", "2026", "2026-47", "2026-W00", "2026-W54", "2021-W53", "2026-W7", "x-W01"])
  func `no other text is a week`(text: String) { #expect(CalendarWeek(text) == nil) }
}
