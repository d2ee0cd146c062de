import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// When leads begin, and what is known of those that left on an unknown day.
struct BeginningTests {
  private func journeys(_ facts: FactBuilder) -> [[Double?]] {
    journeys(facts.history(asOfDay: 200))
  }

  private func journeys(_ history: CompanyHistory) -> [[Double?]] {
    let journeys = Journeys(history, skips: .filled)
    return (0..<journeys.count).map { row in
      (0..<journeys.stageCount).map { stage in
        let time = journeys.reached[stage][row]
        if time == .undated { return -1 }
        return time.isPresent ? Double(time.instant.seconds) / 86_400 : nil
      }
    }
  }

  private func total(_ facts: FactBuilder) throws -> FunnelCell {
    let history = facts.history(asOfDay: 200)
    let question = FunnelQuestion(skips: .filled, pairs: Stretches(Agreement()).pairs)
    return try #require(EmbeddedCells(history).cells(for: question).total)
  }

  @Test func `a lead entered after its stages begins with them, once`() {
    var facts = FactBuilder()
    facts.lead("a", day: 50)
    facts.stage("a", "sql", day: 10)
    facts.stage("a", "lost", day: 20)
    #expect(journeys(facts) == [[10, 10, 10, nil, nil, nil, nil]])
    let gaps = facts.history(asOfDay: 200).gaps
    #expect(gaps.first { $0.kind == .eventBeforeLead }?.count == 2)
  }

  @Test func `leaving before there was a lead says nothing`() {
    var facts = FactBuilder()
    facts.lead("a", day: 50)
    facts.stage("a", "lost", day: 20)
    facts.stage("a", "sql", day: 60)
    #expect(journeys(facts) == [[50, 60, 60, nil, nil, nil, nil]])
  }

  @Test func `a status of the first stage leaves the day of creation alone`() {
    var facts = FactBuilder()
    facts.lead("a", day: 3, status: "lead")
    facts.lead("b", day: nil, status: "lead")
    #expect(
      journeys(facts) == [[3, nil, nil, nil, nil, nil, nil], [-1, nil, nil, nil, nil, nil, nil]]
    )
  }

  @Test(arguments: [
    ([0.0, 7], [[0.0, 7, nil]]), ([0, 7.1], [[0, -1, nil]]), ([7, 0], [[0, -1, nil]]),
  ])
  func `a status is dated by the later of two exports a week apart, in the order of exporting`(
    exportedDays: [Double],
    expected: [[Double?]]
  ) {
    var ledger = Ledger()
    for (status, day) in zip(["lead", "mql"], exportedDays) {
      var facts = FactBuilder()
      facts.lead("a", day: 0, status: status)
      ledger.add(facts.batch, of: FactBuilder.record(exportedDay: day))
    }
    let path = ["lead", "mql", "sql"].map { Stage(id: $0) }
    let history = CompanyHistory(ledger, under: Agreement(path: path))
    #expect(journeys(history) == expected)
  }

  @Test func `a dated event of the first stage is a beginning where no other is known`() {
    var facts = FactBuilder()
    facts.lead("a", day: nil)
    facts.stage("a", "lead", day: 8)
    facts.stage("a", "lead", day: 5)
    facts.stage("a", "sql", day: 9)
    #expect(journeys(facts) == [[5, 9, 9, nil, nil, nil, nil]])
    #expect(!facts.history(asOfDay: 200).gaps.contains { $0.kind == .leadWithoutDate })
  }

  @Test func `who left on an unknown day counts as not gone on by now`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0, status: "lost")
    let cell = try total(facts)
    #expect(cell.transitions[0].detoured.reduce(0, +) == 1)
    #expect(cell.pairs[0].undatedOthers == 0)
    #expect(cell.pairs[0].lags[.open].reduce(0, +) == 1)
    #expect(cell.pairs[0].lags[.exited].reduce(0, +) == 0)
  }

  @Test func `the day on which an open deal should close has not happened`() {
    func asOf(outcome: String) -> Int {
      var facts = FactBuilder()
      facts.lead("a", day: 0)
      facts.add(
        .deal,
        [
          "id": .text("d"), "lead": .text("a"), "outcome": .text(outcome),
          "created": .time(FactBuilder.time(5, precision: .day)),
          "closed": .time(FactBuilder.time(90, precision: .day)),
        ]
      )
      var ledger = Ledger()
      let record = ImportRecord(source: "crm", seenAt: 9_000 * 86_400, mappingHash: "", files: [])
      _ = ledger.addNews(of: facts.batch, record)
      let instant = CompanyHistory.defaultAsOf(of: ledger, calendar: .utc)
      return LocalCalendar.utc.day(of: instant).dayNumber
    }
    #expect(asOf(outcome: "open") == 5)
    #expect(asOf(outcome: "") == 5)
    #expect(asOf(outcome: "won") == 90)
    #expect(asOf(outcome: "Closed Lost") == 90)
  }

  @Test func `spend without any lead has no cost of a customer, not even a bound`() throws {
    var facts = FactBuilder()
    facts.add(
      .spend,
      [
        "channel": .text("Meta"), "from": .time(FactBuilder.time(1)),
        "to": .time(FactBuilder.time(1)), "amount": .number(5000), "currency": .text("USD"),
      ]
    )
    let history = facts.history(asOfDay: 200)
    let builder = FunnelBuilder(history.agreement, source: EmbeddedCells(history))
    let answer = try builder.answer(builder.question(by: [.channel]))
    #expect(answer.total.money.spend == 5000)
    #expect(answer.total.money.mediaCACLower == nil)
    #expect(answer.rows.map(\.money.mediaCACLower) == [nil])
  }

  @Test func `where most wins have no date, nothing is said of the days to a win`() throws {
    var facts = FactBuilder()
    for lead in 0..<10 {
      facts.lead("\(lead)", day: 0)
      facts.stage("\(lead)", "won", day: lead < 2 ? 30 : nil)
    }
    let history = facts.history(asOfDay: 200)
    let builder = FunnelBuilder(history.agreement, source: EmbeddedCells(history))
    let total = try builder.answer(builder.question()).total
    #expect(total.firstToLast.status == .undated)
    #expect(total.medianDaysToWin == nil)
  }
}
