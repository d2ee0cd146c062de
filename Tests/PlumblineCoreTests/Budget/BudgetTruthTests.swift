import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// Companies whose response is known: what the plan says of them is held against what is so.
struct BudgetTruthTests {
  /// Three channels drawn as the prior has it.
  private static func channels(_ generator: inout SeededGenerator) throws
    -> [BudgetCompany.Channel]
  {
    try ["Google", "LinkedIn", "Meta"].map { name in
      let elasticity = min(max(generator.normal(mean: 0.7, standardDeviation: 0.15), 0.3), 0.95)
      let spend = generator.logNormal(median: 300_000, logStandardDeviation: 0.4)
      let leads = generator.logNormal(median: 40, logStandardDeviation: 0.4)
      let scale = leads / SpendResponse.power(spend, elasticity)
      return BudgetCompany.Channel(
        name: name,
        response: try SpendResponse(scale: scale, elasticity: elasticity),
        winRate: generator.uniform(in: 0.015..<0.05),
        spend: spend
      )
    }
  }

  @Test func `a move that is proposed brings more than staying, and its odds are met`() throws {
    var (moves, better, promised, gained, expected) = (0, 0, 0.0, 0.0, 0.0)
    for seed in UInt64(0)..<150 {
      var generator = SeededGenerator(seed: seed)
      let company = BudgetCompany(
        try Self.channels(&generator),
        weeks: 52,
        spread: 0.3,
        noise: 0.1,
        using: &generator
      )
      var options = BudgetOptions()
      options.draws = 500
      let answer = try company.answer(options)
      guard answer.verdict == .move, let gain = answer.gain else { continue }
      let spend = company.channels.map { channel in
        answer.rows.first { $0.name == channel.name }?.proposed?.spend ?? 0
      }
      let staying = company.channels.map { channel in
        answer.rows.first { $0.name == channel.name }?.today.spend ?? 0
      }
      let truth = company.trueNet(spend) - company.trueNet(staying)
      moves += 1
      if truth > 0 { better += 1 }
      promised += gain.chance
      gained += truth
      expected += gain.expected
    }
    print("moves \(moves) better \(better) promised \(promised) gained \(gained) expected \(expected)")
    #expect(moves > 60)
    #expect(gained > 0)
    // The gain is what was expected of it, and it comes about as often as was said.
    #expect(gained / expected > 0.8 && gained / expected < 1.25)
    #expect(abs(Double(better) - promised) < 0.07 * Double(moves))
  }

  @Test func `flat weeks cannot tell, so that nothing is moved`() throws {
    for seed in UInt64(0)..<20 {
      var generator = SeededGenerator(seed: seed)
      let company = BudgetCompany(
        try Self.channels(&generator),
        weeks: 52,
        spread: 0.02,
        noise: 0.1,
        using: &generator
      )
      let answer = try company.answer()
      #expect(answer.verdict == .cannotTell)
      for row in answer.rows {
        guard case .hardlyVaried(let share)? = row.reservation else {
          Issue.record("\(row.name): \(String(describing: row.reservation))")
          continue
        }
        #expect(share < 0.1 && row.bound == .held && row.change == 0)
      }
      #expect(answer.gain?.expected == 0)
    }
  }

  @Test func `the 80 % interval of an elasticity covers it as often as it says`() throws {
    var (covered, count) = (0, 0)
    for seed in UInt64(0)..<1000 {
      var generator = SeededGenerator(seed: seed)
      let truth = generator.normal(mean: 0.7, standardDeviation: 0.15)
      guard SpendResponseFit.bounds.contains(truth) else { continue }
      let weeks = (0..<40).map { week -> BudgetWeek in
        let spend = generator.logNormal(median: 2000, logStandardDeviation: 0.25)
        let mean = 60 * SpendResponse.power(spend / 2000, truth)
        let demand = generator.logNormal(median: 1, logStandardDeviation: 0.2)
        return BudgetWeek(
          start: CivilDate(dayNumber: BudgetCompany.firstMonday.dayNumber + 7 * week),
          spend: spend,
          leads: generator.poisson(mean: mean * demand)
        )
      }
      let interval = try #require(try SpendEvidence(weeks).elasticityInterval)
      count += 1
      if interval.contains(truth) { covered += 1 }
    }
    let share = Double(covered) / Double(count)
    print("coverage \(share) of \(count)")
    #expect(share > 0.75 && share < 0.85)
  }
}

extension SpendResponse {
  /// A spend to the power of an elasticity, by the response itself.
  static func power(_ spend: Double, _ elasticity: Double) -> Double {
    (try? SpendResponse(scale: 1, elasticity: elasticity))?.leads(spend: spend) ?? 0
  }
}
