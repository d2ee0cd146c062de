import PlumblineCore
import PlumblineTestSupport
import Testing

/// What of the sales team's cost falls on a part of the funnel.
struct SalesCostTests {
  private let builder: FunnelBuilder

  init() {
    var facts = FactBuilder()
    for (channel, day) in [("Meta", 0.0), ("Google", 1.0)] {
      facts.lead(channel, day: day, channel: channel, owner: "rep")
      facts.stage(channel, "won", day: 20)
      facts.spend(channel, day: 0, amount: 1000)
    }
    for index in 0..<4 {
      facts.add(
        .activity,
        [
          "id": .text("\(index)"), "lead": .text(index == 0 ? "Meta" : "Google"),
          "at": .time(FactBuilder.time(5)),
        ]
      )
    }
    let agreement = Agreement(economics: Economics(repMonthCost: 100_000))
    builder = FunnelBuilder(
      agreement,
      source: EmbeddedCells(facts.history(agreement, asOfDay: 60))
    )
  }

  @Test func `a channel bears the same cost whether it is a line or the whole question`() throws {
    let lines = try builder.answer(builder.question(by: [.channel])).rows
    for line in lines {
      let filter = DimensionFilter(.channel, values: [line.group])
      let alone = try builder.answer(builder.question(filters: [filter])).total
      #expect(alone.money.loadedCAC == line.money.loadedCAC)
      #expect(line.money.loadedCAC != nil)
    }
  }

  @Test func `the channels' costs add up to the team's`() throws {
    let answer = try builder.answer(builder.question(by: [.channel]))
    let parts = answer.rows.compactMap { row in
      row.money.loadedCAC.map { $0 * Double(row.money.wins) }
    }
    let whole = try #require(answer.total.money.loadedCAC) * Double(answer.total.money.wins)
    #expect(abs(parts.reduce(0, +) - whole) < 1e-6)
  }
}
