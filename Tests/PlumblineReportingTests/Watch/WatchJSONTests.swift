import Foundation
import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct WatchJSONTests {
  private func text(_ sample: WatchSample) throws -> String {
    let (answer, agreement) = try sample.answer()
    return try WatchJSON(answer, under: agreement).text()
  }

  @Test(arguments: [WatchSample.empty, .alarm])
  func `whole JSON`(sample: WatchSample) throws {
    expectGolden(try text(sample), suite: "WatchJSON", sample.rawValue)
  }

  @Test(arguments: WatchSample.allCases)
  func `reads back as it was written`(sample: WatchSample) throws {
    let (answer, agreement) = try sample.answer()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let wire = WatchWire(answer, agreement)
    let read = try decoder.decode(WatchWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `every key is explained, and none that is not there`() throws {
    try DocumentedKeys(section: "watch").check(try WatchSample.allCases.map { try text($0) })
  }
}

struct WatchCSVTests {
  private func lines(_ sample: WatchSample) throws -> [[Substring]] {
    let (answer, agreement) = try sample.answer()
    return WatchCSV(answer, under: agreement).text.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  @Test func `without series there is only the head`() throws {
    #expect(try lines(.empty).count == 1)
  }

  @Test(arguments: [WatchSample.young, .alarm, .cleared, .deadlines])
  func `has a line for every week of every series`(sample: WatchSample) throws {
    let (answer, _) = try sample.answer()
    let lines = try lines(sample)
    let weeks = answer.series.reduce(0) { $0 + $1.baselineWeeks.count + $1.points.count }
    #expect(lines.count == weeks + 1)
    #expect(Set(lines.map(\.count)) == [23])
    #expect(lines.dropFirst().allSatisfy { ["baseline", "watched"].contains($0[9]) })
  }

  @Test func `whole CSV`() throws {
    let (answer, agreement) = try WatchSample.small.answer()
    expectGolden(WatchCSV(answer, under: agreement).text, suite: "WatchCSV", "small")
  }

  @Test func `names that would be run as formulas stay harmless`() throws {
    let (answer, agreement) = try WatchSample.hostile.answer()
    let text = WatchCSV(answer, under: agreement).text
    #expect(!text.contains(",=HYPERLINK") && !text.contains("\n=HYPERLINK"))
  }
}
