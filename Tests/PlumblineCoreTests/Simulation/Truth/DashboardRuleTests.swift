import PlumblineStatistics
import Testing

@testable import PlumblineCore

@Suite struct DashboardRuleTests {
  /// Cells of channels, each with one owner of its own, from leads and wins.
  private static func cells(_ counts: [(leads: Int, wins: Int)]) -> WorkCells {
    WorkCells(
      channels: counts.indices.map { "channel \($0)" },
      owners: ["all"],
      segments: ["one"],
      cells: counts.enumerated().map {
        WorkCells.Cell(
          channel: $0,
          owner: 0,
          isFollowedUp: true,
          leads: $1.leads,
          wins: $1.wins
        )
      }
    )
  }

  /// z of 240 of 1,000 against 600 of 2,000 is -3.45; of 24 of 100 against 60 of 200 it is -1.09.
  @Test(
    arguments: [
      ([], []),
      ([(leads: 0, wins: 0), (leads: 0, wins: 0)], []),
      ([(leads: 1000, wins: 10)], []),
      ([(leads: 500, wins: 0), (leads: 500, wins: 0)], []),
      ([(leads: 500, wins: 500), (leads: 500, wins: 500)], []),
      ([(leads: 0, wins: 0), (leads: 500, wins: 100)], []),
      ([(leads: 500, wins: 0), (leads: 500, wins: 100)], [0]),
      ([(leads: 1000, wins: 240), (leads: 2000, wins: 600)], [0]),
      ([(leads: 1000, wins: 241), (leads: 2000, wins: 600)], []),
      ([(leads: 100, wins: 24), (leads: 200, wins: 60)], []),
      ([(leads: 2000, wins: 600), (leads: 1000, wins: 240), (leads: 1000, wins: 150)], [2]),
    ] as [([(leads: Int, wins: Int)], [Int])]
  )
  func `a rate a fifth below the others' with p below 0.05 is blamed`(
    counts: [(leads: Int, wins: Int)],
    expected: [Int]
  ) {
    let named = DashboardRule(Self.cells(counts)).named
    #expect(named == expected.map { LeakUnit(.channel, .direct, channel: "channel \($0)") })
  }

  @Test func `owners are blamed as channels are, after them`() {
    let cells = WorkCells(
      channels: ["a", "b"],
      owners: ["first", "second"],
      segments: ["one"],
      cells: [(0, 0, 300), (0, 1, 100), (1, 0, 100), (1, 1, 20)].map {
        WorkCells.Cell(channel: $0.0, owner: $0.1, isFollowedUp: false, leads: 1000, wins: $0.2)
      }
    )
    #expect(
      DashboardRule(cells).named == [
        LeakUnit(.channel, .direct, channel: "b"), LeakUnit(.owner, .direct, owner: "second"),
      ]
    )
  }

  /// The bad channel's leads go to a few owners, whose crude rates then look bad as well, or the
  /// other way round: the rule blames both.
  @Test func `on confounded companies the rule mostly blames somebody wrongly`() {
    for faults in [[.leads], [.skill]] as [Set<PlantedFault>] {
      let plan = CompanyPlan(leads: 5000, faults: faults, confounding: .strong)
      let scores = (0..<UInt64(40)).map { seed in
        let company = PlantedCompany(plan, seed: seed)
        return LeakScore(DashboardRule(company.cells), company: company)
      }
      let tally = LeakTally(scores)
      #expect(tally.companies == 40)
      #expect(tally.wronglyNamed > 20, "\(faults): \(tally.wronglyNamed)")
    }
  }
}
