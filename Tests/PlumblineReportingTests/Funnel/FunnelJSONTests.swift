import Foundation
import PlumblineCore
import PlumblineOracle
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct FunnelJSONTests {
  @Test(arguments: [Sample.empty, .oneLead, .skipping])
  func `small answers`(sample: Sample) throws {
    let answers = try sample.answers
    let text = try FunnelJSON(answers.overall, under: answers.agreement, gaps: answers.gaps).text()
    expectGolden(text, suite: "FunnelJSON", sample.rawValue)
  }

  @Test(arguments: Sample.allCases)
  func `is read back as it was written`(sample: Sample) throws {
    let answers = try sample.answers
    let wire = FunnelWire(answers.byChannel, answers.agreement, answers.gaps)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let read = try decoder.decode(FunnelWire.self, from: Data(try JSONText.text(wire).utf8))
    #expect(read == wire)
  }

  @Test func `gives the numbers that the text gives`() throws {
    let answers = try Sample.leakyChannel.answers
    let json = try JSONDecoder().decode(
      JSONTree.self,
      from: Data(try FunnelJSON(answers.byChannel, under: answers.agreement).text().utf8)
    )
    let text = FunnelText(answers.byChannel, under: answers.agreement).text
    let rows = json["rows"].elements
    #expect(rows.count == 3)
    for row in rows + [json["total"]] {
      let rate = row["close"]
      let value = try #require(rate["rate"].number)
      let entered = try #require(rate["entered"].integer)
      let naive = try #require(rate["naive_rate"].number)
      let line = try #require(
        text.split(separator: "\n").first {
          $0.contains("of \(Format.count(entered)) ") && $0.contains(Format.percent(value))
        }
      )
      #expect(line.hasSuffix(Format.percent(naive)))
      let revenue = try #require(row["money"]["revenue"].number)
      #expect(text.contains(Format.count(Int(revenue))))
    }
  }

  @Test(arguments: Sample.allCases)
  func `adds up at every step`(sample: Sample) throws {
    let answers = try sample.answers
    let json = try JSONDecoder().decode(
      JSONTree.self,
      from: Data(try FunnelJSON(answers.byChannel, under: answers.agreement).text().utf8)
    )
    for row in json["rows"].elements + [json["total"]] {
      for step in row["transitions"].elements {
        let left = step["detoured"].elements.compactMap { $0["count"].integer }.reduce(0, +)
        let parts = ["advanced", "open", "residual"].compactMap { step[$0].integer }
        #expect(step["entered"].integer == left + parts.reduce(0, +))
      }
    }
  }
}
