import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

struct FunnelCSVTests {
  @Test(arguments: [
    ("", ""), ("a", "a"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a\nb", "\"a\nb\""),
    ("a\r\nb", "\"a\r\nb\""), ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-1", "-1"),
    ("+1.5", "+1.5"), ("-1e-5", "-1e-5"), ("-", "'-"), ("-inf", "'-inf"), ("@SUM", "'@SUM"),
    ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""),
    (" =1", " =1"), ("1-2", "1-2"),
  ])
  func `quotes and disarms cells`(text: String, cell: String) {
    #expect(DelimitedRow.cell(text) == cell)
  }

  @Test(arguments: [Sample.empty, .oneLead, .undated, .young, .leakyChannel, .hostile])
  func `one line a group`(sample: Sample) throws {
    let answers = try sample.answers
    let text = FunnelCSV(answers.byChannel, under: answers.agreement).text
    expectGolden(text, suite: "FunnelCSV", sample.rawValue)
  }

  @Test(arguments: Sample.allCases)
  func `has as many cells in every line and each name once`(sample: Sample) throws {
    let answers = try sample.answers
    for answer in [answers.byChannel, answers.overall] {
      let lines = FunnelCSV(answer, under: answers.agreement).text.components(on: "\r\n")
      #expect(lines.last == "")
      #expect(lines.count == answer.rows.count + 3)
      let names = try #require(lines.first).components(on: ",")
      #expect(Set(names).count == names.count)
      for line in lines.dropFirst().dropLast() where !line.contains("\"") {
        #expect(line.components(on: ",").count == names.count)
      }
    }
  }

  @Test func `a path of two stages has each column once`() throws {
    var company = SampleCompany()
    company.agreement.path = [Stage(id: "lead"), Stage(id: "won")]
    company.facts.lead("L1", day: 19_000, channel: "Meta")
    company.facts.stage("L1", "won", day: 19_010)
    let answers = try SampleAnswers(company)
    let text = FunnelCSV(answers.byChannel, under: answers.agreement).text
    let names = try #require(text.components(on: "\r\n").first).components(on: ",")
    #expect(Set(names).count == names.count)
    #expect(names.contains("lead_to_won_rate"))
  }
}

extension String {
  fileprivate func components(on separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
