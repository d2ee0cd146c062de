import PlumblineCore
import PlumblineTestSupport
import Testing

@testable import PlumblineReporting

@Suite struct GamingTextTests {
  private func history() -> CompanyHistory {
    var facts = FactBuilder()
    facts.lead("a", day: 1, owner: "ann")
    facts.lead("b", day: 2, owner: "ann")
    return facts.history(asOfDay: 30)
  }

  private func report(_ history: CompanyHistory) -> GamingReport {
    let finding = GamingFinding(
      detector: .firstTouch,
      sign: .regularLag,
      owner: history.leads.owners[0],
      observed: 2,
      of: 2,
      expected: 0.7,
      seconds: 60,
      pValue: 0.000_1,
      adjustedPValue: 0.002,
      evidence: [
        GamingFinding.Evidence(lead: 0, time: FactBuilder.time(3)),
        GamingFinding.Evidence(lead: -1, time: .undated),
      ]
    )
    return GamingReport(
      standings: [
        .firstTouch: .judged(tests: 4), .meetings: .notEnoughData(have: 3, need: 30),
        .scoreLine: .notAgreed, .periodEnd: .notRecorded, .dispositions: .judged(tests: 2),
      ],
      findings: [finding]
    )
  }

  @Test func `the section names what, whose, by what chance, and what else it may be`() {
    let history = history()
    let text = GamingText(report(history), of: history).text
    #expect(text.contains("1 thing in how records were made is worth a look."))
    #expect(text.contains("ann: 2 of 2 first touches of like speed came about 60 seconds after"))
    #expect(text.contains("not enough data: 3, needs 30"))
    #expect(text.contains("`mql_at`"))
    #expect(text.contains("a (1970-01-04"))
    #expect(text.contains("nothing stands out (2 tests)"))
    #expect(!text.contains("nan") && !text.lowercased().contains("cheat"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `every sign has a sentence, an innocent reason and what settles it`() {
    let history = history()
    for sign in GamingFinding.Sign.allCases {
      var finding = report(history).findings[0]
      finding.sign = sign
      for kind in GamingRecords.Edit.Kind.allCases {
        finding.kind = kind
        let words = GamingWords(report: report(history), history: history)
        #expect(words.sentence(finding).hasSuffix("."))
      }
      #expect(GamingWords.innocent(sign).hasSuffix("."))
      #expect(GamingWords.settles(sign).hasSuffix("."))
    }
  }

  @Test func `JSON holds every key, null where there is nothing`() throws {
    let history = history()
    let text = try GamingJSON(report(history), of: history).text()
    for key in [
      "\"adjusted_p_value\" : 0.002", "\"owner\" : \"ann\"", "\"lead\" : null", "\"at\" : null",
      "\"standing\" : \"not_agreed\"", "\"need\" : 30", "\"settled_by\"", "\"innocent_reason\"",
      "\"seconds\" : 60", "\"false_alarm_chance\" : 0.05", "\"records\" : null",
    ] {
      #expect(text.contains(key), "\(key)")
    }
  }

  @Test func `the example company holds nothing worth a look`() throws {
    let example = ExampleFacts()
    let history = example.facts.history(
      example.agreement,
      asOfDay: Double(ExampleCompany.exportedAt.seconds) / 86_400
    )
    let records = GamingRecords(
      example.facts.ledger(),
      for: history,
      Journeys(history, rule: example.agreement.journeyRule)
    )
    let report = GamingDetectors(records).report()
    #expect(report.findings.isEmpty)
    if case .judged = report.standings[.meetings] {} else { Issue.record("meetings are judged") }
    if case .judged = report.standings[.periodEnd] {} else { Issue.record("records are judged") }
  }
}
