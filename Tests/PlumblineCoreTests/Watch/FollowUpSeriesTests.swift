import PlumblineTestSupport
import Testing

@testable import PlumblineCore

/// Days are counted from Thursday 1970-01-01, so that day 4 is the first Monday.
struct FollowUpSeriesTests {
  /// Two hand-offs every Wednesday of ten weeks, of leads that came in a day earlier; one of each is
  /// touched in time.
  private func company() -> WorkCompany {
    var company = WorkCompany()
    // A touch on record before all others, so that follow-up is known from then on.
    company.handOff("early", WorkCompany.at(0, 9))
    company.activity("early", day: WorkCompany.at(0, 10))
    for week in 0..<10 {
      let wednesday = 4 + 7 * week + 2
      for name in ["a", "b"] { company.handOff("\(name)\(week)", WorkCompany.at(wednesday, 9)) }
      company.activity("a\(week)", day: WorkCompany.at(wednesday, 10))
    }
    return company
  }

  private func series(_ first: Int?, _ last: Int?, asOfDay: Double = 400) throws -> [WeeklySeries] {
    let company = company()
    let history = company.facts.history(company.agreement, asOfDay: asOfDay)
    return try EmbeddedCells(history).followUpSeries(
      firstDay: first.map { CivilDate(dayNumber: $0) },
      lastDay: last.map { CivilDate(dayNumber: $0) }
    )
  }

  @Test func `is none where follow-up is not recorded`() throws {
    var company = WorkCompany()
    company.handOff("a", WorkCompany.at(4, 9))
    let history = company.facts.history(company.agreement, asOfDay: 400)
    #expect(try EmbeddedCells(history).followUpSeries().isEmpty)
  }

  @Test(
    arguments: [
      (4, 10, [4]), (5, 10, []), (4, 9, []), (5, 17, [11]), (6, 24, [11, 18]),
      (nil, 10, [-3, 4]), (60, nil, [60, 67]), (61, nil, [67]), (68, nil, []),
    ] as [(Int?, Int?, [Int])]
  )
  func `takes the weeks that are wholly inside the days asked for`(
    first: Int?,
    last: Int?,
    mondays: [Int]
  ) throws {
    let found = try series(first, last)
    let all = found.first { $0.dimension == nil }?.weeks ?? []
    #expect(all.map(\.start.dayNumber) == mondays)
    for week in all where week.start.dayNumber > 0 {
      #expect(week.items == 2 && week.met == 1)
    }
    #expect(Set(found.map(\.dimension)) == (mondays.isEmpty ? [] : [nil, .channel, .owner]))
  }

  /// The days asked for are those of the deadlines: a lead that came in long before counts too.
  @Test func `counts what fell due in a week, whenever the lead came in`() throws {
    var company = company()
    company.facts.lead("slow", day: 1, channel: "Meta", owner: "ann")
    company.facts.stage("slow", "sql", day: WorkCompany.at(34, 9))
    let history = company.facts.history(company.agreement, asOfDay: 400)
    let week = CivilDate(dayNumber: 32)
    let all = try EmbeddedCells(history).followUpSeries(
      firstDay: week,
      lastDay: CivilDate(dayNumber: 38)
    )
    .first
    #expect(all?.weeks == [WeeklySeries.Week(start: week, items: 3, met: 1)])
  }

  @Test(
    arguments: [(66.9, [60]), (67.0, [60]), (73.9, [60]), (74.0, [60, 67])] as [(Double, [Int])]
  )
  func `takes only weeks that are over`(asOfDay: Double, mondays: [Int]) throws {
    let all = try series(60, nil, asOfDay: asOfDay).first
    #expect(all?.weeks.map(\.start.dayNumber) == (asOfDay < 67 ? nil : mondays))
  }
}
