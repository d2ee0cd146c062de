import PlumblineTestSupport
import Testing

@testable import PlumblineCore

@Suite struct GamingReadingTests {
  private func records(_ facts: FactBuilder, _ agreement: Agreement = Agreement()) -> GamingRecords
  {
    let ledger = facts.ledger()
    let history = facts.history(agreement, asOfDay: 400)
    let journeys = Journeys(history, rule: agreement.journeyRule)
    return GamingRecords(ledger, for: history, journeys)
  }

  @Test func `no facts are no records`() {
    let records = records(FactBuilder())
    #expect(records.edits.isEmpty && records.meetings.isEmpty && records.touches.isEmpty)
    #expect(records.scores.isEmpty && records.scoreLine == nil)
    #expect(GamingDetectors(records).findings().isEmpty)
  }

  @Test func `a stage is undone by an exit within 45 days, and not known before`() throws {
    var facts = FactBuilder()
    for (id, entry, exit) in [("a", 10.5, 55.0), ("b", 10.5, 56.0), ("c", 380.0, nil as Double?)] {
      facts.lead(id, day: entry - 1, owner: "ann")
      facts.stage(id, "mql", day: entry)
      if let exit { facts.stage(id, "disqualified", day: exit) }
    }
    let records = records(facts)
    let entries = records.edits.filter { $0.kind == .stage && $0.isReversed != nil }
    #expect(entries.map(\.lead) == [0, 1])
    #expect(entries.map(\.isReversed) == [true, false])
    #expect(records.edits.count { $0.kind == .stage } == 5)
    #expect(records.edits.count { $0.kind == .creation } == 3)
    #expect(Set(records.edits.map(\.owner)).count == 1)
  }

  @Test func `a first touch is a person's, after the hand-off, to the second`() throws {
    var facts = FactBuilder()
    facts.lead("z", day: 0, owner: "ann")
    // Somebody works before all hand-offs, so that touches are on record by then.
    facts.lead("y", day: 0, owner: "ann")
    facts.activity("y", lead: "y", day: 0.5, owner: "ann")
    facts.stage("z", "sql", day: 1)
    facts.activity("0", lead: "z", day: 1.001, owner: "ann")
    for id in ["a", "b", "c", "d"] {
      facts.lead(id, day: 3, owner: "ann")
      facts.stage(id, "sql", day: 4.5)
    }
    facts.activity("1", lead: "a", day: 4.5001, owner: "bot", isAutomated: true)
    facts.activity("2", lead: "a", day: 4.75, owner: "bob")
    facts.activity("3", lead: "b", day: 4.25, owner: "ann")
    facts.activity("4", lead: "c", day: 5, owner: "ann", precision: .day)
    let records = records(facts)
    // b was touched before the hand-off, and of c only the day is known.
    #expect(records.touches.map(\.lead) == [0, 2, 5])
    let first = try #require(records.touches.first { $0.lead == 2 })
    #expect(first.touched == FactBuilder.time(4.75).instant)
    // 1970-01-05 was a Monday: at noon people work.
    #expect(first.isInWorkingTime)
    #expect(records.touches.last?.touched == nil)
    #expect(!records.touches[0].isInWorkingTime)
  }

  @Test func `a meeting has a trace where people wrote something down around it`() throws {
    var facts = FactBuilder()
    for id in ["a", "b", "c"] { facts.lead(id, day: 0, owner: "ann") }
    facts.activity("0", lead: "a", day: 1)
    facts.meeting("m1", lead: "a", booked: 5, starts: 10, outcome: "held")
    facts.activity("1", lead: "a", kind: "note", day: 12)
    facts.meeting("m2", lead: "b", booked: 11, starts: 10, outcome: "held")
    facts.activity("2", lead: "b", day: 10.1, isAutomated: true)
    facts.meeting("m3", lead: "c", booked: 5, starts: 399, outcome: "no show")
    facts.meeting("m4", lead: "c", booked: 5, starts: 398, outcome: "cancelled")
    facts.meeting("m5", lead: "c", booked: 5, starts: 500, outcome: "held")
    let records = records(facts)
    #expect(records.meetings.map(\.lead) == [0, 1, 2])
    #expect(records.meetings.map(\.hasTrace) == [true, false, nil])
    #expect(records.meetings.map(\.isHeld) == [true, true, false])
    #expect(records.meetings.map(\.isWon) == [false, false, nil])
  }

  @Test func `the line is the agreed score, and only scores of its time count`() {
    var facts = FactBuilder()
    facts.lead("a", day: 10, scoreAtHandOff: 61)
    facts.lead("b", day: 200, scoreAtHandOff: 50)
    facts.lead("c", day: 200)
    var agreement = Agreement()
    #expect(records(facts, agreement).scoreLine == nil)
    agreement.scoring = LeadScoring(threshold: 60)
    #expect(records(facts, agreement).scoreLine == 60)
    #expect(records(facts, agreement).scores.map(\.lead) == [0, 1])
    var earlier = Agreement()
    earlier.scoring = LeadScoring(threshold: 40)
    agreement.effective = CivilDate(dayNumber: 100)
    agreement.earlier = [earlier]
    #expect(records(facts, agreement).scores.map(\.lead) == [1])
  }
}
