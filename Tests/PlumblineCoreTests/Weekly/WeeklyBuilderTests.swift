import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct WeeklyBuilderTests {
  private let tuesday = LoopCompany.monday + 1.5

  @Test func `answers without a single fact`() throws {
    let history = FactBuilder().history(asOfDay: 20_000)
    let answer = try WeeklyBuilder(EmbeddedCells(history)).answer()
    #expect(answer.loop.entries.isEmpty && answer.agenda.items.isEmpty)
    #expect(answer.changes.isQuiet && !answer.changes.isJudged)
    #expect(answer.period.description == "2024-W39")
  }

  @Test func `refuses a week that has not begun`() throws {
    let error = #expect(throws: InputError.self) { try LoopCompany().answer("2024-W41") }
    #expect(error?.diagnostics.first?.code == "option.period-not-begun")
    let running = try LoopCompany().answer("2024-W40")
    #expect(!running.isOver)
  }

  // MARK: Promises

  @Test func `counts a first touch in the week in which it fell due`() throws {
    var company = LoopCompany()
    // Due within a day: Sunday's on Monday of the week after, the Sunday's before in this week.
    company.lead("before", day: LoopCompany.monday - 0.5, touched: 0.1)
    company.lead("missed", day: tuesday)
    company.lead("late", day: tuesday, touched: 2)
    company.lead("after", day: LoopCompany.monday + 6.5, touched: 0.1)
    let lines = try company.answer().promises
    let touch = try #require(lines.first { $0.promise == .firstTouch })
    #expect(touch.keptLeads == ["before"] && touch.missedLeads == ["late", "missed"])
    #expect(touch.side == .sales && touch.target == 0.8)
    let volume = try #require(lines.first { $0.promise == .qualifiedLeads })
    #expect(volume.keptLeads == ["after", "late", "missed"])
    #expect(volume.verdict == .notAgreed)
  }

  @Test func `asks for marketing's share only of leads of which the data say something`() throws {
    var company = LoopCompany()
    company.agreement.marketingSLA = MarketingSLA(
      qualifiedLeads: MarketingSLA.Volume(count: 3, period: .week),
      shareInIdealCustomer: 0.5,
      shareWithFactors: 0.5
    )
    company.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1000))
    ]
    company.agreement.qualifyingFactors = [QualifyingFactor(id: "budget")]
    for (id, employees, budget) in [("a", "100", "yes"), ("b", "5", "no"), ("c", "", "")] {
      company.lead(id, day: tuesday, touched: 0.1)
      for (name, by, value) in [("employees", "", employees), ("budget", "marketing", budget)]
      where !value.isEmpty {
        company.facts.add(
          .attribute,
          [
            "lead": .text(id), "name": .text(name), "by": .text(by), "value": .text(value),
          ]
        )
      }
    }
    let lines = try company.answer().promises
    let ideal = try #require(lines.first { $0.promise == .idealCustomer })
    #expect(ideal.keptLeads == ["a"] && ideal.missedLeads == ["b"])
    #expect(ideal.unknownLeads == ["c"])
    let factors = try #require(lines.first { $0.promise == .qualifyingFactors })
    #expect(factors.keptLeads == ["a", "b"] && factors.missedLeads == ["c"])
    #expect(lines.first { $0.promise == .qualifiedLeads }?.verdict == .kept)
  }

  @Test func `counts what sales said in time`() throws {
    var company = LoopCompany()
    company.agreement.salesSLA?.disposition = SalesSLA.Span(
      seconds: 2 * 86_400,
      isWorkingTime: false
    )
    for id in ["inTime", "late", "never", "auto"] {
      company.lead(id, day: tuesday, touched: 0.1)
    }
    company.say("inTime", "no_fit", day: tuesday + 2)
    company.say("late", "no_fit", day: tuesday + 2.01)
    company.say("auto", "auto", day: tuesday + 1)
    let line = try #require(
      try company.answer().promises.first { $0.promise == .disposition }
    )
    #expect(line.keptLeads == ["inTime"])
    #expect(line.missedLeads == ["auto", "late", "never"])
  }

  // MARK: Changes

  /// So many leads a week for some weeks before the week of the company, and in it.
  private func changes(before: [Int], now: Int) throws -> WeeklyChanges {
    var company = LoopCompany()
    company.facts = FactBuilder()
    for (week, count) in (before + [now]).enumerated() {
      for index in 0..<count {
        let day = LoopCompany.monday - 7 * Double(before.count - week) + 0.1 * Double(index % 60)
        company.facts.lead("L\(week)-\(index)", day: day)
      }
    }
    return try company.answer().changes
  }

  @Test(
    arguments: [
      (Array(repeating: 30, count: 20), 30, .usual), (Array(repeating: 30, count: 20), 4, .fewer),
      (Array(repeating: 30, count: 20), 80, .more), (Array(repeating: 30, count: 20), 22, .usual),
      (Array(repeating: 30, count: 7), 0, .tooFewPeriods(have: 7, need: 8)),
      ([], 5, .tooFewPeriods(have: 0, need: 8)),
      // Weeks that vary widely by themselves make little of a quiet one.
      ((0..<20).map { $0 % 2 == 0 ? 5 : 55 }, 4, .usual),
    ] as [([Int], Int, CountChange.State)]
  )
  func `gives no alarm for noise`(before: [Int], now: Int, wanted: CountChange.State) throws {
    let changes = try changes(before: before, now: now)
    let leads = try #require(changes.counts.first)
    #expect(leads.state == wanted)
    #expect(leads.count == now && leads.leads.count == now)
    #expect(leads.previous == before.last)
  }

  @Test func `takes no week before the first lead for a week without leads`() throws {
    let changes = try changes(before: Array(repeating: 30, count: 9), now: 30)
    #expect(changes.counts.first?.baseline?.periods == 9)
  }

  // MARK: Agenda

  @Test func `puts what costs most first, each kind once`() throws {
    var company = LoopCompany()
    for number in 0..<5 { company.lead("new\(number)", day: tuesday) }
    for number in 0..<9 {
      company.lead("old\(number)", day: LoopCompany.monday - 40, owner: number < 6 ? "Ben" : "Ana")
    }
    let agenda = try company.answer().agenda
    #expect(agenda.items.map(\.kind) == ["forgotten", "broken_promises"])
    #expect(agenda.items.map(\.leads.count) == [9, 5])
    #expect(
      agenda.items.first?.owners == [
        AgendaItem.Owner(name: "Ben", leads: 6), AgendaItem.Owner(name: "Ana", leads: 3),
      ]
    )
    #expect(agenda.items.count <= WeeklyAgenda.most)
  }

  @Test func `forgets no lead that somebody turned to lately, or said something of`() throws {
    var company = LoopCompany()
    let long = LoopCompany.monday - 60
    company.lead("called", day: long, touched: 50)
    company.lead("said", day: long)
    company.say("said", "accepted", day: long + 50)
    company.lead("forgotten", day: long, touched: 0.1)
    company.lead("accepted long ago", day: long)
    company.say("accepted long ago", "accepted", day: long + 1)
    company.lead("given back", day: long)
    company.say("given back", "not_now", day: long + 1)
    let items = try company.answer().agenda.items
    let forgotten = try #require(items.first { $0.kind == "forgotten" })
    #expect(forgotten.leads == ["accepted long ago", "forgotten"])
  }

  @Test func `a past month forgets whom rebound forgets as of the same day`() throws {
    var company = LoopCompany()
    let stage = company.agreement.handOffStage
    company.agreement.path[stage].staleAfterDays = 30
    let (before, within) = (LoopCompany.asOfDay - 90, LoopCompany.asOfDay - 50)
    for (name, day) in [("before", before), ("within", within)] {
      for fate in ["silent", "accepted", "given back", "called"] {
        company.lead("\(fate) \(name)", day: day, touched: fate == "called" ? 30 : nil)
      }
      company.say("accepted \(name)", "accepted", day: day + 1)
      company.say("given back \(name)", "not_now", day: day + 1)
    }
    let items = try company.answer("2024-08").agenda.items
    let forgotten = try #require(items.first { $0.kind == "forgotten" })
    let history = company.facts.history(company.agreement, asOfDay: LoopCompany.asOfDay)
    let ledger = company.facts.ledger()
    let rebound = ReboundBuilder(
      history,
      departures: Departures(ledger, for: history),
      touches: LeadTouches(ledger, for: history),
      dispositions: Dispositions(ledger, for: history)
    ).answer(after: ReboundRecord())
    #expect(
      forgotten.leads == rebound.forgotten[stage].forgotten.map { history.id(ofLead: $0) }.sorted()
    )
    #expect(
      forgotten.leads == [
        "accepted before", "accepted within", "called before", "silent before", "silent within",
      ]
    )
  }

  /// A channel whose leads stop being qualified.
  @Test func `opens an alarm to the leads that did not meet their mark`() throws {
    var company = LoopCompany()
    company.facts = FactBuilder()
    for week in 0..<40 {
      for index in 0..<40 {
        let day = LoopCompany.monday - 7 * Double(39 - week) + 0.1 + 0.15 * Double(index)
        let id = "L\(week)-\(index)"
        company.facts.lead(id, day: day, channel: "Meta", owner: "Ana")
        let qualified = (week < 34 ? 30 : 14) + week % 3
        company.facts.stage(id, index < qualified ? "mql" : "disqualified", day: day + 2)
      }
    }
    let answer = try company.answer()
    let item = try #require(answer.agenda.items.first { $0.kind == "alarm" })
    guard case .alarm(let watched, let missing) = item.subject else {
      Issue.record("no alarm")
      return
    }
    let since = try #require(AgendaBuilder.start(of: watched))
    let points = watched.points.filter { $0.start >= since }.map(\.point)
    let missed = points.reduce(0) { $0 + $1.items - $1.met }
    #expect(item.leads.count == missed && missed > 0)
    #expect(missing > 10 && missing < Double(missed))
    #expect(item.party == .marketing)
  }

  @Test func `looks at an earlier week as it stood then`() throws {
    var company = LoopCompany()
    company.facts = FactBuilder()
    for week in 0..<40 {
      for index in 0..<40 {
        let day = LoopCompany.monday - 7 * Double(39 - week) + 0.1 + 0.15 * Double(index)
        let id = "L\(week)-\(index)"
        company.facts.lead(id, day: day, channel: "Meta", owner: "Ana")
        let qualified = (week < 36 ? 30 : 10) + week % 3
        company.facts.stage(id, index < qualified ? "mql" : "disqualified", day: day + 2)
      }
    }
    let now = try company.answer().changes.watch
    #expect(!now.alerts.isEmpty)
    let earlier = try company.answer("2024-W34").changes.watch
    #expect(earlier.judgedCount > 0 && earlier.alerts.isEmpty)
    let last = try #require(earlier.series.first?.points.last)
    #expect(last.start.description == "2024-08-19")
  }

  @Test func `gives the same page whatever the order of facts`() throws {
    var (one, other) = (LoopCompany(), LoopCompany())
    let ids = (0..<20).map { "L\($0)" }
    for id in ids { one.lead(id, day: tuesday, touched: 0.1) }
    for id in ids.reversed() { other.lead(id, day: tuesday, touched: 0.1) }
    let (first, second) = (try one.answer(), try other.answer())
    #expect(first.loop.lines == second.loop.lines)
    #expect(first.promises == second.promises)
    #expect(first.agenda.items.map(\.leads) == second.agenda.items.map(\.leads))
  }

  /// A team whose first touches come too late in the newest weeks.
  @Test func `opens an alarm about follow-up to the leads that were not followed up`() throws {
    var company = LoopCompany()
    for week in 0..<40 {
      for index in 0..<20 {
        let day = LoopCompany.monday - 7 * Double(39 - week) + 0.1 + 0.2 * Double(index)
        let isLate = index < (week < 35 ? 3 : 14) + week % 3
        company.lead("L\(week)-\(index)", day: day, touched: isLate ? 2 : 0.2)
      }
    }
    let answer = try company.answer()
    let item = try #require(answer.agenda.items.first { $0.kind == "alarm" })
    guard case .alarm(let watched, _) = item.subject else {
      Issue.record("no alarm")
      return
    }
    #expect(watched.series.kind == .compliance && item.party == .sales)
    let since = try #require(AgendaBuilder.start(of: watched))
    let missed = watched.points.filter { $0.start >= since }
      .reduce(0) { $0 + $1.point.items - $1.point.met }
    #expect(item.leads.count == missed && missed > 0)
  }

  @Test func `reads from a store what it reads from a ledger`() throws {
    var company = LoopCompany()
    for id in ["a", "b", "c"] { company.lead(id, day: tuesday, touched: 0.1) }
    company.leave("a", "recycled", day: tuesday + 1, reason: "Bad timing")
    company.say("b", "no_fit", day: tuesday + 1)
    let store = MemoryFactStore(pieceSize: 2)
    _ = try store.append(company.facts.batch, of: FactBuilder.record(), after: 0)
    let history = company.facts.history(company.agreement, asOfDay: LoopCompany.asOfDay)
    let records = try WeeklyRecords(reading: store, for: history)
    let loop = try WeeklyBuilder(EmbeddedCells(history), records: records).answer().loop
    let lines = try company.answer().loop.lines
    #expect(loop.lines == lines)
    #expect(loop.lines.contains { $0.reason == "Bad timing" && $0.leads == ["a"] })
    #expect(loop.lines.contains { $0.reason == "no_fit" && $0.leads == ["b"] })
  }

  // MARK: Beliefs

  @Test func `sets what sales found beside what marketing believed`() throws {
    var company = LoopCompany()
    company.agreement.idealCustomer = [
      AttributeCriterion(name: "employees", match: .range(50, 1000))
    ]
    company.agreement.qualifyingFactors = [QualifyingFactor(id: "budget")]
    for (id, employees, believed, found) in [
      ("a", "100", "yes", "no"), ("b", "5", "yes", "yes"), ("c", "", "", "yes"),
    ] {
      company.lead(id, day: tuesday, touched: 0.1)
      company.say(id, "no_fit", day: tuesday + 1)
      for (name, by, value) in [
        ("employees", "", employees), ("budget", "marketing", believed), ("budget", "sales", found),
      ] where !value.isEmpty {
        company.facts.add(
          .attribute,
          [
            "lead": .text(id), "name": .text(name), "by": .text(by), "value": .text(value),
          ]
        )
      }
    }
    let answer = try company.answer()
    let reason = try #require(answer.beliefs.reasons.first)
    #expect(reason.reason == "no_fit" && reason.count == 3)
    #expect(reason.ideal == ["a"] && reason.notIdeal == ["b"] && reason.unknown == ["c"])
    let factor = try #require(answer.beliefs.factors.first)
    #expect(factor.agreed == 1 && factor.contradicted == ["a"] && factor.notAsked == 1)
    #expect(answer.beliefs.contradictedLeads == ["a"])
    #expect(answer.agenda.items.map(\.kind) == ["disagreement"])
  }

  @Test func `gives the same numbers whether or not marketing signed its word`() throws {
    func answer(by team: String) throws -> WeeklyAnswer {
      var company = LoopCompany()
      company.agreement.marketingSLA = MarketingSLA(
        qualifiedLeads: MarketingSLA.Volume(count: 3, period: .week),
        shareInIdealCustomer: 0.5,
        shareWithFactors: 0.5
      )
      company.agreement.idealCustomer = [
        AttributeCriterion(name: "employees", match: .range(50, 1000))
      ]
      company.agreement.qualifyingFactors = [QualifyingFactor(id: "budget")]
      for (id, employees, believed, found) in [
        ("a", "100", "yes", "no"), ("b", "5", "yes", ""), ("c", "", "", "yes"),
      ] {
        company.lead(id, day: tuesday, touched: 0.1)
        company.say(id, "no_fit", day: tuesday + 1)
        for (name, by, value) in [
          ("employees", team, employees), ("budget", team, believed), ("budget", "sales", found),
          ("employees", "sales", "3"),
        ] where !value.isEmpty {
          company.facts.add(
            .attribute,
            [
              "lead": .text(id), "name": .text(name), "by": .text(by), "value": .text(value),
            ]
          )
        }
      }
      return try company.answer()
    }
    let (signed, unsigned) = (try answer(by: "marketing"), try answer(by: ""))
    #expect(signed.promises == unsigned.promises)
    #expect(signed.beliefs == unsigned.beliefs)
    #expect(signed.beliefs.reasons.first?.ideal == ["a"])
    #expect(signed.beliefs.factors.first?.contradicted == ["a"])
    let factors = try #require(signed.promises.first { $0.promise == .qualifyingFactors })
    #expect(factors.keptLeads == ["a", "b"] && factors.missedLeads == ["c"])
  }

  @Test func `counts a lead once by its last word, or by the reason with which it left`() throws {
    var company = LoopCompany()
    for id in ["twice", "mind changed", "left", "lost", "said and left"] {
      company.lead(id, day: tuesday, touched: 0.1)
    }
    company.say("twice", "no_fit", day: tuesday + 1)
    company.say("twice", "no_budget", day: tuesday + 2)
    company.say("mind changed", "no_fit", day: tuesday + 1)
    company.say("mind changed", "accepted", day: tuesday + 2)
    company.leave("left", "disqualified", day: tuesday + 1, reason: "No Need")
    company.facts.add(
      .deal,
      [
        "id": .text("d"), "lead": .text("lost"), "created": .time(FactBuilder.time(tuesday + 1)),
        "closed": .time(FactBuilder.time(tuesday + 2)), "outcome": .text("lost"),
        "reason": .text("too slow"),
      ]
    )
    company.say("said and left", "no_need", day: tuesday + 1)
    company.leave("said and left", "disqualified", day: tuesday + 2, reason: "duplicate")
    let reasons = try company.answer().beliefs.reasons
    let leads = Dictionary(uniqueKeysWithValues: reasons.map { ($0.reason, $0.unknown) })
    #expect(
      leads == [
        "no_budget": ["twice"], "no_need": ["left", "said and left"], "too slow": ["lost"],
      ]
    )
    #expect(reasons.first { $0.reason == "no_need" }?.outcome == .rejected)
  }
}
