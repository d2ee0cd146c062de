import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

struct ReboundReportTests {
  private static func company(_ leads: Int) -> (FactBuilder, Agreement) {
    var facts = FactBuilder()
    var agreement = Agreement(currency: "EUR", hash: "0a1b2c3d4e5f60718293")
    agreement.recycleRules = [
      RecycleRule(detour: "disqualified", reason: "bad timing", afterDays: 60, list: "Later on"),
      RecycleRule(detour: "disqualified", afterDays: 120, list: "nurture"),
    ]
    for index in 0..<leads {
      facts.lead("=l\(index)", day: 0)
      facts.add(
        .stageEvent,
        [
          "lead": .text("=l\(index)"), "stage": .text("disqualified"),
          "reason": .text(index % 2 == 0 ? "bad timing" : "other"),
          "at": .time(FactBuilder.time(50)),
        ]
      )
    }
    facts.deal("1", lead: "=l0", created: 3, closed: 10, outcome: "won", amount: 12_345)
    return (facts, agreement)
  }

  private func answer(_ leads: Int) -> (Rebound, CompanyHistory) {
    let (facts, agreement) = Self.company(leads)
    let (ledger, history) = (facts.ledger(), facts.history(agreement, asOfDay: 200))
    let rebound = ReboundBuilder(
      history,
      departures: Departures(ledger, for: history),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    ).answer(after: ReboundRecord())
    return (rebound, history)
  }

  @Test func `says when nobody left for a reason with a rule`() {
    let (rebound, history) = answer(0)
    let text = ReboundText(rebound, of: history).text
    #expect(text.hasPrefix("No lead left the path for a reason with a rule."))
  }

  @Test func `counts add up in text and JSON, and open to ids`() throws {
    let (rebound, history) = answer(10)
    let text = ReboundText(rebound, of: history, showsIDs: true).text
    #expect(text.hasPrefix("9 leads of 10 that left for a reason with a rule get"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("EUR 123"))
    let json = try ReboundJSON(rebound, of: history).text()
    let tree = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    )
    let rules = try #require(tree["rules"] as? [[String: Any]])
    for rule in rules {
      let excluded = try #require(rule["excluded"] as? [[String: Any]])
      let parts =
        ["listed", "listed_before", "waiting", "merged_away"].map {
          (rule[$0] as? [String])?.count ?? -1
        } + excluded.map { ($0["ids"] as? [String])?.count ?? -1 }
      #expect(parts.reduce(0, +) == rule["matched"] as? Int)
    }
    #expect(tree["revenue"] as? Double == 123.45)
  }

  @Test(arguments: [(false, false, false), (true, false, true), (true, true, false)])
  func `won of decided says when no loss is on record`(hasWon: Bool, hasLeft: Bool, isTold: Bool) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.lead("b", day: 0)
    if hasWon { facts.deal("1", lead: "a", created: 3, closed: 10, outcome: "won", amount: 100) }
    if hasLeft { facts.stage("b", "lost", day: 20) }
    let (ledger, history) = (facts.ledger(), facts.history(Agreement(), asOfDay: 50))
    let rebound = ReboundBuilder(
      history,
      departures: Departures(ledger, for: history),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    ).answer(after: ReboundRecord())
    let text = ReboundText(rebound, of: history).text
    #expect(text.contains("No pass that was lost or given up is on record") == isTold)
  }

  @Test func `explains every key`() throws {
    let (first, history) = answer(10)
    var record = ReboundRecord()
    record.add(first.newEntries)
    let (facts, agreement) = Self.company(10)
    var more = facts
    more.lead("c", day: 0)
    more.stage("c", "lost", day: 20)
    let later = more.history(agreement, asOfDay: 220)
    let ledger = more.ledger()
    let second = ReboundBuilder(
      later,
      departures: Departures(ledger, for: later),
      touches: LeadTouches(ledger, for: later),
      dispositions: Dispositions(ledger, for: later)
    ).answer(after: record)
    #expect(second.earlier.count == 2)
    try DocumentedKeys(section: "rebound", shapes: ["returned": "share", "won": "share"]).check([
      try ReboundJSON(first, of: history, files: ["a.csv"]).text(),
      try ReboundJSON(second, of: later).text(),
    ])
  }

  @Test func `a list is safe in a spreadsheet`() throws {
    let (rebound, history) = answer(3)
    let text = ReboundCSV(rebound.newEntries, history.agreement.calendar).text
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines[0] == "lead,list,reason,left_as,left_on,due_on,week")
    #expect(lines.contains("'=l2,Later on,bad timing,disqualified,1970-02-20,1970-04-21,1970-W30"))
    #expect(!text.contains("\n="))
  }

  @Test func `lists whose names are alike get files of their own`() throws {
    let week = try #require(CalendarWeek("2026-W47"))
    #expect(
      ReboundCSV.fileNames(of: ["Später!", "a/b", "a b", "../x", ""], in: week)
        == [
          "später-2026-W47.csv", "a-b-2026-W47.csv", "a-b-2-2026-W47.csv", "x-2026-W47.csv",
          "list-2026-W47.csv",
        ]
    )
  }

  @Test func `forgotten leads are listed with their stage`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0, owner: "kim")
    var agreement = Agreement()
    agreement.path[0].staleAfterDays = 10
    let (ledger, history) = (facts.ledger(), facts.history(agreement, asOfDay: 50))
    let rebound = ReboundBuilder(
      history,
      departures: Departures(ledger, for: history),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    ).answer(after: ReboundRecord())
    #expect(
      ForgottenCSV(rebound, of: history).text
        == "lead,stage,days_allowed,owner\r\na,lead,10,kim\r\n"
    )
  }
}
