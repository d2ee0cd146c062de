import PlumblineCore
import PlumblineTestSupport
import Testing

/// Won deals under the definitions that circulate.
struct WinRateReconciliationTests {
  /// Six leads with a deal each, one with a second, and a deal that nobody's lead has.
  private static var company: FactBuilder {
    var facts = FactBuilder()
    for (index, id) in ["a", "b", "c", "d", "e", "f"].enumerated() {
      facts.lead(id, day: Double(10 * index))
    }
    facts.deal("D1", lead: "a", created: 5, closed: 20, outcome: "won", amount: 1_000)
    facts.deal("D2", lead: "b", created: 35, closed: 50, outcome: "lost", amount: 9_000)
    facts.deal("D3", lead: "c", created: 40, outcome: "open", amount: 5_000)
    facts.deal("D4", lead: "d", created: 45, closed: 70, outcome: "won")
    facts.deal("D5", lead: "e", created: 50, closed: 55, outcome: "won", amount: 2_000)
    facts.deal("D6", lead: "f", created: 80, closed: 85, outcome: "lost", amount: 3_000)
    facts.deal("D7", lead: "e", created: 56, closed: 58, outcome: "lost", amount: 4_000)
    facts.deal("D8", lead: "", created: 52, closed: 57, outcome: "won", amount: 6_000)
    return facts
  }

  @Test func `nobody gives no number`() throws {
    let answer = try FactBuilder().reconciled(.winRate)
    #expect(answer.definitions.allSatisfy { $0.reading.value == nil })
    expectExactBridges(answer)
  }

  @Test func `without a period every deal counts`() throws {
    let answer = try Self.company.reconciled(.winRate, asOfDay: 400)
    expectExactBridges(answer)
    #expect(answer.fraction(.createdDeals) == "4/8")
    #expect(answer.fraction(.createdDecidedDeals) == "4/7")
    #expect(answer.fraction(.closedDeals) == "4/7")
    #expect(answer.fraction(.closedAmount) == "9000/25000")
    #expect(answer.fraction(.createdAmount) == "9000/30000")
    #expect(answer.ids(.closedAmount, .withoutAmount) == ["D4"])
    #expect(answer.ids(.createdDecidedDeals, .openDeals) == ["D3"])
    #expect(answer.ids(.createdDeals, .perDeal) == ["e"])
    #expect(answer.ids(.createdDeals, .dealsWithoutLead) == ["D8"])
    // a, d, e won; b, f lost; c open.
    #expect(answer.fraction(.decidedLeads) == "3/5")
    #expect(answer.ids(.decidedLeads, .undecidedLeads) == ["c"])
  }

  @Test func `with a period it matters which day dates a deal`() throws {
    // Days 30 to 60: leads d, e, f came in; D2 to D5, D7 and D8 were created, D2, D5, D7 and D8
    // closed.
    let answer = try Self.company.reconciled(
      .winRate,
      asOfDay: 400,
      from: CivilDate(dayNumber: 30),
      to: CivilDate(dayNumber: 60)
    )
    expectExactBridges(answer)
    #expect(answer.fraction(.firstPass) == "2/3")
    #expect(answer.fraction(.createdDeals) == "3/6")
    #expect(answer.ids(.createdDeals, .createdInPeriod) == ["D2", "D3"])
    #expect(answer.ids(.createdDeals, .createdOutside) == ["D6"])
    #expect(answer.fraction(.createdDecidedDeals) == "3/5")
    #expect(answer.fraction(.closedDeals) == "2/4")
    #expect(answer.ids(.closedDeals, .closedOutside) == ["D4"])
    #expect(answer.fraction(.closedAmount) == "8000/21000")
    #expect(answer.fraction(.createdAmount) == "8000/26000")
  }

  @Test func `what closes after the day of the answer is open`() throws {
    let answer = try Self.company.reconciled(.winRate, asOfDay: 54)
    expectExactBridges(answer)
    #expect(answer.fraction(.createdDeals) == "1/6")
    #expect(answer.fraction(.createdDecidedDeals) == "1/2")
  }

  @Test func `an amount in another currency counts in the agreement's`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.deal(
      "D1",
      lead: "a",
      created: 1,
      closed: 2,
      outcome: "won",
      amount: 100,
      currency: "GBP"
    )
    facts.deal("D2", lead: "a", created: 1, closed: 2, outcome: "lost", amount: 100)
    facts.deal(
      "D3",
      lead: "a",
      created: 1,
      closed: 2,
      outcome: "lost",
      amount: 70,
      currency: "CHF"
    )
    facts.add(
      .currencyRate,
      [
        "from": .text("GBP"), "to": .text("EUR"), "rate": .number(1_200_000),
        "day": .time(FactBuilder.time(0, precision: .day)),
      ]
    )
    let answer = try facts.reconciled(.winRate, Agreement(currency: "EUR"), asOfDay: 400)
    expectExactBridges(answer)
    #expect(answer.fraction(.closedAmount) == "120/220")
    #expect(answer.ids(.closedAmount, .withoutAmount) == ["D3"])
  }
}
