import PlumblineStatistics
import Testing

@Suite struct `Channel economics` {
  private func shared(touches: Double = 1000) throws -> SharedAcquisitionCost {
    try SharedAcquisitionCost(sales: 30_000, overhead: 8_000, touches: touches)
  }

  private func terms(churn: Double = 0.03) throws -> ValueTerms {
    try ValueTerms(monthsPerDealAmount: 12, grossMargin: 0.8, monthlyChurn: churn)
  }

  private func economics(
    media: Double = 21_000,
    touches: Double = 580,
    wins: CompletedCount,
    deals: AmountSummary = AmountSummary([6_000, 7_000, 8_000]),
    churn: Double = 0.03
  ) throws -> ChannelEconomics {
    try ChannelEconomics(
      ChannelSpend(
        media: media,
        overheadShare: 0.5,
        touches: touches,
        wins: wins,
        deals: deals
      ),
      shared: shared(),
      terms: terms(churn: churn)
    )
  }

  @Test func `nothing spent and nothing won is known not to cost anything`() throws {
    let nothing = try ChannelEconomics(
      ChannelSpend(media: 0, wins: CompletedCount(counted: 0), deals: AmountSummary([])),
      shared: shared(),
      terms: terms()
    )
    #expect(nothing.cost == 0)
    #expect(nothing.costPerWin == nil)
    #expect(nothing.lowestCostPerWin == 0)
    #expect(nothing.highestCostPerWin == nil)
    #expect(nothing.mediaCostPerWin == nil)
    #expect(nothing.lifetimeValue == nil)
    #expect(nothing.targetCostPerWin == nil)
    #expect(nothing.valueToCost == nil)
    #expect(nothing.valueToCostInterval == nil)
    #expect(nothing.paybackInMonths == nil)
    #expect(nothing.shortestPaybackInMonths == nil)
    #expect(nothing.profitability == nil)
    #expect(nothing.isDealSizeUncertain)
  }

  /// The exact upper end of a count of 0 is −ln 0.025.
  @Test func `without a win the cost is at least the spend over 3 point 69`() throws {
    let barren = try economics(media: 200_000, wins: CompletedCount(counted: 0))
    #expect(barren.costPerWin == nil)
    #expect(barren.highestCostPerWin == nil)
    #expect(agree(barren.lowestCostPerWin, (204_000 + 17_400) / 3.6888794541139363))
    #expect(barren.longestPaybackInMonths == nil)
    // Deals of other weeks tell what a customer is worth: 15,556, far below 60,018.
    #expect(barren.profitability == .no)
    #expect(barren.valueToCost == nil)
  }

  @Test func `without a win and little spent nothing can be said`() throws {
    let young = try economics(media: 500, touches: 0, wins: CompletedCount(counted: 0))
    #expect(young.profitability == .cannotTell)
    #expect(young.shortestPaybackInMonths == 3)
  }

  @Test func `counts only expected wins too`() throws {
    let young = try economics(wins: CompletedCount(counted: 0, expected: 4, variance: 3))
    #expect(young.wins == 4)
    #expect(young.winsInterval == .gamma(mean: 4, variance: 3))
    #expect(agree(young.costPerWin, 42_400 / 4))
  }

  @Test func `a channel without media keeps its sales cost`() throws {
    let referral = try economics(media: 0, wins: CompletedCount(counted: 5))
    #expect(referral.mediaCostPerWin == nil)
    #expect(referral.cost == 4_000 + 17_400)
    #expect(agree(referral.costPerWin, 4_280))
  }

  @Test func `wins that cost nothing are profitable and have no ratio`() throws {
    let gift = try ChannelEconomics(
      ChannelSpend(media: 0, wins: CompletedCount(counted: 5), deals: AmountSummary([100])),
      shared: shared(),
      terms: terms()
    )
    #expect(gift.costPerWin == 0)
    #expect(gift.paybackInMonths == 0)
    #expect(gift.profitability == .yes)
    #expect(gift.valueToCost == nil)
  }

  @Test func `no touches anywhere share out no sales cost`() throws {
    #expect(try shared(touches: 0).perTouch == 0)
  }

  @Test func `one deal adds no spread but is marked as uncertain`() throws {
    let single = try economics(
      wins: CompletedCount(counted: 16),
      deals: AmountSummary([7_000])
    )
    let ratio = try #require(single.valueToCost)
    // The variance of the logarithm is that of the wins, 1/16.
    let spread = 1.6323015228666846
    #expect(agree(single.valueToCostInterval?.lower, ratio / spread))
    #expect(agree(single.valueToCostInterval?.upper, ratio * spread))
    #expect(single.isDealSizeUncertain)
  }

  @Test func `refunds make a ratio below 0 without an interval`() throws {
    let refunded = try economics(
      wins: CompletedCount(counted: 3),
      deals: AmountSummary([-400, -200])
    )
    #expect((refunded.valueToCost ?? 0) < 0)
    #expect(refunded.valueToCostInterval == nil)
    #expect(refunded.paybackInMonths == nil)
    #expect(refunded.profitability == .no)
  }

  @Test func `without churn the value has no bound, but the payback is known`() throws {
    let loyal = try economics(wins: CompletedCount(counted: 10), churn: 0)
    #expect(loyal.lifetimeValue == nil)
    #expect(loyal.profitability == nil)
    // 4,240 at 466.67 a month.
    #expect(loyal.paybackInMonths == 10)
  }

  /// 8 wins for 42,000: between 2,664 and 12,160 each; a deal of 1,000 brings 2,222 over time.
  @Test(arguments: [(6_000.0, Profitability.yes), (3_000, .cannotTell), (1_000, .no)])
  func `is judged by the ends of the interval`(dealSize: Double, verdict: Profitability) throws {
    let channel = try economics(
      media: 38_000,
      touches: 0,
      wins: CompletedCount(counted: 8),
      deals: AmountSummary([dealSize])
    )
    #expect(channel.profitability == verdict)
    #expect(agree(channel.lowestCostPerWin, 2_664, absolute: 0.5))
    #expect(agree(channel.highestCostPerWin, 12_160, absolute: 0.5))
  }

  @Test func `break-even is the lifetime value and the target a third of it`() throws {
    let channel = try economics(wins: CompletedCount(counted: 10))
    #expect(agree(channel.breakEvenCostPerWin, 7_000 / 12 * 0.8 / 0.03))
    #expect(agree(channel.targetCostPerWin, 7_000 / 12 * 0.8 / 0.09))
  }

  @Test func `channels add up`() throws {
    let first = try economics(wins: CompletedCount(counted: 10))
    let second = try economics(media: 1_000, wins: CompletedCount(counted: 0))
    let all = CombinedEconomics([first, second])
    #expect(agree(all.cost, first.cost + second.cost))
    #expect(agree(all.costPerWin, (first.cost + second.cost) / 10))
    #expect(CombinedEconomics([]).costPerWin == nil)
  }

  @Test func `refuses shares, terms and costs that are none`() throws {
    #expect(throws: StatisticsError.notAShare(1.1)) {
      try ChannelSpend(
        media: 0,
        overheadShare: 1.1,
        wins: CompletedCount(counted: 0),
        deals: AmountSummary([])
      )
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(0)) {
      try ValueTerms(monthsPerDealAmount: 0, grossMargin: 1, monthlyChurn: 0)
    }
    #expect(throws: StatisticsError.notAShare(-1)) {
      try ValueTerms(grossMargin: 1, monthlyChurn: -1)
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-3)) {
      try SharedAcquisitionCost(sales: -3, overhead: 0, touches: 0)
    }
  }
}
