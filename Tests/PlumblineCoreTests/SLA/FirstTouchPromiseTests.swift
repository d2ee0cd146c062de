import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// The promise of a first touch: four working hours, so that Monday 10:00 is due at 14:00.
struct FirstTouchPromiseTests {
  private func company(_ day: Double = SLACompany.at(4, 10)) -> SLACompany {
    var company = SLACompany()
    company.work.handOff("a", day)
    return company
  }

  @Test(
    arguments: [
      // Nobody: as of each instant.
      (nil, SLACompany.at(4, 10), .dueLater), (nil, SLACompany.at(4, 12, 59, 59), .dueLater),
      (nil, SLACompany.at(4, 13), .dueSoon), (nil, SLACompany.at(4, 13, 59, 59), .dueSoon),
      (nil, SLACompany.at(4, 14), .breached), (nil, SLACompany.at(300, 9), .breached),
      // In time to the second, late by one, very late: measuring goes on.
      (SLACompany.at(4, 10), SLACompany.at(4, 10), .kept),
      (SLACompany.at(4, 14), SLACompany.at(4, 14), .kept),
      (SLACompany.at(4, 14, 0, 1), SLACompany.at(4, 15), .keptLate),
      (SLACompany.at(200, 9), SLACompany.at(300, 9), .keptLate),
    ] as [(Double?, Double, SLAStatus)]
  )
  func `stands as of an instant`(touch: Double?, asOf: Double, status: SLAStatus) throws {
    var company = company()
    if let touch { company.work.activity("a", day: touch, owner: "ann") }
    let record = try company.record(asOf: asOf)
    let outcome = try #require(record.firstTouch)
    #expect(outcome.status == status)
    #expect(outcome.due == SLACompany.instant(4, 14))
    #expect(record.clocks.map(\.outcome.status) == [status])
  }

  @Test func `says how late a late touch was`() throws {
    var company = company()
    company.work.activity("a", day: SLACompany.at(6, 10), owner: "ann")
    let record = try company.record(asOf: 10)
    #expect(record.wait == .init(seconds: 16 * 3600, outcome: .ended))
    #expect(record.firstTouch?.done == FactBuilder.time(SLACompany.at(6, 10)))
  }

  @Test func `a lead never answered is in the response time`() throws {
    var company = SLACompany()
    for (lead, hours) in [("a", 1), ("b", 2), ("c", nil), ("d", nil), ("e", nil)]
      as [(String, Int?)]
    {
      company.work.handOff(lead, SLACompany.at(4, 9))
      if let hours { company.work.activity(lead, day: SLACompany.at(4, 9 + hours), owner: "ann") }
    }
    let group = try #require(
      try company.answer(asOf: 30, SLAOptions(firstDay: CivilDate(dayNumber: 3))).sales?.all
    )
    let waits = try #require(group.waits)
    #expect((waits.count, waits.ended, waits.open) == (5, 2, 3))
    // Of the two answered the median would be an hour; of all five it is not reached.
    #expect(waits.quantile(0.4).seconds == 7200)
    #expect(waits.quantile(0.5).seconds == nil)
    #expect(waits.quantile(0.9).seconds == nil)
    #expect(group.promises[.firstTouch]?.share == 0.4)
    #expect(group.promises[.firstTouch]?.tally[.breached] == 3)
  }

  @Test(arguments: [("email", true), ("call", true), ("note", false), ("task", false)])
  func `bulk mail and automation do not stop the clock`(kind: String, isAutomated: Bool) throws {
    var company = company()
    company.work.activity("a", day: SLACompany.at(4, 11), kind: kind, isAutomated: isAutomated)
    let record = try company.record(asOf: SLACompany.at(4, 15))
    #expect(record.firstTouch?.status == .breached)
    #expect(record.wait == .init(seconds: 5 * 3600, outcome: .open))
    company.work.activity("a", day: SLACompany.at(4, 13), kind: "email")
    #expect(try company.record(asOf: SLACompany.at(4, 15)).firstTouch?.status == .kept)
  }

  @Test(
    arguments: [
      // Disqualified, gone on, won, before and after 14:00.
      ("disqualified", SLACompany.at(4, 11), .closedBefore),
      ("disqualified", SLACompany.at(4, 14), .closedBefore),
      ("disqualified", SLACompany.at(4, 15), .closedLate),
      ("meeting_booked", SLACompany.at(4, 11), .closedBefore),
      ("won", SLACompany.at(4, 15), .closedLate),
    ] as [(String, Double, SLAStatus)]
  )
  func `nothing is due of a lead that has gone`(
    stage: String,
    day: Double,
    status: SLAStatus
  ) throws {
    var company = company()
    company.work.facts.stage("a", stage, day: day)
    let record = try company.record(asOf: 30)
    #expect(record.firstTouch?.status == status)
    #expect(record.wait?.outcome == .prevented)
    #expect(try company.answer(asOf: 30).steps.filter { $0.lead == "a" } == [])
  }

  @Test func `a lead that comes back has a second promise, and is one person`() throws {
    var company = company()
    company.work.activity("a", day: SLACompany.at(4, 11), owner: "ann")
    company.work.facts.stage("a", "recycled", day: SLACompany.at(5, 9))
    company.work.facts.stage("a", "mql", day: SLACompany.at(11, 9))
    company.work.facts.stage("a", "sql", day: SLACompany.at(11, 10))
    let records = try company.records("a", asOf: 30)
    #expect(records.map(\.episode) == [1, 2])
    #expect(records.map { $0.firstTouch?.status } == [.kept, .breached])
    let steps = try company.answer(asOf: 30).steps.filter { $0.lead == "a" }
    #expect(steps.map(\.episode) == [2])
    #expect(steps.map(\.due) == [SLACompany.instant(11, 14)])
  }

  @Test func `without any activity on record nobody is blamed`() throws {
    var company = SLACompany()
    company.work = WorkCompany()
    company.work.handOff("a", SLACompany.at(4, 10))
    let answer = try company.answer(asOf: 30)
    #expect(answer.sales?.notRecorded == [.firstTouch])
    #expect(answer.sales?.records.map { $0.firstTouch == nil } == [true])
    #expect(answer.steps == [])
  }

  @Test func `what was due before anything is on record is unknown`() throws {
    var company = SLACompany()
    company.work = WorkCompany()
    company.work.handOff("a", SLACompany.at(4, 10))
    company.work.handOff("b", SLACompany.at(12, 10))
    company.work.activity("b", day: SLACompany.at(12, 11))
    let answer = try company.answer(asOf: 30)
    #expect(answer.sales?.records.map { $0.firstTouch?.status } == [.unknown, .kept])
    #expect(answer.sales?.all.waits?.count == 1)
  }

  @Test func `a hand-off without a date is in no period`() throws {
    var company = SLACompany()
    company.work.handOff("a", nil)
    let answer = try company.answer(asOf: 30)
    #expect(answer.sales?.undated == 1)
    #expect(answer.sales?.counted.count == 1)
    #expect(try company.record(asOf: 30).firstTouch?.status == .unknown)
  }

  @Test func `a hot lead has less time, and a promise holds as it was at the hand-off`() throws {
    var company = SLACompany()
    var old = company.work.agreement
    old.effective = CivilDate(dayNumber: 0)
    company.work.agreement.effective = CivilDate(dayNumber: 11)
    company.work.agreement.earlier = [old]
    company.work.agreement.salesSLA?.firstTouch = .init(
      usual: .init(seconds: 7200, isWorkingTime: true),
      hot: .init(seconds: 1800, isWorkingTime: true),
      hotFromScore: 80
    )
    company.work.handOff("a", SLACompany.at(8, 10), score: 90)
    company.work.handOff("b", SLACompany.at(11, 10), score: 90)
    company.work.handOff("c", SLACompany.at(11, 10), score: 79)
    company.work.handOff("d", SLACompany.at(11, 10))
    let due = try ["a", "b", "c", "d"].map {
      try company.record($0, asOf: 30).firstTouch?.due
    }
    #expect(
      due == [
        SLACompany.instant(8, 14), SLACompany.instant(11, 10, 30), SLACompany.instant(11, 12),
        SLACompany.instant(11, 12),
      ]
    )
    #expect(try company.record("b", asOf: 30).isHot)
    #expect(try !company.record("a", asOf: 30).isHot)
  }

  @Test func `is escalated when the breach is old enough, and reminded when agreed`() throws {
    var company = company()
    company.work.agreement.salesSLA?.escalateAfter = .init(seconds: 7200, isWorkingTime: true)
    company.work.agreement.salesSLA?.remindBefore = .init(seconds: 600, isWorkingTime: true)
    let stands: [(Double, SLAStatus)] = [
      (SLACompany.at(4, 13, 49, 59), .dueLater), (SLACompany.at(4, 13, 50), .dueSoon),
      (SLACompany.at(4, 14), .breached), (SLACompany.at(4, 15, 59, 59), .breached),
      (SLACompany.at(4, 16), .escalated), (SLACompany.at(40, 16), .escalated),
    ]
    for (asOf, status) in stands {
      #expect(try company.record(asOf: asOf).firstTouch?.status == status)
      let steps = try company.answer(asOf: asOf).steps.filter { $0.lead == "a" }
      #expect(steps.map(\.step) == (status.step.map { [$0] } ?? []))
    }
  }

  @Test func `a step has one key on every run, and each step its own`() throws {
    let company = company()
    func keys(_ asOf: Double) throws -> [String] {
      try company.answer(asOf: asOf).steps.filter { $0.lead == "a" }.map(\.key)
    }
    let soon = try keys(SLACompany.at(4, 13, 30))
    #expect(soon == ["11:first_touch|8:due_soon|1:a|1:1|3:ann|1:1|0:"])
    #expect(try keys(SLACompany.at(4, 13, 45)) == soon)
    #expect(try keys(SLACompany.at(4, 15)) == ["11:first_touch|8:breached|1:a|1:1|3:ann|1:1|0:"])
  }

  /// Where nobody says when leads were assigned, the share kept is the one that `watch` shows, but
  /// for leads that had gone before the deadline.
  @Test(arguments: UInt64(0)..<12)
  func `agrees with how follow-up is judged elsewhere`(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var company = SLACompany()
    company.work.facts.owner("bob", zone: "America/New_York")
    let owners = ["ann", "bob", "cat", ""]
    for index in 0..<60 {
      let day = 4 + Double(dice.integer(below: 40 * 86_400)) / 86_400
      let isByDay = dice.chance(0.2)
      let owner = owners[dice.integer(below: owners.count)]
      company.work.handOff(
        "lead-\(index)",
        isByDay ? day.rounded(.down) : day,
        owner: owner,
        precision: isByDay ? .day : .exact
      )
      for _ in 0..<dice.integer(below: 3) {
        company.work.activity(
          "lead-\(index)",
          day: day + (dice.uniform() - 0.2) * 3,
          owner: owner,
          isAutomated: dice.chance(0.3)
        )
      }
    }
    let asOf = 40.0
    let answer = try company.answer(asOf: asOf)
    let other = try company.work.records(asOf: asOf)
    let sales = try #require(answer.sales)
    #expect(sales.records.count == other.handOffs.count)
    var judged = 0
    for (record, handOff) in zip(sales.records, other.handOffs) {
      #expect(record.lead == handOff.lead)
      guard let followUp = handOff.followUp, record.firstTouch?.status.isJudged == true else {
        continue
      }
      judged += 1
      #expect(record.firstTouch?.due == followUp.deadline)
      #expect((record.firstTouch?.status == .kept) == followUp.isMetAtDeadline)
    }
    #expect(judged > 30)
  }
}
