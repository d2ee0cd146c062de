import PlumblineCore
import PlumblineTestSupport
import Testing

/// Segments, score bands, what is on record, and the counts of each week.
struct WorkCountsTests {
  private func company() -> WorkCompany { WorkCompany() }

  // MARK: Segments and scores

  @Test func `joins the smallest of many segments`() throws {
    var company = company()
    // Segment s00 has 1 lead, s01 has 2, … s12 has 13.
    for segment in 0..<13 {
      for index in 0...segment {
        let name = segment < 10 ? "s0\(segment)" : "s\(segment)"
        company.handOff("\(name)-\(index)", 4, segment: name)
      }
    }
    let cells = try company.records().cells
    #expect(
      cells.segments == [
        "s12", "s11", "s10", "s09", "s08", "s07", "s06", "s05", "s04", "s03", "other", "s02",
      ]
    )
    #expect(cells.cells.first { $0.segment == 10 }?.leads == 3)
    #expect(cells.leads == 91)
  }

  @Test func `a dozen segments stay as they are`() throws {
    var company = company()
    for segment in 0..<12 { company.handOff("a\(segment)", 4, segment: "s\(segment)") }
    let cells = try company.records().cells
    #expect(cells.segments.count == 12)
    #expect(!cells.segments.contains("other"))
  }

  @Test func `a segment that is called other already takes the rest in`() throws {
    var company = company()
    for segment in 0..<14 { company.handOff("a\(segment)", 4, segment: "s\(segment)") }
    company.handOff("b", 4, segment: "other")
    company.handOff("c", 4, segment: "other")
    let cells = try company.records().cells
    #expect(cells.segments.count == 11)
    #expect(cells.segments.first == "other")
    #expect(cells.leads == 16)
    #expect(cells.cells.first { $0.segment == 0 }?.leads == 6)
  }

  @Test(
    arguments: [
      ([], []), ([nil, nil], [0, 0]), ([5], [0]), ([5, 5, 5, 5], [0, 0, 0, 0]),
      ([1, 2, 3, 4], [0, 1, 2, 3]), ([4, 3, 2, 1], [3, 2, 1, 0]), ([1, 2], [0, 1]),
      ([1, 2, 3], [0, 1, 2]),
      // Leads of one score stay together.
      ([1, 1, 1, 1, 1, 1, 1, 2], [0, 0, 0, 0, 0, 0, 0, 1]),
      ([1, 2, 2, 2, 2, 2, 2, 2], [0, 0, 0, 0, 0, 0, 0, 0]),
      ([1, 1, 2, 2, 3, 3, 4, 4], [0, 0, 1, 1, 2, 2, 3, 3]),
      // Leads without a score have a band of their own.
      ([nil, 1, 2, 3, 4], [4, 0, 1, 2, 3]), ([7, nil], [0, 1]), ([-5, nil, 0], [0, 2, 1]),
    ] as [([Int64?], [Int])]
  )
  func `makes quarters of the scores`(scores: [Int64?], bands: [Int]) throws {
    var company = company()
    for (index, score) in scores.enumerated() {
      let id = String(Character(Unicode.Scalar(UInt8(97 + index))))
      company.handOff(id, 4, owner: id, score: score)
    }
    let records = try company.records()
    #expect(records.cells.cells.map(\.scoreBand) == bands)
    #expect(records.cells.scoreBandCount == (bands.max() ?? 0) + 1)
    #expect(records.summary.withScore == scores.count { $0 != nil })
  }

  // MARK: What is on record

  @Test func `without any activity follow-up is not on record`() throws {
    var company = company()
    company.handOff("a", 4)
    company.activity("a", day: 4.1, isAutomated: true)
    company.activity("a", day: 4.1, kind: "note")
    company.activity("a", day: nil)
    let records = try company.records()
    #expect(records.summary.followUp == .notRecorded)
    #expect(!records.summary.followUpIsRecorded)
    #expect(records.summary.followedUp == 0)
    #expect(records.cells.cells.map(\.isFollowedUp) == [true])
    #expect(records.weeks.isEmpty)
    #expect(records.summary.closed == nil)
  }

  @Test(
    arguments: [
      nil, SalesSLA(), SalesSLA(compliance: 0.5),
    ] as [SalesSLA?]
  )
  func `without a promise follow-up is not judged`(sla: SalesSLA?) throws {
    var company = company()
    company.agreement.salesSLA = sla
    company.handOff("a", 4)
    company.activity("a", day: 4.1)
    let records = try company.records()
    #expect(records.summary.followUp == .notAgreed)
    #expect(records.handOffs.map(\.followUp) == [nil])
    #expect(records.summary.leads == 1)
  }

  @Test func `a promise in working hours cannot be judged where nobody ever works`() throws {
    var company = company()
    company.agreement.workingTime = WorkingTime(weekdays: [], shifts: [])
    company.handOff("a", 4)
    company.activity("a", day: 4.1)
    #expect(try company.records().summary.followUp == .notAgreed)
    company.agreement.salesSLA?.firstTouch?.usual.isWorkingTime = false
    #expect(try company.records().summary.followUp == .exact)
  }

  @Test(arguments: [(30, 6, true), (30, 7, false), (29, 7, true)])
  func `activities that begin late are not on record`(
    leads: Int,
    before: Int,
    isRecorded: Bool
  ) throws {
    var company = company()
    for index in 0..<leads {
      let day = index < before ? 4.4 : 100.4
      company.handOff("a\(index)", day)
    }
    company.activity("a\(leads - 1)", day: 100.41)
    let summary = try company.records().summary
    #expect(summary.beforeActivities == before)
    #expect(summary.followUpIsRecorded == isRecorded)
  }

  @Test func `counts what days without times cost`() throws {
    var company = company()
    company.handOff("a", WorkCompany.at(4, 10))
    company.handOff("b", WorkCompany.at(4, 10))
    company.handOff("c", WorkCompany.at(4, 16))
    company.activity("a", day: WorkCompany.at(4, 11))
    company.activity("b", day: 4, precision: .day)
    company.activity("c", day: 4, precision: .day)
    let summary = try company.records().summary
    #expect(summary.followUp == .byDay)
    #expect(summary.judgedByDay == 2)
    #expect(summary.couldBeEither == 1)
    #expect(summary.followedUp == 3)
  }

  // MARK: Week by week

  @Test func `counts deadlines by the week in which they fall`() throws {
    var company = company()
    // Friday 16:00 is due on Monday of the next week, Friday 10:00 on Friday.
    company.handOff("a", WorkCompany.at(8, 10))
    company.handOff("b", WorkCompany.at(8, 16))
    company.handOff("c", WorkCompany.at(8, 16), channel: "", owner: "")
    company.handOff("d", WorkCompany.at(11, 9), owner: "bob")
    company.activity("a", day: WorkCompany.at(8, 11))
    company.activity("b", day: WorkCompany.at(11, 12))
    company.activity("d", day: WorkCompany.at(11, 13, 0, 1))
    let weeks = try company.records().weeks
    #expect(
      weeks.map { "\($0.firstDay) \($0.channel) \($0.owner) \($0.due) \($0.met)" } == [
        "1970-01-05 Meta ann 1 1", "1970-01-12 (none) (none) 1 0", "1970-01-12 Meta ann 1 1",
        "1970-01-12 Meta bob 1 0",
      ]
    )
  }

  @Test func `counts a deadline from the moment at which it has passed`() throws {
    var company = company()
    company.handOff("z", WorkCompany.at(1, 9))
    company.activity("z", day: WorkCompany.at(1, 9))
    company.handOff("a", WorkCompany.at(8, 10))
    #expect(try company.records(asOf: WorkCompany.at(8, 13, 59)).weeks.count == 1)
    #expect(try company.records(asOf: WorkCompany.at(8, 14)).weeks.count == 2)
    // By whole days the day has to be over.
    company.handOff("b", 11, precision: .day)
    #expect(try company.records(asOf: WorkCompany.at(11, 20)).weeks.count == 2)
    #expect(try company.records(asOf: WorkCompany.at(11, 23, 59, 59)).weeks.count == 3)
  }

  @Test func `counts every hand-off of a lead that comes back`() throws {
    var company = company()
    company.handOff("a", WorkCompany.at(4, 10))
    company.activity("a", day: WorkCompany.at(4, 11))
    company.facts.stage("a", "recycled", day: 6)
    company.facts.stage("a", "sql", day: WorkCompany.at(11, 10))
    let weeks = try company.records(asOf: 20).weeks
    #expect(weeks.map(\.due) == [1, 1])
    #expect(weeks.map(\.met) == [1, 0])
    #expect(try company.records(asOf: 20).summary.closed == .tooYoung)
  }
}
