import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Both sides together: groups, verdicts, periods.
struct SLAAnswerTests {
  @Test func `without leads and without promises there is nothing to say`() throws {
    var facts = FactBuilder()
    facts.spend("Meta", day: 1, amount: 100)
    let history = facts.history(Agreement(), asOfDay: 10)
    let answer = SLABuilder(EmbeddedCells(history)).answer()
    #expect(answer.sales == nil)
    #expect(answer.marketing == nil)
    #expect(answer.steps == [])
  }

  @Test func `nobody handed over yet has no share`() throws {
    var agreement = WorkCompany().agreement
    agreement.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 5, period: .week))
    var facts = FactBuilder()
    facts.lead("a", day: 1)
    let answer = SLABuilder(EmbeddedCells(facts.history(agreement, asOfDay: 10))).answer()
    #expect(answer.sales?.all.handOffs == 0)
    #expect(answer.sales?.all.promises == [:])
    let period = try #require(answer.marketing?.periods.first)
    #expect(answer.marketing?.periods.count == 1)
    #expect(period.leads == [])
    #expect(answer.marketing?.forecast?.forecast == nil)
  }

  @Test func `a number is written as it is read`() throws {
    let day = try #require(CivilDate("2026-06-01"))
    for text in [
      "first_touch:all", "attempts:settled", "disposition:overdue", "first_touch:kept_late",
      "stale",
      "first_touch:settled:owner=Kim: a=b", "first_touch:all:week=2026-06-01",
      "first_touch:all:owner=", "delivered:2026-06-01", "ideal:2026-06-01", "factors:2026-06-01",
    ] { #expect(SLANumber(text)?.text == text) }
    #expect(SLANumber("ideal:2026-06-01")?.subject == .delivered(.ideal, from: day))
    for text in [
      "", "stale:all", "first_touch", "first_touch:", "first_touch:soon", "stale:kept",
      "disposition:all:owner=Kim", "first_touch:all:colour=red", "first_touch:all:owner",
      "delivered", "delivered:2026", "delivered:2026-06-31", "delivered:2026-06-01:x",
    ] { #expect(SLANumber(text) == nil, "\(text)") }
  }

  @Test func `of a lead handed over again the gravest outcome is told`() throws {
    var company = SLACompany()
    for day in [5, 12] {
      company.work.handOff("a", SLACompany.at(day, 10), channel: "Meta", owner: "ann")
      // The first is touched at once, the second never.
      if day == 5 { company.work.activity("a", day: SLACompany.at(day, 11), owner: "ann") }
      company.work.facts.stage("a", "lost", day: SLACompany.at(day + 5, 10))
    }
    let answer = try company.builder(asOf: SLACompany.at(29, 10)).answer(
      SLAOptions(firstDay: CivilDate(dayNumber: 0))
    )
    let records = try #require(answer.sales).records.filter { answer.id(ofLead: $0.lead) == "a" }
    try #require(records.count == 2)
    #expect(records.map(\.firstTouch?.status) == [.kept, .closedLate])
    let leads = answer.leads(behind: SLANumber(.firstTouch, .settled)).filter { $0.id == "a" }
    #expect(leads.map(\.outcome) == [.status(.closedLate)])
    #expect(answer.leads(behind: SLANumber(.firstTouch, .only(.kept))).contains { $0.id == "a" })
  }

  /// Every record is in exactly one group, and groups add up.
  @Test(arguments: SLAOptions.Dimension.allCases)
  func `groups add up to all`(dimension: SLAOptions.Dimension) throws {
    var dice = SeededGenerator(seed: 9)
    var company = SLACompany()
    company.work.agreement.salesSLA?.attempts = .init(count: 2, withinDays: 5)
    for index in 0..<80 {
      let day = 4 + Double(dice.integer(below: 20 * 86_400)) / 86_400
      company.work.handOff(
        "lead-\(index)",
        day,
        channel: ["Meta", "", "Google"][dice.integer(below: 3)],
        owner: ["ann", "bob", ""][dice.integer(below: 3)]
      )
      if dice.chance(0.6) { company.work.activity("lead-\(index)", day: day + dice.uniform()) }
    }
    let builder = try company.builder(asOf: 30)
    let sales = try #require(
      builder.answer(SLAOptions(firstDay: CivilDate(dayNumber: 0))).sales
    )
    let groups = builder.groups(of: sales, by: dimension)
    #expect(groups.reduce(0) { $0 + $1.handOffs } == sales.all.handOffs)
    for promise in [SLAStep.Promise.firstTouch, .attempts] {
      for status in SLAStatus.allCases {
        let sum = groups.reduce(0) { $0 + ($1.promises[promise]?.tally[status] ?? 0) }
        #expect(sum == sales.all.promises[promise]?.tally[status] ?? 0)
      }
    }
    #expect(groups.reduce(0) { $0 + ($1.waits?.count ?? 0) } == sales.all.waits?.count)

    // Each lead is handed over once, so a number has as many leads as it says.
    let answer = builder.answer(SLAOptions(firstDay: CivilDate(dayNumber: 0)))
    for promise in [SLAStep.Promise.firstTouch, .attempts] {
      let tally = try #require(sales.all.promises[promise]?.tally)
      #expect(answer.leads(behind: SLANumber(promise, .all)).count == tally.total)
      #expect(answer.leads(behind: SLANumber(promise, .settled)).count == tally.judged)
      #expect(answer.leads(behind: SLANumber(promise, .overdue)).count == tally.overdue)
      for status in SLAStatus.allCases {
        let leads = answer.leads(behind: SLANumber(promise, .only(status)))
        #expect(leads.count == tally[status])
        #expect(leads.allSatisfy { $0.outcome == .status(status) })
      }
    }
    for group in groups {
      let of = SLANumber.Group(dimension, group.name)
      let tally = group.promises[.firstTouch]?.tally
      #expect(answer.leads(behind: SLANumber(.firstTouch, .all, of: of)).count == group.handOffs)
      #expect(
        answer.leads(behind: SLANumber(.firstTouch, .settled, of: of)).count == tally?.judged ?? 0
      )
      #expect(
        answer.leads(behind: SLANumber(.firstTouch, .overdue, of: of)).count == tally?.overdue ?? 0
      )
    }
    let nobody = SLANumber(.firstTouch, .all, of: .init(dimension, "nobody of this name"))
    #expect(answer.leads(behind: nobody).isEmpty)
  }

  @Test func `ids open every number`() throws {
    var company = SLACompany()
    for (lead, hour) in [("a", 11), ("b", 15), ("c", nil)] as [(String, Int?)] {
      company.work.handOff(lead, SLACompany.at(4, 10))
      if let hour { company.work.activity(lead, day: SLACompany.at(4, hour)) }
    }
    let answer = try company.answer(asOf: 6)
    let tally = try #require(answer.sales?.all.promises[.firstTouch]?.tally)
    func ids(_ standing: SLANumber.Standing) -> [String] {
      answer.leads(behind: SLANumber(.firstTouch, standing)).map(\.id)
    }
    #expect(ids(.only(.kept)) == ["a", "z"])
    #expect(ids(.only(.keptLate)) == ["b"])
    #expect(ids(.overdue) == ["c"])
    for status in SLAStatus.allCases {
      #expect(ids(.only(status)).count == tally[status])
    }
    #expect(answer.leads(behind: SLANumber(.attempts, .all)).isEmpty)
  }

  @Test(
    arguments: [
      (0, 0, nil), (19, 0, .tooFew), (20, 20, .met), (20, 16, .met), (20, 14, .unclear),
      (20, 8, .below), (200, 140, .below),
    ] as [(Int, Int, SLAVerdict?)]
  )
  func `noise gets no name`(judged: Int, kept: Int, verdict: SLAVerdict?) throws {
    var company = SLACompany()
    for index in 0..<judged {
      company.work.handOff("lead-\(index)", SLACompany.at(4, 10), owner: "ann")
      if index < kept { company.work.activity("lead-\(index)", day: SLACompany.at(4, 11)) }
    }
    let builder = try company.builder(asOf: 10)
    let sales = try #require(
      builder.answer(SLAOptions(firstDay: CivilDate(dayNumber: 3))).sales
    )
    let group = builder.groups(of: sales, by: .owner).first { $0.name == "ann" }
    #expect(group?.promises[.firstTouch]?.verdict == verdict)
    if judged > 0 {
      #expect(group?.promises[.firstTouch]?.tally.judged == judged)
      #expect(group?.promises[.firstTouch]?.share == Double(kept) / Double(judged))
    }
  }

  @Test func `of many owners who keep their promise hardly one is ever named`() throws {
    var dice = SeededGenerator(seed: 3)
    var named = 0
    for _ in 0..<12 {
      var company = SLACompany()
      for owner in 0..<12 {
        for index in 0..<30 {
          let lead = "lead-\(owner)-\(index)"
          company.work.handOff(lead, SLACompany.at(4, 10), owner: "rep-\(owner)")
          if dice.chance(0.8) { company.work.activity(lead, day: SLACompany.at(4, 11)) }
        }
      }
      let builder = try company.builder(asOf: 10)
      let sales = try #require(builder.answer(SLAOptions(firstDay: CivilDate(dayNumber: 3))).sales)
      let groups = builder.groups(of: sales, by: .owner)
      if groups.contains(where: { $0.promises[.firstTouch]?.verdict == .below }) { named += 1 }
    }
    #expect(named <= 2)
  }

  @Test func `counts hand-offs of so many weeks, and tells of every open one`() throws {
    var company = SLACompany()
    company.work.handOff("old", SLACompany.at(4, 10))
    company.work.handOff("new", SLACompany.at(116, 10))
    let answer = try company.answer(asOf: 118, SLAOptions(weeks: 2))
    let sales = try #require(answer.sales)
    #expect(sales.firstDay == CivilDate(dayNumber: 109))
    #expect(sales.all.handOffs == 1)
    #expect(Set(answer.steps.map(\.lead)) == ["old", "new"])
    let all = try company.answer(asOf: 118, SLAOptions(lastDay: CivilDate(dayNumber: 20)))
    #expect(all.sales?.firstDay == nil)
    #expect(all.sales?.all.handOffs == 2)
  }

  @Test(arguments: [1, 2, 3, 50], [CivilDate(dayNumber: 0), CivilDate(dayNumber: 300)])
  func `the version in force is found as the agreement finds it`(
    count: Int,
    first: CivilDate
  ) throws {
    var dice = SeededGenerator(seed: UInt64(count))
    func version(_ number: Int, _ day: Int?) -> Agreement {
      var agreement = Agreement(version: "v\(number)")
      agreement.effective = day.map { CivilDate(dayNumber: first.dayNumber + $0) }
      agreement.salesSLA = SalesSLA(
        firstTouch: .init(usual: .init(seconds: Int64(number + 1) * 60, isWorkingTime: false))
      )
      return agreement
    }
    let days = (0..<count).map { $0 * 10 + dice.integer(below: 10) }
    var agreement = version(count, dice.chance(0.8) ? count * 10 : nil)
    agreement.earlier = days.enumerated().map { version($0, $0 == 0 && count == 3 ? nil : $1) }
    for day in stride(from: -20, to: count * 10 + 20, by: 3) {
      var facts = FactBuilder()
      let at = Double(first.dayNumber + day) + 0.3
      facts.lead("a", day: at - 1)
      facts.stage("a", "sql", day: at)
      facts.lead("z", day: at - 2)
      facts.stage("z", "sql", day: at - 1)
      facts.activity("call", lead: "z", day: at - 1)
      let history = facts.history(agreement, asOfDay: at + 30)
      let sales = try #require(SLABuilder(EmbeddedCells(history)).answer().sales)
      let record = try #require(sales.records.first)
      let wanted = agreement.inForce(at: FactBuilder.time(at).instant)
      let due = record.firstTouch?.due?.seconds
      let span = try #require(wanted.salesSLA?.firstTouch?.usual.seconds)
      #expect(due == FactBuilder.time(at).instant.seconds + span)
    }
  }

  // MARK: Marketing

  /// Two leads each working day from day 4 on, and what was promised.
  private func marketing(
    _ promised: MarketingSLA.Volume,
    days: Range<Int> = 4..<100
  ) -> SLACompany {
    var company = SLACompany()
    company.work = WorkCompany()
    company.work.agreement.marketingSLA = MarketingSLA(qualifiedLeads: promised)
    for day in days where CivilDate(dayNumber: day).weekday < 5 {
      for number in 0..<2 {
        company.work.handOff("lead-\(day)-\(number)", SLACompany.at(day, 10))
      }
    }
    return company
  }

  @Test func `counts the running period, and when it should be where`() throws {
    // Day 88 is Monday 30 March 1970; as of Wednesday night three of five days have passed.
    let company = marketing(.init(count: 10, period: .week), days: 4..<91)
    let side = try #require(try company.answer(asOf: SLACompany.at(90, 23, 59, 59)).marketing)
    let period = side.periods[0]
    #expect(period.days == CivilDate(dayNumber: 88)...CivilDate(dayNumber: 94))
    #expect(period.leads.count == 6)
    #expect(period.promised == 10)
    #expect(side.periods.dropFirst().map(\.leads.count) == [10, 10, 10, 10, 10])
    let forecast = try #require(side.forecast)
    #expect(abs(forecast.due - 6) < 0.001)
    #expect(forecast.weeks == [Int](repeating: 10, count: 12))
    let expected = try #require(forecast.forecast?.expected)
    #expect(abs(expected - 10) < 0.1)
    let chance = try #require(forecast.chance)
    #expect((0.4...0.7).contains(chance))
  }

  @Test(
    arguments: [
      (MarketingSLA.Period.week, "2026-02-28", "2026-02-23", "2026-03-01"),
      (.week, "2026-02-23", "2026-02-23", "2026-03-01"),
      (.month, "2026-02-28", "2026-02-01", "2026-02-28"),
      (.month, "2028-02-01", "2028-02-01", "2028-02-29"),
      (.month, "2026-12-31", "2026-12-01", "2026-12-31"),
      (.quarter, "2026-12-31", "2026-10-01", "2026-12-31"),
      (.quarter, "2026-01-01", "2026-01-01", "2026-03-31"),
      (.quarter, "2026-05-15", "2026-04-01", "2026-06-30"),
    ]
  )
  func `periods begin and end where the calendar says`(
    period: MarketingSLA.Period,
    day: String,
    first: String,
    last: String
  ) throws {
    var agreement = Agreement()
    agreement.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 1, period: period))
    let date = try #require(CivilDate(day))
    var facts = FactBuilder()
    facts.lead("a", day: Double(date.dayNumber))
    let history = facts.history(agreement, asOfDay: Double(date.dayNumber) + 0.5)
    let days = SLABuilder(EmbeddedCells(history)).answer().marketing?.periods.first?.days
    #expect(days?.lowerBound.description == first)
    #expect(days?.upperBound.description == last)
  }

  @Test func `a lead handed over twice in a period is one lead`() throws {
    var company = marketing(.init(count: 10, period: .month), days: 4..<5)
    company.work.facts.stage("lead-4-0", "recycled", day: 5)
    company.work.facts.stage("lead-4-0", "mql", day: 6)
    company.work.facts.stage("lead-4-0", "sql", day: 7)
    let answer = try company.answer(asOf: 20)
    #expect(answer.marketing?.periods.first?.leads.count == 2)
    #expect(answer.sales?.all.handOffs == 3)
  }

  @Test func `who fits, who does not and who is not known are kept apart`() throws {
    var company = marketing(.init(count: 10, period: .month), days: 4..<6)
    company.work.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1000))
    ]
    company.work.agreement.qualifyingFactors = [
      QualifyingFactor(id: "budget"), QualifyingFactor(id: "need"),
    ]
    company.note("lead-4-0", "employees", "200")
    company.note("lead-4-1", "Employees", "10")
    // What sales found out later is not what marketing believed.
    company.note("lead-4-0", "employees", "7", by: "sales")
    // Both by marketing; one only by sales; one by nobody in particular, which is marketing's.
    company.note("lead-4-0", "budget", "yes", by: "marketing")
    company.note("lead-4-0", "need", "no", by: "marketing")
    company.note("lead-4-1", "budget", "yes", by: "marketing")
    company.note("lead-4-1", "need", "yes", by: "sales")
    company.note("lead-5-0", "budget", "yes", by: "marketing")
    company.note("lead-5-0", "need", "yes")
    let period = try #require(try company.answer(asOf: 20).marketing?.periods.first)
    let ideal = try #require(period.ideal)
    #expect((ideal.yes, ideal.no, ideal.unknown) == (1, 1, 2))
    #expect(ideal.bounds == 0.25...0.75)
    #expect(ideal.shareOfKnown == 0.5)
    let factors = try #require(period.factors)
    #expect((factors.yes, factors.no, factors.unknown) == (2, 2, 0))
  }

  @Test func `what no export carries is unknown, not missing`() throws {
    var company = marketing(.init(count: 10, period: .month), days: 4..<5)
    company.work.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1000))
    ]
    let period = try #require(try company.answer(asOf: 20).marketing?.periods.first)
    #expect(period.ideal?.unknown == 2)
    #expect(period.factors?.unknown == 2)
    #expect(period.ideal?.shareOfKnown == nil)
    #expect(period.ideal?.bounds == 0...1)
  }
}
