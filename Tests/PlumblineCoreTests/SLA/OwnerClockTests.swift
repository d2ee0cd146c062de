import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Each owner's time is the owner's own.
///
/// Four working hours; Monday is day 4.
struct OwnerClockTests {
  private func names(_ answer: SLAAnswer, _ record: SLARecord) -> [String] {
    record.clocks.map { answer.name(ofOwner: $0.owner) }
  }

  @Test func `one clock per owner: after a reassignment each begins anew`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "bob")
    company.assign("a", to: "ann", SLACompany.at(4, 10))
    company.assign("a", to: "bob", SLACompany.at(4, 16))
    company.work.activity("a", day: SLACompany.at(5, 10), owner: "bob")
    let answer = try company.answer(asOf: 10)
    let record = try company.record(asOf: 10)
    #expect(names(answer, record) == ["ann", "bob"])
    #expect(
      record.clocks.map(\.outcome.due) == [SLACompany.instant(4, 14), SLACompany.instant(5, 12)]
    )
    // Ann let it pass; Bob, who got it at 16:00, was in time.
    #expect(record.clocks.map(\.outcome.status) == [.closedLate, .kept])
    let waits: [WaitingTimes.Wait] = record.clocks.compactMap(\.wait)
    #expect(waits.map(\.seconds) == [6 * 3600, 2 * 3600] as [Int64])
    #expect(waits.map(\.outcome) == [.prevented, .ended] as [WaitingTimes.Outcome])
    // For the lead it took eight hours.
    #expect(record.firstTouch?.status == .keptLate)
    #expect(record.wait?.seconds == 28_800)
    #expect(answer.sales?.reassigned == 1)
    let groups = try company.builder(asOf: 10).groups(of: try #require(answer.sales), by: .owner)
    let tallies = groups.map { ($0.name, $0.promises[.firstTouch]?.tally) }
    #expect(tallies.first { $0.0 == "ann" }?.1?[.closedLate] == 1)
    #expect(tallies.first { $0.0 == "bob" }?.1?[.kept] == 1)
  }

  @Test func `who passes a lead on in time has broken nothing`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "bob")
    company.assign("a", to: "ann", SLACompany.at(4, 9))
    company.assign("a", to: "bob", SLACompany.at(4, 13))
    let record = try company.record(asOf: SLACompany.at(4, 15))
    #expect(record.clocks.map(\.outcome.status) == [.closedBefore, .dueLater])
    #expect(record.firstTouch?.status == .breached)
    let later = try company.answer(asOf: SLACompany.at(5, 10)).steps.filter { $0.lead == "a" }
    #expect(later.map(\.owner) == ["bob"])
    #expect(later.map(\.clock) == [2])
    #expect(later.map(\.due) == [SLACompany.instant(4, 17)])
  }

  @Test func `each owner's clock runs in the owner's own zone`() throws {
    var company = SLACompany()
    company.work.facts.owner("ann", zone: "America/New_York")
    company.work.handOff("a", SLACompany.at(4, 10), owner: "ann")
    company.assign("a", to: "bob", SLACompany.at(4, 10))
    // 15:00 in Greenwich is 10:00 in New York: due there at 14:00.
    company.assign("a", to: "ann", SLACompany.at(4, 15))
    let record = try company.record(asOf: SLACompany.at(4, 18))
    #expect(
      record.clocks.map(\.outcome.due) == [SLACompany.instant(4, 14), SLACompany.instant(4, 19)]
    )
  }

  @Test func `the time until somebody is assigned is the system's`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "ann")
    company.assign("a", to: "ann", SLACompany.at(4, 13))
    company.work.activity("a", day: SLACompany.at(4, 15), owner: "ann")
    let record = try company.record(asOf: 10)
    #expect(record.systemDelay == .init(seconds: 3 * 3600, outcome: .ended))
    #expect(record.humanDelay == .init(seconds: 2 * 3600, outcome: .ended))
    #expect(record.wait == .init(seconds: 5 * 3600, outcome: .ended))
    // Nobody's for three hours, then Ann's, who was in time; the lead waited too long.
    #expect(record.clocks.map(\.owner).first == 0)
    #expect(record.clocks.map(\.outcome.status) == [.closedBefore, .kept])
    #expect(record.firstTouch?.status == .keptLate)
  }

  @Test func `a lead that is never assigned is nobody's, and is told of`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "")
    let step = try #require(try company.answer(asOf: 6).steps.first { $0.lead == "a" })
    #expect(step.owner == "")
    #expect(step.step == .breached)
  }

  @Test func `without a time of assignment the delay is not split`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "ann")
    company.work.activity("a", day: SLACompany.at(4, 12), owner: "ann")
    let record = try company.record(asOf: 10)
    #expect(record.systemDelay == nil)
    #expect(record.humanDelay == nil)
    #expect(record.clocks.count == 1)
    #expect(try company.answer(asOf: 10).sales?.withAssignment == 0)
  }

  @Test func `another owner in a later export is a reassignment at that export`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "ann")
    var next = FactBuilder()
    next.lead("a", day: nil, owner: "bob")
    company.later = [(day: SLACompany.at(5, 9), facts: next)]
    let answer = try company.answer(asOf: SLACompany.at(5, 10))
    let record = try company.record(asOf: SLACompany.at(5, 10))
    #expect(names(answer, record) == ["ann", "bob"])
    #expect(record.clocks.map(\.start) == [SLACompany.instant(4, 10), SLACompany.instant(5, 9)])
    #expect(record.clocks.map(\.outcome.status) == [.closedLate, .dueLater])
    // As of before that export it was Ann's.
    let before = try company.record(asOf: SLACompany.at(5, 8))
    #expect(before.clocks.count == 1)
  }

  @Test func `the same owner named again changes nothing`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "ann")
    company.assign("a", to: "ann", SLACompany.at(4, 9))
    company.assign("a", to: "ann", SLACompany.at(4, 12))
    #expect(try company.record(asOf: 10).clocks.count == 1)
  }

  @Test func `who gets a lead after it was touched has no clock for it`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "bob")
    company.assign("a", to: "ann", SLACompany.at(4, 10))
    company.work.activity("a", day: SLACompany.at(4, 11), owner: "ann")
    company.assign("a", to: "bob", SLACompany.at(4, 12))
    let record = try company.record(asOf: 10)
    #expect(record.clocks.map(\.outcome.status) == [.kept])
    #expect(record.clocks.map(\.wait?.seconds) == [3600])
  }

  @Test func `an owner of today whom no assignment names was given the lead nobody knows when`()
    throws
  {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "cat")
    company.assign("a", to: "ann", SLACompany.at(4, 10))
    let answer = try company.answer(asOf: 10)
    let record = try company.record(asOf: 10)
    // Ann is not blamed for what Cat may have had since.
    #expect(names(answer, record) == ["cat"])
    #expect(record.systemDelay == nil)
  }

  @Test func `as of an earlier day the lead is that day's owner's`() throws {
    var company = SLACompany()
    company.work.handOff("a", SLACompany.at(4, 10), owner: "bob")
    company.assign("a", to: "ann", SLACompany.at(4, 10))
    company.assign("a", to: "bob", SLACompany.at(8, 10))
    let answer = try company.answer(asOf: 6)
    #expect(names(answer, try company.record(asOf: 6)) == ["ann"])
    #expect(answer.steps.filter { $0.lead == "a" }.map(\.owner) == ["ann"])
  }
}
