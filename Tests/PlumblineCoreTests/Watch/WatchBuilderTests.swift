import PlumblineStatistics
import PlumblineTestSupport
import Testing

@testable import PlumblineCore

struct WatchBuilderTests {
  /// Monday, 2024-01-01.
  private static let firstMonday = 19_723.0

  /// Leads by the week, of whom an exact share is accepted after three days and meets after five
  /// more.
  private struct Company {
    var facts = FactBuilder()
    private var count = 0

    mutating func add(
      _ channel: String,
      owner: String = "Ana",
      week: Int,
      leads: Int,
      accepted: Int,
      met: Int? = nil
    ) {
      for index in 0..<leads {
        count += 1
        let id = "L\(count)"
        let day =
          WatchBuilderTests.firstMonday + Double(7 * week)
          + 7 * (Double(index) + 0.5) / Double(leads)
        facts.lead(id, day: day, channel: channel, owner: owner)
        guard index < accepted else { continue }
        facts.stage(id, "sql", day: day + 3)
        if index < met ?? accepted { facts.stage(id, "meeting_held", day: day + 8) }
      }
    }

    func answer(
      afterWeeks weeks: Double,
      _ agreement: Agreement = WatchBuilderTests.agreement(),
      _ options: WatchOptions = WatchOptions(),
      additional: [WeeklySeries] = [],
      filters: [DimensionFilter] = [],
      firstDay: Int? = nil,
      lastDay: Int? = nil
    ) throws -> WatchAnswer {
      let history = facts.history(
        agreement,
        asOfDay: WatchBuilderTests.firstMonday + 7 * weeks
      )
      return try WatchBuilder(agreement, source: EmbeddedCells(history)).answer(
        options,
        additional: additional,
        filters: filters,
        firstDay: firstDay.map { WatchBuilderTests.day($0) },
        lastDay: lastDay.map { WatchBuilderTests.day($0) }
      )
    }
  }

  /// So many days after the first Monday.
  private static func day(_ days: Int) -> CivilDate {
    CivilDate(dayNumber: Int(firstMonday) + days)
  }

  private static func agreement(owners: [Stage.Team?] = [nil, .sales, .sales]) -> Agreement {
    Agreement(
      path: zip(["lead", "sql", "meeting_held"], owners).map { Stage(id: $0, owner: $1) },
      detours: [Stage(id: "lost")]
    )
  }

  /// So many steady weeks of two channels.
  private func steady(_ weeks: Int) -> Company {
    var company = Company()
    for week in 0..<weeks {
      company.add("Meta", owner: "Ana", week: week, leads: 20, accepted: 12, met: 9)
      company.add("Google", owner: "Bo", week: week, leads: 20, accepted: 12, met: 9)
    }
    return company
  }

  @Test func `a company without leads has no series`() throws {
    let answer = try Company().answer(afterWeeks: 10)
    #expect(answer.series.isEmpty && answer.alerts.isEmpty && answer.judgedCount == 0)
  }

  @Test func `watches all leads, each channel, and each rep where sales decides`() throws {
    let answer = try steady(30).answer(afterWeeks: 30)
    #expect(
      answer.series.map(\.series.id) == [
        "all/lead-sql", "channel/Google/lead-sql", "channel/Meta/lead-sql",
        "all/sql-meeting_held", "channel/Google/sql-meeting_held",
        "channel/Meta/sql-meeting_held", "owner/Ana/sql-meeting_held",
        "owner/Bo/sql-meeting_held",
      ]
    )
    #expect(answer.judgedCount == 8)
    #expect(answer.series.allSatisfy { $0.state == .quiet && $0.tickets.isEmpty })
  }

  @Test func `blames no rep for what marketing decides`() throws {
    let marketing = Self.agreement(owners: [nil, nil, .marketing])
    let answer = try steady(30).answer(afterWeeks: 30, marketing)
    #expect(!answer.series.contains { $0.series.dimension == .owner })
  }

  @Test func `counts by the week in which the stage was entered`() throws {
    let answer = try steady(30).answer(afterWeeks: 30)
    let series = try #require(answer.series.first { $0.series.id == "all/sql-meeting_held" })
    #expect(series.series.withinDays == 7)
    // Leads of Friday to Sunday are accepted a week later: the first week lacks those before it.
    let first = try #require(series.series.weeks.first)
    let second = try #require(series.series.weeks.dropFirst().first)
    #expect(first.items < second.items)
    #expect(second.items == 24 && second.met == 18)
  }

  @Test func `leaves out weeks whose leads are not all old enough`() throws {
    let answer = try steady(30).answer(afterWeeks: 30)
    let accepted = try #require(answer.series.first { $0.series.id == "all/lead-sql" })
    let monday = Int(Self.firstMonday) + 7 * 28
    #expect(accepted.series.weeks.last?.start == CivilDate(dayNumber: monday))
    // One second before, the last lead of that week could still have gone on in time.
    let earlier = try steady(30).answer(afterWeeks: 30 - 2 / 604_800)
    #expect(
      earlier.series.first?.series.weeks.last?.start == CivilDate(dayNumber: monday - 7)
    )
  }

  /// Days are counted from the first Monday; a week in part has fewer leads, and its share tells
  /// nothing of the whole.
  @Test(
    arguments: [
      (14, 20, 2..<3), (15, 20, 0..<0), (14, 19, 0..<0), (15, 33, 3..<4), (14, 34, 2..<5),
      (8, 28, 2..<4), (nil, 20, 0..<3), (nil, 19, 0..<2), (175, nil, 25..<29),
      (176, nil, 26..<29),
    ] as [(Int?, Int?, Range<Int>)]
  )
  func `takes only weeks that are wholly inside the days asked for`(
    firstDay: Int?,
    lastDay: Int?,
    weeks: Range<Int>
  ) throws {
    let answer = try steady(30).answer(
      afterWeeks: 30,
      Self.agreement(),
      WatchOptions(weeks: 30),
      firstDay: firstDay,
      lastDay: lastDay
    )
    let all = answer.series.first { $0.series.id == "all/lead-sql" }?.series.weeks ?? []
    #expect(all.map(\.start) == weeks.map { Self.day(7 * $0) })
    #expect(all.allSatisfy { $0.items == 40 && $0.met == 24 })
  }

  @Test func `finds the one channel that fell, and when`() throws {
    var company = steady(26)
    for week in 26..<34 {
      company.add("Meta", owner: "Ana", week: week, leads: 20, accepted: week < 29 ? 12 : 5)
      company.add("Google", owner: "Bo", week: week, leads: 20, accepted: 12)
    }
    let answer = try company.answer(afterWeeks: 35)
    let alerts = answer.alerts.map(\.series.id)
    #expect(alerts.contains("channel/Meta/lead-sql"))
    #expect(!alerts.contains("channel/Google/lead-sql"))
    let meta = try #require(answer.alerts.first { $0.series.id == "channel/Meta/lead-sql" })
    guard case .alarm(let since) = meta.state else {
      Issue.record("\(meta.state)")
      return
    }
    #expect(since.dayNumber >= Int(Self.firstMonday) + 7 * 29)
  }

  @Test func `a young company says how many weeks are missing`() throws {
    let answer = try steady(12).answer(afterWeeks: 12)
    #expect(answer.judgedCount == 0 && answer.alerts.isEmpty)
    let first = try #require(answer.series.first)
    guard case .tooLittleData(.weeks(let have, 8)) = first.state else {
      Issue.record("\(first.state)")
      return
    }
    #expect(have < 8)
  }

  @Test func `series counted elsewhere share the budget`() throws {
    let extra = WeeklySeries(
      kind: .compliance,
      id: "sla/first_touch",
      subject: "first touch",
      weeks: (0..<30).map {
        WeeklySeries.Week(
          start: CivilDate(dayNumber: Int(Self.firstMonday) + 7 * $0),
          items: 30,
          met: $0 < 22 ? 27 : 12
        )
      }
    )
    let answer = try steady(30).answer(afterWeeks: 30, additional: [extra])
    #expect(answer.judgedCount == 9)
    #expect(answer.limitFactor == ProportionChart.limitFactor(falseAlarmsPerYear: 1, series: 9))
    #expect(answer.alerts.map(\.series.id) == ["sla/first_touch"])
  }

  @Test func `watches no step whose dates are missing`() throws {
    var company = steady(30)
    for index in 0..<200 {
      company.facts.lead("U\(index)", day: Self.firstMonday + Double(index), channel: "Meta")
      company.facts.stage("U\(index)", "sql", day: nil)
    }
    let answer = try company.answer(afterWeeks: 30)
    #expect(answer.undatedSteps.contains(0))
    #expect(!answer.series.contains { $0.series.fromStage == 0 })
  }

  @Test func `filters choose the leads, and leads without a channel are no channel`() throws {
    var company = steady(30)
    for week in 0..<30 { company.add("", week: week, leads: 20, accepted: 10) }
    let all = try company.answer(afterWeeks: 30)
    #expect(!all.series.contains { $0.series.unit == FunnelDimension.none })
    let one = try company.answer(
      afterWeeks: 30,
      filters: [DimensionFilter(.channel, values: ["meta"])]
    )
    #expect(
      Set(one.series.compactMap { $0.series.dimension == .channel ? $0.series.unit : nil })
        == ["Meta"]
    )
  }

  @Test func `takes a longer lag where half of them need it`() throws {
    var company = Company()
    for week in 0..<40 {
      company.add("Meta", week: week, leads: 30, accepted: 0)
    }
    for lead in 1...1_200 {
      let day = Self.firstMonday + 7 * Double((lead - 1) / 30) + 20
      if lead % 2 == 0 { company.facts.stage("L\(lead)", "sql", day: day) }
    }
    let answer = try company.answer(afterWeeks: 44)
    #expect(answer.series.first?.series.withinDays == 28)
  }
}
