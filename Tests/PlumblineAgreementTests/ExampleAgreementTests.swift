import PlumblineAgreement
import PlumblineCore
import Testing

/// What the example company agreed about money.
struct ExampleAgreementTests {
  private func agreement() throws -> Agreement {
    let (agreement, diagnostics) = AgreementReader.read(
      text: ExampleCompany.agreementYAML,
      file: "agreement.yaml"
    )
    // Its score moves no lead, on purpose; nothing is said of money.
    #expect(diagnostics.map(\.code) == ["agreement.score-not-used"])
    return try #require(agreement)
  }

  @Test func `says all that an answer in money needs`() throws {
    let economics = try agreement().economics
    #expect(economics.horizonInMonths == 24)
    #expect(economics.monthsPerDealAmount == 12)
    // 0.78 x 1/12 x (1 - 0.98^24) / 0.02 = 1.248714 (Python 3.12) of a yearly amount.
    let value = try #require(economics.lifetimeValue(ofDeal: 10_000))
    #expect(abs(value - 12_487.1) < 0.1)
    #expect(economics.cash == 180_000_000)
    #expect(economics.paymentWord == "annual")
    #expect(economics.overheadPerMonth == 2_500_000 && economics.otherCostPerMonth != nil)
    #expect(economics.repMonthCost != nil && economics.rampInMonths != nil)
    #expect(economics.sales.hireCost != nil && economics.sales.commission != nil)
    #expect(economics.sales.leadsPerRepMonth != nil && economics.sales.hoursPerRepMonth != nil)
    #expect(economics.sales.monthlyAttrition != nil)
    #expect(economics.sales.minutes == ["email": 5, "call": 10, "meeting": 60])
  }

  @Test func `has a quota for each rep in each quarter of its data`() throws {
    let quotas = try agreement().goals.filter { $0.measure == .quota }
    let (first, last) = (ExampleCompany.firstDay, ExampleCompany.lastDay)
    for owner in ExampleCompany.reps.map(Optional.some) + [nil] {
      let days = quotas.filter { $0.owner == owner }.map(\.days)
      #expect(days.count == 5)
      #expect(days.contains { $0.contains(first) } && days.contains { $0.contains(last) })
    }
    // What reps are to win together is a little more than the whole team is.
    for team in quotas where team.owner == nil {
      let sum = quotas.filter { $0.owner != nil && $0.days == team.days }.reduce(0) {
        $0 + $1.amount
      }
      #expect(sum >= team.amount && Double(sum) < 1.05 * Double(team.amount), "\(team.period)")
    }
  }

  @Test func `pays both teams for measures that answers compute, all of their variable pay`()
    throws
  {
    let incentives = try agreement().incentives
    for team in Stage.Team.allCases {
      let own = incentives.filter { $0.team == team }
      #expect(own.allSatisfy { $0.known != nil && $0.target != nil && $0.payout != nil })
      #expect(abs(own.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
      #expect(own.contains { $0.known == .wonShare })
    }
  }
}
