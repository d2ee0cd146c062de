import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// One step of the path under the definitions that circulate.
struct StageRateReconciliationTests {
  private let mqlToSQL = ReconcileMetric.stageRate(from: 1)

  /// 100 leads, 40 of them MQL, 20 of those SQL, and 12 more straight to SQL.
  private static var hundred: FactBuilder {
    var facts = FactBuilder()
    for number in 0..<100 {
      let id = "L" + (number < 10 ? "0" : "") + "\(number)"
      facts.lead(id, day: Double(number) / 10)
      if number < 40 { facts.stage(id, "mql", day: 20) }
      if number < 20 || (40..<52).contains(number) { facts.stage(id, "sql", day: 21) }
    }
    facts.lead("later", day: 900)
    return facts
  }

  @Test func `nobody gives no number and no steps`() throws {
    let answer = try FactBuilder().reconciled(mqlToSQL)
    #expect(answer.definitions.allSatisfy { $0.reading.value == nil })
    #expect(answer.differentValues == 0)
    expectExactBridges(answer)
  }

  @Test func `a hundred leads give three answers`() throws {
    let answer = try Self.hundred.reconciled(mqlToSQL, asOfDay: 900)
    expectExactBridges(answer)
    #expect(answer.fraction(.allStages) == "20/40")
    #expect(answer.fraction(.anyStages) == "32/40")
    #expect(answer.fraction(.filled) == "32/52")
    let straight = (40..<52).map { "L\($0)" }
    #expect(answer.ids(.anyStages, .straightPast) == straight)
    #expect(answer.ids(.allStages, .straightPast) == straight)
    #expect(answer.rules(.filled) == [.tooYoung])
    #expect(answer.reading(.ours)?.value.map { abs($0 - 32.0 / 52) < 1e-12 } == true)
    let any = try answer.step("any_stages.2")
    #expect(any.numeratorChange == 0 && any.denominatorChange == -12)
    let all = try answer.step("all-stages.2")
    #expect(all.numeratorChange == -12 && all.denominatorChange == -12)
    #expect(all.exactChange == ExactRatio(-3, 26))
  }

  @Test(arguments: SkipRule.allCases)
  func `whatever the agreement's rule, the others' numbers are the same`(skips: SkipRule) throws {
    let answer = try Self.hundred.reconciled(mqlToSQL, Agreement(skips: skips), asOfDay: 900)
    expectExactBridges(answer)
    #expect(answer.fraction(.allStages) == "20/40")
    #expect(answer.fraction(.anyStages) == "32/40")
    #expect(answer.fraction(.filled) == "32/52")
  }

  @Test func `a lead that left is at no stage today`() throws {
    var facts = FactBuilder()
    for id in ["a", "b", "c"] {
      facts.lead(id, day: 0)
      facts.stage(id, "mql", day: 1)
    }
    facts.stage("a", "sql", day: 2)
    facts.stage("b", "sql", day: 2)
    facts.stage("b", "recycled", day: 3)
    let answer = try facts.reconciled(mqlToSQL, asOfDay: 400)
    expectExactBridges(answer)
    #expect(answer.fraction(.filled) == "2/3")
    #expect(answer.fraction(.statusToday) == "1/2")
    #expect(answer.ids(.statusToday, .leftThePath) == ["b"])
  }

  @Test func `a lead that comes back counts twice with us and once elsewhere`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    facts.stage("a", "recycled", day: 2)
    facts.stage("a", "mql", day: 30)
    facts.stage("a", "sql", day: 31)
    let answer = try facts.reconciled(mqlToSQL, asOfDay: 400)
    expectExactBridges(answer)
    #expect(answer.reading(.ours)?.records == 2)
    #expect(answer.fraction(.firstPass) == "0/1")
    #expect(answer.rules(.firstPass) == [.laterPasses])
    #expect(answer.ids(.firstPass, .laterPasses) == ["a"])
    #expect(answer.reading(.firstPass)?.isEstimated == true)
    #expect(answer.fraction(.filled) == "1/1")
    #expect(answer.ids(.filled, .cameBack) == ["a"])
  }

  @Test func `where nobody came back the first time is all there is`() throws {
    let answer = try Self.hundred.reconciled(mqlToSQL, asOfDay: 900)
    #expect(answer.rules(.firstPass).isEmpty)
    #expect(answer.reading(.firstPass) == answer.reading(.ours))
  }

  @Test func `first passes too young to tell have neither a rate nor an interval`() throws {
    var facts = FactBuilder()
    for number in 0..<40 {
      facts.lead("L\(number)", day: 96)
      facts.stage("L\(number)", "mql", day: 97)
      if number < 20 { facts.stage("L\(number)", "sql", day: 98) }
    }
    var agreement = Agreement()
    agreement.horizonsInDays = ["mql-sql": 28]
    let answer = try facts.reconciled(mqlToSQL, agreement, asOfDay: 100)
    expectExactBridges(answer)
    let first = try #require(answer.reading(.firstPass))
    #expect(first.absence == .notOldEnough && first.value == nil && first.interval == nil)
  }

  @Test(arguments: UInt64(0)..<60)
  func `first passes are those of the funnel's own answer`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 3)
    let ledger = company.ledger(exportedDays: [nil, nil, 130])
    var agreement = RandomCompany.agreement()
    agreement.skips = SkipRule.allCases[Int(seed % 4)]
    agreement.returns = seed % 3 == 0 ? .sameEpisode : .newEpisode
    let history = CompanyHistory(ledger, under: agreement)
    let source = EmbeddedCells(history)
    let reconciler = Reconciler(history, source: source, deals: DealRecords(ledger, for: history))
    let days: (CivilDate?, CivilDate?) =
      seed % 2 == 0 ? (nil, nil) : (CivilDate(dayNumber: 20), CivilDate(dayNumber: 90))
    let builder = FunnelBuilder(agreement, source: source)
    let question = builder.question(
      filters: [DimensionFilter(.attempt, values: ["1"])],
      firstDay: days.0,
      lastDay: days.1
    )
    let funnel = try builder.answer(question)
    for from in 0..<(agreement.path.count - 1) {
      let answer = try reconciler.answer(
        .stageRate(from: from),
        firstDay: days.0,
        lastDay: days.1
      )
      let rate = funnel.total.transitions[from].rate
      let first = try #require(answer.reading(.firstPass))
      #expect(first.value == rate.rate && first.interval == rate.interval)
      #expect(first.denominator == Int128(rate.entered))
      if agreement.skips != .any {
        #expect(first.numerator == Int128(rate.converted))
      } else {
        // A rate takes the second stage in any order; the funnel's count asks which came first.
        #expect(first.numerator >= Int128(rate.converted))
      }
      if agreement.returns == .sameEpisode { #expect(answer.rules(.firstPass).isEmpty) }
    }
    let win = try reconciler.answer(.winRate, firstDay: days.0, lastDay: days.1)
    let pair = try #require(win.pair)
    let scope = ReconcileScope(
      history: history,
      source: source,
      filters: question.filters,
      firstDay: days.0,
      lastDay: days.1,
      rule: agreement.journeyRule
    )
    #expect(
      win.reading(.firstPass) == scope.estimate(of: pair, try #require(win.horizon))
    )
  }

  @Test func `stages dated in a period are not those of the leads that came in then`() throws {
    var facts = FactBuilder()
    for (id, day) in [("before", 0.0), ("inside", 40), ("slow", 50)] {
      facts.lead(id, day: day)
      facts.stage(id, "mql", day: day + 1)
    }
    facts.stage("before", "sql", day: 45)
    facts.stage("slow", "sql", day: 70)
    let answer = try facts.reconciled(
      mqlToSQL,
      asOfDay: 400,
      from: CivilDate(dayNumber: 31),
      to: CivilDate(dayNumber: 58)
    )
    expectExactBridges(answer)
    #expect(answer.fraction(.filled) == "1/2")
    #expect(answer.fraction(.stageDates) == "1/2")
    #expect(answer.ids(.stageDates, .otherCohort) == ["before"])
    #expect(answer.ids(.stageDates, .reachedOutside) == ["slow"])
  }

  @Test func `a conversion later than the horizon, or undated, is a step of its own`() throws {
    var facts = FactBuilder()
    for number in 0..<60 {
      facts.lead("L\(number)", day: 0)
      facts.stage("L\(number)", "mql", day: 1)
      if number < 30 { facts.stage("L\(number)", "sql", day: 2) }
    }
    facts.stage("L58", "sql", day: 200)
    facts.stage("L59", "sql", day: nil)
    var agreement = Agreement()
    agreement.horizonsInDays = ["mql-sql": 28]
    let answer = try facts.reconciled(mqlToSQL, agreement, asOfDay: 400)
    expectExactBridges(answer)
    #expect(answer.ids(.filled, .late) == ["L58"])
    #expect(answer.ids(.filled, .undated) == ["L59"])
    #expect(answer.fraction(.filled) == "32/60")
  }

  @Test(arguments: UInt64(0)..<150)
  func `bridges of random companies add up, and the ends are what they say`(seed: UInt64) throws {
    let company = RandomCompany(seed: seed, importCount: 3)
    let ledger = company.ledger(exportedDays: [nil, nil, 130])
    var agreement = RandomCompany.agreement()
    agreement.skips = SkipRule.allCases[Int(seed % 4)]
    agreement.returns = seed % 3 == 0 ? .sameEpisode : .newEpisode
    if seed % 5 == 0 { agreement.confirmations = [Confirmation(stage: 1, by: 2, withinDays: 30)] }
    let history = CompanyHistory(ledger, under: agreement)
    let source = EmbeddedCells(history)
    let reconciler = Reconciler(history, source: source, deals: DealRecords(ledger, for: history))
    let days: (CivilDate?, CivilDate?) =
      seed % 2 == 0 ? (nil, nil) : (CivilDate(dayNumber: 20), CivilDate(dayNumber: 90))
    for metric in ReconcileMetric.all(of: agreement) {
      let answer = try reconciler.answer(metric, firstDay: days.0, lastDay: days.1)
      expectExactBridges(answer)
      guard case .stageRate(let from) = metric else { continue }
      let builder = FunnelBuilder(agreement, source: source)
      let funnel = try builder.answer(builder.question(firstDay: days.0, lastDay: days.1))
      #expect(answer.reading(.ours)?.value == funnel.total.transitions[from].rate.rate)
      for (name, rule) in [
        (ReconciledDefinition.Name.allStages, SkipRule.strict), (.anyStages, .any),
        (.filled, .filled),
      ] {
        let question = FunnelQuestion(
          firstDay: days.0,
          lastDay: days.1,
          rule: JourneyRule(skips: rule, returns: .sameEpisode),
          pairs: []
        )
        let reached = source.cells(for: question).total?.reached
        #expect(answer.reading(name)?.numerator == Int128(reached?[from + 1] ?? 0))
        #expect(answer.reading(name)?.denominator == Int128(reached?[from] ?? 0))
      }
    }
  }

  @Test(arguments: [
    ("mql-to-sql", ReconcileMetric.stageRate(from: 1)), ("MQL SQL", .stageRate(from: 1)),
    ("meeting-booked-to-meeting-held", .stageRate(from: 3)), ("win_rate", .winRate),
    ("speed-to-lead", .speedToLead), ("Coverage", .coverage), ("payback", .payback),
  ])
  func `a metric is known by its name`(text: String, metric: ReconcileMetric) throws {
    #expect(try ReconcileMetric(text, in: Agreement()) == metric)
  }

  @Test(arguments: ["", "mql-to-won", "winrates", "sql-to-mql"])
  func `a metric that is not there is refused with the list`(text: String) throws {
    let error = #expect(throws: InputError.self) {
      try ReconcileMetric(text, in: Agreement())
    }
    #expect(error?.diagnostics.first?.code == "reconcile.unknown-metric")
    #expect(error?.diagnostics.first?.remedy?.contains("mql-to-sql") == true)
  }

  @Test func `a step that is not there is refused with the list`() throws {
    let answer = try Self.hundred.reconciled(mqlToSQL, asOfDay: 900)
    let error = #expect(throws: InputError.self) { try answer.step("any_stages.9") }
    #expect(error?.diagnostics.first?.remedy?.contains("any_stages.2") == true)
  }
}
