@testable import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// What another rule changes, put onto what was counted, is what that rule gives.
struct JourneyPatchTests {
  /// An episode, without the number of its row.
  private struct Row: Equatable {
    var attempt: UInt16
    var reached: [TimePoint]
    var exit: TimePoint
    var detour: UInt16?
    var activities: Int32
  }

  private func rows(_ journeys: Journeys, ofLead lead: Int) -> [Row] {
    journeys.rows(ofLead: lead).map { row in
      Row(
        attempt: journeys.attempts[row],
        reached: journeys.reached.map { $0[row] },
        exit: journeys.exits[row],
        detour: journeys.exits[row].isPresent ? journeys.detours[row] : nil,
        activities: journeys.activityCounts[row]
      )
    }
  }

  @Test(arguments: UInt64(0)..<120)
  func `leads without a patch are read alike, those with one as the other rule reads them`(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed &* 104_729)
    let history = OddCompany(seed: seed, leads: 60).history
    for pieces in 1...4 {
      let (rule, other) = (OddCompany.question(&random).rule, OddCompany.question(&random).rule)
      let base = Journeys(history, rule: rule)
      let whole = Journeys(history, rule: other)
      let patch = try #require(
        JourneyPatch(of: base, to: other, in: history, largestShare: 1, pieces: pieces)
      )
      let changed = Set(patch.leads.joined().map(Int.init))
      for lead in history.leads.ids.indices {
        let expected = rows(whole, ofLead: lead)
        #expect(rows(patch.changed, ofLead: lead) == (changed.contains(lead) ? expected : []))
        if !changed.contains(lead) { #expect(rows(base, ofLead: lead) == expected) }
      }
      let replaced = Set(patch.replacedRows.joined().map { Int(base.leads[$0]) })
      #expect(replaced == changed)
    }
  }

  /// Most leads go forward without a gap, so that the patch is small and is used.
  private static var tidy: FactBuilder {
    var facts = FactBuilder()
    for number in 0..<40 {
      let id = "lead-\(number)"
      facts.lead(id, day: Double(number), channel: number.isMultiple(of: 3) ? "Ads" : "Web")
      facts.stage(id, "mql", day: Double(number) + 1)
      guard !number.isMultiple(of: 4) else { continue }
      facts.stage(id, "sql", day: Double(number) + 2 + Double(number) / 3)
    }
    facts.stage("lead-4", "won", day: 60)
    facts.stage("lead-6", "lost", day: 61)
    facts.stage("lead-6", "mql", day: 70)
    return facts
  }

  @Test(arguments: [1, 5, 10, 30])
  func `an asked confirmation gives the cells of its journeys`(days: Int) throws {
    let history = Self.tidy.history(asOfDay: 200)
    let pairs = [StagePair(from: 0, to: 1), StagePair(from: 1, to: 2)]
    let engine = EmbeddedCells(history)
    var question = FunnelQuestion(by: [.channel], skips: .ordered, pairs: pairs)
    _ = engine.cells(for: question)
    question.rule.confirmations = [.init(stage: 1, by: 2, withinDays: days)]
    let isPatched = engine.shelf.patch(to: question.rule) != nil
    // Ten of forty are never followed; few days leave out most of the others.
    #expect(isPatched == (days >= 10))
    let expected = ComparableCell.all(ReferenceCells.cells(history, for: question))
    #expect(ComparableCell.all(engine.cells(for: question)) == expected)
  }

  @Test func `a cell whose episodes all went elsewhere is gone`() throws {
    var facts = FactBuilder()
    for number in 0..<8 { facts.lead("lead-\(number)", day: 3) }
    facts.stage("lead-0", "lost", day: 10)
    facts.stage("lead-0", "mql", day: 90)
    let history = facts.history(asOfDay: 200)
    let engine = EmbeddedCells(history)
    var question = FunnelQuestion(
      by: [.attempt],
      rule: JourneyRule(skips: .ordered, returns: .newEpisode),
      pairs: []
    )
    #expect(engine.cells(for: question).keys == [["1"], ["2+"]])
    question.rule.returns = .sameEpisode
    #expect(engine.shelf.patch(to: question.rule)?.leads.joined().count == 1)
    #expect(engine.cells(for: question).keys == [["1"]])
  }

  @Test func `counts kept for one viewer are not those of another who names people otherwise`() {
    var facts = FactBuilder()
    for number in 0..<12 {
      facts.lead("lead-\(number)", day: 1, owner: number < 5 ? "Ann" : "Bob")
      facts.stage("lead-\(number)", "mql", day: 2)
    }
    facts.stage("lead-0", "won", day: 9)
    let history = facts.history(asOfDay: 100)
    let engine = EmbeddedCells(history)
    let hidden = history.hidingOwners(as: OwnerPseudonyms(["Ann", "Bob"]))
    var question = FunnelQuestion(by: [.owner], skips: .ordered, pairs: [])
    _ = engine.cells(for: question)
    question.rule.skips = .strict
    #expect(engine.shelf.patch(to: question.rule) != nil)
    #expect(engine.cells(for: question).keys == [["Ann"], ["Bob"]])
    let others = engine.viewing(hidden).cells(for: question)
    #expect(others.keys.count == 2)
    #expect(!others.keys.joined().contains("Ann"))
    question.filters = [DimensionFilter(.owner, values: ["Ann"])]
    #expect(engine.cells(for: question).total?.episodes == 5)
    #expect(engine.viewing(hidden).cells(for: question).total == nil)
  }
}
