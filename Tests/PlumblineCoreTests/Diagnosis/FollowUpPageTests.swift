import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

/// The table of deadlines on the page about follow-up.
struct FollowUpPageTests {
  static let rows: [[String]] = {
    let page = Repository.root.appending(path: "Documentation/methods/follow-up.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| 20") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }()

  /// The instant of a local time such as `2026-03-02 09:30`.
  private func instant(_ text: String, _ calendar: LocalCalendar) throws -> Instant {
    let parts = text.split(separator: " ")
    let clock = try #require(parts.last).split(separator: ":").compactMap { Int($0) }
    let day = try #require(CivilDate(String(parts[0])))
    try #require(clock.count == 2)
    return calendar.instant(of: day, secondOfDay: clock[0] * 3600 + clock[1] * 60)
  }

  @Test func `the page has a table`() { #expect(Self.rows.count == 8) }

  @Test(arguments: FollowUpPageTests.rows)
  func `four working hours end when the page says`(row: [String]) throws {
    let calendar = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    let clock = BusinessClock(
      WorkingTime(
        weekdays: Set(0...4),
        shifts: [
          .init(startMinute: 540, endMinute: 720), .init(startMinute: 780, endMinute: 1020),
        ],
        holidays: [try #require(CivilDate("2026-04-06"))]
      ),
      calendar: calendar
    )
    let due = clock.deadline(after: try instant(row[0], calendar), workingSeconds: 4 * 3600)
    #expect(due == (try instant(row[1], calendar)))
  }
}
