import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Cases that funnel reports are known to get wrong, through the reader and the journeys.
struct JourneyCasesTests {
  private let path = Stage.defaultPath

  private func index(_ stage: String) throws -> Int {
    try #require(path.firstIndex { $0.id == stage })
  }

  @Test(arguments: [SkipRule.filled, .any, .ordered])
  func `a downgrade that clears a date does not take the stage away`(skips: SkipRule) throws {
    var first = FactBuilder()
    first.lead("a", day: 0, status: "sql")
    first.stage("a", "mql", day: 2)
    first.stage("a", "sql", day: 5)
    var second = FactBuilder()
    second.lead("a", day: 0, status: "mql")
    second.stage("a", "mql", day: 2)
    var ledger = Ledger()
    ledger.add(first.batch, of: FactBuilder.record(seenDay: 10, exportedDay: 10))
    ledger.add(second.batch, of: FactBuilder.record(seenDay: 30, exportedDay: 30))
    let history = CompanyHistory(ledger, under: Agreement())
    let journeys = Journeys(history, skips: skips)
    #expect(journeys.count == 1)
    let sql = try index("sql")
    #expect(journeys.reached[sql][0] == FactBuilder.time(5))
  }

  @Test func `a merge keeps the furthest stage`() throws {
    var facts = FactBuilder()
    facts.lead("far", day: 0)
    facts.stage("far", "opportunity", day: 20)
    facts.lead("near", day: 5)
    facts.stage("near", "mql", day: 30)
    facts.merge("far", into: "near")
    let history = facts.history()
    let journeys = Journeys(history, skips: .filled)
    #expect(history.leads.ids.count == 1)
    #expect(history.id(ofLead: 0) == "near")
    #expect(journeys.count == 1)
    let opportunity = try index("opportunity")
    #expect(journeys.furthestStage(of: 0) == opportunity)
  }

  @Test(arguments: [["a", "b"], ["b", "a"]])
  func `a chain of three merges into one, in whatever order it is told`(order: [String]) throws {
    var facts = FactBuilder()
    for lead in ["a", "b", "c"] { facts.lead(lead, day: 0) }
    facts.stage("a", "sql", day: 10)
    facts.stage("b", "mql", day: 4)
    for from in order { facts.merge(from, into: from == "a" ? "b" : "c") }
    let history = facts.history()
    let journeys = Journeys(history, skips: .filled)
    #expect(history.leads.ids.count == 1)
    #expect(history.id(ofLead: 0) == "c")
    #expect(history.mergedLeadCount == 2)
    let (mql, sql) = (try index("mql"), try index("sql"))
    #expect(journeys.reached[mql] == [FactBuilder.time(4)])
    #expect(journeys.reached[sql] == [FactBuilder.time(10)])
  }

  @Test func `a re-entry is one person and two episodes`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 5)
    facts.stage("a", "recycled", day: 20)
    facts.stage("a", "mql", day: 90)
    let history = facts.history()
    let journeys = Journeys(history, skips: .filled)
    #expect(history.leads.ids.count == 1)
    #expect(journeys.attempts == [1, 2])
    #expect(Set(journeys.leads).count == 1)
    let (mql, sql) = (try index("mql"), try index("sql"))
    #expect(journeys.furthestStage(of: 0) == sql)
    #expect(journeys.furthestStage(of: 1) == mql)
    #expect(journeys.exits[0] == FactBuilder.time(20))
  }

  @Test func `a lost deal is in the funnel and not among what may still be won`() throws {
    var facts = FactBuilder()
    for lead in ["lost", "open", "won"] { facts.lead(lead, day: 0) }
    facts.deal("1", lead: "lost", created: 10, closed: 30, outcome: "lost", amount: 900)
    facts.deal("2", lead: "open", created: 10, amount: 500)
    facts.deal("3", lead: "won", created: 10, closed: 30, outcome: "won", amount: 300)
    let history = facts.history(asOfDay: 60)
    let source = EmbeddedCells(history)
    let opportunity = try index("opportunity")
    let question = FunnelQuestion(by: [], skips: .filled, pairs: [])
    func ids(_ number: RecordQuestion.Number) -> [String] {
      source.leadIDs(for: RecordQuestion(question, number: number))
    }
    #expect(ids(.reached(stage: opportunity)) == ["lost", "open", "won"])
    #expect(ids(.detoured(from: opportunity)) == ["lost"])
    #expect(ids(.open(in: opportunity)) == ["open"])
    #expect(history.wonDeals.map(\.amount) == [300])
  }
}
