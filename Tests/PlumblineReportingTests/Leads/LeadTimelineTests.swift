import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct LeadTimelineTests {
  static let empty = LeadTimeline(id: "L0", attributes: [], entries: [], episodes: [])

  static let full: LeadTimeline = {
    func time(_ day: Double, _ precision: TimePoint.Precision = .exact) -> TimePoint {
      FactBuilder.time(day, precision: precision)
    }
    let seen = Instant(seconds: 1_728_000_000)
    return LeadTimeline(
      id: "L1\u{1B}[0m",
      attributes: [
        LeadTimeline.Attribute(name: "channel", value: "Meta"),
        LeadTimeline.Attribute(name: "owner", value: "Ana"),
      ],
      entries: [
        LeadTimeline.Entry(
          time: .undated,
          what: "stage",
          detail: "mql",
          source: "hubspot",
          file: "contacts.csv",
          line: 2,
          seenAt: seen
        ),
        LeadTimeline.Entry(
          time: time(19_000.5),
          what: "meeting",
          detail: "held, with a very long remark about it",
          source: "hubspot",
          file: "exports/2024/october/meetings-with-a-long-name.csv",
          line: 1044,
          seenAt: seen
        ),
        LeadTimeline.Entry(
          time: time(19_010, .day),
          what: "deal",
          source: "hubspot",
          file: "deals.csv",
          seenAt: seen
        ),
        LeadTimeline.Entry(
          time: time(19_020, .betweenExports),
          what: "status",
          detail: "lost",
          source: "hubspot",
          file: "contacts.csv",
          line: 2,
          seenAt: seen
        ),
      ],
      episodes: [
        LeadTimeline.Episode(
          attempt: 1,
          reached: [
            LeadTimeline.Reached(stage: "lead", time: time(19_000)),
            LeadTimeline.Reached(stage: "meeting_held", time: time(19_000.5)),
          ],
          exit: LeadTimeline.Reached(stage: "lost", time: time(19_020, .betweenExports))
        ),
        LeadTimeline.Episode(
          attempt: 2,
          reached: [LeadTimeline.Reached(stage: "lead", time: time(19_030))]
        ),
        LeadTimeline.Episode(
          attempt: 3,
          reached: [LeadTimeline.Reached(stage: "won", time: time(19_040))]
        ),
      ]
    )
  }()

  /// The same with what was known before the first call.
  static let known: LeadTimeline = {
    var timeline = full
    timeline.known = LeadTimeline.Known(
      contact: FactBuilder.time(19_001.25),
      score: "40: download +10",
      touches: [LeadTimeline.Attribute(name: "download", value: "2 x, last 2022-01-08 12:00")],
      words: [LeadTimeline.Attribute(name: "need", value: "yes, says marketing")]
    )
    return timeline
  }()

  @Test(arguments: [("empty", empty), ("full", full), ("known", known)])
  func `as text and as JSON`(name: String, timeline: LeadTimeline) throws {
    let agreement = SampleCompany.agreement
    expectGolden(
      LeadTimelineText(timeline, under: agreement).text,
      suite: "LeadTimelineText",
      name
    )
    expectGolden(
      try LeadTimelineJSON(timeline, under: agreement).text(),
      suite: "LeadTimelineJSON",
      name
    )
  }

  @Test func `keeps the line of a file with its name`() {
    let entry = LeadTimeline.Entry(
      time: FactBuilder.time(19_000.5),
      what: "meeting booked",
      detail: "a detail that is long enough to need more than one line of its own",
      source: "hubspot",
      file: "calls_and_mails.csv",
      line: 12_345,
      seenAt: Instant(seconds: 1_728_000_000)
    )
    let timeline = LeadTimeline(id: "L1", attributes: [], entries: [entry], episodes: [])
    let text = LeadTimelineText(timeline, under: SampleCompany.agreement).text
    #expect(text.contains("calls_and_mails.csv:12345"))
  }

  @Test(arguments: [40, 80])
  func `keeps to the width`(width: Int) {
    let text = LeadTimelineText(
      Self.full,
      under: SampleCompany.agreement,
      layout: TextLayout(width: width)
    ).text
    for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
  }
}
