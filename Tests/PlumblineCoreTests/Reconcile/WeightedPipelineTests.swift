import PlumblineCore
import PlumblineTestSupport
import Testing

/// Open deals weighed by their probability, against what is left of the quota.
struct WeightedPipelineTests {
  private func agreement(quota: Int64) -> Agreement {
    var agreement = Agreement()
    agreement.goals = [
      Goal(
        measure: .quota,
        period: "1970-01",
        days: CivilDate(dayNumber: 0)...CivilDate(dayNumber: 30),
        amount: quota
      )
    ]
    return agreement
  }

  private func reconciled(
    _ facts: FactBuilder,
    quota: Int64 = 10_000,
    asOfDay: Double = 10.5
  ) throws -> ReconcileAnswer {
    let answer = try facts.reconciled(.coverage, agreement(quota: quota), asOfDay: asOfDay)
    expectExactBridges(answer)
    return answer
  }

  /// Won 4,000 of the quota; open 9,000 at 40 %, overdue 2,000 at 10 %, off the path 1,000 at 0 %, and
  /// 5,000 of which nobody says how likely it is.
  private static var pipeline: FactBuilder {
    var facts = FactBuilder()
    for id in ["a", "b", "c", "d", "e"] { facts.lead(id, day: 0) }
    facts.deal(
      "won",
      lead: "a",
      created: 1,
      closed: 5,
      outcome: "won",
      amount: 4_000,
      probability: 1_000_000
    )
    facts.deal("active", lead: "b", created: 1, closed: 25, amount: 9_000, probability: 400_000)
    facts.deal("overdue", lead: "c", created: 1, closed: 8, amount: 2_000, probability: 100_000)
    facts.deal("gone", lead: "d", created: 1, amount: 1_000, probability: 0)
    facts.stage("d", "disqualified", day: 3)
    facts.deal("untold", lead: "e", created: 1, closed: 25, amount: 5_000)
    return facts
  }

  @Test func `without open deals nothing is to come`() throws {
    let answer = try reconciled(FactBuilder())
    #expect(answer.fraction(.weightedPipeline) == "0/10000")
    #expect(answer.rules(.weightedPipeline) == [])
    #expect(answer.reading(.weightedPipeline)?.value == 0)
  }

  @Test func `where no open deal says how likely it is there is no number`() throws {
    var facts = FactBuilder()
    facts.deal("open", lead: "", created: 1, amount: 9_000)
    facts.deal(
      "won",
      lead: "",
      created: 1,
      closed: 2,
      outcome: "won",
      amount: 1,
      probability: 1_000_000
    )
    let reading = try #require(try reconciled(facts).reading(.weightedPipeline))
    #expect(reading.absence == .noProbability && reading.value == nil)
  }

  @Test func `each rule is a step with the deals that it changes`() throws {
    let answer = try reconciled(Self.pipeline)
    #expect(answer.fraction(.ours) == "14000/6000")
    #expect(answer.fraction(.weightedPipeline) == "3800/6000")
    #expect(
      answer.rules(.weightedPipeline) == [
        .overdueDeals, .dealsOffThePath, .withoutProbability, .byProbability,
      ]
    )
    #expect(answer.ids(.weightedPipeline, .overdueDeals) == ["overdue"])
    #expect(answer.ids(.weightedPipeline, .dealsOffThePath) == ["gone"])
    #expect(answer.ids(.weightedPipeline, .withoutProbability) == ["untold"])
    #expect(answer.ids(.weightedPipeline, .byProbability) == ["active", "gone", "overdue"])
    let steps = answer.definitions.first { $0.name == .weightedPipeline }?.steps ?? []
    #expect(steps.map(\.numeratorChange) == [2_000, 1_000, -5_000, -8_200])
    #expect(steps.map(\.denominatorChange) == [0, 0, 0, 0])
  }

  @Test func `a quota that is won already leaves nothing to cover`() throws {
    let answer = try reconciled(Self.pipeline, quota: 4_000)
    #expect(answer.reading(.weightedPipeline)?.absence == .quotaReached)
  }

  @Test func `lost deals are in the funnel and not in the weighted pipeline`() throws {
    var facts = FactBuilder()
    for id in ["a", "b"] { facts.lead(id, day: 0) }
    facts.deal("open", lead: "a", created: 1, amount: 10_000, probability: 400_000)
    // A probability that was never taken back makes a lost deal no likelier.
    facts.deal(
      "lost",
      lead: "b",
      created: 1,
      closed: 5,
      outcome: "lost",
      amount: 90_000,
      probability: 900_000
    )
    let history = facts.history(asOfDay: 10.5)
    let journeys = Journeys(history, rule: history.agreement.journeyRule)
    let opportunity = try #require(history.agreement.path.firstIndex { $0.id == "opportunity" })
    #expect(journeys.count == 2)
    #expect(journeys.reached[opportunity].map(\.isPresent) == [true, true])
    let answer = try reconciled(facts)
    #expect(answer.fraction(.weightedPipeline) == "4000/10000")
    let moved = answer.definitions.flatMap(\.steps).flatMap(\.recordIDs)
    #expect(!moved.contains("lost"))
    let winRate = try facts.reconciled(.winRate, agreement(quota: 10_000), asOfDay: 10.5)
    #expect(winRate.fraction(.closedDeals) == "0/1")
  }

  @Test func `what is certain by now was not certain then`() throws {
    var facts = FactBuilder()
    facts.deal(
      "later",
      lead: "",
      created: 1,
      closed: 20,
      outcome: "won",
      amount: 3_000,
      probability: 1_000_000
    )
    facts.deal("open", lead: "", created: 1, amount: 2_000, probability: 500_000)
    let then = try reconciled(facts, asOfDay: 10.5)
    #expect(then.fraction(.weightedPipeline) == "1000/10000")
    #expect(then.ids(.weightedPipeline, .withoutProbability) == ["later"])
    let now = try reconciled(facts, asOfDay: 25)
    #expect(now.fraction(.weightedPipeline) == "1000/7000")
  }

  @Test(
    arguments: [
      (nil, 500_000, nil), (100, nil, nil), (0, 500_000, 0), (100, 0, 0), (100, 1_000_000, 100),
      (1, 499_999, 0), (1, 500_000, 1), (-1, 500_000, -1), (3, 333_333, 1),
      (1_000_000_000_000_000, 999_999, 999_999_000_000_000),
    ] as [(Int64?, Int64?, Int64?)]
  )
  func `a deal's part is rounded to the cent`(
    amount: Int64?,
    probability: Int64?,
    expected: Int64?
  ) throws {
    var facts = FactBuilder()
    facts.deal("d", lead: "", created: 1, amount: amount, probability: probability)
    let history = facts.history(asOfDay: 10)
    let deal = try #require(DealRecords(facts.ledger(), for: history).deals.first)
    #expect(deal.weightedAmount == expected)
    #expect(deal.probability == probability)
  }

  @Test(arguments: [-1, 1_000_001, Int64.max] as [Int64])
  func `what is no probability counts as none`(millionths: Int64) throws {
    var facts = FactBuilder()
    facts.deal("d", lead: "", created: 1, amount: 100, probability: millionths)
    let history = facts.history(asOfDay: 10)
    #expect(DealRecords(facts.ledger(), for: history).deals.map(\.probability) == [nil])
  }
}
