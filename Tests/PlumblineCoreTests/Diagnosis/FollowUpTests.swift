import PlumblineCore
import PlumblineTestSupport
import Testing

/// Whether one lead was followed up as agreed.
struct FollowUpTests {
  /// The lead of `ann`, handed off on Monday at 10:00: with 4 working hours due at 14:00.
  private func company() -> WorkCompany {
    var company = WorkCompany()
    company.handOff("a", WorkCompany.at(4, 10))
    // Somebody else's call, so that activities are on record from the beginning.
    company.handOff("z", WorkCompany.at(1, 10), owner: "zoe")
    company.activity("z", day: WorkCompany.at(1, 10))
    return company
  }

  private func followUp(_ company: WorkCompany, asOf day: Double = 400) throws -> FollowUp? {
    try company.records(asOf: day).handOffs.first { $0.channel != 0 && $0.lead == 0 }?.followUp
  }

  @Test(arguments: [
    (WorkCompany.at(4, 10), true), (WorkCompany.at(4, 13, 59, 59), true),
    (WorkCompany.at(4, 14), true), (WorkCompany.at(4, 14, 0, 1), false),
    (WorkCompany.at(5, 9), false), (WorkCompany.at(100, 9), false),
  ])
  func `a touch is in time up to the second of the deadline`(day: Double, isMet: Bool) throws {
    var company = company()
    company.activity("a", day: day)
    let followUp = try #require(try followUp(company))
    #expect(followUp.deadline == FactBuilder.time(WorkCompany.at(4, 14)).instant)
    #expect(followUp.isMetAtDeadline == isMet)
    #expect(followUp.isMet == isMet)
    #expect(!followUp.isByDay && !followUp.couldBeEither)
    // What happens after the moment of judging is not looked at.
    #expect(followUp.firstTouch == (isMet ? FactBuilder.time(day) : .missing))
  }

  @Test func `a lead that nobody touched was not followed up`() throws {
    let followUp = try #require(try followUp(company()))
    #expect(followUp.isMet == false)
    #expect(followUp.firstTouch == .missing)
    #expect(followUp.attempts == 0)
  }

  @Test(arguments: [
    ("call", "ann", false, true), ("Email", "", false, true), ("", "bob", false, true),
    ("call", "ann", true, false), ("Note", "ann", false, false), ("tasks", "ann", false, false),
    ("to-do", "ann", false, false), ("Reminder", "ann", false, false),
  ])
  func `only a person's attempt to reach the lead is a touch`(
    kind: String,
    owner: String,
    isAutomated: Bool,
    counts: Bool
  ) throws {
    var company = company()
    company.activity(
      "a",
      day: WorkCompany.at(4, 11),
      kind: kind,
      owner: owner,
      isAutomated: isAutomated
    )
    #expect(try followUp(company)?.isMet == counts)
  }

  @Test(arguments: [("ann", true), ("bob", false), ("", false)])
  func `before the hand-off only its own owner's touch counts`(owner: String, counts: Bool) throws {
    var company = company()
    company.activity("a", day: WorkCompany.at(4, 9, 59, 59), owner: owner)
    #expect(try followUp(company)?.isMet == counts)
  }

  @Test func `a touch that nobody dated says nothing`() throws {
    var company = company()
    company.activity("a", day: nil, outcome: "connected")
    #expect(try followUp(company)?.isMet == false)
    #expect(try followUp(company)?.isReached == false)
  }

  @Test func `a touch after the lead came back belongs to its next episode`() throws {
    var company = company()
    let sla = SalesSLA(firstTouch: .init(usual: .init(seconds: 86_400, isWorkingTime: false)))
    company.agreement.salesSLA = sla
    company.facts.stage("a", "recycled", day: WorkCompany.at(4, 11))
    company.facts.stage("a", "mql", day: WorkCompany.at(4, 12))
    company.facts.stage("a", "sql", day: WorkCompany.at(4, 13))
    company.activity("a", day: WorkCompany.at(4, 14))
    let handOffs = try company.records().handOffs.filter { $0.lead == 0 }
    #expect(handOffs.map(\.attempt) == [1, 2])
    #expect(handOffs.map(\.standing) == [.counted, .laterEpisode])
    #expect(handOffs.map(\.followUp?.isMet) == [false, true])
  }

  // MARK: The clock

  @Test(arguments: [
    // Friday 16:00: one hour that day, three on Monday.
    (WorkCompany.at(1, 16), WorkCompany.at(4, 12)),
    // Saturday, and Monday before opening: from 09:00.
    (WorkCompany.at(2, 12), WorkCompany.at(4, 13)), (WorkCompany.at(4, 3), WorkCompany.at(4, 13)),
    // Monday after closing.
    (WorkCompany.at(4, 17), WorkCompany.at(5, 13)), (WorkCompany.at(4, 23), WorkCompany.at(5, 13)),
    // The deadline is the end of the day, not the next morning.
    (WorkCompany.at(4, 13), WorkCompany.at(4, 17)),
  ])
  func `the clock runs while people work`(handOff: Double, deadline: Double) throws {
    for (touch, isMet) in [(deadline, true), (deadline + 1.0 / 86_400, false)] {
      var company = WorkCompany()
      company.handOff("a", handOff)
      company.activity("a", day: touch)
      let followUp = try #require(try company.only()?.followUp)
      #expect(followUp.deadline == FactBuilder.time(deadline).instant)
      #expect(followUp.isMet == isMet)
    }
  }

  @Test func `a day off does not count, and an owner works in the owner's own zone`() throws {
    var company = WorkCompany()
    company.agreement.workingTime = WorkingTime(
      weekdays: Set(0...4),
      shifts: [.init(startMinute: 540, endMinute: 1020)],
      holidays: [CivilDate(dayNumber: 5)]
    )
    // Monday 15:00 in Greenwich is 10:00 in New York, where the day ends 17:00 = 22:00.
    company.handOff("a", WorkCompany.at(4, 15), owner: "ann")
    company.handOff("b", WorkCompany.at(4, 15), owner: "bob")
    company.handOff("c", WorkCompany.at(4, 15), owner: "cat")
    company.facts.owner("ann", zone: "America/New_York")
    company.facts.owner("cat", zone: "America/New_Yrok")
    company.activity("a", day: WorkCompany.at(4, 19))
    company.activity("b", day: WorkCompany.at(4, 19))
    company.activity("c", day: WorkCompany.at(4, 19))
    let records = try company.records()
    let due = [WorkCompany.at(4, 19), WorkCompany.at(6, 11), WorkCompany.at(6, 11)]
    #expect(
      records.handOffs.map { $0.followUp?.deadline } == due.map { FactBuilder.time($0).instant }
    )
    #expect(records.handOffs.allSatisfy { $0.followUp?.isMet == true })
    #expect(records.summary.ownersWithUnknownZone == 1)
  }

  @Test(
    arguments: [
      (nil, WorkCompany.at(4, 14)), (79, WorkCompany.at(4, 14)), (80, WorkCompany.at(4, 11)),
      (100, WorkCompany.at(4, 11)),
    ] as [(Int64?, Double)]
  )
  func `a hot lead has less time`(score: Int64?, deadline: Double) throws {
    var company = WorkCompany()
    company.agreement.salesSLA?.firstTouch?.hot = .init(seconds: 3600, isWorkingTime: true)
    company.agreement.salesSLA?.firstTouch?.hotFromScore = 80
    company.handOff("a", WorkCompany.at(4, 10), score: score)
    company.activity("a", day: WorkCompany.at(4, 12))
    let followUp = try #require(try company.only()?.followUp)
    #expect(followUp.deadline == FactBuilder.time(deadline).instant)
    #expect(followUp.isMet == (deadline > WorkCompany.at(4, 12)))
  }

  // MARK: Attempts and reaching

  /// Five attempts in 14 days, the first within 4 working hours.
  private func persistent() -> WorkCompany {
    var company = company()
    company.agreement.salesSLA?.attempts = .init(count: 3, withinDays: 14)
    return company
  }

  @Test(
    arguments: [
      ([4.5, 5.5, 6.5], true), ([4.5, 5.5], false), ([4.5, 5.5, 18.4], true),
      // Fourteen days from Monday 10:00 to the second, and one second later.
      ([4.5, 5.5, WorkCompany.at(18, 10)], true),
      ([4.5, 5.5, WorkCompany.at(18, 10, 0, 1)], false),
      // Often enough, but the first too late.
      ([5.5, 6.5, 7.5, 8.5], false),
    ] as [([Double], Bool)]
  )
  func `a lead that does not answer is to be tried often enough`(
    days: [Double],
    isMet: Bool
  ) throws {
    var company = persistent()
    for day in days { company.activity("a", day: day, outcome: "no answer") }
    #expect(try followUp(company)?.isMet == isMet)
  }

  @Test(arguments: ActivityWords.reached)
  func `a lead that was reached needs no further attempt`(outcome: String) throws {
    var company = persistent()
    company.activity("a", day: 4.5, outcome: outcome.uppercased())
    let followUp = try #require(try followUp(company))
    #expect(followUp.isReached)
    #expect(followUp.attempts == 1)
    #expect(followUp.isMet == true)
  }

  @Test(arguments: [
    ("call", "no answer", false), ("call", "not connected", false), ("call", "", false),
    ("call", "completed", false), ("meeting", "completed", true), ("Demo-call", "DONE", true),
    ("sales_meeting", "Completed", true), ("task", "connected", false),
    ("call", "left voicemail", false), ("call", "Not_Interested", true),
  ])
  func `knows which words mean reached`(kind: String, outcome: String, isReached: Bool) throws {
    var company = persistent()
    company.activity("a", day: 4.5, kind: kind, outcome: outcome)
    #expect(try followUp(company)?.isReached == isReached)
  }

  @Test(arguments: [
    (4.5, "held", true), (18.4, "held", true), (18.5, "held", false), (4.5, "no_show", false),
    (4.5, "", false), (3.0, "held", true),
  ])
  func `a meeting held shows that the lead was reached`(
    starts: Double,
    outcome: String,
    isReached: Bool
  ) throws {
    var company = persistent()
    // A path without meetings, on which booking one is no hand-off.
    company.agreement.path = ["lead", "sql", "won"].map { Stage(id: $0) }
    company.activity("a", day: 4.5, outcome: "no answer")
    company.facts.meeting("m", lead: "a", booked: 2.5, starts: starts, outcome: outcome)
    #expect(try followUp(company)?.isReached == isReached)
  }

  @Test func `reaching a lead late in the agreed days counts, later does not`() throws {
    for (day, isMet) in [(18.4, true), (18.5, false)] {
      var company = persistent()
      company.activity("a", day: 4.5, outcome: "no answer")
      company.activity("a", day: day, outcome: "connected")
      #expect(try followUp(company)?.isMet == isMet)
    }
  }

  @Test func `attempts may be all that is agreed`() throws {
    var company = company()
    company.agreement.salesSLA = SalesSLA(attempts: .init(count: 2, withinDays: 3))
    #expect(try followUp(company)?.isMet == false)
    company.activity("a", day: 6)
    #expect(try followUp(company)?.isMet == false)
    company.activity("a", day: 7)
    let followUp = try #require(try followUp(company))
    #expect(followUp.isMet == true)
    #expect(followUp.isMetAtDeadline)
    #expect(followUp.deadline == FactBuilder.time(WorkCompany.at(7, 10)).instant)
  }

  @Test func `days for attempts never outlast the days for a win`() throws {
    var company = company()
    company.agreement.salesSLA?.attempts = .init(count: 2, withinDays: 60)
    company.activity("a", day: 4.5)
    company.activity("a", day: 34.4)
    #expect(try followUp(company)?.isMet == true)
    company = self.company()
    company.agreement.salesSLA?.attempts = .init(count: 2, withinDays: 60)
    company.activity("a", day: 4.5)
    company.activity("a", day: 34.5)
    #expect(try followUp(company)?.isMet == false)
  }

  @Test func `is not judged before its time`() throws {
    var company = persistent()
    company.activity("a", day: 4.5)
    #expect(try followUp(company, asOf: WorkCompany.at(4, 13, 59)) == nil)
    let early = try #require(try followUp(company, asOf: WorkCompany.at(4, 14)))
    #expect(early.isMetAtDeadline)
    #expect(early.isMet == nil)
    #expect(try followUp(company, asOf: WorkCompany.at(18, 10))?.isMet == false)
  }

  // MARK: Days without times

  @Test(arguments: [
    // Handed off Monday 10:00, due 14:00: a touch on Monday is in time, though it could be late.
    (4.0, true, true), (5.0, false, false), (3.0, false, false),
  ])
  func `a touch known to the day is judged by the day`(
    day: Double,
    isMet: Bool,
    couldBeEither: Bool
  ) throws {
    var company = company()
    company.activity("a", day: day, precision: .day)
    let followUp = try #require(try followUp(company))
    #expect(followUp.isMet == isMet)
    #expect(followUp.couldBeEither == couldBeEither)
  }

  @Test func `a touch the day before a deadline on another day is surely in time`() throws {
    var company = WorkCompany()
    company.handOff("a", WorkCompany.at(4, 16))
    company.activity("a", day: 4, precision: .day)
    let followUp = try #require(try company.only()?.followUp)
    #expect(followUp.isMet == true)
    #expect(followUp.isByDay)
    #expect(!followUp.couldBeEither)
  }

  @Test(arguments: [
    // Taken at noon: due 16:00 the same day; by the day's end it would be due on Tuesday.
    (4, 4.0, true, true), (4, 5.0, false, true), (4, 6.0, false, false),
    // Friday: by the day's end due on Monday.
    (8, 8.0, true, true), (8, 11.0, false, true), (8, 12.0, false, false),
    // Saturday: due on Monday at 13:00 whatever the time.
    (9, 10.0, true, false), (9, 11.0, true, true), (9, 12.0, false, false),
  ])
  func `a hand-off known to the day is taken at noon`(
    handOff: Int,
    touch: Double,
    isMet: Bool,
    couldBeEither: Bool
  ) throws {
    var company = WorkCompany()
    company.handOff("a", Double(handOff), precision: .day)
    company.activity("a", day: touch, precision: .day)
    let followUp = try #require(try company.only()?.followUp)
    #expect(followUp.isMet == isMet)
    #expect(followUp.couldBeEither == couldBeEither)
    #expect(followUp.isByDay)
  }

  @Test func `one sure touch settles what another leaves open`() throws {
    var company = company()
    company.activity("a", day: 4, precision: .day)
    company.activity("a", day: WorkCompany.at(4, 11))
    let followUp = try #require(try followUp(company))
    #expect(followUp.isMet == true)
    #expect(!followUp.couldBeEither)
  }

  @Test func `a change seen between two exports could be anything of the week before`() throws {
    var company = WorkCompany()
    company.handOff("a", WorkCompany.at(11, 10), precision: .betweenExports)
    company.activity("a", day: WorkCompany.at(6, 10), owner: "bob")
    let followUp = try #require(try company.only()?.followUp)
    #expect(followUp.isMet == true)
    #expect(followUp.isByDay)
    #expect(followUp.couldBeEither)
  }

  @Test func `a change seen between exports hides no earlier touch that was found after it`() throws
  {
    var company = company()
    company.agreement.salesSLA = SalesSLA(
      firstTouch: .init(usual: .init(seconds: 86_400, isWorkingTime: false))
    )
    company.facts.stage("a", "recycled", day: WorkCompany.at(6, 11))
    company.facts.stage("a", "mql", day: WorkCompany.at(6, 12))
    company.facts.stage("a", "sql", day: WorkCompany.at(6, 13))
    // By time: one of the next episode, then one that may be of the first.
    company.activity("a", day: WorkCompany.at(7, 9))
    company.activity("a", day: WorkCompany.at(7, 10), precision: .betweenExports)
    let handOffs = try company.records().handOffs.filter { $0.lead == 0 }
    let first = try #require(handOffs.first?.followUp)
    #expect(first.isMet == false)
    #expect(first.couldBeEither)
  }

  @Test func `the longest promise is judged only when it is due`() throws {
    var company = company()
    // One minute each Monday: due in the year of 8760 hours of them, long after the last year.
    company.agreement.workingTime = WorkingTime(
      weekdays: [0],
      shifts: [.init(startMinute: 540, endMinute: 541)]
    )
    company.agreement.salesSLA = SalesSLA(
      firstTouch: .init(usual: .init(seconds: 365 * 86_400, isWorkingTime: true))
    )
    company.activity("a", day: 5)
    #expect(try followUp(company) == nil)
    // Three such minutes are over on the third Monday after the hand-off, 09:01.
    company.agreement.salesSLA?.firstTouch?.usual.seconds = 180
    #expect(try followUp(company, asOf: WorkCompany.at(25, 9, 0, 59)) == nil)
    #expect(try followUp(company, asOf: WorkCompany.at(25, 9, 1))?.isMetAtDeadline == true)
  }
}
