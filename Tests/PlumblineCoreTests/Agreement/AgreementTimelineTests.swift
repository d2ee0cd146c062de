import PlumblineCore
import PlumblineTestSupport
import Testing

/// Which version of an agreement is in force when.
struct AgreementTimelineTests {
  private func versions(_ days: [Int], zone: String = "UTC") throws -> Agreement {
    let calendar = try #require(LocalCalendar(zoneName: zone))
    let all = days.enumerated().map { index, day in
      Agreement(
        version: "v\(index)",
        effective: CivilDate(dayNumber: day),
        calendar: calendar
      )
    }
    var present = try #require(all.last)
    present.earlier = Array(all.dropLast())
    return present
  }

  @Test func `a single version is always in force, also before it began`() throws {
    for agreement in [Agreement(version: "v"), try versions([100])] {
      let timeline = AgreementTimeline(agreement)
      #expect(timeline.isSingle)
      for second in [Int64.min, 0, 8_640_000, .max] { #expect(timeline.index(at: second) == 0) }
      #expect(timeline.start(of: 0) == nil && timeline.end(of: 0) == nil)
    }
  }

  @Test(arguments: [
    ("UTC", 100 * 86_400), ("Europe/Berlin", 100 * 86_400 - 3600),
    ("America/New_York", 100 * 86_400 + 5 * 3600),
  ])
  func `a version begins with the first second of its day`(zone: String, start: Int) throws {
    let timeline = AgreementTimeline(try versions([3, 100], zone: zone))
    #expect(timeline.start(of: 1) == Instant(seconds: Int64(start)))
    #expect(timeline.end(of: 0) == timeline.start(of: 1))
    #expect(timeline.index(at: Int64(start) - 1) == 0)
    #expect(timeline.index(at: Int64(start)) == 1)
  }

  @Test func `before the oldest version the oldest is in force, and the undated is read now`()
    throws
  {
    let timeline = AgreementTimeline(try versions([50, 100, 150]))
    #expect(timeline.index(at: FactBuilder.time(0)) == 0)
    #expect(timeline.index(at: FactBuilder.time(99.99)) == 0)
    #expect(timeline.index(at: FactBuilder.time(100)) == 1)
    #expect(timeline.index(at: FactBuilder.time(150, precision: .day)) == 2)
    #expect(timeline.index(at: TimePoint.undated) == 2)
    #expect(timeline.index(at: TimePoint.missing) == 2)
  }

  @Test(arguments: ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu"])
  func `it says what one look-up says`(zone: String) throws {
    let agreement = try versions([6_300, 6_310, 6_311, 6_400], zone: zone)
    let timeline = AgreementTimeline(agreement)
    for step in stride(from: 6_295 * 86_400, to: 6_405 * 86_400, by: 1_800) {
      let instant = Instant(seconds: Int64(step))
      #expect(
        timeline.versions[timeline.index(at: instant.seconds)].version
          == agreement.inForce(at: instant).version
      )
    }
  }
}
