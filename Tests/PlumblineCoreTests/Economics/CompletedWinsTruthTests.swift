import PlumblineCore
import PlumblineStatistics
import PlumblineTestSupport
import Testing

/// Simulated companies whose every win is known: completed wins against what really came.
struct CompletedWinsTruthTests {
  private static let asOf = 300.0
  /// The cohort that is completed: the leads of the last ten weeks.
  private static let firstDay = 230

  /// Leads of five channels over 300 days; each is won after about 40 days, leaves, or stays.
  private static func world(seed: UInt64) -> (world: EconomicsWorld, truth: [String: Int]) {
    var random = SeededGenerator(seed: seed)
    var world = EconomicsWorld(asOfDay: asOf)
    var truth: [String: Int] = [:]
    for channel in 0..<5 {
      let rate = 0.15 * random.logNormal(median: 1, logStandardDeviation: 0.5)
      let count = [600, 300, 150, 80, 40][channel]
      for index in 0..<count {
        let day = random.uniform(in: 0..<asOf)
        let isWon = random.chance(min(rate, 0.8))
        let isLost = !isWon && random.chance(0.7)
        let end = day + 1 + random.gamma(shape: 2, scale: isWon ? 20 : 25)
        if isWon, Int(day) >= firstDay { truth["\(channel)", default: 0] += 1 }
        world.lead(
          "\(channel)-\(index)",
          day: day,
          channel: "\(channel)",
          won: isWon && end <= asOf ? end : nil,
          lost: isLost && end <= asOf ? end : nil
        )
      }
    }
    return (world, truth)
  }

  private static func cohort(_ world: EconomicsWorld) throws -> EconomicsAnswer {
    try world.answer(EconomicsQuestion(firstDay: CivilDate(dayNumber: firstDay)))
  }

  @Test func `the final wins of young cohorts lie in their interval about as often as it says`()
    throws
  {
    var (lines, covered) = (0, 0)
    var (worlds, wholes) = (0, 0)
    var (bias, short) = (0.0, 0.0)
    var small = (lines: 0, covered: 0)
    for seed in UInt64(1)...200 {
      let (world, truth) = Self.world(seed: seed)
      let answer = try Self.cohort(world)
      for row in answer.rows {
        let final = Double(truth[row.group] ?? 0)
        let isCovered = row.wins.finalInterval.contains(final)
        lines += 1
        covered += isCovered ? 1 : 0
        if row.group == "3" || row.group == "4" {
          small.lines += 1
          small.covered += isCovered ? 1 : 0
        }
      }
      let final = truth.values.reduce(0, +)
      worlds += 1
      wholes += answer.total.wins.finalInterval.contains(Double(final)) ? 1 : 0
      bias += answer.total.wins.total - Double(final)
      short += Double(answer.total.wins.counted - final)
    }
    let share = Double(covered) / Double(lines)
    let whole = Double(wholes) / Double(worlds)
    let ofSmall = Double(small.covered) / Double(small.lines)
    #expect(lines == 1000)
    #expect((0.92...0.98).contains(share))
    #expect(ofSmall >= 0.90)
    #expect((0.90...0.99).contains(whole))
    #expect(abs(bias / 200) < 0.1 * abs(short / 200), "the completion removes the bias")
  }
}
