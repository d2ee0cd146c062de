import PlumblineCore
import PlumblineReporting
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct BacktestReportTests {
  /// A company whose score says something, with a factor asked by marketing.
  private static func history(leads: Int) -> (history: CompanyHistory, ledger: Ledger) {
    var random = SeededGenerator(seed: 11)
    var facts = FactBuilder()
    for number in 0..<leads {
      let id = "L\(number)"
      let day = Double(number) * 300 / Double(leads)
      let score = random.integer(below: 101)
      facts.lead(id, day: day, scoreAtHandOff: Int64(score))
      facts.stage(id, "sql", day: day + 0.5)
      if random.chance(Double(score) / 250) { facts.stage(id, "won", day: day + 20) }
      if random.chance(0.6) {
        facts.add(
          .attribute,
          [
            "lead": .text(id), "name": .text("need"), "by": .text("marketing"),
            "value": .text(random.chance(0.5) ? "yes" : "no"),
          ]
        )
      }
    }
    facts.lead("last", day: 500)
    var agreement = Agreement(
      version: "=cmd|'/c calc'!A0",
      path: ["lead", "sql", "won"].map { Stage(id: $0) },
      economics: Economics(grossMargin: 0.5, repMonthCost: 100_000)
    )
    agreement.scoring = LeadScoring(threshold: 50)
    var ledger = Ledger()
    _ = ledger.addNews(
      of: facts.batch,
      ImportRecord(source: "test", seenAt: 500 * 86_400, mappingHash: "", files: [])
    )
    return (CompanyHistory(ledger, under: agreement), ledger)
  }

  private static func backtest(
    leads: Int,
    value: Double? = 90_000,
    cost: Double? = 9_000
  ) -> (test: Backtest, history: CompanyHistory) {
    let (history, ledger) = history(leads: leads)
    let scores = history.leads.scoresAtHandOff
    let test = BacktestBuilder(
      history,
      Journeys(history, skips: .filled),
      options: BacktestBuilder.Options(
        valuePerWin: value,
        costPerLead: cost,
        capacityPerMonth: 30
      )
    ).backtest(
      horizonInDays: 60,
      attributes: LeadAttributes(ledger, asOf: history.asOf)
    ) { lead, _ in scores[lead] == FactColumn.noNumber ? nil : Double(scores[lead]) }
    return (test, history)
  }

  @Test(arguments: [0, 3, 1500]) func `the text fits its width and has no number that is none`(
    leads: Int
  ) {
    let (test, history) = Self.backtest(leads: leads)
    for width in [60, 80, 120] {
      let text = BacktestText(
        test,
        under: history.agreement,
        asOf: history.asOf,
        layout: TextLayout(width: width, isTerminal: false)
      ).text
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
      #expect(!text.contains("nan") && !text.contains("inf"))
    }
  }

  @Test func `too little says so instead of a verdict`() {
    let (test, history) = Self.backtest(leads: 3)
    let text = BacktestText(test, under: history.agreement, asOf: history.asOf).text
    #expect(text.hasPrefix("There is not enough to tell"))
    #expect(!text.contains("Keep the score"))
  }

  @Test func `the text names the threshold that pays and what the agreed one leaves`() throws {
    let (test, history) = Self.backtest(leads: 1500)
    let text = BacktestText(test, under: history.agreement, asOf: history.asOf).text
    let words = text.replacing("\n", with: " ")
    #expect(words.contains("The score orders leads"))
    let recommended = try #require(test.thresholds.first { $0.kind == .recommended })
    #expect(words.contains("Agreed is 50"))
    let difference = try #require(test.difference)
    #expect(words.contains(difference.isClear ? "more (" : "cannot be told"))
    #expect(words.contains("\(Int(recommended.score))"))
    #expect(words.contains("What each qualifying factor is worth") && words.contains("marketing"))
  }

  @Test func `every key of the JSON is explained`() throws {
    let (test, history) = Self.backtest(leads: 1500)
    try DocumentedKeys(
      section: "backtest",
      shapes: [
        "choosing": "case count", "judging": "case count", "worked": "case count",
        "judged": "case count", "yes": "case count", "no": "case count",
        "not_asked": "case count", "count": "case count", "months[]": "score period",
        "quarters[]": "score period",
      ]
    ).check([try BacktestJSON(test, of: history, lists: true).text()])
    let (little, nobody) = Self.backtest(leads: 0, value: nil, cost: nil)
    #expect(try BacktestJSON(little, of: nobody).text().contains("\"kind\" : \"backtest\""))
  }
}
