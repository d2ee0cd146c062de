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

  /// Google's deals vary around 10,000; Meta has some of its own.
  private func world(metaDeals: [Int64], spend: Int64, googleDeals: Int = 40) -> EconomicsWorld {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: spend)
    for (index, amount) in metaDeals.enumerated() {
      world.lead("m\(index)", day: 1, won: 9, amount: amount)
    }
    for index in 0..<googleDeals {
      let amount: Int64 = index % 2 == 0 ? 5_000 : 15_000
      world.lead("g\(index)", day: 1, channel: "Google", won: 9, amount: amount)
    }
    return world
  }

  @Test func `one small deal does not say that a channel does not pay`() throws {
    // A customer costs at least 17,900 / 5.57; the deal is worth 2,000, the mean one 7,800.
    let meta = try row(try world(metaDeals: [2_500], spend: 17_900).answer(), "Meta")
    #expect(meta.economics?.profitability == .no, "of the deal taken as known")
    #expect(meta.profitability == .cannotTell)
    #expect(try #require(meta.worth.upper) > 1)
    #expect(try #require(meta.worth.value) < 0.2)
  }

  @Test func `one deal says no where no likely deal would pay`() throws {
    let meta = try row(try world(metaDeals: [2_500], spend: 10_000_000).answer(), "Meta")
    #expect(meta.profitability == .no)
    #expect(try #require(meta.worth.upper) < 1)
  }

  @Test func `a single deal on record says nothing about deals`() throws {
    let meta = try row(
      try world(metaDeals: [2_500], spend: 1_000_000, googleDeals: 0).answer(),
      "Meta"
    )
    #expect(meta.profitability == .cannotTell)
    #expect(meta.worth.upper == nil)
  }

  @Test func `a verdict needs the range of worth over cost to leave out 1`() throws {
    // 40 deals of 1,000 and 39,000: worth 16,000, at 40 wins from 11,750 to 22,900 of cost each.
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 10, amount: 950_000)
    for index in 0..<40 {
      world.lead("\(index)", day: 1, won: 9, amount: index % 8 == 0 ? 121_000 : 1_000)
    }
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.economics?.profitability == .no)
    #expect(try #require(meta.worth.upper) > 1)
    #expect(meta.profitability == .cannotTell)
  }

  @Test func `conditions leave everybody's deals what they are`() throws {
    let world = world(metaDeals: [2_500, 9_000], spend: 17_900)
    let whole = try row(try world.answer(), "Meta")
    let alone = try world.answer(
      EconomicsQuestion(filters: [DimensionFilter(.channel, values: ["Meta"])])
    ).rows[0]
    #expect(alone == whole)
  }

  @Test func `wins that are only to come set no upper end to what one costs`() throws {
    var world = world(metaDeals: [], spend: 50_000)
    for index in 0..<40 { world.lead("lost\(index)", day: 1, channel: "Google", lost: 60) }
    for index in 0..<40 { world.lead("open\(index)", day: 9.5) }
    world.asOfDay = 12
    let meta = try row(try world.answer(), "Meta")
    #expect(meta.wins.counted == 0)
    #expect(meta.wins.expected > 0)
    #expect(meta.economics?.costPerWin != nil)
    #expect(meta.costPerWin == nil)
    #expect(meta.highestCostPerWin == nil)
    #expect(meta.mediaCostPerWin == nil)
    #expect(meta.highestMediaCostPerWin == nil)
    #expect(try #require(meta.lowestCostPerWin) > 0)
    #expect(meta.worth.value == nil)
    #expect(meta.worth.upper != nil)
  }

  @Test func `an upper end beyond 20 times the estimate is none`() throws {
    // Garwood: the lower end of 1 win is 0.0253, so a customer may cost 39.5 times the estimate.
    let one = try row(try world(metaDeals: [2_500], spend: 1_000).answer(), "Meta")
    #expect(one.costPerWin == 1_000)
    #expect(one.highestCostPerWin == nil)
    let two = try row(try world(metaDeals: [2_500, 2_500], spend: 1_000).answer(), "Meta")
    #expect(abs(try #require(two.highestCostPerWin) - 1_000 / 0.242_209_278_5) < 1e-3)
  }

  @Test func `whole calendar months are counted as such`() throws {
    var economics = Economics(repMonthCost: 300_000)
    economics.overheadPerMonth = 100_000
    var world = EconomicsWorld(economics, asOfDay: 364.5)
    world.facts.spend("Meta", day: 0, to: 364, amount: 100_000)
    world.lead("a", day: 0, won: 5)
    let answer = try world.answer()
    #expect(answer.overhead.whole == 1_200_000)
    #expect(answer.sales.team?.whole == 3_600_000)
    #expect(answer.total.cost == 4_900_000)
  }

  @Test func `a commission is paid for every win and moves with it`() throws {
    var economics = Economics(grossMargin: 0.8, horizonInMonths: 24)
    economics.sales.commission = 0.1
    var world = EconomicsWorld(economics)
    world.facts.spend("Meta", day: 0, to: 10, amount: 100_000)
    world.facts.spend("Google", day: 0, to: 10, amount: 50_000)
    for index in 0..<25 { world.lead("\(index)", day: 1, won: 9, amount: 48_000) }
    world.lead("no amount", day: 1, channel: "Google", won: 9)
    let answer = try world.answer()
    let meta = try row(answer, "Meta")
    // A deal stands for 24 months: 24,000 in the first year, a tenth of which is paid.
    #expect(meta.commission == 25 * 2_400)
    #expect(abs(try #require(meta.costPerWin) - (100_000 / 25 + 2_400)) < 1e-9)
    let fewest = ConfidenceInterval.garwood(count: 25)
    #expect(abs(try #require(meta.highestCostPerWin) - (100_000 / fewest.lower + 2_400)) < 1e-6)
    #expect(abs(try #require(meta.lowestCostPerWin) - (100_000 / fewest.upper + 2_400)) < 1e-6)
    #expect(try row(answer, "Google").commission == 2_400, "at the mean deal of all")
    #expect(answer.total.commission == 26 * 2_400)
    #expect(answer.total.cost == 150_000 + 26 * 2_400)
    #expect(answer.residual == 0)
  }

  @Test func `no deal with an amount pays no commission`() throws {
    var economics = Economics()
    economics.sales.commission = 0.1
    var world = EconomicsWorld(economics)
    world.facts.spend("Meta", day: 0, to: 10, amount: 100_000)
    world.lead("a", day: 1, won: 9)
    let answer = try world.answer()
    #expect(answer.total.commission == 0)
    #expect(!answer.hasCommission)
  }

  @Test func `won deals of nobody's lead are a line of the cash view and in no cohort`() throws {
    var world = EconomicsWorld()
    world.facts.spend("Meta", day: 0, to: 20, amount: 1_000)
    world.lead("a", day: 1, won: 5, amount: 9_000)
    world.facts.deal("x", lead: "", created: 2, closed: 6, outcome: "won", amount: 7_000)
    world.facts.deal("y", lead: "", created: 2, closed: 90, outcome: "won", amount: 5_000)
    world.facts.deal("z", lead: "", created: 2, closed: 6, outcome: "lost", amount: 5_000)
    let cash = try world.answer(EconomicsQuestion(view: .cash))
    let line = try #require(cash.rows.first { $0.kind == .dealsWithoutLead })
    #expect(line.wins.counted == 1)
    #expect(line.deals.sum == 7_000)
    #expect(line.cost == 0 && line.profitability == nil)
    #expect(cash.dealsWithoutLead.ids == ["x"])
    #expect(cash.total.wins.counted == 2)
    #expect(cash.total.deals.sum == 16_000)
    #expect(cash.total.costPerWin == 500)
    let cohort = try world.answer()
    #expect(cohort.dealsWithoutLead.ids == ["x", "y"])
    #expect(cohort.total.wins.counted == 1)
    #expect(!cohort.rows.contains { $0.kind == .dealsWithoutLead })
    let meta = DimensionFilter(.channel, values: ["Meta"])
    let some = try world.answer(EconomicsQuestion(filters: [meta], view: .cash))
    #expect(some.rows.map(\.kind) == [.group])
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
