import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct ReboundTests {
  private func fate(_ rebound: Rebound) -> [Rebound.Fate] { rebound.candidates.map(\.fate) }

  @Test func `nobody who never left is taken up`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    let rebound = company.rebound()
    #expect(rebound.candidates.isEmpty)
    #expect(rebound.newEntries.isEmpty)
    #expect(rebound.matchedCount() == 0)
  }

  @Test(arguments: [(59.0, false), (60.0, true), (61.0, true)])
  func `a lead is due on the day that the rule says`(day: Double, isListed: Bool) {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "Bad_Timing", day: 100)
    company.asOfDay = 100 + day
    let rebound = company.rebound()
    #expect(fate(rebound) == [isListed ? .listed : .waiting])
    #expect(rebound.candidates[0].due == CivilDate(dayNumber: 160))
    #expect(rebound.newEntries.map(\.list) == (isListed ? ["timing"] : []))
  }

  @Test func `a rule with the reason goes before one for any reason`() {
    var company = ReboundCompany()
    for (lead, reason) in [("a", "bad timing"), ("b", "no fit"), ("c", "")] {
      company.facts.lead(lead, day: 0)
      company.leave(lead, "disqualified", reason, day: 10)
    }
    #expect(company.rebound().newEntries.map(\.list) == ["timing", "nurture", "nurture"])
  }

  @Test func `what sales gives back by a word is taken up like a leaving`() {
    var company = ReboundCompany()
    company.agreement.dispositions = [
      DispositionReason(id: "accepted", outcome: .accepted),
      DispositionReason(id: "not_now", outcome: .recycled, aliases: ["Spaeter", "later"]),
      DispositionReason(id: "no_fit", outcome: .rejected),
      DispositionReason(id: "auto", outcome: .rejected, isDefault: true),
    ]
    company.agreement.recycleRules = [
      RecycleRule(detour: "recycled", reason: "later", afterDays: 60, list: "timing"),
      RecycleRule(detour: "disqualified", afterDays: 30, list: "nurture"),
    ]
    let leads = [
      "word", "alias", "rejected", "both", "accepted", "auto", "before", "on", "back", "again",
      "undated", "unlisted",
    ]
    for lead in leads {
      company.facts.lead(lead, day: 0)
      company.facts.stage(lead, "sql", day: 50)
    }
    company.say("word", "not_now", day: 100)
    company.say("alias", "spaeter", day: 100)
    company.say("rejected", "no_fit", day: 100)
    // The same leaving as a stage event, which has no reason of its own.
    company.say("both", "not_now", day: 100)
    company.leave("both", "recycled", "", day: 101)
    company.say("accepted", "not_now", day: 100)
    company.say("accepted", "accepted", day: 101)
    company.say("auto", "auto", day: 100)
    company.say("before", "not_now", day: 49)
    company.say("on", "not_now", day: 100)
    company.facts.stage("on", "opportunity", day: 101)
    company.say("back", "not_now", day: 100)
    company.facts.stage("back", "mql", day: 120)
    company.say("again", "not_now", day: 100)
    company.say("again", "later", day: 190)
    company.say("undated", "not_now", day: nil)
    company.say("unlisted", "on holiday", day: 100)
    let rebound = company.rebound()
    let found = Dictionary(
      uniqueKeysWithValues: rebound.candidates.map {
        (company.history.id(ofLead: $0.departure.lead), $0)
      }
    )
    #expect(
      found.keys.sorted() == ["again", "alias", "back", "both", "rejected", "undated", "word"]
    )
    for lead in ["word", "alias", "rejected", "both", "again"] {
      #expect(found[lead]?.fate == .listed)
    }
    #expect(found["back"]?.fate == .excluded(.cameBack))
    #expect(found["undated"]?.fate == .excluded(.undated))
    #expect(found["rejected"]?.departure.reason == "no_fit")
    #expect(found["both"]?.departure.time == FactBuilder.time(101))
    #expect(found["again"]?.departure.time == FactBuilder.time(100))
    #expect(rebound.newEntries.count { $0.list == "timing" } == 4)
    #expect(rebound.newEntries.count { $0.list == "nurture" } == 1)
    #expect(rebound.matchedCount() == 7)
  }

  @Test func `asked of the past, later lists do not count, and nobody is listed twice`() throws {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.facts.lead("b", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    company.leave("b", "disqualified", "bad timing", day: 130)
    var record = ReboundRecord()
    record.add(company.rebound().newEntries)
    #expect(record.entries.count == 2)
    #expect(fate(company.rebound(after: record)).allSatisfy { $0 != .listed })
    company.asOfDay = 150
    let then = company.rebound(after: record)
    #expect(fate(then) == [.listed, .waiting])
    #expect(then.newEntries.isEmpty)
    #expect(then.earlier.isEmpty)
    #expect(then.unknownEntries == 0)
  }

  @Test func `a leaving without a rule is counted by its reason`() {
    var company = ReboundCompany()
    for lead in ["a", "b", "c"] { company.facts.lead(lead, day: 0) }
    company.leave("a", "recycled", "Silent", day: 10)
    company.leave("b", "recycled", "silent", day: 11)
    company.leave("c", "lost", "", day: 12)
    let rebound = company.rebound()
    #expect(rebound.candidates.isEmpty)
    #expect(rebound.withoutRule.map(\.leads) == [[0, 1], [2]])
    #expect(rebound.withoutRule.map(\.reason) == ["silent", ""])
  }

  @Test func `each exclusion is counted once, the first that holds, and all adds up`() throws {
    var company = ReboundCompany()
    let leads = ["customer", "open", "unsubscribed", "back", "undated", "touched", "due", "later"]
    for lead in leads { company.facts.lead(lead, day: 0) }
    for lead in leads where lead != "undated" {
      company.leave(lead, "disqualified", "bad timing", day: lead == "later" ? 190 : 50)
    }
    company.leave("undated", "disqualified", "bad timing", day: nil)
    // The customer has an open deal besides, and does not want mail either: it is a customer.
    company.facts.deal("1", lead: "customer", created: 5, closed: 20, outcome: "won", amount: 100)
    company.facts.deal("2", lead: "customer", created: 60)
    company.facts.deal("3", lead: "open", created: 5)
    company.touch("1", lead: "customer", "unsubscribe", day: 5)
    company.touch("2", lead: "unsubscribed", "Spam complaint", day: nil)
    company.facts.stage("back", "mql", day: 120)
    company.facts.activity("1", lead: "touched", day: 190)
    company.facts.activity("2", lead: "due", day: 199, isAutomated: true)
    let rebound = company.rebound()
    let fates = Dictionary(
      uniqueKeysWithValues: rebound.candidates.map {
        (company.history.id(ofLead: $0.departure.lead), $0.fate)
      }
    )
    #expect(fates["customer"] == .excluded(.customer))
    #expect(fates["open"] == .excluded(.openDeal))
    #expect(fates["unsubscribed"] == .excluded(.unsubscribed))
    #expect(fates["back"] == .excluded(.cameBack))
    #expect(fates["undated"] == .excluded(.undated))
    #expect(fates["touched"] == .excluded(.touchedLately))
    #expect(fates["due"] == .listed)
    #expect(fates["later"] == .waiting)
    let excluded = Rebound.Exclusion.allCases.map { rebound.leads(.excluded($0)).count }
    #expect(excluded == [1, 1, 1, 1, 1, 1, 0, 0])
    #expect(rebound.matchedCount() == 8)
    #expect(
      rebound.leads(.listed).count + rebound.leads(.waiting).count + excluded.reduce(0, +) == 8
    )
  }

  @Test(arguments: [(13.0, true), (14.0, false)])
  func `somebody touched within the agreed days is left alone`(ago: Double, isAlone: Bool) {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    company.touch("1", lead: "a", "page view", day: 200 - ago)
    #expect(fate(company.rebound()) == [isAlone ? .excluded(.touchedLately) : .listed])
  }

  @Test func `an id merged into another lead is counted once more, apart`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.facts.lead("b", day: 1)
    company.facts.lead("c", day: 1)
    company.leave("a", "disqualified", "bad timing", day: 50)
    company.facts.merge("a", into: "b")
    // Another id of the same lead is no merge.
    company.facts.alias("c2", of: "c")
    company.leave("c2", "disqualified", "bad timing", day: 50)
    let rebound = company.rebound()
    #expect(rebound.mergedAway.map(\.id) == ["a"])
    #expect(rebound.candidates.count == 2)
    #expect(rebound.matchedCount() == 3)
    #expect(rebound.newEntries.map(\.lead) == ["b", "c"])
  }

  @Test func `the same run twice adds nothing, a new leaving does`() throws {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    var record = ReboundRecord()
    record.add(company.rebound().newEntries)
    #expect(record.entries.count == 1)
    let again = company.rebound(after: record)
    #expect(again.newEntries.isEmpty)
    let week = CalendarWeek(holding: CivilDate(dayNumber: 200))
    #expect(fate(again) == [.listedBefore(week)])
    // Back on the path, then off it again: another chance once the rule's days have passed.
    company.facts.stage("a", "mql", day: 210)
    company.asOfDay = 220
    #expect(fate(company.rebound(after: record)) == [.excluded(.cameBack)])
    company.leave("a", "disqualified", "bad timing", day: 230)
    company.asOfDay = 260
    #expect(fate(company.rebound(after: record)) == [.waiting])
    company.asOfDay = 295
    let second = company.rebound(after: record)
    #expect(fate(second) == [.listed])
    record.add(second.newEntries)
    #expect(company.rebound(after: record).newEntries.isEmpty)
  }

  @Test func `a lead listed under an id that was merged since is not listed again`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    var record = ReboundRecord()
    record.add(company.rebound().newEntries)
    company.facts.lead("b", day: 0)
    company.facts.merge("a", into: "b")
    #expect(company.rebound(after: record).newEntries.isEmpty)
  }

  @Test func `a reason on a lost deal counts for the leaving`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.facts.add(
      .deal,
      [
        "id": .text("1"), "lead": .text("a"), "created": .time(FactBuilder.time(5)),
        "closed": .time(FactBuilder.time(20)), "outcome": .text("lost"),
        "reason": .text("No budget"),
      ]
    )
    let entries = company.rebound().newEntries
    #expect(entries.map(\.list) == ["budget"])
    #expect(entries.map(\.reason) == ["No budget"])
  }

  @Test func `a status said again without a reason keeps the reason and the first day`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    company.facts.stage("a", "disqualified", day: 80)
    let departure = company.rebound().candidates.first?.departure
    #expect(departure?.reason == "bad timing")
    #expect(departure?.time == FactBuilder.time(50))
  }

  @Test func `a leaving known to the day only, on the day of the lead's creation, has its reason`()
  {
    var company = ReboundCompany()
    company.facts.lead("a", day: 50.6)
    company.facts.add(
      .stageEvent,
      [
        "lead": .text("a"), "stage": .text("disqualified"), "reason": .text("bad timing"),
        "at": .time(FactBuilder.time(50, precision: .day)),
      ]
    )
    #expect(company.rebound().candidates.map(\.departure.reason) == ["bad timing"])
  }

  @Test func `what became of those listed earlier is told by list`() throws {
    var company = ReboundCompany()
    for lead in ["a", "b", "c"] {
      company.facts.lead(lead, day: 0)
      company.leave(lead, "disqualified", "bad timing", day: 50)
    }
    var record = ReboundRecord()
    record.add(company.rebound().newEntries)
    company.facts.stage("a", "mql", day: 210)
    company.facts.stage("b", "mql", day: 200)
    company.facts.deal("1", lead: "a", created: 215, closed: 240, outcome: "won", amount: 700)
    company.asOfDay = 260
    let rebound = company.rebound(after: record)
    let course = try #require(rebound.earlier.first)
    #expect(rebound.earlier.count == 1)
    #expect(course.entries.count == 3)
    // b came back at the very instant of the list: not after it.
    #expect(course.returned == 1)
    #expect(course.won == 1)
    #expect(course.amount == 700)
    #expect(course.returnedInterval.upper < 1)
    #expect(rebound.unknownEntries == 0)
  }

  @Test func `an entry whose lead is gone is counted as unknown`() {
    var company = ReboundCompany()
    company.facts.lead("a", day: 0)
    company.leave("a", "disqualified", "bad timing", day: 50)
    var record = ReboundRecord()
    record.add(company.rebound().newEntries)
    var other = ReboundCompany()
    other.facts.lead("z", day: 0)
    #expect(other.rebound(after: record).unknownEntries == 1)
  }

  @Test func `a store answers as a ledger does`() throws {
    var company = ReboundCompany()
    for lead in ["a", "b", "c"] { company.facts.lead(lead, day: 0) }
    company.leave("a", "disqualified", "bad timing", day: 50)
    company.leave("b", "disqualified", "bad timing", day: 60)
    company.touch("1", lead: "b", "hard bounce", day: 61)
    company.facts.merge("b", into: "c")
    let store = MemoryFactStore(pieceSize: 1)
    _ = try store.append(company.facts.batch, of: FactBuilder.record(), after: 0)
    let history = try CompanyHistory(
      reading: store,
      under: company.agreement,
      asOf: company.history.asOf
    )
    let read = try ReboundBuilder(reading: store, for: history).answer(after: ReboundRecord())
    let expected = company.rebound()
    #expect(read.candidates == expected.candidates)
    #expect(read.mergedAway == expected.mergedAway)
    #expect(read.newEntries == expected.newEntries)
    #expect(read.passes == expected.passes)
  }
}
