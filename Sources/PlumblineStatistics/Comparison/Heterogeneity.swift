/// Whether several rates differ from one another at all.
public struct Heterogeneity: Hashable, Sendable {
  /// Pearson's chi-square of the samples against their pooled rate.
  public let chiSquare: Double
  /// One fewer than the samples that have trials; 0 without any.
  public let degreesOfFreedom: Int
  /// The chance of so large a chi-square were all rates the same.
  public let pValue: Double

  /// The test of a list of disjoint samples; those without trials are left out.
  public init(_ samples: [RateSample]) {
    let present = samples.filter { $0.trials > 0 }
    let all = present.reduce(RateSample(uncheckedSuccesses: 0, trials: 0), +)
    let pooled = all.rate ?? 0
    let spread = pooled * (1 - pooled)
    chiSquare =
      spread > 0
      ? present.reduce(0) { sum, sample in
        let difference = sample.successes / sample.trials - pooled
        return sum + sample.trials * difference * difference / spread
      } : 0
    degreesOfFreedom = max(present.count - 1, 0)
    pValue = GammaDistribution.chiSquareUpperTail(
      chiSquare,
      degreesOfFreedom: degreesOfFreedom
    )
  }
}
