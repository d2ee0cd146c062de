import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// A version of the agreement that is not in force yet changes no number.
struct LaterVersionTests {
  /// The same agreement, and one in which everything promised is otherwise from a day on.
  private static func otherwise(_ agreement: Agreement, from day: Double) -> Agreement {
    var first = agreement
    first.effective = CivilDate(dayNumber: 0)
    var later = agreement
    later.version = "later"
    later.effective = CivilDate(dayNumber: Int(day))
    later.earlier = [first]
    later.salesSLA = nil
    later.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 900, period: .month),
      shareInIdealCustomer: 0.99
    )
    later.idealCustomer = [AttributeCriterion(name: "employees", match: .range(9_000, 10_000))]
    later.dispositions = [DispositionReason(id: "too_small", outcome: .accepted)]
    later.thresholds.minimumLeads = 1
    for index in later.path.indices.dropLast() { later.path[index].staleAfterDays = 1 }
    later.recycleRules = [RecycleRule(detour: "lost", afterDays: 1, list: "later")]
    later.suppression.touchedWithinDays = 1
    return later
  }

  /// Everything in a value, whatever the order in which it keeps it.
  private func content(of value: Any) -> [String] {
    var text = ""
    dump(value, to: &text)
    return text.split(separator: "\n").map(String.init).sorted()
  }

  private func company() -> SLACompany {
    var company = SLACompany()
    company.work.agreement.salesSLA?.attempts = .init(count: 2, withinDays: 5)
    company.work.agreement.salesSLA?.disposition = .init(seconds: 86_400, isWorkingTime: false)
    company.work.agreement.salesSLA?.compliance = 0.6
    company.work.agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 10, period: .week),
      shareInIdealCustomer: 0.5
    )
    company.work.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(1, 100))
    ]
    company.work.agreement.path[2].staleAfterDays = 20
    for day in 4..<60 {
      let lead = "lead-\(day)"
      company.work.handOff(lead, SLACompany.at(day, 10), owner: day % 2 == 0 ? "ann" : "bob")
      company.note(lead, "employees", "\(day * 3)")
      if day % 3 > 0 { company.work.activity(lead, day: SLACompany.at(day, 10 + day % 5)) }
      if day % 4 == 0 { company.say(lead, "accepted", SLACompany.at(day, 15)) }
    }
    company.work.handOff("undated", nil)
    return company
  }

  @Test func `changes no number of the promises`() throws {
    var company = company()
    let options = SLAOptions(
      firstDay: CivilDate(dayNumber: -10),
      by: SLAOptions.Dimension.allCases
    )
    let now = try company.answer(asOf: 60, options)
    company.work.agreement = Self.otherwise(company.work.agreement, from: 61)
    let same = try company.answer(asOf: 60, options)
    #expect(!now.steps.isEmpty && now.sales?.staleStages.first?.stale.isEmpty == false)
    #expect(now.marketing?.periods.first?.ideal != nil)
    #expect(same.steps == now.steps)
    #expect(content(of: try #require(same.sales)) == content(of: try #require(now.sales)))
    #expect(content(of: try #require(same.marketing)) == content(of: try #require(now.marketing)))
    // From its day on it does: nothing is promised to sales any more, and leads are stale at once.
    let after = try company.answer(asOf: 61.5, options)
    #expect(after.marketing?.period == .month)
  }

  @Test func `changes no number of the week`() throws {
    var company = LoopCompany()
    company.agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 10, period: .week),
      shareInIdealCustomer: 0.5
    )
    company.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(1, 100))
    ]
    company.agreement.path[2].staleAfterDays = 9
    for number in 0..<30 {
      company.lead(
        "lead-\(number)",
        day: LoopCompany.monday - 20 + Double(number),
        touched: number % 3 == 0 ? nil : 0.1 * Double(number % 15)
      )
      company.facts.add(
        .attribute,
        [
          "lead": .text("lead-\(number)"), "name": .text("employees"),
          "value": .text("\(number * 5)"),
        ]
      )
      if number % 4 == 0 {
        company.say("lead-\(number)", "no_fit", day: LoopCompany.monday + Double(number % 7))
      }
    }
    for period in ["2024-W39", "2024-W40"] {
      var company = company
      let now = try company.answer(period)
      company.agreement = Self.otherwise(company.agreement, from: LoopCompany.asOfDay + 1)
      let same = try company.answer(period)
      #expect(now.promises.count > 2 && !now.agenda.items.isEmpty)
      #expect(same.promises == now.promises)
      #expect(same.loop.entries == now.loop.entries)
      #expect(same.beliefs == now.beliefs)
      #expect(content(of: same.agenda) == content(of: now.agenda))
      #expect(content(of: same.changes) == content(of: now.changes))
      #expect(same.diagnosis.verdict.complianceTarget == now.diagnosis.verdict.complianceTarget)
    }
  }

  @Test func `gives nobody a second chance, and nobody is forgotten by it`() {
    var company = ReboundCompany()
    company.agreement.path[1].staleAfterDays = 90
    for number in 0..<40 {
      company.facts.lead("lead-\(number)", day: Double(number))
      company.facts.stage("lead-\(number)", "mql", day: Double(number) + 1)
      if number % 3 == 0 {
        company.leave("lead-\(number)", "lost", "no budget", day: Double(number) + 80)
      }
      if number % 5 == 0 { company.say("lead-\(number)", "accepted", day: 60) }
    }
    let now = company.rebound()
    company.agreement = Self.otherwise(company.agreement, from: 201)
    let same = company.rebound()
    #expect(!now.newEntries.isEmpty && now.forgotten.contains { !$0.forgotten.isEmpty })
    #expect(same.rules == now.rules && same.suppression == now.suppression)
    #expect(same.candidates == now.candidates && same.newEntries == now.newEntries)
    #expect(content(of: same.forgotten) == content(of: now.forgotten))
    #expect(content(of: same.passes) == content(of: now.passes))
    company.asOfDay = 201
    #expect(company.rebound().rules != now.rules)
  }

  // MARK: Versions of the past

  @Test func `how long a lead may stay is as agreed when it entered`() throws {
    var company = SLACompany()
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    old.path[2].staleAfterDays = 5
    company.work.agreement.effective = CivilDate(dayNumber: 10)
    company.work.agreement.earlier = [old]
    company.work.agreement.path[2].staleAfterDays = 30
    company.work.handOff("a", SLACompany.at(9, 10))
    company.work.handOff("b", SLACompany.at(10, 10))
    let answer = try company.answer(asOf: 20)
    let stage = try #require(answer.sales?.staleStages.first { $0.stage == 2 })
    // One more lead is there from the beginning.
    #expect(stage.leads == 3 && stage.staleAfterDays == 30 && stage.otherLimits == [5])
    #expect(answer.leads(behind: .stale).map(\.id) == ["a", "z"])
    // A limit that was given up holds for those that entered before.
    company.work.agreement.path[2].staleAfterDays = nil
    let given = try #require(try company.answer(asOf: 20).sales?.staleStages.first)
    #expect(given.leads == 2 && given.stale.count == 2)
  }

  @Test(arguments: [(9, 0.5), (10, 0.9)])
  func `the share agreed is that of the newest hand-off`(day: Int, share: Double) throws {
    var company = SLACompany()
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    old.salesSLA?.compliance = 0.5
    company.work.agreement.effective = CivilDate(dayNumber: 10)
    company.work.agreement.earlier = [old]
    company.work.agreement.salesSLA?.compliance = 0.9
    company.work.handOff("a", SLACompany.at(day, 10))
    let all = try #require(try company.answer(asOf: 20).sales?.all.promises[.firstTouch])
    #expect(all.target == share && all.hasOtherTargets == (day == 10))
  }

  @Test func `what sales had promised is judged after it promises nothing any more`() throws {
    var company = SLACompany()
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    company.work.agreement.effective = CivilDate(dayNumber: 10)
    company.work.agreement.earlier = [old]
    company.work.agreement.salesSLA = nil
    company.work.handOff("a", SLACompany.at(8, 10))
    company.work.handOff("b", SLACompany.at(11, 10))
    #expect(try company.record("a", asOf: 20).firstTouch?.status == .breached)
    #expect(try company.record("b", asOf: 20).firstTouch == nil)
  }

  @Test func `the running period is held against what was agreed when it began`() throws {
    // Day 88 is Monday 30 March 1970.
    var company = SLACompany()
    company.work.agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 20, period: .week)
    )
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    old.marketingSLA = MarketingSLA(qualifiedLeads: .init(count: 10, period: .week))
    company.work.agreement.earlier = [old]
    company.work.agreement.effective = CivilDate(dayNumber: 89)
    company.work.handOff("a", SLACompany.at(88, 10))
    let side = try #require(try company.answer(asOf: 90).marketing)
    #expect(side.periods[0].promised == 10)
    #expect(side.promise.qualifiedLeads?.count == 10)
    let next = try #require(try company.answer(asOf: 96).marketing)
    #expect(next.periods.prefix(2).map(\.promised) == [20, 10])
    #expect(next.promise.qualifiedLeads?.count == 20)
  }

  @Test func `whom both teams want is as agreed at the hand-off`() throws {
    var company = SLACompany()
    company.work = WorkCompany()
    company.work.agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: .init(count: 10, period: .week)
    )
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    old.idealCustomer = [AttributeCriterion(name: "employees", match: .range(1, 10))]
    company.work.agreement.earlier = [old]
    company.work.agreement.effective = CivilDate(dayNumber: 6)
    company.work.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(100, 200))
    ]
    for (lead, day, size) in [("a", 5, "5"), ("b", 6, "5"), ("c", 6, "150"), ("d", 5, "150")] {
      company.work.handOff(lead, SLACompany.at(day, 10))
      company.note(lead, "employees", size)
    }
    let ideal = try #require(try company.answer(asOf: 9).marketing?.periods[0].ideal)
    #expect((ideal.yes, ideal.no, ideal.unknown) == (2, 2, 0))
  }
}
