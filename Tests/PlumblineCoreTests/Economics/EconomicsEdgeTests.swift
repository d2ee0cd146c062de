import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Answers about costs where there is little or nothing to answer from.
struct EconomicsEdgeTests {
  private func row(_ answer: EconomicsAnswer, _ group: String) throws -> EconomicsRow {
    try #require(answer.rows.first { $0.group == group })
  }

  @Test func `nothing at all costs nothing and is not judged`() throws {
    let answer = try EconomicsWorld().answer()
    #expect(answer.rows.isEmpty)
    #expect(answer.total.cost == 0)
    #expect(answer.total.economics == nil)
    #expect(answer.residual == 0)
    #expect(!answer.hasLeads)
  }

  @Test func `spend without any lead is a cost, and no cost of customers`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 1, amount: 50_000)
    let answer = try world.answer()
    let meta = try row(answer, "Meta")
    #expect(meta.cost == 50_000)
    #expect(meta.economics == nil)
    #expect(meta.profitability == nil)
    #expect(!answer.hasLeads)
  }

  @Test func `a lead without spend or sales' cost costs nothing`() throws {
    var world = EconomicsWorld()
    world.lead("a", day: 1)
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.cost == 0)
    #expect(meta.economics?.mediaCostPerWin == nil)
    #expect(meta.returnOnSpend == nil)
  }

  @Test func `no win says at least, by Garwood's 3_69 wins`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: 100_000)
    for index in 0..<20 { world.lead("\(index)", day: 1, lost: 9) }
    let meta = try row(try world.answer(), "Meta")
    let economics = try #require(meta.economics)
    #expect(economics.costPerWin == nil)
    #expect(abs(economics.lowestCostPerWin - 100_000 / 3.688_879_454) < 1e-3)
    #expect(economics.highestCostPerWin == nil)
    #expect(meta.profitability == nil, "no deals at all: nothing says what a customer is worth")
    #expect(meta.wins.basis == .nobodyOpen)
  }

  @Test func `no win among other channels' deals is judged by those`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: 1_000_000)
    world.facts.spend("Google", day: 0, to: 10, amount: 1_000)
    for index in 0..<20 { world.lead("m\(index)", day: 1, lost: 9) }
    for index in 0..<20 {
      world.lead("g\(index)", day: 1, channel: "Google", won: 9, amount: 10_000)
    }
    let answer = try world.answer()
    let meta = try row(answer, "Meta")
    #expect(meta.isValuedByAll)
    #expect(meta.profitability == .no)
    let google = try row(answer, "Google")
    #expect(!google.isValuedByAll)
    #expect(google.profitability == .yes)
    #expect(google.economics?.breakEvenCostPerWin?.rounded() == 8_000)
  }

  @Test func `everybody won leaves nothing to come`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: 100_000)
    for index in 0..<25 { world.lead("\(index)", day: 1, won: 9, amount: 9_000) }
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.wins.counted == 25)
    #expect(meta.wins.expected == 0)
    #expect(meta.wins.finalInterval.lower == 25)
    #expect(meta.wins.finalInterval.upper == 25)
    #expect(meta.economics?.costPerWin == 4_000)
    #expect(meta.completedRevenue == 225_000)
    #expect(meta.returnOnSpend == 2.25)
    #expect(meta.medianDeal == 9_000)
    #expect(meta.economics?.isDealSizeUncertain == true)
  }

  @Test func `all open without any history brings nothing that can be counted on`() throws {
    var world = EconomicsWorld(asOfDay: 10)
    world.facts.spend("Meta", day: 0, to: 5, amount: 100_000)
    for index in 0..<25 { world.lead("\(index)", day: 1) }
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.wins.open == 25)
    #expect(meta.wins.expected == 0)
    #expect(meta.economics?.costPerWin == nil)
    #expect(try #require(meta.economics).lowestCostPerWin > 0)
    #expect(meta.economics?.lowestCostPerWin.isFinite == true)
  }

  @Test func `leads without a channel and spend without one are two lines`() throws {
    var world = EconomicsWorld()
    world.facts.spend("", day: 0, amount: 30_000, campaign: "mystery")
    world.facts.spend("Meta", day: 0, to: 10, amount: 70_000)
    world.lead("a", day: 1, channel: "", won: 5, amount: 90_000)
    world.lead("b", day: 1, won: 5, amount: 90_000)
    let answer = try world.answer()
    #expect(answer.rows.map(\.kind) == [.group, .leadsWithoutGroup, .spendWithoutGroup])
    #expect(answer.rows[1].leads == 1)
    #expect(answer.rows[1].media == 0)
    #expect(answer.rows[1].mediaCostPerWin == nil)
    #expect(answer.rows[2].media == 30_000)
    #expect(answer.rows[2].economics == nil)
    #expect(answer.total.cost == 100_000)
    #expect(answer.total.wins.counted == 2)
  }

  @Test func `much spend without a channel keeps a line from being called profitable`() throws {
    func answer(unassigned: Int64) throws -> EconomicsRow {
      var world = EconomicsWorld()
      world.facts.spend("Meta", day: 0, to: 10, amount: 100_000)
      if unassigned > 0 { world.facts.spend("", day: 0, amount: unassigned) }
      for index in 0..<40 { world.lead("\(index)", day: 1, won: 9, amount: 10_000) }
      return try row(try world.answer(), "Meta")
    }
    #expect(try answer(unassigned: 0).profitability == .yes)
    let held = try answer(unassigned: 400_000)
    #expect(held.profitability == .cannotTell)
    #expect(held.isHeldBack)
    #expect(try answer(unassigned: 10_000).profitability == .yes)
  }

  @Test func `a channel without media keeps its cost of sales and has no media cost`() throws {
    var economics = Economics(grossMargin: 0.8, horizonInMonths: 12, repMonthCost: 300_000)
    economics.overheadPerMonth = 100_000
    var world = EconomicsWorld(economics)
    world.facts.spend("Meta", day: 0, to: 99, amount: 100_000)
    world.lead("a", day: 0, won: 5, amount: 90_000)
    world.lead("b", day: 0, channel: "Referral", won: 5, amount: 90_000)
    for (index, lead) in ["a", "b", "b", "b"].enumerated() {
      world.facts.activity("\(index)", lead: lead, day: 2)
    }
    let answer = try world.answer()
    let referral = try row(answer, "Referral")
    #expect(referral.mediaCostPerWin == nil)
    #expect(referral.lowestMediaCostPerWin == nil)
    #expect(referral.overhead == 0)
    let months = 100 / SalesTeamCost.daysPerMonth
    #expect(abs(referral.salesSoFar - 300_000 * months * 3 / 4) < 1e-6)
    #expect(abs(try row(answer, "Meta").overhead - 100_000 * months) < 1e-6)
    #expect(answer.sales.base == .activities)
  }

  @Test func `amounts without a rate are counted, not summed`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: 1_000)
    world.lead("a", day: 1, won: 5, amount: 10_000)
    world.lead("b", day: 1, won: 5, amount: 10_000, currency: "GBP")
    world.lead("c", day: 1, won: 5)
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.wins.counted == 3)
    #expect(meta.deals.count == 1)
    #expect(meta.dealsWithoutAmount == 2)
    #expect(meta.deals.mean == 10_000)
  }

  @Test func `no margin leaves costs without a value`() throws {
    var world = EconomicsWorld(Economics())
    world.facts.spend("Meta", day: 0, to: 10, amount: 1_000)
    world.lead("a", day: 1, won: 5, amount: 10_000)
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.economics?.costPerWin == 1_000)
    #expect(meta.economics?.lifetimeValue == nil)
    #expect(meta.profitability == nil)
  }

  @Test func `a cost below 0 is a sum, and no cost of a customer`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, amount: -5_000)
    world.lead("a", day: 0, won: 5, amount: 10_000)
    let answer = try world.answer()
    #expect(try row(answer, "Meta").economics == nil)
    #expect(answer.total.cost == -5_000)
    #expect(answer.residual == 0)
  }

  @Test(arguments: [FunnelDimension.segment, .owner, .week])
  func `what nobody knows the spend of is refused`(dimension: FunnelDimension) {
    let world = EconomicsWorld()
    #expect(throws: InputError.self) { try world.answer(EconomicsQuestion(by: dimension)) }
    let filter = DimensionFilter(dimension, values: ["x"])
    #expect(throws: InputError.self) { try world.answer(EconomicsQuestion(filters: [filter])) }
  }

  @Test func `records open the counts`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 20, amount: 1_000)
    world.lead("a", day: 1, won: 5)
    world.lead("b", day: 2)
    world.lead("late", day: 50, won: 60)
    let source = EmbeddedCells(world.history)
    let question = EconomicsQuestion()
    func ids(_ question: EconomicsQuestion, wins: Bool) -> [String] {
      source.leadIDs(for: world.builder.recordQuestion(question, wins: wins))
    }
    #expect(ids(question, wins: false) == ["a", "b"])
    #expect(ids(question, wins: true) == ["a"])
    let cash = EconomicsQuestion(
      firstDay: CivilDate(dayNumber: 55),
      lastDay: CivilDate(dayNumber: 65),
      view: .cash
    )
    #expect(ids(cash, wins: true) == ["late"])
  }
}
