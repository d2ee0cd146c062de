import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct RecordedOutcomesTests {
  private func outcomes(_ company: ReboundCompany) -> RecordedOutcomes {
    RecordedOutcomes(company.facts.ledger(), for: company.history)
  }

  /// A day with so many dispositions at one second besides some spread over the day.
  private func company(sameSecond: Int, spread: Int, owner: String = "kim") -> ReboundCompany {
    var company = ReboundCompany()
    let base = 100.0 + 36_001.0 / 86_400
    for index in 0..<sameSecond {
      company.facts.lead("b\(index)", day: 0)
      company.say("b\(index)", "no_fit", day: base, owner: owner)
    }
    for index in 0..<spread {
      company.facts.lead("s\(index)", day: 0)
      company.say("s\(index)", "no_need", day: 100.4 + Double(index) * 0.002_003, owner: owner)
    }
    return company
  }

  @Test func `nothing recorded is nothing in bulk`() {
    let outcomes = outcomes(ReboundCompany())
    #expect(outcomes.bulk.isEmpty)
    #expect(outcomes.defaults.isEmpty)
    #expect(outcomes.meetings.isEmpty)
  }

  @Test(arguments: [(4, false), (5, true), (60, true)])
  func `five records in a second are made in bulk, four are not`(count: Int, isFound: Bool) {
    let found = outcomes(company(sameSecond: count, spread: 30)).bulk
    #expect(found.map(\.count) == (isFound ? [count] : []))
    #expect(found.first.map { $0.ofAll == count + 30 } ?? true)
    #expect(found.first.map { $0.leads.count == count } ?? true)
    #expect(found.first.map { $0.values.map(\.text) == ["no_fit"] } ?? true)
  }

  @Test func `two users in one second are not one`() {
    var company = company(sameSecond: 3, spread: 10)
    for index in 0..<3 {
      company.facts.lead("o\(index)", day: 0)
      company.say("o\(index)", "no_fit", day: 100.0 + 36_001.0 / 86_400, owner: "lee")
    }
    #expect(outcomes(company).bulk.isEmpty)
  }

  @Test(arguments: [(1.0, 0), (60.0, 0)])
  func `times cut to the hour say nothing`(minutes: Double, expected: Int) {
    var company = ReboundCompany()
    for index in 0..<50 {
      company.facts.lead("a\(index)", day: 0)
      company.say("a\(index)", "no_fit", day: 100.0 + 10.0 / 24, owner: "kim")
    }
    let outcomes = outcomes(company)
    #expect(outcomes.bulk.count == expected)
    #expect(outcomes.resolution[.disposition]?.seconds == nil)
    #expect(outcomes.resolution[.disposition]?.records == 50)
  }

  @Test(arguments: [(19, false), (30, true)])
  func `where times are cut to the minute many more are needed`(count: Int, isFound: Bool) {
    var company = ReboundCompany()
    for index in 0..<count {
      company.facts.lead("a\(index)", day: 0)
      company.say("a\(index)", "no_fit", day: 100.0 + 601.0 / 1440, owner: "kim")
    }
    let outcomes = outcomes(company)
    #expect(outcomes.resolution[.disposition]?.seconds == 60)
    #expect(outcomes.bulk.count == (isFound ? 1 : 0))
  }

  @Test func `a bulk edit over two seconds is one`() {
    var company = ReboundCompany()
    for index in 0..<20 {
      company.facts.lead("a\(index)", day: 0)
      let second = 36_001.0 + Double(index % 2)
      company.leave("a\(index)", "disqualified", "", day: 100 + second / 86_400, owner: "kim")
    }
    let found = outcomes(company).bulk
    #expect(found.map(\.kind) == [.stage])
    #expect(found.map(\.count) == [20])
    #expect(found.map(\.seconds) == [2])
  }

  @Test func `leads scored by a machine are no outcomes`() {
    var company = ReboundCompany()
    for index in 0..<20 {
      company.facts.lead("a\(index)", day: 0)
      company.facts.stage("a\(index)", "mql", day: 100.5 + 1.0 / 86_400)
    }
    #expect(outcomes(company).bulk.isEmpty)
  }

  /// Busy users who record everything one by one, at random seconds of two hours a day.
  @Test(arguments: UInt64(0)..<20)
  func `work done by hand is hardly ever called bulk`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let finder = BulkFinder(kind: .disposition, calendar: .utc)
    var items: [BulkFinder.Item] = []
    for owner in 1...10 {
      for day in 0..<100 {
        for _ in 0..<60 {
          let second = 36_000 + Int64(generator.next() % 7200)
          items.append(
            BulkFinder.Item(
              time: Instant(seconds: Int64(day) * 86_400 + second),
              owner: UInt32(owner),
              lead: 0,
              value: 0
            )
          )
        }
      }
    }
    #expect(finder.find(items, text: { String($0) }).isEmpty)
  }

  @Test func `a default that nobody changed is counted by owner`() {
    var company = ReboundCompany()
    company.agreement.dispositions = [
      DispositionReason(id: "open", outcome: .accepted, isDefault: true),
      DispositionReason(id: "no_fit", outcome: .rejected),
    ]
    for (lead, words) in [("a", ["open"]), ("b", ["open", "no_fit"]), ("c", ["no_fit", "open"])] {
      company.facts.lead(lead, day: 0, owner: "kim")
      for (index, word) in words.enumerated() { company.say(lead, word, day: 10 + Double(index)) }
    }
    let defaults = outcomes(company).defaults
    #expect(defaults.map(\.leads) == [3])
    #expect(defaults.map(\.unchanged) == [[0, 2]])
  }

  private func meetings(
    kim: Int,
    of kimAll: Int,
    others: Int,
    of otherAll: Int
  )
    -> [RecordedOutcomes.OwnerMeetings]
  {
    var company = ReboundCompany()
    func add(_ owner: String, _ held: Int, _ all: Int, _ company: inout ReboundCompany) {
      for index in 0..<all {
        let lead = "\(owner)\(index)"
        company.facts.lead(lead, day: 0, owner: owner)
        company.facts.meeting(
          lead,
          lead: lead,
          booked: 5,
          starts: 10,
          outcome: index < held ? "held" : "no show"
        )
      }
    }
    add("kim", kim, kimAll, &company)
    add("lee", others, otherAll, &company)
    return outcomes(company).meetings
  }

  @Test(arguments: [
    (29, 29, 40, 80, false), (30, 30, 40, 80, true), (29, 30, 40, 80, false),
    (30, 30, 80, 80, false), (30, 30, 78, 80, false), (30, 30, 20, 29, false),
  ])
  func `only a user all of whose many meetings took place stands out`(
    kim: Int,
    kimAll: Int,
    others: Int,
    otherAll: Int,
    isFlagged: Bool
  ) throws {
    let found = meetings(kim: kim, of: kimAll, others: others, of: otherAll)
    #expect(found.map(\.recorded) == [kimAll, otherAll])
    #expect(found.map(\.isFlagged) == [isFlagged, false])
  }
}
