import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite struct `Quota plan` {
  static let company = PlanCompany(seed: 5)
  static let builder = company.builder(asOfDay: 300)

  static func question(
    _ quota: Int64 = 1_000_000_000,
    by: Int = 390,
    since: Int = 290,
    rule: QuotaQuestion.PipelineRule = .stage
  ) -> QuotaQuestion {
    QuotaQuestion(quota: quota, deadline: date(by), since: date(since), pipelineBy: rule)
  }

  // MARK: Against a second computation

  @Test func `with all leads alike the plan is the closed form on the same counts`() throws {
    let plan = try Self.builder.plan(Self.question(rule: .age))
    #expect(plan.standing == .planned)
    // The same counts, taken from the leads by hand.
    var lags = LagCounts()
    var open = [Int](repeating: 0, count: LagBuckets.standard.count)
    for lead in Self.company.leads where lead.created <= 300 {
      let won = lead.reached.count == 3 ? lead.reached[2] : .infinity
      let left = lead.left ?? .infinity
      let end = min(won, left, 300)
      let lag = Int(end - lead.created)
      lags.add(won <= 300 ? .converted : left <= 300 ? .exited : .open, lagInDays: lag)
      if won > 300, left > 300 { open[LagBuckets.standard.bucket(ofLagInDays: lag)] += 1 }
    }
    let wins = Self.company.leads.filter { $0.reached.count == 3 && $0.reached[2] <= 300 }
    let deal = try DealSize(AmountSummary(wins.map { Double($0.amount) }))
    let booked = Self.company.won(after: 290, upTo: 300).amount
    #expect(plan.booked.amount == booked)
    #expect(plan.curve.leads == lags.total)
    #expect(plan.curve.wins == wins.count)
    #expect(plan.pipeline.leads == open.reduce(0, +))
    // 91 days are left, the last of them counted: thirteen whole weeks.
    let direct = try ReversePlan(
      history: CumulativeIncidence(lags),
      pipeline: try open.enumerated().map { try OpenEntries(bucket: $0, count: Double($1)) },
      arrivalDays: (0..<13).map { ReversePlan.middle(ofWeek: Double($0)) },
      deadlineDay: 91,
      deal: deal,
      need: 1_000_000_000 - Double(booked),
      lastBucket: .part
    )
    #expect(plan.weeks.count == 13)
    #expect(agree(plan.pipeline.wins, direct.pipelineWins))
    #expect(agree(plan.pipeline.standardDeviation, direct.pipelineStandardDeviation))
    for chance in [0.5, 0.8, 0.95] {
      #expect(
        agree(plan.leadsPerWeek(probability: chance), direct.entriesPerWeek(probability: chance))
      )
    }
    #expect(agree(plan.chance(leadsPerWeek: 40), direct.chance(entriesPerWeek: 40)))
    let simulated = try #require(plan.simulatedChance(leadsPerWeek: 60))
    var dice = SeededGenerator(seed: 3)
    let reference = try #require(direct.simulatedChance(entriesPerWeek: 60, using: &dice))
    #expect(abs(simulated - reference) < 0.03)
  }

  @Test(arguments: [QuotaQuestion.PipelineRule.age, .stage])
  func `the open pipeline is worth what comes of it`(rule: QuotaQuestion.PipelineRule) throws {
    var (expected, came, variance) = (0.0, 0.0, 0.0)
    for seed in 0..<12 as Range<UInt64> {
      let company = PlanCompany(seed: seed + 100, days: 300)
      let plan = try company.builder(asOfDay: 300).plan(Self.question(by: 345, rule: rule))
      expected += plan.pipeline.wins
      came += Double(company.won(after: 300, upTo: 346) { $0.created <= 300 }.wins)
      let mean = try #require(plan.wins.amounts.mean)
      let deviation = plan.pipeline.standardDeviation / mean
      variance += deviation * deviation
    }
    #expect(abs(came - expected) < 2.6 * variance.squareRoot(), "\(came) against \(expected)")
  }

  @Test func `an opportunity is worth more than a lead of the same age`() throws {
    var question = Self.question()
    question.namesLeads = true
    let plan = try Self.builder.plan(question)
    func mean(_ stage: Int) -> Double {
      let part = plan.pipeline.parts[stage]
      return part.wins / Double(part.leads)
    }
    #expect(mean(2) > 1.5 * mean(1))
    #expect(mean(1) > 1.2 * mean(0))
    #expect(plan.pipeline.openLeads.count == plan.pipeline.leads)
    let sum = plan.pipeline.openLeads.reduce(0) { $0 + $1.chance }
    #expect(agree(sum, plan.pipeline.wins, relative: 1e-9))
    #expect(agree(plan.pipeline.parts.reduce(0) { $0 + $1.wins }, plan.pipeline.wins))
    #expect(plan.booked.leadIDs.count == plan.booked.deals)
  }

  @Test func `half of all quarters bring more than the middle, a fifth less than P80`() throws {
    var (overMiddle, overEighty) = (0, 0)
    for seed in 0..<60 as Range<UInt64> {
      let company = PlanCompany(seed: seed + 500, days: 340, perDay: 3)
      let plan = try company.builder(asOfDay: 280).plan(Self.question(by: 339, since: 280))
      let came = Double(company.won(after: 280, upTo: 340).amount)
      let middle = try #require(plan.total(reachedWithProbability: 0.5, leadsPerWeek: 21))
      let eighty = try #require(plan.total(reachedWithProbability: 0.8, leadsPerWeek: 21))
      if came >= middle { overMiddle += 1 }
      if came >= eighty { overEighty += 1 }
    }
    // Three standard errors of 60 draws.
    #expect((19...41).contains(overMiddle), "\(overMiddle) of 60")
    #expect((39...57).contains(overEighty), "\(overEighty) of 60")
  }

  // MARK: Edges

  @Test func `a quota of nothing, or one that is booked, needs nothing`() throws {
    for quota in [0, 1] as [Int64] {
      let plan = try Self.builder.plan(Self.question(quota))
      #expect(plan.isMet)
      #expect(plan.need == 0)
      #expect(plan.leadsPerWeek(probability: 0.95) == 0)
      #expect(plan.chance(leadsPerWeek: 0) == 1)
      #expect(plan.simulatedChance(leadsPerWeek: 0) == 1)
      #expect(plan.conditions == nil)
    }
  }

  @Test func `on the last day no number of leads helps`() throws {
    let plan = try Self.builder.plan(Self.question(by: 300))
    #expect(plan.standing == .planned)
    #expect(plan.weeks.count == 1)
    #expect(plan.weeks[0].share <= 1.0 / 7 + 1e-12)
    let perWeek = try #require(plan.chance(leadsPerWeek: 500))
    #expect(perWeek < 0.01)
  }

  @Test func `what cannot be asked is refused, all at once`() throws {
    var question = Self.question(-1, by: 299, since: 350)
    question.probabilities = [0, 1]
    question.mix = .shares([.init(channel: "x", share: 0.5), .init(channel: "X", share: 0.4)])
    question.ratesSince = date(301)
    do {
      _ = try Self.builder.plan(question)
      Issue.record("nothing was refused")
    } catch {
      #expect(
        error.diagnostics.map(\.code) == [
          "plan.negative-quota", "plan.deadline-past", "plan.empty-period", "plan.no-rates",
          "plan.impossible-chance", "plan.impossible-chance", "plan.mix-not-whole",
          "plan.mix-twice",
        ]
      )
    }
  }

  @Test func `five years ahead are planned in steps, and not a day more`() throws {
    var company = Self.company
    company.agreement.horizonsInDays = ["lead-won": 91]
    let builder = company.builder(asOfDay: 300)
    let last = 300 + 366 * QuotaPlanBuilder.mostYears
    let plan = try builder.plan(Self.question(by: last, since: 290))
    let ahead = plan.forecast.filter { $0.reached != nil }
    #expect((40...54).contains(ahead.count))
    #expect(ahead.last?.day == date(last))
    #expect(plan.weeks.count == 262)
    // A quarter still has a point for each week.
    let quarter = try Self.builder.plan(Self.question())
    #expect(quarter.forecast.filter { $0.reached != nil }.count == 13)
    let error = #expect(throws: InputError.self) {
      try builder.plan(Self.question(by: last + 1, since: 290))
    }
    #expect(error?.diagnostics.map(\.code) == ["plan.deadline-far"])
    #expect(error?.diagnostics.first?.remedy?.contains(date(last).description) == true)
  }

  @Test(arguments: [QuotaQuestion.PipelineRule.stage, .age])
  func `a period that lies far ahead takes nothing from who is open today, and nearly for certain`(
    rule: QuotaQuestion.PipelineRule
  ) throws {
    var company = Self.company
    company.agreement.horizonsInDays = ["lead-won": 91]
    let builder = company.builder(asOfDay: 300)
    let near = try builder.plan(Self.question(by: 390, rule: rule)).pipeline
    let plan = try builder.plan(Self.question(by: 800, since: 710, rule: rule))
    #expect(plan.standing == .planned)
    let far = plan.pipeline
    #expect(far.wins < 0.01 * near.wins)
    #expect(far.standardDeviation < 0.1 * near.standardDeviation)
  }

  @Test func `deals without a lead are named and not booked`() throws {
    var facts = FactBuilder()
    facts.lead("L1", day: 280)
    facts.deal("D1", lead: "L1", created: 281, closed: 295, outcome: "won", amount: 100)
    facts.deal("D2", lead: "", created: 281, closed: 296, outcome: "won", amount: 250)
    facts.deal("D3", lead: "", created: 281, closed: 289, outcome: "won", amount: 999)
    facts.deal("D4", lead: "", created: 281, closed: 296, outcome: "lost", amount: 999)
    let history = facts.history(asOfDay: 300)
    var plan = try QuotaPlanBuilder(history: history).plan(Self.question())
    let records = DealRecords(facts.ledger(), for: history)
    plan.leaveOut(records, history.agreement.calendar)
    #expect(plan.booked.amount == 100)
    #expect(plan.booked.withoutLead.amount == 250)
    #expect(plan.booked.withoutLead.ids == ["D2"])
  }

  @Test func `without leads, wins, days or amounts there are words and no numbers`() throws {
    let none = QuotaPlanBuilder(history: FactBuilder().history(asOfDay: 300))
    #expect(try none.plan(Self.question()).standing == .noLeads)

    var facts = FactBuilder()
    for lead in 0..<50 { facts.lead("L\(lead)", day: Double(lead)) }
    let unwon = try QuotaPlanBuilder(history: facts.history(asOfDay: 300)).plan(Self.question())
    #expect(unwon.standing == .noWins)
    #expect(unwon.leadsPerWeek(probability: 0.5) == nil)
    #expect(unwon.chance(leadsPerWeek: 100) == nil)
    #expect(unwon.pipeline.leads == 50)

    for lead in 0..<20 { facts.stage("L\(lead)", "won", day: Double(lead) + 20) }
    let unpriced = try QuotaPlanBuilder(history: facts.history(asOfDay: 300)).plan(Self.question())
    #expect(unpriced.standing == .noAmounts)
    #expect(unpriced.wins.withoutAmount == 20)

    var undated = FactBuilder()
    for lead in 0..<50 { undated.lead("L\(lead)", day: Double(lead)) }
    for lead in 0..<20 {
      undated.deal("D\(lead)", lead: "L\(lead)", created: nil, outcome: "won", amount: 100)
    }
    let unclear = try QuotaPlanBuilder(history: undated.history(asOfDay: 300)).plan(Self.question())
    #expect(unclear.standing == .undated)
  }

  @Test func `a record of a few weeks does not speak for a quarter`() throws {
    var young = Self.company
    young.leads = young.leads.filter { $0.created > 270 }
    let plan = try young.builder(asOfDay: 300).plan(Self.question())
    guard case .tooYoung(let longest, let needed) = plan.standing else {
      Issue.record("\(plan.standing)")
      return
    }
    #expect(longest <= 30)
    #expect(needed == 88)
    #expect(plan.outlook == nil)
    #expect(try young.builder(asOfDay: 300).plan(Self.question(by: 312)).standing == .planned)
  }

  @Test func `with everything won and nothing open only new leads count`() throws {
    var company = PlanCompany()
    for number in 0..<200 {
      let day = Double(number)
      company.leads.append(
        PlanCompany.Lead(
          id: "L\(number)",
          channel: "",
          created: day,
          reached: [day + 1, day + 2, day + 3],
          left: nil,
          amount: 100_000
        )
      )
    }
    let plan = try company.builder(asOfDay: 300).plan(
      Self.question(1_300_000, by: 390, since: 301)
    )
    #expect(plan.standing == .planned)
    #expect(plan.pipeline.leads == 0)
    #expect(plan.chanceWithoutNew == 0)
    // Every lead of the first twelve weeks wins in time, and of the last week's about half.
    let middle = try #require(plan.leadsPerWeek(probability: 0.5))
    #expect(abs(middle - 1.04) < 0.001)
    #expect(plan.total(leadsPerWeek: 10).map { abs($0 - 12_500_000) < 10_000 } == true)
  }

  @Test func `a period that lies ahead counts only what is won in it`() throws {
    let near = try Self.builder.plan(Self.question(by: 330, since: 301))
    let both = try Self.builder.plan(Self.question(by: 390, since: 301))
    let far = try Self.builder.plan(Self.question(by: 390, since: 331))
    let leads = 20.0
    #expect(far.booked.amount == 0)
    #expect(agree(near.pipeline.wins + far.pipeline.wins, both.pipeline.wins, relative: 1e-6))
    // Leads of the whole time, won in the near part or in the far one.
    let nearWins = leads * near.winsPerWeeklyLead
    #expect(nearWins < leads * both.winsPerWeeklyLead)
    let nearTotal = try #require(near.total(leadsPerWeek: 0))
    let bothTotal = try #require(both.total(leadsPerWeek: 0))
    #expect(agree(far.total(leadsPerWeek: 0), bothTotal - nearTotal, relative: 1e-6))
  }

  @Test func `amounts of another currency count at their rate, without one not at all`() throws {
    var facts = FactBuilder()
    for lead in 0..<60 { facts.lead("L\(lead)", day: Double(lead)) }
    for lead in 0..<30 {
      facts.deal(
        "D\(lead)",
        lead: "L\(lead)",
        created: Double(lead),
        closed: Double(lead) + 30,
        outcome: "won",
        amount: 1_000,
        currency: lead < 20 ? "EUR" : "CHF"
      )
    }
    let agreement = Agreement(currency: "EUR")
    let plan = try QuotaPlanBuilder(history: facts.history(agreement, asOfDay: 100)).plan(
      QuotaQuestion(quota: 100_000, deadline: date(120), since: date(0))
    )
    #expect(plan.booked.deals == 30)
    #expect(plan.booked.withoutAmount == 10)
    #expect(plan.booked.amount == 20_000)
    #expect(plan.wins.amounts.count == 20)
    #expect(plan.wins.withoutAmount == 10)
  }

  @Test func `a win with two deals is one win of both`() throws {
    var facts = FactBuilder()
    for lead in 0..<60 { facts.lead("L\(lead)", day: Double(lead)) }
    for lead in 0..<20 {
      for part in 0..<(lead == 0 ? 2 : 1) {
        facts.deal(
          "D\(lead)-\(part)",
          lead: "L\(lead)",
          created: Double(lead),
          closed: Double(lead) + 30 + Double(part),
          outcome: "won",
          amount: 1_000
        )
      }
    }
    let plan = try QuotaPlanBuilder(history: facts.history(asOfDay: 100)).plan(
      QuotaQuestion(quota: 100_000, deadline: date(110), since: date(0))
    )
    #expect(plan.wins.withSeveral == 1)
    #expect(plan.wins.amounts.count == 20)
    #expect(plan.wins.amounts.sum == 21_000)
    #expect(plan.booked.amount == 21_000)
  }

  @Test func `only what is known by then counts`() throws {
    // The facts of later days must change nothing at all.
    let early = try Self.builder.plan(Self.question())
    let all = Self.company
    var facts = all.history(asOfDay: 400)
    facts = CompanyHistory(
      FactBuilder().ledger(),
      under: facts.agreement,
      asOf: Instant(seconds: 300 * 86_400)
    )
    #expect(try QuotaPlanBuilder(history: facts).plan(Self.question()).standing == .noLeads)
    let again = try all.builder(asOfDay: 300).plan(Self.question())
    #expect(again.outlook == early.outlook)
  }

  @Test func `a clock that changes moves neither weeks nor deadline by a day`() throws {
    var company = Self.company
    // In 1970 New York's clock went forward on 26 April, day 115.
    company.agreement.calendar = try #require(LocalCalendar(zoneName: "America/New_York"))
    let plan = try company.builder(asOfDay: 113).plan(
      QuotaQuestion(quota: 1_000_000_000, deadline: date(125), since: date(100))
    )
    #expect(plan.forecast.last?.day == date(125))
    #expect(plan.weeks.map(\.begins) == [date(112), date(119)])
    // Midnight of day 126 is 4:00 in Greenwich by then.
    #expect(abs(plan.weekCount - (13 + 4.0 / 24) / 7) < 1e-9)
  }

  // MARK: Conditions, forecast, volume

  @Test func `the rate that is needed makes it`() throws {
    let base = try Self.builder.plan(Self.question())
    let today = try #require(base.today)
    // A quota that today's leads reach in one case of five.
    let spread = today.arrivalVariance(weeks: base.weekCount)
    let hard = try #require(
      base.total(
        reachedWithProbability: 0.2,
        leadsPerWeek: today.perWeek,
        arrivalVariance: spread
      )
    )
    let plan = try Self.builder.plan(Self.question(Int64(hard)))
    #expect(abs((plan.chanceToday ?? 0) - 0.2) < 1e-6)
    let conditions = try #require(plan.conditions)
    #expect(conditions.steps.count == 3)
    for step in conditions.steps {
      let present = try #require(step.present.rate)
      let fifty = try #require(step.needed[0])
      let eighty = try #require(step.needed[1])
      #expect(present < fifty && fifty < eighty)
    }
    // The first step moves fewer wins than the last, so it must change more.
    let ratios = try conditions.steps.map { try #require($0.needed[0]) / #require($0.present.rate) }
    #expect(ratios[0] >= ratios[1] && ratios[1] >= ratios[2])
    // The last step moves them all: half the time its factor is need over mean.
    let mean = try #require(plan.total(leadsPerWeek: today.perWeek))
    let factor = Double(plan.need) / (mean - Double(plan.booked.amount))
    #expect(abs(ratios[2] - factor) < 1e-6)
    let size = try #require(conditions.meanWin[0])
    #expect(agree(size, try #require(plan.wins.amounts.mean) * factor, relative: 1e-9))
  }

  @Test func `the way to the deadline ends in the plan's own numbers`() throws {
    let plan = try Self.builder.plan(Self.question())
    let today = try #require(plan.today)
    let last = try #require(plan.forecast.last)
    #expect(last.day == date(390))
    let variance = today.arrivalVariance(weeks: plan.weekCount)
    #expect(
      agree(
        last.reached?.eighty,
        plan.total(
          reachedWithProbability: 0.8,
          leadsPerWeek: today.perWeek,
          arrivalVariance: variance
        )
      )
    )
    let past = plan.forecast.filter { $0.booked != nil }
    #expect(past.last?.booked == Double(plan.booked.amount))
    #expect(past.first?.booked == 0)
    let means = plan.forecast.compactMap(\.mean)
    #expect(means == means.sorted())
    for point in plan.forecast {
      guard let bands = point.reached else { continue }
      #expect(bands.ninety <= bands.eighty && bands.eighty <= bands.fifty)
      #expect(bands.fifty <= bands.ten)
    }
  }

  @Test func `leads of the last weeks are counted in whole days`() throws {
    let plan = try Self.builder.plan(Self.question())
    let today = try #require(plan.today)
    // Noon would leave the day out; the as-of instant is midnight, so day 299 is the last.
    #expect(today.lastDay == date(299))
    #expect(today.weeks.count == 13)
    let counted = Self.company.leads.count { (209..<300).contains($0.created) }
    #expect(today.weeks.reduce(0, +) == counted)
    #expect(today.interval().contains(today.perWeek))
    #expect(today.returned == 0)
  }

  // MARK: Channels

  @Test func `a mix of one channel that has all leads is the plan itself`() throws {
    let company = PlanCompany(seed: 9, channels: ["Google"])
    let builder = company.builder(asOfDay: 300)
    let plain = try builder.plan(Self.question())
    var question = Self.question()
    for mix in [.current, .shares([.init(channel: "google", share: 1)])] as [QuotaQuestion.Mix] {
      question.mix = mix
      let mixed = try builder.plan(question)
      #expect(mixed.channels.map(\.name) == ["Google"])
      #expect(mixed.channels.first?.basis == .own)
      #expect(
        agree(
          mixed.leadsPerWeek(probability: 0.5),
          plain.leadsPerWeek(probability: 0.5),
          relative: 1e-9
        )
      )
      #expect(agree(mixed.chance(leadsPerWeek: 50), plain.chance(leadsPerWeek: 50), relative: 0.02))
    }
  }

  @Test func `a channel that wins less needs more leads, an unknown one is refused`() throws {
    var company = PlanCompany(seed: 21, channels: ["Google", "Meta"])
    // Half of Meta's wins are taken away.
    var dice = SeededGenerator(seed: 1)
    for place in company.leads.indices
    where company.leads[place].channel == "Meta" && company.leads[place].reached.count == 3 {
      guard dice.uniform() < 0.5 else { continue }
      company.leads[place].left = company.leads[place].reached.removeLast()
    }
    let builder = company.builder(asOfDay: 300)
    func needed(_ shares: [(String, Double)]) throws -> Double {
      var question = Self.question()
      question.mix = .shares(shares.map { .init(channel: $0.0, share: $0.1) })
      return try #require(try builder.plan(question).leadsPerWeek(probability: 0.5))
    }
    let (google, both, meta) = (
      try needed([("Google", 1)]), try needed([("Google", 0.5), ("Meta", 0.5)]),
      try needed([("Meta", 1)])
    )
    #expect(google * 1.2 < both && both * 1.1 < meta)
    var question = Self.question()
    question.mix = .shares([.init(channel: "Gogle", share: 1)])
    #expect(throws: InputError.self) { try builder.plan(question) }
  }
}
