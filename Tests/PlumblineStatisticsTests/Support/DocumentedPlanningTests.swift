import PlumblineStatistics
import Testing

/// The examples on the pages about money, plans and scores, to the digits printed there.
@Suite struct `Documented examples of planning` {
  @Test func `the channel's economics are as the page says`() throws {
    let channel = try ChannelEconomics(
      ChannelSpend(
        media: 30_000,
        overheadShare: 0.5,
        touches: 300,
        expectedTouches: 40,
        wins: CompletedCount(counted: 12, expected: 3, variance: 2.4),
        // A standard deviation of 4,000 around 9,000.
        deals: AmountSummary(count: 12, sum: 108_000, sumOfSquares: 12 * 81e6 + 11 * 16e6)
      ),
      shared: SharedAcquisitionCost(sales: 24_000, overhead: 6_000, touches: 800),
      terms: ValueTerms(grossMargin: 0.8, monthlyChurn: 0.02)
    )
    #expect(channel.marketingCost == 33_000)
    #expect(agree(channel.salesCost, 10_200))
    #expect(channel.wins == 15)
    #expect(agree(channel.winsInterval.lower, 8.5, absolute: 0.05))
    #expect(agree(channel.winsInterval.upper, 23.3, absolute: 0.05))
    #expect(agree(channel.costPerWin, 2_880))
    #expect(agree(channel.lowestCostPerWin, 1_854, absolute: 0.5))
    #expect(agree(channel.highestCostPerWin, 5_077, absolute: 0.5))
    #expect(agree(channel.mediaCostPerWin, 2_000))
    #expect(agree(channel.lifetimeValue, 30_000))
    #expect(agree(channel.targetCostPerWin, 10_000))
    #expect(agree(channel.valueToCost, 10.4, absolute: 0.05))
    #expect(agree(channel.valueToCostInterval?.lower, 6.0, absolute: 0.05))
    #expect(agree(channel.valueToCostInterval?.upper, 18.2, absolute: 0.05))
    #expect(channel.paybackInMonths == 5)
    #expect(channel.shortestPaybackInMonths == 4)
    #expect(channel.longestPaybackInMonths == 10)
    #expect(channel.profitability == .yes)
    #expect(channel.isDealSizeUncertain)
    #expect(agree(ConfidenceInterval.garwood(count: 0).upper, 3.69, absolute: 0.005))
  }

  @Test func `the plan is as the page says`() throws {
    var counts = LagCounts()
    for (lag, won, lost) in [(2, 6, 30), (9, 14, 70), (20, 22, 60), (40, 12, 50), (80, 6, 30)] {
      counts.add(.converted, lagInDays: lag, count: won)
      counts.add(.exited, lagInDays: lag, count: lost)
    }
    let plan = try ReversePlan(
      history: CumulativeIncidence(counts),
      pipeline: [OpenEntries(bucket: 5, count: 40), OpenEntries(bucket: 16, count: 60)],
      arrivalDays: (0..<10).map { ReversePlan.middle(ofWeek: Double($0)) },
      deadlineDay: 91,
      deal: DealSize(mean: 5_000, standardDeviation: 3_000, count: 60),
      need: 240_000
    )
    #expect(agree(plan.pipelineWins, 19.2, absolute: 0.05))
    #expect(agree(plan.pipelineRevenue, 96_000, absolute: 50))
    #expect(agree(plan.pipelineStandardDeviation, 29_100, absolute: 50))
    #expect(plan.chance(entriesPerWeek: 0) < 0.000_001)
    #expect(
      plan.weekYields.map { ($0 * 100).rounded() } == [20, 18, 18, 18, 18, 18, 18, 14, 14, 14]
    )
    var generator = SeededGenerator(seed: 1)
    for (probability, entries, simulated) in [
      (0.5, 16.9, 0.48), (0.8, 22.9, 0.80), (0.95, 30.4, 0.96),
    ] {
      let found = try #require(plan.entriesPerWeek(probability: probability))
      #expect(agree(found, entries, absolute: 0.05))
      let chance = plan.simulatedChance(entriesPerWeek: found, draws: 4_000, using: &generator)
      #expect(agree(chance, simulated, relative: 0, absolute: 0.005))
    }
  }

  @Test func `the allocation is as the page says`() throws {
    let today = [9_000.0, 6_000, 5_000]
    let parts = [(1.5, 0.6, 90.0, 1.0), (0.4, 0.8, 70, 0.5), (3, 0.4, 80, 0.7)]
    let channels = try zip(parts, today).map { part, spend in
      try BudgetChannel(
        response: SpendResponse(scale: part.0, elasticity: part.1),
        valuePerLead: part.2,
        hoursPerLead: part.3,
        currentSpend: spend
      )
    }
    var net = 0.0
    for (channel, spend) in zip(channels, today) {
      net += channel.valuePerLead * channel.response.leads(spend: spend) - spend
    }
    #expect(agree(net, 48_564, absolute: 0.5))
    let costs = zip(channels, today).map { $0.response.marginalCost(spend: $1) ?? 0 }
    #expect(costs.map { $0.rounded() } == [42, 18, 138])
    let averages = zip(channels, today).map { $1 / $0.response.leads(spend: $1) }
    #expect(averages.map { $0.rounded() } == [25, 14, 55])

    let best = try #require(BudgetAllocation(channels, budget: 20_000, hours: nil))
    #expect(best.spend.map { $0.rounded() } == [8_700, 7_800, 3_500])
    #expect(agree(best.net, 53_848, absolute: 0.5))
    #expect(agree(best.hours, 661, absolute: 0.5))
    #expect(agree(best.priceOfMoney, 1.15, absolute: 0.005))
    let limited = try #require(BudgetAllocation(channels, budget: 20_000, hours: 620))
    #expect(limited.spend.map { $0.rounded() } == [7_040, 7_800, 3_500])
    #expect(agree(limited.net, 51_786, absolute: 0.5))
    #expect(agree(limited.priceOfHour, 51.6, absolute: 0.05))
  }

  @Test func `the headcount plan is as the page says`() throws {
    let plan = try HeadcountPlan(
      months: 12,
      team: SalesTeam(
        startReps: 3,
        hires: [0, 1],
        ramp: [0, 0.3, 0.7],
        monthlyAttrition: 0.01,
        capacityPerRep: 60,
        monthlyCostPerRep: 9_000,
        costPerHire: 10_000
      ),
      supply: LeadSupply(
        baseLeads: 80,
        monthlySpend: 15_000,
        response: SpendResponse(scale: 1.2, elasticity: 0.5),
        closeRate: 0.07,
        unworkedCloseRate: 0.01,
        cycle: [0.2, 0.5, 0.3]
      ),
      customers: CustomerBook(
        startCustomers: 200,
        monthlyRevenue: 400,
        grossMargin: 0.8,
        monthlyChurn: 0.02
      ),
      monthlyOverhead: 20_000,
      commission: 0.1,
      startCash: 150_000
    )
    let forecast = plan.forecast()
    #expect(agree(plan.supply.monthlyLeads, 227, absolute: 0.5))
    #expect(forecast.lowestMonth == 4)
    #expect(agree(forecast.lowestCash, 115_242, absolute: 0.5))
    #expect(forecast.cashOutMonth == nil)
    #expect(agree(forecast.costPerWin, 4_099, absolute: 0.5))
    let hire = plan.nextHire(inMonth: 2)
    #expect(agree(hire.extraWins, 2.7, absolute: 0.05))
    #expect(agree(hire.extraCost, 97_357, absolute: 0.5))
    #expect(agree(hire.costPerWin, 35_914, absolute: 0.5))
    #expect(agree(hire.utilisationAfterRamp, 0.82, absolute: 0.005))
    #expect(plan.verdict(on: hire, breakEvenCostPerWin: 16_000) == .tooExpensive)
    #expect(agree(400 * 0.8 / 0.02, 16_000))
  }

  @Test func `the score is judged as the page says`() throws {
    let score = try ScoreHistogram(
      scores: [10, 30, 50, 70, 90],
      won: [3, 8, 20, 30, 14],
      lost: [97, 112, 130, 90, 26]
    )
    let value = try WorkValue(perWin: 900, perCase: 110)
    let area = try #require(AreaUnderCurve(score))
    #expect(agree(area.area, 0.72, absolute: 0.005))
    #expect(agree(area.interval().lower, 0.66, absolute: 0.005))
    #expect(agree(area.interval().upper, 0.77, absolute: 0.005))
    let best = try #require(score.bestThreshold(value: value))
    #expect(best.threshold == 50)
    #expect(best.net == 23_500)
    #expect(agree(best.precision, 0.206, absolute: 0.0005))
    #expect(agree(best.recall, 0.853, absolute: 0.0005))
    #expect(agree(value.net(won: score.won, total: score.total), 9_200))
    let model = try #require(ScoreModel(score))
    #expect(model.threshold(value: value) == 50)
    let chances = score.bins.map { (model.probability(at: $0.score) * 1_000).rounded() / 10 }
    #expect(chances == [3.5, 6.8, 13.1, 23.5, 38.6])
    #expect(agree(value.breakEvenProbability, 0.122, absolute: 0.0005))
    #expect(agree(score.lift(ofBest: 0.1), 2.3, absolute: 0.005))
  }
}
