import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct PassRevenueTests {
  @Test func `without any lead there is nothing`() {
    let passes = ReboundCompany().rebound().passes
    #expect(passes.deals == 0)
    #expect(passes.first.wonShare == nil)
    #expect(passes.first.wonInterval.width == 1)
  }

  @Test func `a deal belongs to the pass in which it was won, and both add up`() {
    var company = ReboundCompany()
    for lead in ["a", "b", "c"] { company.facts.lead(lead, day: 0) }
    company.facts.deal("1", lead: "a", created: 3, closed: 10, outcome: "won", amount: 500)
    company.leave("b", "disqualified", "", day: 20)
    company.facts.stage("b", "mql", day: 60)
    company.facts.deal("2", lead: "b", created: 70, closed: 80, outcome: "won", amount: 300)
    company.facts.deal("3", lead: "b", created: 71, closed: 85, outcome: "won")
    company.leave("c", "disqualified", "", day: 20)
    let passes = company.rebound().passes
    #expect(passes.first.passes == 3)
    #expect(passes.first.won == 1)
    #expect(passes.first.left == 2)
    #expect(passes.later.passes == 1)
    #expect(passes.later.leads == 1)
    #expect((passes.first.amount, passes.later.amount) == (500, 300))
    #expect(passes.later.withoutAmount == 1)
    #expect(passes.deals == 3)
    #expect(passes.amount == 800)
    #expect(passes.later.wonLeads == [1])
  }

  @Test(arguments: UInt64(0)..<20)
  func `the parts add up to all won deals of any company`(seed: UInt64) {
    let company = RandomCompany(seed: seed, importCount: 3)
    let history = CompanyHistory(
      company.ledger(exportedDays: [nil, nil, nil]),
      under: RandomCompany.agreement()
    )
    let passes = PassRevenue(history, Journeys(history, skips: .filled))
    #expect(passes.deals == history.wonDeals.count)
    #expect(passes.amount == history.wonDeals.reduce(0) { $0 + ($1.amount ?? 0) })
    #expect(passes.first.passes + passes.later.passes == Journeys(history, skips: .filled).count)
  }
}
