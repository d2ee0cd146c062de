import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct SLATextTests {
  @Test(arguments: SLASample.allCases)
  func `whole text`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(SLAText(answer, under: agreement).text, suite: "SLAText", sample.rawValue)
  }

  @Test(arguments: SLASample.allCases, [40, 80, 120])
  func `keeps to the width and to the words it may use`(sample: SLASample, width: Int) throws {
    let (answer, agreement) = try sample.answer()
    let text = SLAText(answer, under: agreement, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
    #expect(!text.lowercased().contains("because"))
    #expect(!text.contains("nan") && !text.contains("inf "))
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(arguments: SLASample.allCases)
  func `says both sides in one sentence`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    let headline = SLAText(answer, under: agreement).headline
    #expect(headline.hasSuffix("."))
    #expect(headline.first?.isUppercase == true)
    #expect(headline.matches(of: /[.!?] +[A-Z]/).isEmpty, "\(headline)")
  }

  @Test(
    arguments: [
      (0, true, "0 s"), (59, true, "59 s"), (60, true, "1 min"), (3600, true, "1 h"),
      (5400, false, "1 h 30 min"), (3569, true, "59 min"), (3599, true, "1 h"),
      (48 * 3600, true, "48 h"), (48 * 3600, false, "2.0 days"), (212 * 3600, true, "212 h"),
    ] as [(Int64, Bool, String)]
  )
  func `writes times as people say them`(seconds: Int64, isWorkingTime: Bool, text: String) {
    #expect(Format.duration(seconds, isWorkingTime: isWorkingTime) == text)
  }

  @Test(
    arguments: [
      (14_400, true, "4 working hours"), (3600, true, "1 working hour"),
      (1800, true, "30 working minutes"), (86_400, true, "24 working hours"),
      (86_400, false, "1 day"), (129_600, false, "36 hours"), (90, false, "90 seconds"),
    ] as [(Int64, Bool, String)]
  )
  func `writes spans as agreements do`(seconds: Int64, isWorkingTime: Bool, text: String) {
    #expect(Format.span(.init(seconds: seconds, isWorkingTime: isWorkingTime)) == text)
  }
}

struct SLAJSONTests {
  @Test(arguments: [SLASample.empty, .young])
  func `whole JSON`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    expectGolden(try SLAJSON(answer, under: agreement).text(), suite: "SLAJSON", sample.rawValue)
  }

  @Test(arguments: SLASample.allCases)
  func `reads back as it was written`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = SLAWire(answer, agreement)
    let read = try decoder.decode(SLAWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(section: "sla").check(
      try SLASample.allCases.map {
        let (answer, agreement) = try $0.answer()
        return try SLAJSON(answer, under: agreement).text()
      }
    )
  }

  @Test(arguments: SLASample.allCases)
  func `a line for each open step, harmless in a spreadsheet`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    let text = SLACSV(answer, under: agreement).text
    #expect(text.split(separator: "\r\n").count == answer.steps.count + 1)
    #expect(!text.contains(",=HYPERLINK") && !text.contains("\n=lead"))
    #expect(Set(answer.steps.map(\.key)).count == answer.steps.count)
  }

  @Test(arguments: SLASample.allCases)
  func `the counts of a promise add up`(sample: SLASample) throws {
    let (answer, agreement) = try sample.answer()
    let sales = SLAWire(answer, agreement).sales
    for promise in (sales?.all.promises ?? [])
      + (sales?.splits ?? []).flatMap(\.groups).flatMap(\.promises)
    {
      let judged =
        promise.kept + promise.keptLate + promise.closedLate + promise.breached
        + promise.escalated
      #expect(promise.judged == judged)
      let others =
        promise.dueSoon + promise.dueLater + promise.closedBefore + promise.unknown
      #expect(promise.total == judged + others)
    }
    #expect(sales?.all.promises.allSatisfy { $0.total == sales?.all.handOffs } ?? true)
  }
}
