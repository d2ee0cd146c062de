import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Against a plan, and against the best channel.
struct GapBenchmarkTests {
  @Test func `without a plan there is none to compare with`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 30, accepted: 15, won: 3)
    #expect(throws: InputError.self) {
      try company.builder().answer(against: .plan, period: GapCompany.secondQuarterPeriod)
    }
  }

  @Test func `an empty plan plans everything as it came out`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 30, accepted: 15, won: 3)
    let answer = try company.builder(plan: GapPlan()).answer(
      against: .plan,
      period: GapCompany.secondQuarterPeriod
    )
    #expect(answer.channels.map(\.name) == [GapBuilder.allChannels])
    #expect(answer.total.amount == 0)
    #expect(answer.channels[0].base.rates.allSatisfy { $0.basis == .notPlanned })
    #expect(answer.channels[0].base.deal.basis == .notPlanned)
    answer.checkSums()
  }

  @Test func `a plan in total is compared in total`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 10)
    company.add("Google", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 10)
    let plan = GapPlan(
      total: .init(leadsPerMonth: 100, rates: ["sql-won": 0.3], meanDeal: 100_000)
    )
    let answer = try company.builder(plan: plan).answer(
      against: .plan,
      period: GapCompany.secondQuarterPeriod
    )
    let row = try #require(answer.channels.first)
    #expect(answer.channels.count == 1)
    // A quarter is three months, though April to June have but 91 days.
    #expect(row.base.volume == 300)
    #expect(row.base.rates.map(\.basis) == [.notPlanned, .planned])
    #expect(row.base.wonSoFar == nil && row.base.bookedSoFar == nil)
    #expect(row.parts[2].amount == 0)
    #expect(row.parts[0].amount < 0 && row.parts[0].isClear)
    answer.checkSums()
  }

  @Test func `a plan by channel leaves the others together`() throws {
    var company = GapCompany()
    for channel in ["Meta", "Google", "Fair", ""] {
      company.add(channel, from: GapCompany.secondQuarter, leads: 60, accepted: 30, won: 9)
    }
    let plan = GapPlan(
      total: .init(leadsPerMonth: 100, rates: ["lead-sql": 0.6], meanDeal: 120_000),
      channels: [
        "META": .init(leadsPerMonth: 40, rates: ["lead-sql": 0.7]),
        "Podcast": .init(leadsPerMonth: 10),
      ]
    )
    let answer = try company.builder(plan: plan).answer(
      against: .plan,
      period: GapCompany.secondQuarterPeriod
    )
    #expect(answer.channels.map(\.name) == ["META", "Podcast", GapBuilder.otherChannels])
    let months = GapCompany.secondQuarterPeriod.months
    #expect(answer.channels.map { ($0.base.volume / months).rounded() } == [40, 10, 50])
    #expect(answer.channels.map(\.actual.volume) == [60, 0, 180])
    #expect(answer.channels[0].base.rates[0].rate == 0.7)
    #expect(answer.channels[2].base.rates[0].rate == 0.6)
    #expect(answer.channels[1].actual.rates.allSatisfy { $0.basis == .nobody })
    answer.checkSums()
  }

  @Test func `channels that plan more than the total leave nothing to the others`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 60, accepted: 30, won: 9)
    let plan = GapPlan(
      total: .init(leadsPerMonth: 10),
      channels: ["Meta": .init(leadsPerMonth: 40)]
    )
    let answer = try company.builder(plan: plan).answer(
      against: .plan,
      period: GapCompany.secondQuarterPeriod
    )
    #expect(answer.channels.map(\.name) == ["Meta"])
    answer.checkSums()
  }

  @Test func `the best channel is the best by shrunk rates, not by luck`() throws {
    var company = GapCompany()
    company.add("Lucky", from: GapCompany.secondQuarter, leads: 20, accepted: 12, won: 7)
    company.add("Tiny", from: GapCompany.secondQuarter, leads: 3, accepted: 3, won: 3)
    company.add("Good", from: GapCompany.secondQuarter, leads: 600, accepted: 300, won: 150)
    company.add("Plain", from: GapCompany.secondQuarter, leads: 600, accepted: 180, won: 36)
    let answer = try company.builder().answer(
      against: .best,
      period: GapCompany.secondQuarterPeriod
    )
    let best = try #require(answer.best)
    #expect(best.considered == 3)
    #expect(best.winRate > best.runnerUpWinRate)
    // Seven of twenty is 35 %; what twenty leads allow to say is less.
    #expect(["Good", "Lucky"].contains(best.channel))
    #expect(best.winRate < 0.33)
    let plain = try #require(answer.channels.first { $0.name == "Plain" })
    #expect(plain.total.amount < 0 && plain.total.isClear)
    #expect(plain.parts[0].amount == 0 && plain.parts[1].amount == 0)
    #expect(plain.parts[4].amount == 0)
    #expect(plain.base.rates.allSatisfy { $0.basis == .shrunk })
    #expect(answer.mixRate.decomposition.mix == 0)
    answer.checkSums()
  }

  @Test func `one channel has no better one`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 10)
    company.add("Small", from: GapCompany.secondQuarter, leads: 19, accepted: 4, won: 1)
    #expect(throws: InputError.self) {
      try company.builder().answer(against: .best, period: GapCompany.secondQuarterPeriod)
    }
  }
}
