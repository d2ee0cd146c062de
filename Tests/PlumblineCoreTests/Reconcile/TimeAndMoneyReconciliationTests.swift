import PlumblineCore
import PlumblineTestSupport
import Testing

/// Speed to lead, coverage and payback under the definitions that circulate.
struct TimeAndMoneyReconciliationTests {
  // MARK: Speed to lead

  /// Day 4 is Monday 1970-01-05; people work 9 to 17, so the numbers are plain.
  private static var waits: FactBuilder {
    var facts = FactBuilder()
    for id in ["a", "b", "c"] { facts.lead(id, day: 4) }
    facts.lead("d", day: 4)
    for id in ["a", "b", "c"] { facts.stage(id, "sql", day: 4.5) }
    // An hour after the hand-off, a day and an hour, never; d was never handed over.
    facts.activity("1", lead: "a", day: 4.5 + 1.0 / 24, owner: "ann")
    facts.activity("2", lead: "b", day: 5.5 + 1.0 / 24, owner: "ann")
    facts.activity("3", lead: "d", day: 4.0 + 2.0 / 24, owner: "ann")
    facts.activity("4", lead: "b", day: 4.0 + 1.0 / 24, isAutomated: true)
    return facts
  }

  private var agreement: Agreement {
    var agreement = Agreement()
    agreement.agreedHandOff = "sql"
    return agreement
  }

  @Test func `without activities on record there is no time`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 4)
    facts.stage("a", "sql", day: 5)
    let answer = try facts.reconciled(.speedToLead, agreement, asOfDay: 20)
    #expect(answer.definitions.map(\.reading.absence) == [.noActivities])
  }

  @Test func `leads that nobody touched are waiting still`() throws {
    let answer = try Self.waits.reconciled(.speedToLead, agreement, asOfDay: 20)
    expectExactBridges(answer)
    // 1 and 9 working hours, and one still waiting: half are touched after 9.
    #expect(answer.fraction(.ours) == "\(9 * 3600)/1")
    #expect(answer.fraction(.touchedWorking) == "3600/1")
    #expect(answer.ids(.touchedWorking, .neverTouched) == ["c"])
    // From creation, by the clock on the wall: 13, 37 and 2 hours.
    #expect(answer.fraction(.touchedFromCreation) == "\(13 * 3600)/1")
    #expect(answer.ids(.touchedFromCreation, .notHandedOver) == ["d"])
    #expect(answer.fraction(.averageFromCreation) == "\((13 + 37 + 2) * 3600)/3")
    // The machine's mail after an hour: 13, 1 and 2.
    #expect(answer.fraction(.anyActivity) == "\(2 * 3600)/1")
    #expect(answer.ids(.anyActivity, .automation) == ["b"])
  }

  @Test func `a hand-off known to the day only is counted apart`() throws {
    var facts = Self.waits
    facts.lead("e", day: 4)
    facts.stage("e", "sql", day: 5, precision: .day)
    let answer = try facts.reconciled(.speedToLead, agreement, asOfDay: 20)
    expectExactBridges(answer)
    #expect(answer.untimedCount == 1)
    #expect(answer.reading(.ours)?.records == 3)
  }

  // MARK: Coverage

  private static func goal(_ amount: Int64, owner: String? = nil) -> Goal {
    Goal(
      measure: .quota,
      owner: owner,
      period: "1970-01",
      days: CivilDate(dayNumber: 0)...CivilDate(dayNumber: 30),
      amount: amount
    )
  }

  private static var pipeline: FactBuilder {
    var facts = FactBuilder()
    for id in ["a", "b", "c", "d"] { facts.lead(id, day: 0) }
    facts.deal("won", lead: "a", created: 1, closed: 5, outcome: "won", amount: 4_000)
    facts.deal("active", lead: "b", created: 1, closed: 25, outcome: "open", amount: 9_000)
    facts.deal("overdue", lead: "c", created: 1, closed: 8, outcome: "open", amount: 2_000)
    facts.deal("gone", lead: "d", created: 1, outcome: "open", amount: 1_000)
    facts.stage("d", "disqualified", day: 3)
    return facts
  }

  @Test func `without a quota there is no coverage`() throws {
    let answer = try Self.pipeline.reconciled(.coverage, asOfDay: 10.5)
    #expect(answer.definitions.map(\.reading.absence) == [.noQuota])
    #expect(answer.quota == nil)
  }

  @Test func `what is won already, overdue or gone is a step each`() throws {
    var agreement = Agreement()
    agreement.goals = [Self.goal(10_000)]
    let answer = try Self.pipeline.reconciled(.coverage, agreement, asOfDay: 10.5)
    expectExactBridges(answer)
    #expect(answer.fraction(.ours) == "9000/6000")
    #expect(answer.fraction(.activeOverQuota) == "9000/10000")
    #expect(answer.ids(.activeOverQuota, .wonAlready) == ["won"])
    #expect(answer.fraction(.openOverQuota) == "12000/10000")
    #expect(answer.ids(.openOverQuota, .overdueDeals) == ["overdue"])
    #expect(answer.ids(.openOverQuota, .dealsOffThePath) == ["gone"])
  }

  @Test func `a quota that is won already leaves nothing to cover`() throws {
    var agreement = Agreement()
    agreement.goals = [Self.goal(4_000)]
    let answer = try Self.pipeline.reconciled(.coverage, agreement, asOfDay: 10.5)
    expectExactBridges(answer)
    #expect(answer.reading(.ours)?.absence == .quotaReached)
    #expect(answer.fraction(.openOverQuota) == "12000/4000")
  }

  @Test func `people's quotas are added up, and facts stand in for goals`() throws {
    var agreement = Agreement()
    agreement.goals = [Self.goal(3_000, owner: "ann"), Self.goal(7_000, owner: "bob")]
    let summed = try Self.pipeline.reconciled(.coverage, agreement, asOfDay: 10.5)
    #expect(summed.quota?.amount == 10_000 && summed.quota?.people == 2)
    var facts = Self.pipeline
    facts.add(
      .quota,
      [
        "owner": .text("ann"), "from": .time(FactBuilder.time(0, precision: .day)),
        "to": .time(FactBuilder.time(30, precision: .day)), "amount": .number(5_000),
      ]
    )
    let told = try facts.reconciled(.coverage, asOfDay: 10.5)
    #expect(told.quota?.origin == .facts && told.fraction(.openOverQuota) == "12000/5000")
  }

  // MARK: Payback

  private static var customers: FactBuilder {
    var facts = FactBuilder()
    facts.lead("a", day: 0, channel: "Meta")
    facts.lead("b", day: 0, channel: "Meta")
    facts.deal("D1", lead: "a", created: 1, closed: 5, outcome: "won", amount: 120_000)
    facts.deal("D2", lead: "b", created: 1, closed: 5, outcome: "won", amount: 240_000)
    facts.spend("Meta", day: 0, amount: 60_000)
    return facts
  }

  @Test(arguments: [
    (Economics(), MetricReading.Absence.noHorizon),
    (Economics(horizonInMonths: 12), .noMargin),
  ])
  func `payback needs what the agreement does not say`(
    economics: Economics,
    absence: MetricReading.Absence
  ) throws {
    let answer = try Self.customers.reconciled(
      .payback,
      Agreement(economics: economics),
      asOfDay: 40
    )
    #expect(answer.reading(.ours)?.absence == absence)
  }

  @Test func `without a margin money seems to come back sooner`() throws {
    let agreement = Agreement(economics: Economics(grossMargin: 0.5, horizonInMonths: 12))
    let answer = try Self.customers.reconciled(.payback, agreement, asOfDay: 40)
    expectExactBridges(answer)
    // 300 a customer; 1,800 a year or 150 a month each, half of it margin.
    #expect(answer.reading(.mediaOnly)?.ratio == ExactRatio(4, 1))
    #expect(answer.reading(.withoutMargin)?.ratio == ExactRatio(2, 1))
    #expect(answer.ids(.withoutMargin, .withoutMargin) == ["a", "b"])
    #expect(answer.reading(.withSalesCost)?.absence == .noSalesCost)
    #expect(answer.reading(.ours)?.value == 4, "media is all there is")
  }

  @Test func `ours is the payback of all costs, with commission and churn`() throws {
    var economics = Economics(grossMargin: 0.5, horizonInMonths: 12)
    economics.sales.commission = 0.1
    economics.monthlyChurn = 0.05
    let answer = try Self.customers.reconciled(
      .payback,
      Agreement(economics: economics),
      asOfDay: 40
    )
    expectExactBridges(answer)
    // 300 of media and 180 of commission a customer; 75 a month, 5 % fewer each: 75 x (1 - 0.95^n) /
    // 0.05 reaches 480 in the 8th month (456 after 7, 505 after 8).
    #expect(answer.reading(.ours)?.value == 8)
    #expect(answer.rules(.withoutMargin) == [.mediaOnly, .withoutMargin])
    #expect(answer.reading(.mediaOnly)?.ratio == ExactRatio(4, 1))
  }

  @Test func `a cost that margin never covers is never paid back`() throws {
    var economics = Economics(grossMargin: 0.5, horizonInMonths: 12)
    economics.monthlyChurn = 0.5
    let answer = try Self.customers.reconciled(
      .payback,
      Agreement(economics: economics),
      asOfDay: 40
    )
    expectExactBridges(answer)
    #expect(answer.reading(.ours)?.absence == .neverPaidBack)
  }
}
