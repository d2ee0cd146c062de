import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Budget allocation` {
  private static func channel(
    scale: Double = 6,
    elasticity: Double = 0.6,
    value: Double = 180,
    hours: Double = 0.8,
    least: Double = 2_000,
    most: Double = 30_000
  ) throws -> BudgetChannel {
    try BudgetChannel(
      response: SpendResponse(scale: scale, elasticity: elasticity),
      valuePerLead: value,
      hoursPerLead: hours,
      leastSpend: least,
      mostSpend: most
    )
  }

  @Test func `agrees with a general solver`() throws {
    let table = try ReferenceTable("allocations")
    #expect(table.rows.count == 7)
    for row in table.rows {
      let scale = row.numbers("scale")
      let channels = try scale.indices.map {
        try Self.channel(
          scale: scale[$0],
          elasticity: row.numbers("elasticity")[$0],
          value: row.numbers("value")[$0],
          hours: row.numbers("hours")[$0],
          least: row.numbers("least")[$0],
          most: row.numbers("most")[$0]
        )
      }
      let best = try #require(
        BudgetAllocation(
          channels,
          budget: row.cells["budget"].flatMap(Double.init),
          hours: row.cells["limit"].flatMap(Double.init)
        )
      )
      #expect(agree(best.net, row.number("net"), relative: 1e-7), "\(row)")
      #expect(agree(best.hours, row.number("used"), relative: 1e-5), "\(row)")
      // The solver stops where the value hardly changes; its spends are less exact than its value.
      for (spend, expected) in zip(best.spend, row.numbers("spend")) {
        #expect(agree(spend, expected, relative: 1e-5, absolute: 0.02), "\(row)")
      }
    }
  }

  /// At the optimum every channel inside its bounds has the same marginal return.
  @Test func `brings all channels to one marginal return`() throws {
    let channels = try [
      Self.channel(hours: 0, least: 0, most: .infinity),
      Self.channel(scale: 2.2, elasticity: 0.75, value: 120, hours: 0, least: 0, most: .infinity),
      Self.channel(scale: 9, elasticity: 0.4, value: 75, hours: 0, least: 0, most: .infinity),
    ]
    let best = try #require(BudgetAllocation(channels, budget: 8_000, hours: nil))
    #expect(agree(best.spend.reduce(0, +), 8_000, relative: 1e-12))
    for (channel, cost) in zip(channels, best.marginalCostPerLead) {
      let cost = try #require(cost)
      #expect(agree(channel.valuePerLead / cost, 1 + best.priceOfMoney, relative: 1e-9))
    }
  }

  @Test func `spends up to where a euro brings a euro when nothing binds`() throws {
    let free = try Self.channel(hours: 0, least: 0, most: .infinity)
    let best = try #require(BudgetAllocation([free], budget: nil, hours: nil))
    #expect(agree(best.marginalCostPerLead[0], 180, relative: 1e-9))
    #expect(best.priceOfMoney == 0)
    #expect(best.priceOfHour == 0)
    let ample = try #require(BudgetAllocation([free], budget: 1e12, hours: 1e12))
    #expect(ample.spend == best.spend)
  }

  @Test func `nothing to allocate is nothing spent`() throws {
    let best = try #require(BudgetAllocation([], budget: 100, hours: 0))
    #expect(best.spend == [])
    #expect(best.net == 0)
    #expect(best.hours == 0)
  }

  @Test func `is infeasible when the least spends break the budget`() throws {
    let channels = [try Self.channel(), try Self.channel()]
    #expect(BudgetAllocation(channels, budget: 3_999, hours: nil) == nil)
    let exact = try #require(BudgetAllocation(channels, budget: 4_000, hours: nil))
    #expect(exact.spend == [2_000, 2_000])
  }

  @Test func `is infeasible when the least spends break the hours`() throws {
    let channel = try Self.channel()
    let least = try #require(BudgetAllocation([channel], budget: 2_000, hours: nil)).hours
    #expect(BudgetAllocation([channel], budget: nil, hours: least * 0.999) == nil)
    let exact = try #require(BudgetAllocation([channel], budget: nil, hours: least))
    #expect(agree(exact.spend[0], 2_000, relative: 1e-9))
  }

  @Test func `no hours leave only what takes none`() throws {
    let channels = try [Self.channel(least: 0), Self.channel(hours: 0, least: 0)]
    let best = try #require(BudgetAllocation(channels, budget: 9_000, hours: 0))
    #expect(best.leads[0] < 1e-9)
    #expect(agree(best.spend[1], 9_000, relative: 1e-9))
  }

  @Test func `no budget spends nothing`() throws {
    let best = try #require(
      BudgetAllocation([Self.channel(least: 0)], budget: 0, hours: nil)
    )
    #expect(best.spend == [0])
    #expect(best.leads == [0])
    #expect(best.marginalCostPerLead == [0])
  }

  @Test(arguments: [(0, 180), (6, 0), (6, -40)])
  func `channels that bring nothing stay at their least`(scale: Double, value: Double) throws {
    let channels = [try Self.channel(scale: scale, value: value), try Self.channel()]
    let best = try #require(BudgetAllocation(channels, budget: 10_000, hours: nil))
    #expect(best.spend[0] == 2_000)
    #expect(agree(best.spend[1], 8_000, relative: 1e-9))
  }

  @Test func `usual bounds are three tenths around today's spend`() throws {
    let channel = try BudgetChannel(
      response: SpendResponse(scale: 1, elasticity: 0.5),
      valuePerLead: 1,
      currentSpend: 1_000
    )
    #expect(agree(channel.leastSpend, 700))
    #expect(agree(channel.mostSpend, 1_300))
  }

  @Test func `a tighter limit never raises the net value`() throws {
    let channels = try [
      Self.channel(least: 0),
      Self.channel(scale: 2.2, elasticity: 0.95, value: 12, hours: 0.1, least: 0, most: 9_000),
    ]
    var last = -Double.infinity
    for hours in stride(from: 0.0, through: 3_000, by: 250) {
      let best = try #require(BudgetAllocation(channels, budget: 20_000, hours: hours))
      #expect(best.hours <= hours * (1 + 1e-9))
      #expect(best.spend.reduce(0, +) <= 20_000 * (1 + 1e-12))
      #expect(best.net >= last - 1e-6)
      last = best.net
    }
  }

  @Test func `refuses channels without a best spend`() throws {
    #expect(throws: StatisticsError.notAShare(1)) { try Self.channel(elasticity: 1) }
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try Self.channel(least: 2, most: 1)
    }
    #expect(throws: StatisticsError.notAShare(1.2)) {
      try SpendResponse(scale: 1, elasticity: 1.2)
    }
  }
}
