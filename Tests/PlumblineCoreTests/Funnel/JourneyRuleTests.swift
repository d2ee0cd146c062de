@testable import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Journeys under rules other than the usual ones, on histories small enough to work out by hand.
struct JourneyRuleTests {
  private static let accepted = [PlumblineCore.Confirmation(stage: 1, by: 2, withinDays: 30)]

  private func rows(_ facts: FactBuilder, _ rule: JourneyRule) -> [[Double?]] {
    let history = facts.history(asOfDay: 200)
    let journeys = Journeys(history, rule: rule)
    func day(_ time: TimePoint) -> Double? {
      if time == .undated { return -1 }
      return time.isPresent ? Double(time.instant.seconds) / 86_400 : nil
    }
    return (0..<journeys.count).map { row in
      journeys.reached.map { day($0[row]) } + [day(journeys.exits[row])]
    }
  }

  private func ordered(
    _ returns: ReturnRule = .sameEpisode,
    _ confirmations: [PlumblineCore.Confirmation] = []
  ) -> JourneyRule {
    JourneyRule(skips: .ordered, returns: returns, confirmations: confirmations)
  }

  @Test(arguments: ReturnRule.allCases, SkipRule.allCases)
  func `nobody gives no journeys`(returns: ReturnRule, skips: SkipRule) {
    #expect(rows(FactBuilder(), JourneyRule(skips: skips, returns: returns)).isEmpty)
  }

  @Test(arguments: ReturnRule.allCases)
  func `a skipped stage is left out and stands in nobody's way`(returns: ReturnRule) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "sql", day: 2)
    facts.stage("a", "won", day: 50)
    #expect(rows(facts, ordered(returns)) == [[0, nil, 2, nil, nil, nil, 50, nil]])
  }

  @Test(arguments: ReturnRule.allCases)
  func `an entry before the last reached stage does not count, a later one does`(
    returns: ReturnRule
  ) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "meeting_booked", day: 1)
    facts.stage("a", "sql", day: 3)
    facts.stage("a", "sql", day: 4)
    facts.stage("a", "meeting_booked", day: 5)
    facts.stage("a", "meeting_held", day: 2)
    #expect(rows(facts, ordered(returns)) == [[0, nil, 3, 5, nil, nil, nil, nil]])
  }

  @Test(arguments: ReturnRule.allCases)
  func `stages of one instant follow each other`(returns: ReturnRule) {
    var facts = FactBuilder()
    facts.lead("a", day: 7)
    for stage in ["won", "sql", "mql"] { facts.stage("a", stage, day: 7) }
    #expect(rows(facts, ordered(returns)) == [[7, 7, 7, nil, nil, nil, 7, nil]])
  }

  @Test func `a day without a time is not before a time on that day`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 3.6)
    facts.stage("a", "sql", day: 3, precision: .day)
    facts.stage("a", "meeting_booked", day: 2, precision: .day)
    #expect(rows(facts, ordered()) == [[0, 3.6, 3, nil, nil, nil, nil, nil]])
  }

  @Test func `an undated stage that no event dates is reached at an unknown time`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: nil)
    facts.stage("a", "sql", day: 2)
    facts.stage("a", "sql", day: nil)
    facts.stage("a", "lost", day: nil)
    for returns in ReturnRule.allCases {
      #expect(rows(facts, ordered(returns)) == [[0, -1, 2, nil, nil, nil, nil, -1]])
    }
  }

  @Test(arguments: SkipRule.allCases)
  func `leaving and coming back is one episode, which left when it first did`(skips: SkipRule) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    facts.stage("a", "lost", day: 2)
    facts.stage("a", "reopened", day: 3)
    facts.stage("a", "sql", day: 4)
    facts.stage("a", "recycled", day: 5)
    let rule = JourneyRule(skips: skips, returns: .sameEpisode)
    #expect(rows(facts, rule) == [[0, 1, 4, nil, nil, nil, nil, 2]])
    let journeys = Journeys(facts.history(asOfDay: 200), rule: rule)
    #expect(journeys.attempts == [1])
    #expect(journeys.detours == [2])
  }

  @Test func `who left before a stage and came back waits there still`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "lost", day: 2)
    facts.stage("a", "sql", day: 4)
    let history = facts.history(asOfDay: 10)
    let rule = ordered()
    let journeys = Journeys(history, rule: rule)
    #expect(
      journeys.wait(for: StagePair(from: 2, to: 3), row: 0, in: history)
        == StageWait(outcome: .open, lagInDays: 6)
    )
    #expect(
      journeys.wait(for: StagePair(from: 0, to: 1), row: 0, in: history)
        == StageWait(outcome: .exited, lagInDays: 2)
    )
    let total = try #require(
      EmbeddedCells(history).cells(for: FunnelQuestion(rule: rule, pairs: [])).total
    )
    #expect(total.transitions[2].open == 1)
    #expect(total.transitions[0].detoured == [0, 0, 1])
  }

  @Test(arguments: SkipRule.allCases)
  func `what lies before the creation is no part of the one episode`(skips: SkipRule) {
    var facts = FactBuilder()
    facts.lead("a", day: 10)
    facts.stage("a", "mql", day: 5)
    facts.stage("a", "lost", day: 6)
    facts.stage("a", "mql", day: 10)
    let rule = JourneyRule(skips: skips, returns: .sameEpisode)
    #expect(rows(facts, rule) == [[10, 10, nil, nil, nil, nil, nil, nil]])
  }

  @Test(arguments: SkipRule.allCases)
  func `without a day of creation the one episode begins with the first stage`(skips: SkipRule) {
    var facts = FactBuilder()
    facts.lead("a", day: nil)
    facts.stage("a", "lost", day: 1)
    facts.stage("a", "mql", day: 5)
    facts.lead("b", day: nil)
    facts.stage("b", "lost", day: 1)
    let rule = JourneyRule(skips: skips, returns: .sameEpisode)
    #expect(
      rows(facts, rule) == [
        [-1, 5, nil, nil, nil, nil, nil, nil], [-1, nil, nil, nil, nil, nil, nil, 1],
      ]
    )
  }

  @Test(arguments: [
    (0.0, true), (30.0, true), (30.0 + 1 / 86_400.0, false), (-1 / 86_400.0, false), (400, false),
  ])
  func `a stage counts when the other follows within the days, to the second`(
    lag: Double,
    counts: Bool
  ) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 50)
    facts.stage("a", "sql", day: 50 + lag)
    let found = rows(facts, ordered(.sameEpisode, Self.accepted))
    #expect(found.map { $0[1] } == [counts ? 50 : nil])
    #expect(found.map { $0[2] != nil } == [lag <= 150])
  }

  @Test(arguments: [(30, true), (31, false), (0, true), (-1, false)])
  func `calendar days count where one of the two is known to the day only`(
    lag: Int,
    counts: Bool
  ) {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 50.25)
    facts.stage("a", "sql", day: 50 + Double(lag), precision: .day)
    #expect(rows(facts, ordered(.sameEpisode, Self.accepted))[0][1] == (counts ? 50.25 : nil))
  }

  @Test func `a later event may be confirmed where an earlier one is not`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    facts.stage("a", "mql", day: 80)
    facts.stage("a", "sql", day: 90)
    #expect(rows(facts, ordered(.newEpisode, Self.accepted))[0][1...2] == [80, 90])
    var filled = ordered(.newEpisode, Self.accepted)
    filled.skips = .filled
    #expect(rows(facts, filled)[0][1...2] == [80, 90])
  }

  @Test func `what nobody dated is not confirmed and confirms nothing`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: nil)
    facts.stage("a", "sql", day: 5)
    facts.lead("b", day: 0)
    facts.stage("b", "mql", day: 5)
    facts.stage("b", "sql", day: nil)
    #expect(rows(facts, ordered(.newEpisode, Self.accepted)).map { $0[1] } == [nil, nil])
    #expect(rows(facts, ordered(.newEpisode, Self.accepted)).map { $0[2] } == [5, -1])
  }

  @Test func `all conditions of a stage must hold, each by any event on record`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "mql", day: 1)
    facts.stage("a", "sql", day: 2)
    facts.stage("a", "won", day: 100)
    let both = Self.accepted + [PlumblineCore.Confirmation(stage: 1, by: 6, withinDays: 98)]
    #expect(rows(facts, ordered(.newEpisode, both))[0][1] == nil)
    // The second stage is not confirmed itself, but still confirms the first.
    let chain = Self.accepted + [PlumblineCore.Confirmation(stage: 2, by: 3, withinDays: 9)]
    #expect(rows(facts, ordered(.newEpisode, chain))[0][1...2] == [1, nil])
  }

  @Test func `an event that does not count begins no episode`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "lost", day: 1)
    facts.stage("a", "mql", day: 2)
    #expect(rows(facts, ordered(.newEpisode)).count == 2)
    #expect(rows(facts, ordered(.newEpisode, Self.accepted)).count == 1)
  }

  @Test(arguments: UInt64(0)..<60)
  func `columns hold what is read lead by lead, in any number of pieces`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let history = OddCompany(seed: seed).history
    for _ in 0..<6 {
      let rule = OddCompany.rule(&random)
      let expected = ReferenceJourneys(history, rule).rows
      let journeys = Journeys(history, rule: rule)
      let found = (0..<journeys.count).map { row in
        ReferenceJourneys.Row(
          lead: Int(journeys.leads[row]),
          attempt: Int(journeys.attempts[row]),
          reached: journeys.reached.map { $0[row] },
          exit: journeys.exits[row],
          detour: Int(journeys.detours[row])
        )
      }
      #expect(found == expected)
      for pieces in 1...5 {
        #expect(Journeys(history, rule: rule, pieces: pieces) == journeys)
      }
      for lead in history.leads.ids.indices {
        #expect(
          Array(journeys.rows(ofLead: lead)) == found.indices.filter { found[$0].lead == lead }
        )
      }
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `counts of activities are the same from another rule's journeys`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let history = OddCompany(seed: seed).history
    for _ in 0..<6 {
      let (first, second) = (
        Journeys(history, rule: OddCompany.rule(&random)),
        Journeys(history, rule: OddCompany.rule(&random))
      )
      #expect(second.sharingActivityCounts(with: first).activityCounts == second.activityCounts)
      #expect(
        second.activityCounts.reduce(0, +)
          == Int32(history.activities.count { !$0.isAutomated && !$0.isOfNobody(second) })
      )
    }
  }

  @Test func `columns that do not fit together make no journeys`() throws {
    let history = OddCompany(seed: 1).history
    let journeys = Journeys(history, skips: .filled)
    let leadCount = history.leads.ids.count
    func made(
      leadCount: Int,
      detourCount: Int = 3,
      _ change: (inout [Int32], inout [[TimePoint]]) -> Void = { _, _ in }
    ) -> Journeys? {
      var (leads, reached) = (journeys.leads, journeys.reached)
      change(&leads, &reached)
      return Journeys(
        rule: journeys.rule,
        leadCount: leadCount,
        detourCount: detourCount,
        leads: leads,
        attempts: journeys.attempts,
        reached: reached,
        exits: journeys.exits,
        detours: journeys.detours,
        activityCounts: Deferred(journeys.activityCounts)
      )
    }
    #expect(try #require(made(leadCount: leadCount)) == journeys)
    #expect(made(leadCount: leadCount - 1) == nil)
    #expect(made(leadCount: leadCount, detourCount: 0) == nil)
    #expect(made(leadCount: leadCount) { leads, _ in leads.swapAt(0, leads.count - 1) } == nil)
    #expect(made(leadCount: leadCount) { leads, _ in leads[0] = -1 } == nil)
    #expect(made(leadCount: leadCount) { leads, _ in leads.removeLast() } == nil)
    #expect(made(leadCount: leadCount) { _, reached in reached[3].removeLast() } == nil)
    #expect(made(leadCount: leadCount) { _, reached in reached = [] } == nil)
  }
}

extension CompanyHistory.Activity {
  /// Whether its lead has no journey at all.
  fileprivate func isOfNobody(_ journeys: Journeys) -> Bool { journeys.rows(ofLead: lead).isEmpty }
}
