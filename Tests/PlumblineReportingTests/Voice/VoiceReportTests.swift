import Foundation
import PlumblineCore
import PlumblineReporting
import PlumblineTestSupport
import Testing

struct VoiceReportTests {
  private func report(_ leads: Int, isDefault: Bool = false) throws -> (text: String, json: String)
  {
    var facts = FactBuilder()
    for index in 0..<leads {
      let lead = "l\(index)"
      facts.lead(lead, day: 0, owner: "kim")
      facts.stage(lead, "sql", day: 5)
      facts.add(
        .disposition,
        [
          "lead": .text(lead), "reason": .text("no_fit"), "owner": .text("kim"),
          "at": .time(FactBuilder.time(100 + 40_001.0 / 86_400)),
        ]
      )
      for (team, value) in [("marketing", "yes"), ("sales", index % 4 == 0 ? "no" : "yes")] {
        facts.add(
          .attribute,
          [
            "lead": .text(lead), "name": .text("budget"), "by": .text(team),
            "value": .text(value),
          ]
        )
      }
    }
    facts.lead("met", day: 0, owner: "kim")
    facts.meeting("m", lead: "met", booked: 5, starts: 10, outcome: "held")
    var agreement = Agreement()
    if isDefault {
      agreement.dispositions = [
        DispositionReason(id: "no_fit", outcome: .rejected, isDefault: true)
      ]
    }
    let (ledger, history) = (facts.ledger(), facts.history(agreement, asOfDay: 200))
    let voice = VoiceOfSales(
      history,
      Journeys(history, skips: .any),
      attributes: LeadAttributes(ledger),
      dispositions: Dispositions(ledger, for: history)
    )
    let recorded = RecordedOutcomes(ledger, for: history)
    return (
      VoiceText(voice, recorded, of: history).text,
      try VoiceJSON(voice, recorded, of: history).text()
    )
  }

  @Test func `nothing handed over is said, not counted`() throws {
    #expect(try report(0).text.contains("No leads were handed over."))
  }

  @Test func `explains every key`() throws {
    try DocumentedKeys(
      section: "disposition",
      shapes: [
        "agreed": "share", "unchanged": "share", "held": "share", "others": "share",
      ]
    ).check([try report(20, isDefault: true).json])
  }

  @Test func `too few answers are no share`() throws {
    let text = try report(19).text
    #expect(text.contains("not enough data: both answered for 19, needs 20"))
  }

  @Test func `says how far both agree, and what was recorded in bulk`() throws {
    let (text, json) = try report(20)
    #expect(text.contains("75 % (53–89 %) of 20"))
    #expect(text.contains("recorded in bulk"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let tree = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    )
    let bulk = try #require(tree["bulk"] as? [[String: Any]])
    #expect((bulk.first?["ids"] as? [String])?.count == 20)
  }
}
