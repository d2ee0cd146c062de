import PlumblineTestSupport
import Testing

@testable import PlumblineCore
@testable import PlumblineReporting

struct RecordSectionsTests {
  private func sections(_ ids: [String], isOfDeals: Bool = false) -> RecordSections {
    var facts = FactBuilder()
    facts.lead("=1+1", day: 19_900, channel: "@SUM(A1)", owner: "<b>Ana</b>", segment: "a,\"b\"")
    facts.lead("plain", day: nil)
    let history = facts.history(Agreement(), asOfDay: 20_000)
    let agreement = history.agreement
    return RecordSections(
      ids,
      behind: "test",
      headline: "",
      scope: "",
      provenance: Provenance(
        agreement: agreement,
        asOf: history.asOf,
        question: FunnelQuestion(rule: agreement.journeyRule, pairs: []),
        horizons: []
      ),
      summaries: isOfDeals
        ? nil : LeadSummaries(history, Journeys(history, rule: agreement.journeyRule))
    )
  }

  @Test func `an empty list has a head and no lines`() {
    #expect(sections([]).csv.split(separator: "\r\n").count == 1)
    #expect(sections([]).list(0..<100) { $0 }.source.contains("There are none."))
  }

  @Test func `a file is harmless in a spreadsheet`() {
    let lines = sections(["=1+1", "plain"]).csv.split(separator: "\r\n")
    #expect(
      lines[1].hasPrefix(
        "'=1+1,test,'@SUM(A1),\"a,\"\"b\"\"\",lead,<b>Ana</b>,2024-06-26,,,"
      )
    )
    #expect(lines[2].hasPrefix("plain,test,,,lead,,,,,"))
  }

  @Test func `a page holds no markup of names, and a dash for what nobody knows`() {
    let page = sections(["=1+1", "plain"]).list(0..<100) { "/leads/\($0)" }.source
    #expect(page.contains("&lt;b&gt;Ana&lt;/b&gt;") && !page.contains("<b>"))
    #expect(page.contains("<td class=\"words\">\(Format.absent)</td>"))
    #expect(!sections(["=1+1", "plain"]).list(1..<2) { $0 }.source.contains("Ana"))
  }

  @Test func `deals are no leads`() {
    let deals = sections(["D-1"], isOfDeals: true)
    #expect(deals.csv.hasPrefix("deal_id,number,"))
    #expect(!deals.list(0..<1) { $0 }.source.contains("href"))
  }
}
