import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Spend response` {
  @Test func `agrees with least squares joined with the prior`() throws {
    let table = try ReferenceTable("spend-responses")
    #expect(table.rows.count == 4)
    for row in table.rows {
      let weeks = zip(row.numbers("spend"), row.numbers("leads")).map { (spend: $0, leads: $1) }
      let fit = try #require(try SpendResponseFit(weeks))
      #expect(agree(fit.response.elasticity, row.number("elasticity"), relative: 1e-8))
      #expect(agree(fit.standardError, row.number("se"), relative: 1e-8))
      #expect(agree(fit.response.scale, row.number("scale"), relative: 1e-7))
      #expect(fit.weeksUsed == weeks.count)
    }
  }

  @Test func `nothing is known without spend`() throws {
    #expect(try SpendResponseFit([]) == nil)
    #expect(try SpendResponseFit([(spend: 0, leads: 12)]) == nil)
  }

  @Test(arguments: [
    [(500, 20)], [(500, 20), (900, 25)], [(500, 20), (500, 25), (500, 30)], [(500, 0), (700, 0)],
  ])
  func `too little leaves what is usual`(weeks: [(Double, Double)]) throws {
    let fit = try #require(try SpendResponseFit(weeks.map { (spend: $0.0, leads: $0.1) }))
    #expect(fit.response.elasticity == 0.7)
    #expect(agree(fit.standardError, 0.15))
    let spent = weeks.reduce(0) { $0 + fit.response.leads(spend: $1.0) }
    #expect(agree(spent, weeks.reduce(0) { $0 + $1.1 }))
  }

  @Test func `weeks without leads count for the scale`() throws {
    let weeks = [(100.0, 10.0), (200, 16), (400, 25), (300, 0)].map { (spend: $0.0, leads: $0.1) }
    let fit = try #require(try SpendResponseFit(weeks))
    #expect(fit.weeksUsed == 3)
    #expect(fit.weeksWithoutLeads == 1)
    #expect(agree(weeks.reduce(0) { $0 + fit.response.leads(spend: $1.spend) }, 51))
  }

  @Test(arguments: [(0.1, 0.3), (0.5, 0.5), (1.4, 0.95)])
  func `a curve without scatter is taken as it is, within bounds`(
    truth: Double,
    expected: Double
  ) throws {
    let curve = try SpendResponse(scale: 2, elasticity: min(truth, 1))
    let weeks = [10.0, 40, 90, 160].map { spend in
      (
        spend: spend,
        leads: truth > 1
          ? curve.leads(spend: spend) * curve.leads(spend: spend) : curve.leads(spend: spend)
      )
    }
    let fit = try #require(try SpendResponseFit(weeks))
    #expect(agree(fit.response.elasticity, expected, relative: 1e-6))
  }

  @Test func `knows the ends of the curve`() throws {
    let curve = try SpendResponse(scale: 3, elasticity: 0.5)
    #expect(curve.leads(spend: 0) == 0)
    #expect(agree(curve.leads(spend: 16), 12))
    #expect(curve.marginalCost(spend: 0) == 0)
    #expect(agree(curve.marginalCost(spend: 16), 4 / 1.5))
    #expect(try SpendResponse(scale: 0, elasticity: 0.5).marginalCost(spend: 9) == nil)
    #expect(try SpendResponse(scale: 3, elasticity: 0).marginalCost(spend: 9) == nil)
    #expect(agree(try SpendResponse(scale: 4, elasticity: 1).marginalCost(spend: 0), 0.25))
  }

  @Test func `refuses spend and leads below 0`() {
    #expect(throws: StatisticsError.negativeOrNotFinite(-1)) {
      try SpendResponseFit([(spend: -1, leads: 0)])
    }
    #expect(throws: StatisticsError.negativeOrNotFinite(-2)) {
      try SpendResponseFit([(spend: 1, leads: -2)])
    }
  }

  /// Where spend follows nothing, the fit finds the truth on average, drawn a little to the prior.
  @Test func `finds the truth in simulated weeks`() throws {
    var generator = SeededGenerator(seed: 12)
    var sum = 0.0
    for _ in 0..<200 {
      let weeks = (0..<52).map { _ in
        let spend = generator.logNormal(median: 3_000, logStandardDeviation: 0.5)
        let leads = generator.poisson(mean: 6 * spend.squareRoot())
        return (spend: spend, leads: Double(leads))
      }
      sum += try #require(try SpendResponseFit(weeks)).response.elasticity
    }
    #expect(agree(sum / 200, 0.5, relative: 0, absolute: 0.01))
  }
}
