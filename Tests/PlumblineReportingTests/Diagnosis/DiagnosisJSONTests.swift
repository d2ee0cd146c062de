import Foundation
import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct DiagnosisJSONTests {
  @Test(arguments: [Sample.empty, .notCrossed])
  func `whole answers`(sample: Sample) throws {
    let answers = try sample.answers
    let text = try DiagnosisJSON(answers.diagnosis, under: answers.agreement).text()
    expectGolden(text, suite: "DiagnosisJSON", sample.rawValue)
  }

  @Test(arguments: Sample.allCases)
  func `is read back as it was written`(sample: Sample) throws {
    let answers = try sample.answers
    let wire = DiagnosisWire(answers.diagnosis, answers.agreement)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let read = try decoder.decode(DiagnosisWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `gives the leaks that the text gives`() throws {
    let answers = try Sample.twoLeaks.answers
    let json = try JSONDecoder().decode(
      AnswerTree.self,
      from: Data(try DiagnosisJSON(answers.diagnosis, under: answers.agreement).text().utf8)
    )
    let text = DiagnosisText(answers.diagnosis, under: answers.agreement).text
    #expect(
      json["headline"].text == DiagnosisText(answers.diagnosis, under: answers.agreement).headline
    )
    let findings = json["findings"].elements
    #expect(
      findings.compactMap { $0["id"].text } == [
        "channel/Meta/opportunity", "owner/Di/meeting_booked",
      ]
    )
    for finding in findings {
      let revenue = try #require(finding["recoverable"]["revenue"].number)
      #expect(text.contains(Format.estimatedMoney(revenue * 100, "EUR")))
      let rate = try #require(finding["comparison"]["rate"]["rate"].number)
      let entered = try #require(finding["comparison"]["rate"]["entered"].integer)
      #expect(text.contains("\(Format.percent(rate)) of \(Format.count(entered))"))
    }
  }
}
