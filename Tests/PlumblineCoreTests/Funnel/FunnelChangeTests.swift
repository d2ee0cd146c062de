import Testing

@testable import PlumblineCore

@Suite struct `Funnel change` {
  @Test func `a group that only one side has counts none on the other`() throws {
    let (none, one) = (answer([]), answer([row("Meta", reached: [4, 1])]))
    let came = try #require(FunnelChange.all(from: none, to: one).first)
    #expect(came.group == "Meta")
    #expect(came.difference { row in row.reached[1] } == 1)
    let went = try #require(FunnelChange.all(from: one, to: none).first)
    #expect(went.difference { row in row.reached[0] } == -4)
    #expect(went.difference { row in row.money.mediaCAC } == nil)
  }

  @Test func `groups keep their order, the total comes last`() {
    let before = answer([row("B", reached: [1, 0]), row("A", reached: [1, 0])])
    let after = answer([row("A", reached: [1, 1]), row("C", reached: [1, 0])])
    let groups = FunnelChange.all(from: before, to: after).map(\.group)
    #expect(groups == ["B", "A", "C", ""])
  }

  @Test func `rates of different days are not taken from each other`() throws {
    let same = FunnelChange.all(
      from: answer([row("A", reached: [2, 1], rate: 0.5)]),
      to: answer([row("A", reached: [2, 1], rate: 0.25)])
    )
    #expect(try #require(same.first).difference { row in row.firstToLast } == -0.25)
    let other = FunnelChange.all(
      from: answer([row("A", reached: [2, 1], rate: 0.5)]),
      to: answer([row("A", reached: [2, 1], rate: 0.25, days: 60)])
    )
    #expect(try #require(other.first).difference { row in row.firstToLast } == nil)
  }

  private func row(
    _ group: String,
    reached: [Int],
    rate: Double? = nil,
    days: Int = 30
  ) -> FunnelRow {
    let estimate = RateEstimate(
      withinDays: days,
      entered: reached[0],
      converted: reached[1],
      status: rate == nil ? .noEntries : .supported,
      rate: rate
    )
    return FunnelRow(
      group: group,
      episodes: reached[0],
      leads: reached[0],
      reached: reached,
      transitions: [],
      firstToLast: estimate,
      money: MoneyAnswer(
        wins: 0,
        wonDeals: 0,
        wonDealsWithoutAmount: 0,
        revenue: 0,
        verdict: .cannotTell
      )
    )
  }

  private func answer(_ rows: [FunnelRow]) -> FunnelAnswer {
    FunnelAnswer(
      question: FunnelQuestion(by: [.channel], skips: .filled, pairs: []),
      asOf: Instant(seconds: 0),
      stages: ["lead", "won"],
      horizons: [],
      rows: rows,
      total: row("", reached: [0, 0]),
      skipRules: []
    )
  }
}
