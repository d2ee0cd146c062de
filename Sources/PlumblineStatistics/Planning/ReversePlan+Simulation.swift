extension ReversePlan {
  /// The chance of reaching the needed money, by drawing whole quarters at random.
  ///
  /// For fewer than about ten expected wins or very uneven deals, where a normal sum misleads.
  /// Each draw has its own curve (hazards from a Dirichlet distribution with the exposure behind
  /// them), its own mean deal, binomial wins of the pipeline, Poisson wins of new entries and a
  /// gamma sum of deals.
  ///
  /// - Parameters:
  ///   - entriesPerWeek: New entries in each of the weeks.
  ///   - draws: How many quarters to draw.
  ///   - generator: The source of chance; its seed belongs in the output.
  /// - Returns: The share of draws that reach the needed money; its standard error is
  ///   √(p(1−p)/draws). Nil without draws.
  /// - Complexity: O(draws · (pipeline + weeks) · buckets).
  /// - SeeAlso: Rubin (1981), The Bayesian bootstrap, doi:10.1214/aos/1176345338.
  public func simulatedChance(
    entriesPerWeek: Double,
    draws: Int = 10_000,
    using generator: inout SeededGenerator
  ) -> Double? {
    guard draws > 0, entriesPerWeek >= 0, entriesPerWeek.isFinite else { return nil }
    var reached = 0
    var unused = HazardTable.Gradient(bucketCount: 0)
    for _ in 0..<draws {
      let drawn = drawnHazards(using: &generator)
      var wins = 0
      for group in pipeline {
        let chance = drawn.chanceToGo(
          from: group.bucket,
          betweenDays: (firstDay, deadlineDay),
          weight: 0,
          into: &unused
        )
        let whole = Int(min(group.count, 1e9).rounded())
        wins += generator.binomial(trials: whole, probability: min(max(chance, 0), 1))
      }
      var expected = 0.0
      for (day, share) in zip(arrivalDays, weekShares) {
        expected +=
          share
          * drawn.converted(
            betweenDays: (firstDay - day, deadlineDay - day),
            weight: 0,
            into: &unused
          )
      }
      wins += generator.poisson(mean: min(max(expected * entriesPerWeek, 0), 1e12))
      if deal.drawnSum(of: wins, using: &generator) >= need { reached += 1 }
    }
    return Double(reached) / Double(draws)
  }

  private func drawnHazards(using generator: inout SeededGenerator) -> HazardTable {
    var drawn = hazards
    for bucket in exposures.indices where exposures[bucket] > 0 && hazards.leaving[bucket] > 0 {
      let exposure = exposures[bucket]
      let h1 = hazards.conversion[bucket]
      let h = hazards.leaving[bucket]
      let converted = Self.gamma(shape: exposure * h1, using: &generator)
      let exited = Self.gamma(shape: exposure * (h - h1), using: &generator)
      let stayed = Self.gamma(shape: exposure * (1 - h), using: &generator)
      let total = converted + exited + stayed
      guard total > 0 else { continue }
      drawn.conversion[bucket] = converted / total
      drawn.leaving[bucket] = (converted + exited) / total
    }
    return drawn
  }

  /// A gamma number; 0 for a shape of 0, as of something that never happened.
  private static func gamma(shape: Double, using generator: inout SeededGenerator) -> Double {
    shape > 1e-12 ? generator.gamma(shape: shape) : 0
  }
}

extension DealSize {
  /// What some wins bring, drawn at random: gamma amounts whose mean is itself drawn.
  func drawnSum(of wins: Int, using generator: inout SeededGenerator) -> Double {
    guard wins > 0, mean > 0 else { return 0 }
    guard standardDeviation > 0 else { return Double(wins) * mean }
    let ratio = mean / standardDeviation
    let shape = ratio * ratio
    // The mean deal is itself a mean of `count` gamma amounts.
    let drawnMean =
      count > 0 ? mean * generator.gamma(shape: shape * count) / (shape * count) : mean
    return generator.gamma(shape: shape * Double(wins), scale: drawnMean / shape)
  }
}
