import PlumblineCore
import PlumblineTestSupport
import Testing

/// Trying often enough, saying what became of a lead, and stages that go stale.
struct OtherPromiseTests {
  private func company(_ sla: SalesSLA) -> SLACompany {
    var company = SLACompany()
    company.work.agreement.salesSLA = sla
    company.work.handOff("a", SLACompany.at(4, 10))
    return company
  }

  // MARK: Attempts

  @Test(
    arguments: [
      ([], 6, .dueLater), ([], 7.9, .dueSoon), ([], 8.5, .breached),
      ([5, 6], 8.5, .breached), ([5, 6, 7], 8.5, .kept),
      ([5, 6, SLACompany.at(8, 10)], 8.5, .kept),
      ([5, 6, SLACompany.at(8, 10, 0, 1)], 8.5, .keptLate),
      ([5, 6, 7, 8], 5.5, .dueLater),
    ] as [([Double], Double, SLAStatus)]
  )
  func `three attempts in four days`(days: [Double], asOf: Double, status: SLAStatus) throws {
    var company = company(SalesSLA(attempts: .init(count: 3, withinDays: 4)))
    for day in days { company.work.activity("a", day: day, outcome: "no answer") }
    let record = try company.record(asOf: asOf)
    #expect(record.attempts?.status == status)
    #expect(record.attempts?.due == SLACompany.instant(8, 10))
    #expect(record.attemptCount == days.count { $0 <= asOf })
    #expect(record.firstTouch == nil)
  }

  @Test func `a lead that was reached need not be tried again`() throws {
    var company = company(SalesSLA(attempts: .init(count: 3, withinDays: 4)))
    company.work.activity("a", day: 6, outcome: "connected")
    #expect(try company.record(asOf: 20).attempts?.status == .kept)
    #expect(try company.record(asOf: 20).attempts?.done == FactBuilder.time(6))
  }

  @Test func `machines and notes are no attempts`() throws {
    var company = company(SalesSLA(attempts: .init(count: 1, withinDays: 4)))
    company.work.activity("a", day: 5, kind: "email", isAutomated: true)
    company.work.activity("a", day: 5, kind: "note")
    #expect(try company.record(asOf: 20).attempts?.status == .breached)
    #expect(try company.record(asOf: 20).attemptCount == 0)
  }

  // MARK: Dispositions

  private static let twoDays = SalesSLA.Span(seconds: 2 * 86_400, isWorkingTime: false)

  @Test(
    arguments: [
      (nil, 30, .breached), (SLACompany.at(4, 10), 30, .kept), (SLACompany.at(6, 10), 30, .kept),
      (SLACompany.at(6, 10, 0, 1), 30, .keptLate), (SLACompany.at(4, 9), 30, .breached),
      (nil, 5, .dueLater), (nil, 6.2, .dueSoon),
    ] as [(Double?, Double, SLAStatus)]
  )
  func `sales says in two days what became of a lead`(
    said: Double?,
    asOf: Double,
    status: SLAStatus
  ) throws {
    var company = company(SalesSLA(disposition: Self.twoDays))
    company.say("z", "accepted", 1)
    if let said { company.say("a", "no_budget", said) }
    #expect(try company.record(asOf: asOf).disposition?.status == status)
  }

  @Test func `what the CRM fills in by itself says nothing`() throws {
    var company = company(SalesSLA(disposition: Self.twoDays))
    company.work.agreement.dispositions = [
      DispositionReason(id: "open", outcome: .accepted, isDefault: true),
      DispositionReason(id: "no_fit", outcome: .rejected),
    ]
    company.say("z", "no_fit", 1)
    company.say("a", "Open", SLACompany.at(4, 11))
    #expect(try company.record(asOf: 30).disposition?.status == .breached)
    company.say("a", "no fit", SLACompany.at(8, 11))
    #expect(try company.record(asOf: 30).disposition?.status == .keptLate)
  }

  @Test func `a reason that nobody dated is unknown`() throws {
    var company = company(SalesSLA(disposition: Self.twoDays))
    company.say("z", "no_fit", 1)
    company.say("a", "no_fit", nil)
    #expect(try company.record(asOf: 30).disposition?.status == .unknown)
  }

  @Test func `a lead that went on was accepted; one that left wants a reason`() throws {
    var company = company(SalesSLA(disposition: Self.twoDays))
    company.say("z", "accepted", 1)
    company.work.handOff("b", SLACompany.at(4, 10))
    company.work.handOff("c", SLACompany.at(4, 10))
    company.work.facts.stage("a", "meeting_booked", day: 5)
    company.work.facts.stage("b", "disqualified", day: 5)
    company.work.facts.add(
      .stageEvent,
      [
        "lead": .text("c"), "stage": .text("disqualified"), "reason": .text("No budget"),
        "at": .time(FactBuilder.time(5)),
      ]
    )
    let stands = try ["a", "b", "c"].map {
      try company.record($0, asOf: 30).disposition?.status
    }
    #expect(stands == [.closedBefore, .breached, .kept])
  }

  @Test func `where sales never says anything it is not on record`() throws {
    let answer = try company(SalesSLA(disposition: Self.twoDays)).answer(asOf: 30)
    #expect(answer.sales?.notRecorded == [.disposition])
    #expect(answer.steps == [])
  }

  // MARK: Stale stages

  private func stale(_ days: Int) -> SLACompany {
    var company = SLACompany()
    company.work.agreement.path[1].staleAfterDays = days
    for lead in ["a", "b", "c", "d", "e"] {
      company.work.facts.lead(lead, day: 1, owner: "ann")
      company.work.facts.stage(lead, "mql", day: 2)
    }
    return company
  }

  @Test func `leads that sales gave back or turned down are not stale`() throws {
    var company = stale(10)
    company.say("a", "no_answer", 5)
    company.say("b", "no_fit", 5)
    company.say("c", "accepted", 5)
    company.say("d", "no_fit", 1)
    company.say("e", "no_fit", 5)
    company.say("e", "accepted", 6)
    let answer = try company.answer(asOf: 25)
    let stage = try #require(answer.sales?.staleStages.first)
    #expect(stage.leads == 3)
    #expect(stage.stale.map { answer.id(ofLead: $0) } == ["c", "d", "e"])
    #expect(answer.steps.filter { $0.promise == .stale }.map(\.lead) == ["c", "d", "e"])
  }

  @Test func `leads that neither went on nor left are stale`() throws {
    var company = stale(10)
    company.work.facts.stage("b", "sql", day: 5)
    company.work.facts.stage("c", "disqualified", day: 30)
    company.work.facts.stage("d", "recycled", day: 3)
    company.work.facts.stage("d", "mql", day: 20)
    company.work.facts.lead("f", day: 1)
    company.work.facts.stage("f", "mql", day: nil)
    let answer = try company.answer(asOf: 25)
    let stage = try #require(answer.sales?.staleStages.first)
    #expect(stage.stage == 1)
    // a, c (still there), d since day 20, e, and f since nobody knows when.
    #expect(stage.leads == 5)
    #expect(stage.undated == 1)
    #expect(stage.stale.map { answer.id(ofLead: $0) } == ["a", "c", "e"])
    #expect(answer.leads(behind: .stale).map(\.id) == ["a", "c", "e"])
    let steps = answer.steps.filter { $0.promise == .stale }
    #expect(steps.map(\.lead) == ["a", "c", "e"])
    #expect(Set(steps.map(\.due)) == [FactBuilder.time(12).instant])
    #expect(steps.first?.stage == "mql")
  }

  @Test(
    arguments: [
      (9.4, nil), (9.5, .dueSoon), (11.9, .dueSoon), (12, .breached), (40, .breached),
    ] as [(Double, SLAStep.Step?)]
  )
  func `is told of in the last quarter of its days, and after`(
    asOf: Double,
    step: SLAStep.Step?
  ) throws {
    let steps = try stale(10).answer(asOf: asOf).steps.filter { $0.lead == "a" }
    #expect(steps.map(\.step) == (step.map { [$0] } ?? []))
  }

  @Test func `what is stale is escalated since its escalation, and so is told of by its age`()
    throws
  {
    var company = stale(10)
    company.work.agreement.salesSLA = SalesSLA(
      escalateAfter: .init(seconds: 30 * 86_400, isWorkingTime: false)
    )
    for (asOf, step, since) in [
      (10, .dueSoon, 12), (41.9, .breached, 12), (42, .escalated, 42), (60, .escalated, 42),
    ] as [(Double, SLAStep.Step, Double)] {
      let found = try #require(try company.answer(asOf: asOf).steps.first { $0.lead == "a" })
      #expect(found.step == step)
      #expect(found.since == FactBuilder.time(since).instant)
      #expect(found.due == FactBuilder.time(12).instant)
    }
  }

  // MARK: Escalations

  @Test func `every promise is escalated since its escalation on its own clock`() throws {
    var company = company(
      SalesSLA(
        firstTouch: .init(usual: .init(seconds: 3600, isWorkingTime: true)),
        attempts: .init(count: 1, withinDays: 2),
        disposition: Self.twoDays,
        escalateAfter: .init(seconds: 7200, isWorkingTime: true)
      )
    )
    company.say("z", "accepted", 1)
    // Handed over on Monday at 10; working hours are 9 to 17.
    let steps = try company.answer(asOf: 30).steps.filter { $0.lead == "a" }
    let expected: [SLAStep.Promise: (due: Instant, since: Instant)] = [
      .firstTouch: (SLACompany.instant(4, 11), SLACompany.instant(4, 13)),
      .attempts: (SLACompany.instant(6, 10), SLACompany.instant(6, 12)),
      .disposition: (SLACompany.instant(6, 10), SLACompany.instant(6, 12)),
    ]
    #expect(Set(steps.map(\.promise)) == Set(expected.keys))
    for step in steps {
      #expect(step.step == .escalated)
      #expect(step.due == expected[step.promise]?.due)
      #expect(step.since == expected[step.promise]?.since)
    }
    let early = try company.answer(asOf: SLACompany.at(4, 12)).steps.filter { $0.lead == "a" }
    #expect(early.map(\.step) == [.breached] && early.map(\.since) == early.map(\.due))
  }
}
