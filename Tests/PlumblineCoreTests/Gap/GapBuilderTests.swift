import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct GapBuilderTests {
  private static let secondQuarter = GapPeriod.quarter(
    of: CivilDate(dayNumber: Int(GapCompany.secondQuarter))
  )

  /// Whatever was asked, the parts add up to the minor unit, and every interval holds its amount.
  private func checkSums(_ answer: GapAnswer) {
    for channel in answer.channels {
      #expect(channel.parts.reduce(0) { $0 + $1.amount } == channel.total.amount)
      #expect(channel.total.amount == channel.actual.expected - channel.base.expected)
      #expect(channel.parts.count == answer.factors.count)
    }
    for factor in answer.factors.indices {
      #expect(
        answer.channels.reduce(0) { $0 + $1.parts[factor].amount }
          == answer.factorTotals[factor].amount
      )
    }
    #expect(answer.factorTotals.reduce(0) { $0 + $1.amount } == answer.total.amount)
    #expect(answer.total.amount == answer.actual - answer.base)
    for part in answer.channels.flatMap(\.parts) + answer.factorTotals + [answer.total] {
      #expect(part.lower <= part.amount && part.amount <= part.upper)
    }
    let mixRate = answer.mixRate.decomposition
    #expect(abs(mixRate.mix + mixRate.ownRates - mixRate.change) < 1e-12)
  }

  private func part(_ answer: GapAnswer, _ channel: String, _ factor: GapFactor) -> GapPart? {
    guard let index = answer.factors.firstIndex(of: factor) else { return nil }
    return answer.channels.first { $0.name == channel }?.parts[index]
  }

  @Test func `a company without leads has no period to compare`() {
    #expect(throws: InputError.self) { try GapCompany().builder().answer(against: .previous) }
  }

  @Test func `a period without leads on either side has a gap of nothing`() throws {
    let answer = try GapCompany().builder().answer(
      against: .previous,
      period: Self.secondQuarter
    )
    #expect(answer.channels.isEmpty)
    #expect(answer.total.amount == 0 && !answer.total.isClear)
    checkSums(answer)
  }

  @Test func `two equal quarters differ by nothing`() throws {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 100, accepted: 40, won: 10)
    }
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(answer.base == 1_000_000 && answer.actual == 1_000_000)
    #expect(answer.total.amount == 0 && !answer.total.isClear)
    #expect(answer.channels[0].parts.allSatisfy { $0.amount == 0 && !$0.isClear })
    checkSums(answer)
  }

  @Test func `one channel's fall in one step is laid at that step`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 400, accepted: 200, won: 100)
    company.add("Meta", from: GapCompany.secondQuarter, leads: 400, accepted: 200, won: 50)
    company.add("Google", from: GapCompany.firstQuarter, leads: 400, accepted: 100, won: 40)
    company.add("Google", from: GapCompany.secondQuarter, leads: 400, accepted: 100, won: 40)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(answer.base == 14_000_000 && answer.actual == 9_000_000)
    let closing = try #require(part(answer, "Meta", .rate(from: 1)))
    #expect(closing.amount == -5_000_000 && closing.isClear)
    #expect(part(answer, "Meta", .rate(from: 0))?.amount == 0)
    #expect(part(answer, "Google", .rate(from: 1))?.amount == 0)
    #expect(part(answer, "Google", .rate(from: 1))?.isClear == false)
    #expect(answer.channels.map(\.name) == ["Google", "Meta"])
    #expect(answer.mixRate.decomposition.mix == 0)
    checkSums(answer)
  }

  @Test func `more leads at the same rates are volume, and clear`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 100, accepted: 40, won: 20)
    company.add("Meta", from: GapCompany.secondQuarter, leads: 150, accepted: 60, won: 30)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    let volume = try #require(part(answer, "Meta", .volume))
    #expect(volume.amount == 1_000_000 && volume.isClear)
    #expect(part(answer, "Meta", .mix)?.amount == 0)
    checkSums(answer)
  }

  @Test func `a new channel and one that went away are mix, their rates explain nothing`() throws {
    var company = GapCompany()
    company.add("Old", from: GapCompany.firstQuarter, leads: 100, accepted: 40, won: 20)
    company.add("Kept", from: GapCompany.firstQuarter, leads: 100, accepted: 40, won: 20)
    company.add("Kept", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 20)
    company.add("New", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 10)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    for name in ["Old", "New"] {
      for factor in [GapFactor.volume, .rate(from: 0), .rate(from: 1), .deal] {
        #expect(part(answer, name, factor)?.amount == 0, "\(name) \(factor)")
      }
    }
    #expect(part(answer, "Old", .mix)?.amount == -2_000_000)
    #expect(part(answer, "New", .mix)?.amount == 1_000_000)
    let new = try #require(answer.channels.first { $0.name == "New" })
    #expect(new.base.rates.allSatisfy { $0.basis == .nobody && $0.rate == nil })
    #expect(new.base.volume == 0 && new.base.share == 0)
    #expect(new.logMeanParts == nil)
    checkSums(answer)
  }

  @Test func `everything is volume where there was nothing before`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 20)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(part(answer, "Meta", .volume)?.amount == 2_000_000)
    #expect(answer.total.amount == 2_000_000)
    #expect(answer.channels[0].base.share == nil)
    checkSums(answer)
  }

  @Test func `a step that died takes the whole of what came through it`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 200, accepted: 80, won: 40)
    company.add("Meta", from: GapCompany.secondQuarter, leads: 200, accepted: 0, won: 0)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(part(answer, "Meta", .rate(from: 0))?.amount == -4_000_000)
    #expect(part(answer, "Meta", .rate(from: 0))?.isClear == true)
    let side = answer.channels[0].actual
    #expect(side.rates[1].basis == .nobody)
    #expect(side.deal.basis == .otherSide)
    #expect(side.expected == 0)
    checkSums(answer)
  }

  @Test func `refunds make a negative mean deal, and still add up`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 100, accepted: 40, won: 20)
    company.add(
      "Meta",
      from: GapCompany.secondQuarter,
      leads: 100,
      accepted: 40,
      won: 10,
      amount: -5_000
    )
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(answer.actual == -50_000)
    #expect(answer.channels[0].logMeanParts == nil)
    checkSums(answer)
  }

  @Test func `counts customers where no deal has an amount`() throws {
    var company = GapCompany()
    company.add(
      "Meta",
      from: GapCompany.firstQuarter,
      leads: 100,
      accepted: 40,
      won: 20,
      amount: nil
    )
    company.add(
      "Meta",
      from: GapCompany.secondQuarter,
      leads: 100,
      accepted: 40,
      won: 13,
      amount: nil
    )
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    #expect(answer.unit == .customers && answer.minorUnits == 1000)
    #expect(answer.base == 20_000 && answer.actual == 13_000)
    #expect(part(answer, "Meta", .deal)?.amount == 0)
    #expect(answer.wonDealsWithoutAmount == 33)
    checkSums(answer)
  }

  @Test func `a channel whose deals have no amounts takes the mean of all`() throws {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 100, accepted: 40, won: 20, amount: nil)
      company.add("Google", from: day, leads: 100, accepted: 40, won: 20, amount: 70_000)
    }
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    let meta = try #require(answer.channels.first { $0.name == "Meta" })
    #expect(meta.actual.deal.basis == .allChannels && meta.actual.deal.mean == 70_000)
    #expect(meta.base.deal.mean == 70_000)
    #expect(answer.total.amount == 0)
    checkSums(answer)
  }

  @Test func `sees Simpson's paradox`() throws {
    var company = GapCompany()
    company.add("Weak", from: GapCompany.firstQuarter, leads: 100, accepted: 100, won: 15)
    company.add("Strong", from: GapCompany.firstQuarter, leads: 800, accepted: 800, won: 320)
    company.add("Weak", from: GapCompany.secondQuarter, leads: 700, accepted: 700, won: 119)
    company.add("Strong", from: GapCompany.secondQuarter, leads: 300, accepted: 300, won: 126)
    let answer = try company.builder().answer(against: .previous, period: Self.secondQuarter)
    let decomposition = answer.mixRate.decomposition
    #expect(decomposition.isSimpson && decomposition.hasOppositeSigns)
    #expect(abs(decomposition.change - -0.127222) < 1e-6)
    checkSums(answer)
  }

  // MARK: Young cohorts

  /// The same company in both quarters, the newer one only days old.
  ///
  /// Raw shares would show a collapse.
  @Test(arguments: UInt64(0)..<8)
  func `a quarter that is too young does not look like a leak`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var company = GapCompany()
    let end = GapCompany.thirdQuarter + 10
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      for (channel, won) in [("Meta", 0.3), ("Google", 0.4)] {
        company.addByChance(
          channel,
          from: day,
          leads: 400,
          accepted: 0.5,
          won: won,
          until: end,
          using: &generator
        )
      }
    }
    let answer = try company.builder(asOfDay: end).answer(
      against: .previous,
      period: Self.secondQuarter
    )
    let rates = answer.channels.flatMap { $0.actual.rates }
    #expect(rates.contains { ($0.maturity ?? 1) < 0.8 })
    for channel in answer.channels {
      let raw = Double(channel.actual.wonSoFar ?? 0) / channel.actual.volume
      let completed = channel.actual.expectedWins / channel.actual.volume
      let truth = channel.name == "Meta" ? 0.15 : 0.2
      // Raw shares are short by a quarter or more of the truth.
      #expect(raw < 0.8 * truth, "\(channel.name): raw \(raw)")
      #expect(abs(completed - truth) < 0.06, "\(channel.name): \(completed)")
    }
    #expect(abs(Double(answer.total.amount)) < 0.3 * Double(answer.base))
    checkSums(answer)
  }

  @Test func `a company too young for its own horizons says so`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 90, accepted: 90, won: 0)
    let day = GapCompany.firstQuarter + 18
    let answer = try company.builder(asOfDay: day).answer(
      against: .previous,
      period: GapPeriod(
        first: CivilDate(dayNumber: Int(day) - 8),
        last: CivilDate(dayNumber: Int(day))
      )
    )
    #expect(answer.steps.contains { $0.actual.basis == .tooYoung })
    checkSums(answer)
  }

  // MARK: Choosing the period

  @Test func `takes the newest quarter of which enough is known, and says what it passed over`()
    throws
  {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 200, accepted: 100, won: 30)
    }
    let late = try company.builder(asOfDay: GapCompany.thirdQuarter + 80).answer(
      against: .previous
    )
    #expect(late.period == Self.secondQuarter && late.isChosenPeriod)
    #expect(late.passedOver == nil && late.basePeriod == Self.secondQuarter.previous)

    var generator = SeededGenerator(seed: 3)
    var young = GapCompany()
    let end = GapCompany.thirdQuarter + 1
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      young.addByChance(
        "Meta",
        from: day,
        leads: 300,
        accepted: 0.9,
        won: 0.3,
        until: end,
        using: &generator
      )
    }
    let early = try young.builder(asOfDay: end).answer(against: .previous)
    #expect(early.period == Self.secondQuarter.previous)
    #expect(early.passedOver == Self.secondQuarter)
  }

  @Test func `a quarter that is not over yet is not taken`() throws {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter - 91, GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 200, accepted: 100, won: 30)
    }
    // The last second of the quarter is over, the one before is not.
    let over = try company.builder(asOfDay: GapCompany.thirdQuarter - 1 / 86_400).answer(
      against: .previous
    )
    #expect([over.period, over.passedOver].contains(Self.secondQuarter))
    let running = try company.builder(asOfDay: GapCompany.thirdQuarter - 2 / 86_400).answer(
      against: .previous
    )
    #expect(running.period == Self.secondQuarter.previous && running.passedOver == nil)
  }

  @Test func `takes a month where there are no two quarters`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 300, accepted: 150, won: 30)
    let answer = try company.builder(asOfDay: GapCompany.thirdQuarter + 20).answer(
      against: .previous
    )
    #expect(answer.period.wholeMonths == 1)
    checkSums(answer)
  }

  // MARK: Periods that are not all on record

  @Test(arguments: [(0, false), (1, true), (20, true), (200, true)])
  func `a period that ends after the day of the data is refused`(
    daysAfter: Int,
    isRefused: Bool
  ) throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 90, accepted: 45, won: 9)
    let today = Int(GapCompany.secondQuarter) + 30
    // The middle of a day: the newest fact hardly ever falls on midnight.
    let builder = company.builder(asOfDay: Double(today) + 0.5)
    let period = GapPeriod(
      first: CivilDate(dayNumber: today - 30 + daysAfter),
      last: CivilDate(dayNumber: today + daysAfter)
    )
    for benchmark in [GapBenchmark.previous, .best, .plan] where isRefused {
      let error = #expect(throws: InputError.self) {
        try builder.answer(against: benchmark, period: period)
      }
      let fault = try #require(error?.diagnostics.first)
      #expect(fault.code == "option.period-not-over")
      #expect(fault.message.contains("the data go until 2024-05-01"))
      let remedy = try #require(fault.remedy)
      #expect(remedy.hasPrefix(daysAfter > 30 ? "Name days up to" : "Write --to 2024-05-01"))
    }
    if !isRefused {
      #expect(try builder.answer(against: .previous, period: period).period == period)
    }
  }

  /// Leads come in from the first day of the second quarter plus so many days on.
  @Test(
    arguments: [(-1.0, nil), (0, nil), (7, nil), (8, 8), (40, 40), (91, 91), (100, 100)]
      as [(Double, Int?)]
  )
  func `says from when on the base is on record, where it begins more than a week before`(
    daysLater: Double,
    recordBegins: Int?
  ) throws {
    var company = GapCompany()
    company.facts.lead("first", day: GapCompany.firstQuarter + daysLater + 0.5, channel: "Fair")
    company.add("Meta", from: GapCompany.secondQuarter + 9, leads: 90, accepted: 45, won: 9)
    // A filter changes nothing: a channel that is new is on record all the same.
    for filters in [[], [DimensionFilter(.channel, values: ["Meta"])]] {
      let answer = try company.builder().answer(
        against: .previous,
        period: Self.secondQuarter,
        filters: filters
      )
      #expect(
        answer.baseRecordBegins
          == recordBegins.map { CivilDate(dayNumber: Int(GapCompany.firstQuarter) + $0) }
      )
      checkSums(answer)
    }
    let plan = try company.builder(plan: GapPlan()).answer(
      against: .plan,
      period: Self.secondQuarter
    )
    #expect(plan.baseRecordBegins == nil)
  }

  @Test func `where there are no leads at all, no record begins`() throws {
    let answer = try GapCompany().builder().answer(
      against: .previous,
      period: Self.secondQuarter
    )
    #expect(answer.baseRecordBegins == nil)
  }

  // MARK: Plan and best

  @Test func `without a plan there is none to compare with`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 30, accepted: 15, won: 3)
    #expect(throws: InputError.self) {
      try company.builder().answer(against: .plan, period: Self.secondQuarter)
    }
  }

  @Test func `an empty plan plans everything as it came out`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 30, accepted: 15, won: 3)
    let answer = try company.builder(plan: GapPlan()).answer(
      against: .plan,
      period: Self.secondQuarter
    )
    #expect(answer.channels.map(\.name) == [GapBuilder.allChannels])
    #expect(answer.total.amount == 0)
    #expect(answer.channels[0].base.rates.allSatisfy { $0.basis == .notPlanned })
    #expect(answer.channels[0].base.deal.basis == .notPlanned)
    checkSums(answer)
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
      period: Self.secondQuarter
    )
    let row = try #require(answer.channels.first)
    #expect(answer.channels.count == 1)
    // A quarter is three months, though April to June have but 91 days.
    #expect(row.base.volume == 300)
    #expect(row.base.rates.map(\.basis) == [.notPlanned, .planned])
    #expect(row.base.wonSoFar == nil && row.base.bookedSoFar == nil)
    #expect(row.parts[2].amount == 0)
    #expect(row.parts[0].amount < 0 && row.parts[0].isClear)
    checkSums(answer)
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
      period: Self.secondQuarter
    )
    #expect(answer.channels.map(\.name) == ["META", "Podcast", GapBuilder.otherChannels])
    let months = Self.secondQuarter.months
    #expect(answer.channels.map { ($0.base.volume / months).rounded() } == [40, 10, 50])
    #expect(answer.channels.map(\.actual.volume) == [60, 0, 180])
    #expect(answer.channels[0].base.rates[0].rate == 0.7)
    #expect(answer.channels[2].base.rates[0].rate == 0.6)
    #expect(answer.channels[1].actual.rates.allSatisfy { $0.basis == .nobody })
    checkSums(answer)
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
      period: Self.secondQuarter
    )
    #expect(answer.channels.map(\.name) == ["Meta"])
    checkSums(answer)
  }

  @Test func `the best channel is the best by shrunk rates, not by luck`() throws {
    var company = GapCompany()
    company.add("Lucky", from: GapCompany.secondQuarter, leads: 20, accepted: 12, won: 7)
    company.add("Tiny", from: GapCompany.secondQuarter, leads: 3, accepted: 3, won: 3)
    company.add("Good", from: GapCompany.secondQuarter, leads: 600, accepted: 300, won: 150)
    company.add("Plain", from: GapCompany.secondQuarter, leads: 600, accepted: 180, won: 36)
    let answer = try company.builder().answer(against: .best, period: Self.secondQuarter)
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
    checkSums(answer)
  }

  @Test func `one channel has no better one`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.secondQuarter, leads: 100, accepted: 40, won: 10)
    company.add("Small", from: GapCompany.secondQuarter, leads: 19, accepted: 4, won: 1)
    #expect(throws: InputError.self) {
      try company.builder().answer(against: .best, period: Self.secondQuarter)
    }
  }

  // MARK: Filters and repeatability

  @Test func `filters count on both sides`() throws {
    var company = GapCompany()
    for day in [GapCompany.firstQuarter, GapCompany.secondQuarter] {
      company.add("Meta", from: day, leads: 100, accepted: 40, won: 10)
      company.add("Google", from: day, leads: 80, accepted: 40, won: 10)
    }
    let answer = try company.builder().answer(
      against: .previous,
      period: Self.secondQuarter,
      filters: [DimensionFilter(.channel, values: ["google"])]
    )
    #expect(answer.channels.map(\.name) == ["Google"])
    #expect(answer.channels[0].base.volume == 80)
  }

  @Test func `the same question has the same answer, intervals and all`() throws {
    var company = GapCompany()
    company.add("Meta", from: GapCompany.firstQuarter, leads: 100, accepted: 40, won: 10)
    company.add("Meta", from: GapCompany.secondQuarter, leads: 90, accepted: 45, won: 15)
    let answers = try (0..<2).map { _ in
      try company.builder().answer(against: .previous, period: Self.secondQuarter)
    }
    #expect(answers[0].channels == answers[1].channels)
    #expect(answers[0].factorTotals == answers[1].factorTotals)
  }
}
