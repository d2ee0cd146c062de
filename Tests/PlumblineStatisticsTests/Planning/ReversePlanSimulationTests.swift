import PlumblineStatistics
import Testing

@Suite struct `Reverse plan by simulation` {
  private static func plan(
    scale: Int,
    need: Double,
    spread: Double,
    pipeline: [(bucket: Int, count: Double)] = [(5, 40), (16, 60)],
    weeks: Int = 9
  ) throws -> ReversePlan {
    var counts = LagCounts()
    for (lag, won, lost) in [(2, 3, 9), (9, 6, 20), (20, 9, 25), (40, 5, 18), (80, 2, 9)] {
      counts.add(.converted, lagInDays: lag, count: won * scale)
      counts.add(.exited, lagInDays: lag, count: lost * scale)
    }
    return try ReversePlan(
      history: CumulativeIncidence(counts),
      pipeline: pipeline.map { try OpenEntries(bucket: $0.bucket, count: $0.count) },
      arrivalDays: (0..<weeks).map { ReversePlan.middle(ofWeek: Double($0)) },
      deadlineDay: 91,
      deal: DealSize(mean: 5_000, standardDeviation: spread, count: 60),
      need: need
    )
  }

  @Test(arguments: [0.5, 0.8])
  func `agrees with the normal sum where wins are many`(probability: Double) throws {
    let plan = try Self.plan(scale: 5, need: 400_000, spread: 3_000)
    let entries = try #require(plan.entriesPerWeek(probability: probability))
    var generator = SeededGenerator(seed: 7)
    let chance = plan.simulatedChance(
      entriesPerWeek: entries,
      draws: 4_000,
      using: &generator
    )
    // Sums of skewed parts reach their mean a little less often than half of the time.
    #expect(agree(chance, probability, relative: 0, absolute: 0.035))
  }

  @Test func `knows that a quarter of few and uneven deals rarely reaches its mean`() throws {
    let plan = try Self.plan(
      scale: 1,
      need: 4_600,
      spread: 15_000,
      pipeline: [(5, 4)],
      weeks: 0
    )
    // The mean is just above what is needed, so a normal sum reaches it in half of all quarters.
    #expect((4_600...4_700).contains(plan.pipelineRevenue))
    var generator = SeededGenerator(seed: 3)
    let chance = try #require(
      plan.simulatedChance(entriesPerWeek: 0, draws: 4_000, using: &generator)
    )
    #expect(chance < plan.chance(entriesPerWeek: 0) - 0.1)
  }

  @Test func `is the same for the same seed, and nothing without draws`() throws {
    let plan = try Self.plan(scale: 1, need: 100_000, spread: 4_000)
    var first = SeededGenerator(seed: 1)
    var second = SeededGenerator(seed: 1)
    let chance = plan.simulatedChance(entriesPerWeek: 9, draws: 50, using: &first)
    #expect(plan.simulatedChance(entriesPerWeek: 9, draws: 50, using: &second) == chance)
    #expect(plan.simulatedChance(entriesPerWeek: 9, draws: 0, using: &first) == nil)
    #expect(plan.simulatedChance(entriesPerWeek: .infinity, draws: 5, using: &first) == nil)
  }

  @Test func `a met quota is met in every draw`() throws {
    let plan = try Self.plan(scale: 1, need: 0, spread: 4_000)
    var generator = SeededGenerator(seed: 2)
    #expect(plan.simulatedChance(entriesPerWeek: 0, draws: 20, using: &generator) == 1)
  }
}
