import PlumblineCore
import PlumblineTestSupport
import Testing

/// Days that a source in one time zone wrote, read under an agreement in another.
struct SourceZoneTests {
  /// The start of 1970-02-01 in the source's zone.
  private static func firstOfFebruary(_ zone: String) throws -> Double {
    let calendar = try #require(LocalCalendar(zoneName: zone))
    return Double(calendar.instant(of: CivilDate(dayNumber: 31)).seconds) / 86_400
  }

  @Test(arguments: [
    ("UTC", "America/New_York"), ("Asia/Tokyo", "Europe/Berlin"), ("America/New_York", "UTC"),
    ("Europe/Berlin", "Asia/Tokyo"), ("Pacific/Auckland", "Pacific/Auckland"), ("UTC", "UTC"),
  ])
  func `a day without a time is that day wherever the agreement's days begin`(
    source: String,
    agreed: String
  ) throws {
    let day = try Self.firstOfFebruary(source)
    var facts = FactBuilder()
    facts.lead("a", day: day, channel: "Meta", precision: .day)
    facts.stage("a", "mql", day: day, precision: .day)
    facts.spend("Meta", day: day, amount: 500)
    let calendar = try #require(LocalCalendar(zoneName: agreed))
    let engine = EmbeddedCells(facts.history(Agreement(calendar: calendar), asOfDay: 60))
    let cells = engine.cells(for: FunnelQuestion(by: [.cohort], skips: .filled, pairs: []))
    #expect(cells.keys == [["1970-02"]])
    #expect(cells.cells.map(\.spend) == [500])
    #expect(cells.cells.map { $0.reached[1] } == [1])
  }

  @Test func `the newest day counts to its own end`() throws {
    let calendar = try #require(LocalCalendar(zoneName: "America/New_York"))
    var facts = FactBuilder()
    facts.lead("a", day: 31, precision: .day)
    let history = facts.history(Agreement(calendar: calendar))
    #expect(calendar.day(of: history.asOf) == CivilDate(dayNumber: 31))
  }
}
