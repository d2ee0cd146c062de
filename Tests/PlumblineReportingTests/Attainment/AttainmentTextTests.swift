import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct AttainmentTextTests {
  @Test(arguments: AttainmentSample.allCases)
  func `whole text at eighty columns`(sample: AttainmentSample) throws {
    let (answer, agreement) = try sample.answer()
    let text = AttainmentText(answer, under: agreement, showsIDs: sample == .over).text
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= 80 })
    expectGolden(text, suite: "AttainmentText", sample.rawValue)
  }

  @Test func `without a quota it says how to add one`() throws {
    let (answer, agreement) = try AttainmentSample.empty.answer()
    let headline = AttainmentText(answer, under: agreement).headline
    #expect(headline.contains("under goals in the agreement"))
    #expect(headline.contains("quota facts"))
  }
}

struct AttainmentWordsTests {
  @Test(arguments: [
    // booked, expected, shown; minor units
    (131_083_000.0, 131_083_000.0, "1,310,830"), (131_083_000, 131_340_999, "1,313,410"),
    (131_083_000, 131_083_001, "1,310,830"), (63_130_000, 130_160_000, "1,302,000"),
    (0, 123_456_700, "1,230,000"), (-250_000, -241_400, "-2,414"), (0, 0, "0"),
  ])
  func `what is expected is never rounded below what is won`(
    booked: Double,
    expected: Double,
    shown: String
  ) throws {
    let (answer, agreement) = try AttainmentSample.over.answer()
    let text = AttainmentWords(answer, agreement).estimate(expected, above: booked)
    #expect(text == shown)
  }

  @Test func `hours before the end it says what is to go and that no time is left`() throws {
    var (answer, agreement) = try AttainmentSample.running.answer()
    #expect(AttainmentWords(answer, agreement).lastHours == nil)
    answer.pace.weeksLeft = 0
    let gap = Format.money(Double(answer.team.gap ?? 0), "EUR")
    let text = "Still to go: \(gap); no working time is left."
    #expect(AttainmentWords(answer, agreement).lastHours == text)
    #expect(AttainmentText(answer, under: agreement).text.contains(text))
    #expect(!AttainmentText(answer, under: agreement).text.contains("working weeks left"))
    #expect(
      AttainmentHTML(answer, under: agreement, generatedBy: "test").text.contains(text)
    )
    agreement.goals = []
    answer.team.quota?.amount = 0
    #expect(AttainmentWords(answer, agreement).lastHours == nil)
  }

  @Test(arguments: [
    ("2026-01", AttainmentPeriod.Kind.quarter, "Paid by the quarter: ask for --period 2026-Q1."),
    (
      "2026", .quarter,
      "Paid by the quarter: ask for --period 2026-Q1 to 2026-Q4, one by one."
    ), ("2026-Q1", .year, "Paid by the year: ask for --period 2026."),
    ("2026-Q1", .month, "Paid by the month: ask for --period 2026-01 to 2026-03, one by one."),
  ])
  func `a period of another length says which to ask for`(
    asked: String,
    per: AttainmentPeriod.Kind,
    sentence: String
  ) throws {
    var (answer, agreement) = try AttainmentSample.over.answer()
    answer.period = try #require(AttainmentPeriod(asked))
    for team in answer.teams.indices {
      for line in answer.teams[team].lines.indices {
        answer.teams[team].lines[line].isForPeriod = false
        answer.teams[team].lines[line].incentive.period = per
      }
    }
    #expect(AttainmentWords(answer, agreement).scorecardNotes.contains(sentence))
  }

  @Test func `leads handed over in two months are told from leads`() throws {
    var (answer, agreement) = try AttainmentSample.over.answer()
    answer.teams[0].lines[0].measure = .qualifiedLeads
    var result = ScorecardResult(value: 1_053, base: 1_053)
    answer.scorecard.results[.qualifiedLeads] = result
    func notes() -> String {
      AttainmentWords(answer, agreement).scorecardNotes.joined(separator: "\n")
    }
    #expect(!notes().contains("single months"))
    result.repeats = 4
    answer.scorecard.results[.qualifiedLeads] = result
    #expect(notes().contains("4 hand-overs") && notes().contains("add up to 1,057."))
  }
}

struct AttainmentJSONTests {
  private func text(_ sample: AttainmentSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return try AttainmentJSON(answer, under: agreement).text()
  }

  @Test(arguments: AttainmentSample.allCases)
  func `reads back as it was written`(sample: AttainmentSample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = AttainmentWire(answer, agreement)
    let read = try decoder.decode(AttainmentWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `every key is explained, and none that is not there`() throws {
    let keys = DocumentedKeys(
      section: "attainment",
      shapes: [
        "team": "attainment row", "people[]": "attainment row", "nobody": "attainment row",
        "whole_period": "closing cohort", "cohorts[]": "closing cohort",
        "teams[]": "team scorecard", "before[]": "team scorecard", "after[]": "team scorecard",
        "value": "company value", "value_before": "company value",
        "value_after": "company value",
      ]
    )
    try keys.check(try AttainmentSample.allCases.map { try text($0) })
  }
}

struct AttainmentHTMLTests {
  @Test(arguments: AttainmentSample.allCases)
  func `a page has its picture, a description of it and the numbers as a table`(
    sample: AttainmentSample
  ) throws {
    let (answer, agreement) = try sample.answer()
    let page = AttainmentHTML(answer, under: agreement, generatedBy: "test").text
    #expect(page.contains("<svg class=\"attainment wide-only\" role=\"img\""))
    #expect(page.contains("<svg class=\"attainment narrow-only\" role=\"img\""))
    #expect(page.contains("id=\"attainment-narrow-d\""))
    #expect(page.contains("<caption id=\"attainment-months\">"))
    #expect(page.contains("id=\"attainment-need\"") == (sample == .running))
    #expect(page.contains(" of 5,010") == (sample != .empty))
    #expect(page.contains("<caption id=\"attainment-rows\">"))
    #expect(page.contains("id=\"attainment-d\""))
    #expect(page.contains("attainment-bridge") == (sample != .empty))
    #expect(!page.contains("nan") && !page.contains("inf\""))
    #expect(page.contains("What if?") == (sample != .empty))
  }

  @Test func `names of people are escaped`() throws {
    var (answer, agreement) = try AttainmentSample.over.answer()
    answer.people[0].subject = .owner("<b>&")
    agreement.company = "x"
    let page = AttainmentHTML(answer, under: agreement, generatedBy: "test").text
    #expect(page.contains("&lt;b&gt;&amp;") && !page.contains("<b>&"))
  }
}
