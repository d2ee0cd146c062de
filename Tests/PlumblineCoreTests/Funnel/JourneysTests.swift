import PlumblineCore
import PlumblineTestSupport
import Testing

/// Journeys by the rules of the method's page, on histories small enough to work out by hand.
struct JourneysTests {
  private func reached(_ facts: FactBuilder, _ skips: SkipRule, asOf: Double = 200) -> [[Double?]] {
    let history = facts.history(asOfDay: asOf)
    let journeys = Journeys(history, skips: skips)
    return (0..<journeys.count).map { row in
      (0..<journeys.stageCount).map { stage in
        let time = journeys.reached[stage][row]
        if time == .undated { return -1 }
        return time.isPresent ? Double(time.instant.seconds) / 86_400 : nil
      }
    }
  }

  @Test func `nobody gives no journeys`() {
    #expect(reached(FactBuilder(), .filled).isEmpty)
  }

  @Test func `a lead alone is one open episode in the first stage`() {
    var facts = FactBuilder()
    facts.lead("a", day: 3)
    #expect(reached(facts, .filled) == [[3, nil, nil, nil, nil, nil, nil]])
  }

  @Test func `a skipped stage is reached with the later one when filled`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 2)
    facts.stage("a", "won", day: 50)
    #expect(reached(facts, .filled) == [[0, 2, 2, 50, 50, 50, 50]])
    #expect(reached(facts, .any) == [[0, nil, 2, nil, nil, nil, 50]])
    #expect(reached(facts, .strict) == [[0, nil, nil, nil, nil, nil, nil]])
  }

  @Test func `a step back changes nothing`() {
    var facts = FactBuilder()
    facts.lead("d", day: 7)
    facts.stage("d", "meeting_held", day: 7)
    facts.stage("d", "sql", day: 8)
    #expect(reached(facts, .filled) == [[7, 7, 7, 7, 7, nil, nil]])
  }

  @Test func `strict takes a later second entry when the first was out of order`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 1)
    facts.stage("a", "mql", day: 2)
    facts.stage("a", "sql", day: 5)
    #expect(reached(facts, .strict)[0][...2] == [0, 2, 5])
    #expect(reached(facts, .filled)[0][...2] == [0, 1, 1])
    #expect(reached(facts, .any)[0][...2] == [0, 2, 1])
  }

  @Test func `an exit ends an episode and the next stage begins another`() {
    var facts = FactBuilder()
    facts.lead("b", day: 10)
    facts.stage("b", "mql", day: 10)
    facts.stage("b", "lost", day: 12)
    facts.stage("b", "lost", day: 13)
    facts.stage("b", "reopened", day: 60)
    facts.stage("b", "sql", day: 75.5)
    #expect(
      reached(facts, .filled) == [
        [10, 10, nil, nil, nil, nil, nil], [60, 75.5, 75.5, nil, nil, nil, nil],
      ]
    )
    let journeys = Journeys(facts.history(asOfDay: 200), skips: .filled)
    #expect(journeys.attempts == [1, 2])
    #expect(journeys.exits.map(\.isPresent) == [true, false])
  }

  @Test func `a stage at the instant of an exit comes before it`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "lost", day: 5)
    facts.stage("a", "sql", day: 5)
    #expect(reached(facts, .filled) == [[0, 5, 5, nil, nil, nil, nil]])
  }

  @Test func `an undated stage is reached at an unknown time`() {
    var facts = FactBuilder()
    facts.lead("a", day: nil)
    facts.stage("a", "sql", day: nil)
    facts.lead("b", day: 4)
    facts.stage("b", "mql", day: 6)
    facts.stage("b", "won", day: nil)
    #expect(
      reached(facts, .filled) == [
        [-1, -1, -1, nil, nil, nil, nil], [4, 6, -1, -1, -1, -1, -1],
      ]
    )
  }

  @Test func `hundreds of stages and detours are told apart`() throws {
    let path = (0..<300).map { Stage(id: "s\($0)") }
    let detours = (0..<300).map { Stage(id: "d\($0)") }
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "s299", day: 1)
    facts.stage("a", "d299", day: 2)
    let history = facts.history(Agreement(path: path, detours: detours), asOfDay: 9)
    let journeys = Journeys(history, skips: .any)
    #expect(journeys.count == 1)
    #expect(journeys.furthestStage(of: 0) == 299)
    #expect(journeys.detours == [299])
  }

  @Test func `events after the as-of instant do not exist yet`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 11)
    facts.lead("later", day: 12)
    #expect(reached(facts, .filled, asOf: 10) == [[0, nil, nil, nil, nil, nil, nil]])
    let gaps = facts.history(asOfDay: 10).gaps
    #expect(gaps.first { $0.kind == .eventAfterAsOf }?.count == 2)
  }

  @Test func `a day without a time is not before the creation on that day`() {
    var facts = FactBuilder()
    facts.lead("a", day: 3.6)
    facts.stage("a", "mql", day: 3, precision: .day)
    for rule in SkipRule.allCases { #expect(reached(facts, rule)[0][0...1] == [3.6, 3.6]) }
    #expect(!facts.history(asOfDay: 9).gaps.contains { $0.kind == .eventBeforeLead })
  }

  @Test func `a merged lead is one lead with both histories`() {
    var facts = FactBuilder()
    facts.lead("old", day: 1, channel: "Meta")
    facts.lead("new", day: 5, channel: "Google")
    facts.stage("old", "mql", day: 2)
    facts.stage("new", "sql", day: 6)
    facts.merge("old", into: "new")
    #expect(reached(facts, .filled) == [[1, 2, 6, nil, nil, nil, nil]])
    let history = facts.history(asOfDay: 9)
    #expect(history.mergedLeadCount == 1)
    #expect(history.texts[.channel][history.leads.channels[0]] == "Google")
  }

  @Test func `another id leads to the lead, and one claimed twice to the first`() {
    var facts = FactBuilder()
    facts.lead("1", day: 1)
    facts.lead("2", day: 1)
    facts.alias("a@example.com", of: "1")
    facts.alias("a@example.com", of: "2")
    facts.stage("a@example.com", "mql", day: 2)
    #expect(reached(facts, .filled).map { $0[1] } == [2, nil])
    let gaps = facts.history(asOfDay: 9).gaps
    #expect(gaps.first { $0.kind == .sharedOtherID }?.count == 1)
  }

  @Test func `deals and meetings show the stages that the agreement says they show`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.meeting("m", lead: "a", booked: 1, starts: 3, outcome: "held")
    facts.deal("d", lead: "a", created: 4, closed: 9, outcome: "won", amount: 100_00)
    #expect(reached(facts, .any) == [[0, nil, nil, 1, 3, 4, 9]])
  }

  @Test func `a lead is lost with its last open deal, not with the first`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.deal("d1", lead: "a", created: 1, closed: 5, outcome: "lost")
    facts.deal("d2", lead: "a", created: 2, closed: 9, outcome: "won", amount: 5)
    let journeys = Journeys(facts.history(asOfDay: 20), skips: .filled)
    #expect(journeys.count == 1)
    #expect(journeys.exits[0] == .missing)
    #expect(journeys.furthestStage(of: 0) == 6)
  }

  @Test func `words that the agreement does not know are reported, not dropped`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "Nurturing 2", day: 1)
    let gap = facts.history(asOfDay: 9).gaps.first { $0.kind == .unknownStage }
    #expect(gap?.count == 1)
    #expect(gap?.examples == ["Nurturing 2"])
  }
}

/// The instant up to which facts go, when nobody says.
struct DefaultAsOfTests {
  private func asOfDay(_ imports: [(FactBuilder, ImportRecord)]) -> Double {
    var ledger = Ledger()
    for (facts, record) in imports { ledger.add(facts.batch, of: record) }
    let instant = CompanyHistory.defaultAsOf(of: ledger, calendar: .utc)
    return Double(instant.seconds + 1) / 86_400
  }

  @Test func `where spend is all there is, it is the last day of spend`() {
    var spend = FactBuilder()
    spend.spend("Meta", day: 10, to: 30, amount: 5)
    spend.spend("Meta", day: 31, to: 700, amount: 5)
    #expect(asOfDay([(spend, FactBuilder.record(seenDay: 400))]) == 32)
    #expect(asOfDay([(FactBuilder(), FactBuilder.record(seenDay: 400))]) > 400)
    var facts = spend
    facts.lead("a", day: 10.5)
    #expect(abs(asOfDay([(facts, FactBuilder.record(seenDay: 400))]) - 10.5) < 0.001)
    #expect(
      asOfDay([(spend, FactBuilder.record(seenDay: 400, exportedDay: 90))]) < 90.001,
      "what was told wins"
    )
  }

  @Test func `it is the newest thing that had happened when the files were imported`() {
    var facts = FactBuilder()
    facts.lead("a", day: 10.5)
    facts.stage("a", "mql", day: 12.25)
    facts.meeting("m", lead: "a", booked: 11, starts: 900)
    facts.deal("open", lead: "a", created: 12, closed: 40, outcome: "open")
    facts.stage("a", "sql", day: 500)
    #expect(abs(asOfDay([(facts, FactBuilder.record(seenDay: 400))]) - 12.25) < 0.001)
  }

  @Test func `a newest thing known to the day counts to the day's end`() {
    var facts = FactBuilder()
    facts.lead("a", day: 10, precision: .day)
    #expect(asOfDay([(facts, FactBuilder.record(seenDay: 400))]) == 11)
  }

  @Test func `an export's own time counts, and newer facts of other imports`() {
    var told = FactBuilder()
    told.lead("a", day: 10)
    var later = FactBuilder()
    later.lead("b", day: 30, precision: .day)
    let export = (told, FactBuilder.record(seenDay: 400, exportedDay: 20))
    #expect(abs(asOfDay([export]) - 20) < 0.001)
    #expect(asOfDay([export, (later, FactBuilder.record(seenDay: 400))]) == 31)
  }

  @Test func `without a dated fact it is the time of the import`() {
    var facts = FactBuilder()
    facts.lead("a", day: nil)
    #expect(abs(asOfDay([(facts, FactBuilder.record(seenDay: 400))]) - 400) < 0.001)
  }
}
