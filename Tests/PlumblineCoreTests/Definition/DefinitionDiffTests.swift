import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct DefinitionDiffTests {
  private static let path = [
    Stage(id: "lead"), Stage(id: "mql"), Stage(id: "sql"), Stage(id: "won"),
  ]

  private func agreement(_ score: Int? = nil) -> Agreement {
    var path = Self.path
    if let score { path[1].gate = StageGate(score: score) }
    return Agreement(
      path: path,
      skips: .any,
      horizonsInDays: ["mql-won": 30, "sql-won": 30, "lead-won": 30]
    )
  }

  private func diff(
    _ facts: FactBuilder,
    _ before: Agreement,
    _ after: Agreement,
    asOfDay: Double = 100
  ) throws -> DefinitionDiff {
    func history(_ agreement: Agreement) -> CompanyHistory {
      StageGates.apply(to: facts.history(agreement, asOfDay: asOfDay), facts.ledger())
    }
    return try DefinitionDiffBuilder(history(before), history(after)).diff()
  }

  @Test func `finds nothing without leads`() throws {
    let diff = try diff(FactBuilder(), agreement(50), agreement(60))
    #expect(diff.allPasses == 0 && diff.changedClass == 0 && diff.passes.isEmpty)
    #expect(diff.transitions.isEmpty && diff.months == nil)
    #expect(diff.stages.map(\.id) == ["lead", "mql", "sql", "won"])
    #expect(diff.stages[1].perMonthBefore == nil)
    #expect(diff.stages[1].lostWorth?.passes == 0)
    #expect(diff.stages[1].lostWorth?.expectedWins == nil)
    #expect(diff.workload.before.handOffsPerMonth == nil)
    #expect(diff.promises.before.record == .notAgreed)
  }

  @Test func `finds nothing between a definition and itself`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0, scoreAtHandOff: 55)
    facts.stage("a", "mql", day: 1)
    let diff = try diff(facts, agreement(50), agreement(50))
    #expect(diff.passes.isEmpty && diff.changedClass == 0 && diff.allPasses == 1)
    #expect(
      diff.transitions == [
        ClassTransition(
          before: DefinitionClass(stage: "mql"),
          after: DefinitionClass(stage: "mql"),
          count: 1
        )
      ]
    )
  }

  /// Twelve leads by hand: the gate rises from 50 to 60.
  private var company: FactBuilder {
    var facts = FactBuilder()
    func lead(_ id: String, _ score: Int64?, mql: Double, won: Double? = nil, called: Bool = true) {
      facts.lead(id, day: mql - 1, owner: "ana", scoreAtHandOff: score)
      facts.stage(id, "mql", day: mql)
      if called { facts.activity("c\(id)", lead: id, day: mql + 1, owner: "ana") }
      if let won {
        facts.deal(
          "d\(id)",
          lead: id,
          created: won,
          closed: won,
          outcome: "won",
          amount: 10_000,
          currency: "USD"
        )
      }
    }
    lead("high", 70, mql: 5, won: 20)
    lead("at", 60, mql: 5)
    lead("below", 59, mql: 5, won: 20)
    lead("late win", 55, mql: 5, won: 60)
    lead("open", 55, mql: 6)
    lead("young", 55, mql: 80)
    lead("unknown", nil, mql: 7)
    lead("low", 40, mql: 8, called: false)
    return facts
  }

  @Test func `says by id who loses a stage, and what they brought`() throws {
    let diff = try diff(company, agreement(50), agreement(60))
    #expect(diff.changes.map(\.path) == ["stages.mql.gate.score"])
    let mql = diff.stages[1]
    #expect(mql.before == 7 && mql.after == 3 && mql.gained == 0 && mql.lost == 4)
    #expect(diff.leadIDs(.lost, stage: "mql") == ["below", "late win", "open", "young"])
    #expect(diff.leadIDs(.gained, stage: "mql").isEmpty)
    // The two that were won are won all the same: their class is the same.
    #expect(diff.leadIDsOfChangedClass == ["open", "young"])
    #expect(diff.changedClass == 2 && diff.allPasses == 8)
    let worth = try #require(mql.lostWorth)
    #expect(worth.passes == 4 && worth.old == 3 && worth.young == 1 && worth.untested == 0)
    // Won within 30 days: one of three; the other came too late.
    #expect(worth.won == 1 && worth.revenue == 10_000)
    #expect(worth.interval == .wilson(successes: 1, trials: 3))
    // Six old MQLs are fewer than the twenty that a rate wants.
    #expect(worth.youngRate == nil && worth.expectedWins == nil)
    #expect(diff.gaps.first?.examples == ["unknown"])
  }

  @Test func `what nobody worked is not testable when it gains a stage`() throws {
    let diff = try diff(company, agreement(60), agreement(30))
    let worth = try #require(diff.stages[1].gainedWorth)
    #expect(diff.leadIDs(.gained, stage: "mql").count == 5)
    #expect(worth.passes == 5 && worth.untested == 1 && worth.old == 3 && worth.young == 1)
  }

  @Test func `work in an earlier pass does not test a later one`() throws {
    var facts = FactBuilder()
    for (id, calls) in [("first", [4.0]), ("second", [14]), ("both", [4, 14])] {
      facts.lead(id, day: 0, scoreAtHandOff: 55)
      facts.stage(id, "lost", day: 5)
      facts.stage(id, "mql", day: 12)
      for call in calls { facts.activity("c\(id)\(call)", lead: id, day: call) }
    }
    facts.activity("robot", lead: "first", day: 15, isAutomated: true)
    facts.activity("note", lead: "first", kind: "note", day: 15)
    let worth = try #require(
      try diff(facts, agreement(60), agreement(50)).stages[1].gainedWorth
    )
    #expect(worth.passes == 3 && worth.untested == 1 && worth.old == 2)
  }

  @Test func `says who reaches the score without a hand-off, under either definition`() throws {
    var facts = FactBuilder()
    for (id, demos) in [("none", 0), ("one", 1), ("two", 2), ("handed", 2)] {
      facts.lead(id, day: 0)
      for _ in 0..<demos { facts.touch(id, "demo", day: 5) }
    }
    facts.stage("handed", "mql", day: 6)
    var (before, after) = (agreement(30), agreement(60))
    for (index, side) in [before, after].enumerated() {
      var changed = side
      changed.agreedHandOff = "mql"
      changed.scoring = LeadScoring(engagement: [.init(touch: "demo", points: 30)])
      if index == 0 { before = changed } else { after = changed }
    }
    let diff = try diff(facts, before, after)
    #expect(diff.scoreWithoutHandOff == ScoreWithoutHandOff(before: 2, after: 1))
    let mql = diff.stages[1]
    #expect(mql.before == 1 && mql.after == 1 && mql.gained == 0 && mql.lost == 0)
  }

  @Test func `young ones are priced like old ones of their group, or of the stage`() throws {
    var facts = company
    for number in 0..<40 {
      facts.lead("n\(number)", day: 3, scoreAtHandOff: number < 20 ? 52 : 90)
      facts.stage("n\(number)", "mql", day: 4)
      facts.activity("n\(number)", lead: "n\(number)", day: 5)
      if number % 4 == 0 { facts.stage("n\(number)", "won", day: 9) }
    }
    let group = try #require(try diff(facts, agreement(50), agreement(60)).stages[1].lostWorth)
    #expect(group.old == 23 && group.won == 6 && group.young == 1)
    #expect(group.rateSource == .group && group.rateBase == 23)
    #expect(group.expectedWins?.value == 6 + 6.0 / 23)
    let range = ConfidenceInterval.wilson(successes: 6, trials: 23)
    #expect(abs((group.expectedWins?.interval.lower ?? 0) - 24 * range.lower) < 1e-9)
    #expect(group.expectedRevenue?.value == 10_000 + 6.0 / 23 * 10_000)
    let stage = try #require(try diff(facts, agreement(53), agreement(60)).stages[1].lostWorth)
    #expect(stage.old == 3 && stage.rateSource == .stage && stage.rateBase == 26)
  }

  @Test func `who is won all the same counts with those who lose a stage that is filled`() throws {
    var (before, after) = (agreement(50), agreement(60))
    (before.skips, after.skips) = (.filled, .filled)
    let mql = try diff(company, before, after).stages[1]
    #expect(mql.lost == 2 && mql.moved == 2 && mql.later == 2 && mql.earlier == 0)
    let worth = try #require(mql.lostWorth)
    #expect(worth.passes == 4 && worth.old == 3 && worth.won == 1)
    let back = try diff(company, after, before).stages[1]
    #expect(back.gained == 2 && back.earlier == 2 && back.gainedWorth?.won == 1)
  }

  @Test func `counts work and promises under both`() throws {
    var (before, after) = (agreement(50), agreement(60))
    for index in 0..<2 {
      var changed = index == 0 ? before : after
      changed.agreedHandOff = "mql"
      changed.salesSLA = SalesSLA(
        firstTouch: SalesSLA.FirstTouch(
          usual: SalesSLA.Span(seconds: index == 0 ? 2 * 86_400 : 3600, isWorkingTime: false)
        ),
        attempts: SalesSLA.Attempts(count: 1, withinDays: index + 2)
      )
      if index == 0 { before = changed } else { after = changed }
    }
    let diff = try diff(company, before, after, asOfDay: 120)
    // January to April 1970: days 0 to 119.
    #expect(diff.months?.lowerBound.description == "1970-01-01")
    #expect(diff.months?.upperBound.description == "1970-04-30")
    #expect(diff.workload.before.handOffs == 7 && diff.workload.after.handOffs == 3)
    #expect(diff.workload.before.handOffsPerMonth == 7.0 / 4)
    #expect(diff.workload.after.attemptsPerMonth == 3.0 / 4)
    #expect(diff.workload.after.handOffsPerRep == 3.0 / 4)
    // Everybody was called after a day: in time within two days, too late within an hour.
    #expect(diff.promises.before.judged == 7 && diff.promises.before.broken == 0)
    #expect(diff.promises.after.judged == 3 && diff.promises.after.broken == 3)
    #expect(diff.promises.newlyBroken == ["at", "high", "unknown"])
    #expect(diff.promises.noLongerBroken.isEmpty)
  }

  @Test func `sets paths with other stages side by side`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    facts.stage("a", "demo", day: 2)
    facts.stage("a", "lost", day: 3)
    var other = agreement()
    other.path = [Stage(id: "lead"), Stage(id: "demo"), Stage(id: "won")]
    other.detours = []
    let diff = try diff(facts, agreement(), other)
    #expect(diff.stages.map(\.id) == ["lead", "demo", "mql", "sql", "won"])
    #expect(diff.stages.map(\.before) == [1, nil, 1, 0, 0])
    #expect(diff.stages.map(\.after) == [1, 1, nil, nil, 0])
    #expect(diff.leadIDs(.lost, stage: "mql") == ["a"])
    #expect(diff.passes.first?.before == DefinitionClass(stage: "mql", exit: "lost"))
    #expect(diff.passes.first?.after == DefinitionClass(stage: "demo"))
  }

  // MARK: Sums

  private func variant(_ random: inout SeededGenerator) -> Agreement {
    var agreement = RandomCompany.agreement(zone: "Europe/Berlin")
    if Bool.random(using: &random) { agreement.path.remove(at: 3) }
    for index in agreement.path.indices.dropFirst() where Int.random(in: 0..<3, using: &random) == 0
    {
      agreement.path[index].gate = StageGate(score: Bool.random(using: &random) ? 5 : 9)
    }
    if Bool.random(using: &random) { agreement.detours.removeLast() }
    agreement.skips =
      SkipRule.allCases[Int.random(in: 0..<SkipRule.allCases.count, using: &random)]
    agreement.returns = Bool.random(using: &random) ? .newEpisode : .sameEpisode
    if Bool.random(using: &random) {
      agreement.confirmations = [Confirmation(stage: 1, by: 2, withinDays: 20)]
    }
    agreement.salesSLA = SalesSLA(
      firstTouch: SalesSLA.FirstTouch(
        usual: SalesSLA.Span(
          seconds: Bool.random(using: &random) ? 3600 : 86_400,
          isWorkingTime: Bool.random(using: &random)
        )
      )
    )
    return agreement
  }

  @Test(arguments: UInt64(0)..<120)
  func `gained less lost is the difference of two funnels, and nothing gets lost`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let store = try RandomCompany(seed: seed, importCount: 2).store(
      pieceSize: 7,
      isTold: true,
      exportedDays: [nil, nil]
    )
    let (before, after) = (variant(&random), variant(&random))
    let asOf = instant(120)
    let diff = try DefinitionDiffBuilder(reading: store, from: before, to: after, asOf: asOf)
      .diff()
    func funnel(_ agreement: Agreement) throws -> [Int] {
      let history = try StageGates.apply(
        to: CompanyHistory(reading: store, under: agreement, asOf: asOf),
        reading: store
      )
      let question = FunnelQuestion(rule: agreement.journeyRule, pairs: [])
      return EmbeddedCells(history).cells(for: question).total?.reached
        ?? agreement.path.map { _ in 0 }
    }
    let (old, new) = (try funnel(before), try funnel(after))
    #expect(diff.stages.count == Set(before.path.map(\.id) + after.path.map(\.id)).count)
    for stage in diff.stages {
      let first = before.pathIndex(of: stage.id).map { old[$0] }
      let second = after.pathIndex(of: stage.id).map { new[$0] }
      #expect(stage.before == first && stage.after == second)
      #expect((second ?? 0) - (first ?? 0) == stage.gained - stage.lost)
      let changes = diff.passes.flatMap { $0.stages.filter { $0.stage == stage.id } }
      #expect(changes.count { $0.kind == .gained } == stage.gained)
      #expect(changes.count { $0.kind == .lost } == stage.lost)
      #expect(changes.count { $0.kind == .moved } == stage.moved)
      #expect(stage.earlier + stage.later <= stage.moved)
      for (worth, count) in [
        (stage.gainedWorth, stage.gained + stage.earlier),
        (stage.lostWorth, stage.lost + stage.later),
      ] {
        guard let worth else { continue }
        #expect(worth.passes == count)
        #expect(worth.old + worth.young + worth.undated + worth.untested == count)
        #expect(worth.won <= worth.old)
        if let wins = worth.expectedWins {
          #expect(wins.interval.lower <= wins.value && wins.value <= wins.interval.upper)
        }
      }
    }
    // Each pass goes from one class to one class; without a pass there is no class.
    let known = diff.transitions.filter { $0.before != nil }.reduce(0) { $0 + $1.count }
    let coming = diff.transitions.filter { $0.after != nil }.reduce(0) { $0 + $1.count }
    #expect(known == old.first && coming == new.first)
    #expect(Set(diff.transitions.map { [$0.before, $0.after] }).count == diff.transitions.count)
    #expect(diff.passes.count { $0.before != $0.after } == diff.changedClass)
    // Promises.
    if let first = diff.promises.before.broken, let second = diff.promises.after.broken {
      let difference = diff.promises.newlyBroken.count - diff.promises.noLongerBroken.count
      #expect(second - first == difference)
    }
    // And back.
    let back = try DefinitionDiffBuilder(reading: store, from: after, to: before, asOf: asOf)
      .diff()
    #expect(back.changedClass == diff.changedClass)
    for stage in diff.stages {
      let other = back.stages.first { $0.id == stage.id }
      #expect(other?.gained == stage.lost && other?.lost == stage.gained)
      #expect(other?.moved == stage.moved)
    }
  }
}
