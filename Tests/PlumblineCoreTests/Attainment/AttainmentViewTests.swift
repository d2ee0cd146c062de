import PlumblineCore
import PlumblineTestSupport
import Testing

@Suite struct `Attainment for those who may not see all` {
  private static func sample() throws -> (answer: AttainmentAnswer, deals: DealRecords) {
    var facts = FactBuilder()
    facts.add(.owner, ["id": .text("7"), "name": .text("Ann Other")])
    facts.sale("d1", by: "7", won: "2026-02-10", amount: 5_000)
    facts.sale("d2", by: "bob", won: "2026-02-11", amount: 3_000)
    facts.sale("d3", won: "2026-02-12", amount: 1_000)
    facts.quota("bob", "2026-Q1", 9_000)
    var agreement = Agreement(currency: "EUR")
    agreement.goals = [.of("2026-Q1", 8_000, owner: "bob"), .of("2026-Q1", 20_000)]
    let ledger = facts.ledger()
    let asOf = agreement.calendar.instant(of: try #require(CivilDate("2026-02-28")))
    let history = CompanyHistory(ledger, under: agreement, asOf: asOf)
    return (
      try facts.attainment(agreement, asOf: "2026-02-28"), DealRecords(ledger, for: history)
    )
  }

  @Test func `nobody's row is left for nobody`() throws {
    let (all, deals) = try Self.sample()
    #expect(all.people.count == 2 && all.hidden == nil)
    #expect(all.differences.contains { $0.owner == "bob" })
    let shown = all.showing(only: [], deals)
    #expect(shown.people.isEmpty)
    #expect(shown.hidden?.count == 2)
    #expect(!shown.differences.contains { $0.owner != nil })
    #expect(shown.team == all.team && shown.nobody == all.nobody)
    #expect(shown.sum.amount == all.sum.amount && shown.residual == 0)
  }

  @Test func `the own row stays as it is`() throws {
    let (all, deals) = try Self.sample()
    let shown = all.showing(only: ["bob"], deals)
    #expect(shown.people == [try all.row("bob")])
    #expect(shown.hidden?.count == 1 && shown.hidden?.won.amount == 5_000)
    #expect(shown.differences.contains { $0.owner == "bob" })
    #expect(shown.residual == 0)
  }

  @Test(arguments: ["7", "Ann Other", "ann other"])
  func `one's own row is found by any of one's names`(name: String) throws {
    let (all, deals) = try Self.sample()
    let shown = all.showing(only: [name], deals)
    #expect(shown.people.map(\.won.ids) == [["d1"]])
  }

  @Test func `whoever sees everybody sees what was answered`() throws {
    let (all, deals) = try Self.sample()
    let shown = all.showing(only: ["bob", "7"], deals)
    #expect(shown.hidden == nil && shown.people == all.people)
  }

  @Test func `a result asked about aside changes nothing else`() throws {
    var agreement = Agreement(currency: "EUR")
    agreement.goals = [.of("2026-Q1", 8_000)]
    var facts = FactBuilder()
    facts.sale("d1", by: "7", won: "2026-02-10", amount: 5_000)
    let question = try PayoutWhatIf(parsing: ["revenue=90"], under: agreement)
    let plain = try facts.attainment(agreement, asOf: "2026-02-28")
    let asked = plain.asking(question, under: agreement)
    let direct = try facts.attainment(agreement, asOf: "2026-02-28", whatIf: question)
    #expect(plain.whatIf == nil)
    #expect(asked.whatIf != nil && asked.whatIf == direct.whatIf)
    #expect(asked.team == plain.team && asked.scorecard == plain.scorecard)
  }
}
