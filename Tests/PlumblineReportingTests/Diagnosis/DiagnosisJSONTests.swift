import Foundation
import PlumblineCore
import PlumblineOracle
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
      JSONTree.self,
      from: Data(try DiagnosisJSON(answers.diagnosis, under: answers.agreement).text().utf8)
    )
    let shown = DiagnosisText(answers.diagnosis, under: answers.agreement)
    let text = shown.text()
    #expect(json["headline"].text == shown.headline)
    let leaks = json["leaks"].elements
    #expect(
      Set(leaks.compactMap { $0["id"].text }) == ["channel/Meta/direct", "owner/Di/direct"]
    )
    for leak in leaks {
      let revenue = try #require(leak["recoverable"]["revenue"].number)
      #expect(text.contains(Format.estimatedMoney(revenue * 100, "EUR")))
      let rate = try #require(leak["evidence"]["raw_rate"].number)
      let leads = try #require(leak["evidence"]["leads"].integer)
      #expect(text.contains("\(Format.percent(rate)) of \(Format.count(leads))"))
    }
  }

  @Test func `carries every number that an explanation shows`() throws {
    let answers = try Sample.twoLeaks.answers
    let json = try JSONDecoder().decode(
      JSONTree.self,
      from: Data(try DiagnosisJSON(answers.diagnosis, under: answers.agreement).text().utf8)
    )
    let verdict = answers.diagnosis.verdict
    #expect(json["model"]["evidence"].elements.count == verdict.evidence.count)
    #expect(json["model"]["disagreements"].elements.count == verdict.disagreements.count)
    for (key, value) in verdict.thresholds.named {
      #expect(json["model"]["thresholds"][key].number == value)
    }
  }
}
