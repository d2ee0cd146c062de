import Testing

@testable import PlumblineCore

@Suite struct GamingStudyTests {
  private static let study = GamingStudy(companies: 6, sizes: [2500], seed: 4)

  private func outcomes(where isMeant: (GamingStudy.Row) -> Bool) -> [GamingStudy.Outcome] {
    Self.study.trials.filter { isMeant(Self.study.rows[$0.row]) }.map(Self.study.outcome)
  }

  @Test func `the same seed makes the same company, another seed another one`() {
    let plan = GamingPlan(habits: .all, game: .noShowsHeld(share: 1), leads: 400)
    let first = GamingWorld(plan, seed: 9)
    #expect(first.records.edits == GamingWorld(plan, seed: 9).records.edits)
    #expect(first.records.meetings == GamingWorld(plan, seed: 9).records.meetings)
    #expect(first.records.scores == GamingWorld(plan, seed: 9).records.scores)
    #expect(first.records.touches == GamingWorld(plan, seed: 9).records.touches)
    #expect(first.records.edits != GamingWorld(plan, seed: 10).records.edits)
    #expect(!first.players.isEmpty)
    #expect(GamingWorld(GamingPlan(habits: .all, leads: 400), seed: 9).players.isEmpty)
  }

  @Test func `honest companies with every habit raise few alarms`() {
    let outcomes = outcomes { $0.game == nil }
    #expect(outcomes.count == 84)
    for detector in GamingDetector.allCases {
      // At 5 percent more than 12 of 84 have a chance below one in a thousand.
      #expect(outcomes.count { $0.alarms.contains(detector) } <= 12, "\(detector)")
    }
  }

  @Test func `strong gaming is found and its players are named`() {
    let study = GamingStudy(companies: 8, sizes: [4000], seed: 4)
    let strong: [(GamingPlan.Game, least: Int)] = [
      (.machineTouch(share: 0.8), 8), (.undone(share: 1), 5), (.noShowsHeld(share: 1), 3),
      (.bulkWords(share: 0.5), 2), (.invented(share: 0.4), 2),
    ]
    for (game, least) in strong {
      let outcomes = study.trials.filter { study.rows[$0.row].game == game }.map(study.outcome)
      #expect(outcomes.count { $0.playersNamed > 0 } >= least, "\(game)")
      #expect(outcomes.count { $0.namesOthers } <= 1, "\(game)")
    }
  }

  @Test func `the tables have a row for each kind of company`() {
    let study = GamingStudy(companies: 1, sizes: [300], seed: 1)
    let text = study.tables(study.trials.map(study.outcome))
    for row in study.rows { #expect(text.contains("| \(row.title) ")) }
    #expect(GamingStudy.limited(0, of: 0) == "–")
    // Nobody of 180 leaves up to 2.1 percent open.
    #expect(GamingStudy.limited(0, of: 180) == "0.0 (2.1)")
    #expect(GamingStudy.share(0, of: 0) == "–")
    #expect(GamingStudy.share(1, of: 4) == "25.0 ± 21.7")
  }
}
