import Foundation
import PlumblineOracle
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct RevenueGapJSONTests {
  private func text(_ sample: GapSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return try RevenueGapJSON(answer, under: agreement).text()
  }

  @Test(arguments: [GapSample.empty, .fallenChannel, .byChannelAgainstPlan])
  func `whole JSON`(sample: GapSample) throws {
    expectGolden(try text(sample), suite: "RevenueGapJSON", sample.rawValue)
  }

  @Test(arguments: GapSample.allCases)
  func `reads back as it was written`(sample: GapSample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = RevenueGapWire(answer, agreement)
    let read = try decoder.decode(RevenueGapWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  /// Cents are added as whole numbers: a program that reads the answer finds no cent missing.
  @Test(arguments: GapSample.allCases)
  func `adds up to the minor unit`(sample: GapSample) throws {
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(try text(sample).utf8))
    let units = tree["unit"].text == "customers" ? 1000.0 : 100
    func minor(_ value: JSONTree) -> Int { Int(((value.number ?? .infinity) * units).rounded()) }
    let whole = minor(tree["gap"]["amount"])
    #expect(whole == minor(tree["expected_actual"]) - minor(tree["expected_base"]))
    let channels = tree["by_channel"].elements
    #expect(channels.reduce(0) { $0 + minor($1["gap"]["amount"]) } == whole)
    for channel in channels {
      let factors = channel["factors"].elements
      #expect(
        factors.reduce(0) { $0 + minor($1["part"]["amount"]) } == minor(channel["gap"]["amount"])
      )
    }
    #expect(tree["factors"].elements.reduce(0) { $0 + minor($1["part"]["amount"]) } == whole)
  }

  @Test func `every key is explained, and none that is not there`() throws {
    let documented = DocumentedKeys(
      section: "revenue_gap",
      shapes: [
        "gap": "gap part", "part": "gap part", "base": "gap side", "actual": "gap side",
        "rates[]": "gap rate", "base_rate": "gap rate", "actual_rate": "gap rate",
        "period": "period", "base_period": "period", "passed_over": "period",
      ]
    )
    var (answer, agreement) = try GapSample.againstBest.answer()
    answer.passedOver = answer.period
    try documented.check(
      try GapSample.allCases.map { try text($0) }
        + [try RevenueGapJSON(answer, under: agreement).text()]
    )
  }

  @Test func `says from when on the base is on record, and nothing where all of it is`() throws {
    for (sample, day) in [(GapSample.nothingBefore, "2024-04-01"), (.oneChannel, nil)] {
      let (answer, agreement) = try sample.answer()
      #expect(RevenueGapWire(answer, agreement).baseRecordBegins == day)
    }
  }
}
