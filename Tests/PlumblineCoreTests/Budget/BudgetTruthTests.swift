import PlumblineStatistics
import Testing

@testable import PlumblineCore

/// Companies whose response is known: what the plan says of them is held against what is so.
struct BudgetTruthTests {
  /// Three channels drawn as the priors have it: elasticities around 0.7, win rates as far apart as
  /// those of channels usually are.
  private static func channels(
    _ generator: inout SeededGenerator,
    leads: Double = 40
  ) throws -> [BudgetCompany.Channel] {
    let between = abs(generator.normal(standardDeviation: 0.7))
    return try ["Google", "LinkedIn", "Meta"].map { name in
      let elasticity = min(max(generator.normal(mean: 0.7, standardDeviation: 0.15), 0.3), 0.95)
      let spend = generator.logNormal(median: 300_000, logStandardDeviation: 0.4)
      let count =
        leads * spend / 300_000 * generator.logNormal(median: 1, logStandardDeviation: 0.2)
      let scale = count / SpendResponse.power(spend, elasticity)
      return BudgetCompany.Channel(
        name: name,
        response: try SpendResponse(scale: scale, elasticity: elasticity),
        winRate: SpecialFunctions.expit(
          generator.normal(mean: -3.4, standardDeviation: between)
        ),
        spend: spend
      )
    }
  }

  /// How moves came out.
  private struct Tally {
    var (moves, better) = (0, 0)
    var (promised, gained, expected) = (0.0, 0.0, 0.0)
  }

  /// Plans of many companies against the truth: those that were to be moved, and those not.
  private static func tally(
    leads: Double,
    weeks: Int,
    noise: Double
  ) throws -> (moved: Tally, left: Tally) {
    var (moved, left) = (Tally(), Tally())
    for seed in UInt64(0)..<200 {
      var generator = SeededGenerator(seed: seed)
      let company = BudgetCompany(
        try channels(&generator, leads: leads),
        weeks: weeks,
        spread: 0.3,
        noise: noise,
        using: &generator
      )
      var options = BudgetOptions()
      options.draws = 300
      options.movesAnyway = true
      let answer = try company.answer(options)
      guard let gain = answer.gain, answer.verdict == .move || answer.verdict == .withinNoise
      else { continue }
      func spend(_ point: (BudgetRow) -> BudgetPoint?) -> [Double] {
        company.channels.map { channel in
          answer.rows.first { $0.name == channel.name }.flatMap(point)?.spend ?? 0
        }
      }
      let truth =
        company.trueNet(spend { $0.best ?? $0.proposed }) - company.trueNet(spend { $0.today })
      var one = answer.verdict == .move ? moved : left
      one.moves += 1
      if truth > 0 { one.better += 1 }
      one.promised += gain.chance
      one.gained += truth
      one.expected += gain.expected
      if answer.verdict == .move { moved = one } else { left = one }
    }
    return (moved, left)
  }

  @Test(arguments: [(40.0, 52, 0.1), (30.0, 16, 0.3)])
  func `a move that is proposed brings more than staying, and its odds are met`(
    leads: Double,
    weeks: Int,
    noise: Double
  ) throws {
    let (moved, left) = try Self.tally(leads: leads, weeks: weeks, noise: noise)
    #expect(moved.moves > 40 && left.moves > 5)
    #expect(moved.gained > 0.7 * moved.expected && moved.gained < 1.3 * moved.expected)
    // It comes about as often as was said, of moves and with what was called noise.
    #expect(abs(Double(moved.better) - moved.promised) < 0.06 * Double(moved.moves))
    let (better, promised) = (moved.better + left.better, moved.promised + left.promised)
    #expect(abs(Double(better) - promised) < 0.06 * Double(moved.moves + left.moves))
    // Noise is rarer right than a move.
    let share = Double(moved.better) / Double(moved.moves)
    #expect(Double(left.better) / Double(left.moves) < share)
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
    #expect(share > 0.75 && share < 0.85)
  }
}

extension SpendResponse {
  /// A spend to the power of an elasticity, by the response itself.
  static func power(_ spend: Double, _ elasticity: Double) -> Double {
    (try? SpendResponse(scale: 1, elasticity: elasticity))?.leads(spend: spend) ?? 0
  }
}
