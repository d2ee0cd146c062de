import PlumblineCore
import PlumblineTestSupport
import Testing

/// Cells: what goes in comes out once.
struct CellsTests {
  private func question(_ by: [FunnelDimension] = [], skips: SkipRule = .filled) -> FunnelQuestion {
    FunnelQuestion(by: by, skips: skips, pairs: Stretches(Agreement()).pairs)
  }

  @Test func `an empty store has no cells`() {
    let engine = EmbeddedCells(FactBuilder().history(asOfDay: 1))
    #expect(engine.cells(for: question()).total == nil)
  }

  @Test(arguments: SkipRule.allCases)
  func `entered is advanced plus detoured plus open plus residual`(skips: SkipRule) throws {
    var facts = FactBuilder()
    facts.lead("open", day: 0)
    facts.lead("gone", day: 0)
    facts.stage("gone", "disqualified", day: 2)
    facts.lead("on", day: 0)
    facts.stage("on", "mql", day: 3)
    facts.lead("backwards", day: 0)
    facts.stage("backwards", "sql", day: 2)
    facts.stage("backwards", "mql", day: 4)
    let cells = EmbeddedCells(facts.history(asOfDay: 9)).cells(for: question(skips: skips))
    let total = try #require(cells.total)
    for transition in total.transitions {
      #expect(
        transition.entered == transition.advanced + transition.detoured.reduce(0, +)
          + transition.open + transition.residual
      )
    }
    #expect(total.transitions[1].residual == (skips == .any ? 1 : 0))
  }

  @Test func `a residual is listed by id`() {
    var facts = FactBuilder()
    facts.lead("fine", day: 0)
    facts.stage("fine", "mql", day: 1)
    facts.lead("backwards", day: 0)
    facts.stage("backwards", "sql", day: 2)
    facts.stage("backwards", "mql", day: 4)
    let engine = EmbeddedCells(facts.history(asOfDay: 9))
    let ids = engine.leadIDs(
      for: RecordQuestion(question(skips: .any), number: .residual(from: 1))
    )
    #expect(ids == ["backwards"])
  }

  @Test func `spend over several days is split exactly and cut at the question's days`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 40, channel: "Meta")
    facts.spend("Meta", day: 30, to: 32, amount: 1000)
    facts.spend("Meta", day: 35, amount: -7)
    let engine = EmbeddedCells(facts.history(asOfDay: 60))
    var byMonth = question([.channel, .cohort])
    #expect(
      engine.cells(for: byMonth).cells.map(\.spend) == [334, 333 + 333 - 7]
    )
    byMonth.by = []
    byMonth.lastDay = 31
    #expect(engine.cells(for: byMonth).total?.spend == 667)
    byMonth.by = [.owner]
    #expect(engine.cells(for: byMonth).total?.spend == nil)
  }

  @Test func `a meeting, a deal and an activity fall into the episode in which they happened`()
    throws
  {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "lost", day: 5)
    facts.stage("a", "mql", day: 20)
    facts.meeting("m", lead: "a", booked: 21, starts: 23, outcome: "no show")
    facts.deal("d", lead: "a", created: 24, closed: 30, outcome: "won", amount: 500)
    let cells = EmbeddedCells(facts.history(asOfDay: 60)).cells(for: question([.attempt]))
    #expect(cells.keys == [["1"], ["2+"]])
    #expect(cells.cells.map(\.wonDeals) == [0, 1])
    #expect(cells.cells.map { $0.meetings[1] } == [0, 1])
    #expect(cells.cells.map(\.revenue) == [0, 500])
  }

  @Test func `a deal won on an unknown day falls into the episode that is won`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.stage("a", "lost", day: 5)
    facts.stage("a", "mql", day: 20)
    facts.deal("d", lead: "a", created: 24, outcome: "won", amount: 500)
    let cells = EmbeddedCells(facts.history(asOfDay: 60)).cells(for: question([.attempt]))
    #expect(cells.cells.map { $0.reached[6] } == [0, 1])
    #expect(cells.cells.map(\.revenue) == [0, 500])
  }

  @Test(.timeLimit(.minutes(1)))
  func `spend without an end in sight is spread over its days, cut at the as-of day`() {
    var facts = FactBuilder()
    facts.lead("a", day: 0, channel: "Meta")
    for index in 0..<20 {
      facts.spend("Meta", day: 0, to: 2_932_896, amount: 2_932_897, campaign: "\(index)")
    }
    let cells = EmbeddedCells(facts.history(asOfDay: 9)).cells(for: question([.channel]))
    #expect(cells.cells.map(\.spend) == [20 * 10])
  }

  @Test func `an amount without a rate is listed, not counted as one to one`() throws {
    var facts = FactBuilder()
    facts.lead("a", day: 0)
    facts.deal("d", lead: "a", created: 1, closed: 2, outcome: "won", amount: 500, currency: "GBP")
    facts.deal("e", lead: "a", created: 1, closed: 4, outcome: "won", amount: 700, currency: "EUR")
    facts.add(
      .currencyRate,
      [
        "from": .text("EUR"), "to": .text("USD"), "day": .time(FactBuilder.time(3)),
        "rate": .number(1_100_000),
      ]
    )
    let history = facts.history(asOfDay: 60)
    let total = try #require(EmbeddedCells(history).cells(for: question()).total)
    #expect(total.revenue == 770)
    #expect(total.wonDeals == 2)
    #expect(total.wonDealsWithoutAmount == 1)
    #expect(
      history.gaps.first { $0.kind == .amountWithoutRate }?.examples == ["GBP on 1970-01-03"]
    )
  }

  @Test func `lags over a day of clock change are whole days`() throws {
    let berlin = try #require(LocalCalendar(zoneName: "Europe/Berlin"))
    var agreement = Agreement()
    agreement.calendar = berlin
    // 2026-03-29 has 23 hours in Berlin; both times are midnights of that zone.
    let (day, next) = (
      berlin.instant(of: try #require(CivilDate("2026-03-29"))),
      berlin.instant(of: try #require(CivilDate("2026-03-30")))
    )
    #expect(next.seconds - day.seconds == 23 * 3600)
    let history = FactBuilder().history(agreement, asOfDay: 1)
    #expect(
      history.lagInDays(
        from: TimePoint(day, precision: .day),
        to: TimePoint(next, precision: .day)
      ) == 1
    )
    #expect(history.lagInDays(from: TimePoint(day), to: TimePoint(next)) == 0)
  }
}
