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
    #expect(page.contains("<svg class=\"attainment\" role=\"img\""))
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
