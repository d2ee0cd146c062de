/// How many there will be at the end of a period, from how many there are and how many came each
/// week before.
///
/// What is to come is negative binomial: its mean is the weekly average times the weeks to come, its
/// variance holds the spread of past weeks beyond chance, and that an average of a few weeks is
/// itself uncertain. The spread is Pearson's X² over its degrees of freedom, never below that of
/// chance alone. A trend is not looked for.
///
/// - SeeAlso: McCullagh & Nelder (1989), section 6.2.3, for the dispersion of counts.
public struct CountForecast: Hashable, Sendable {
  /// The fewest past weeks from which anything is forecast.
  public static let fewestWeeks = 6

  /// How many there are already.
  public let soFar: Int
  /// The average of a past week.
  public let weeklyMean: Double
  /// The variance of a week over its mean, 1 for chance alone.
  public let dispersion: Double
  /// How many more are expected.
  public let mean: Double
  /// The variance of that.
  public let variance: Double

  /// A forecast; nil when fewer than `fewestWeeks` weeks are known.
  ///
  /// - Parameters:
  ///   - soFar: How many there are already, at least 0.
  ///   - weeks: How many came in each whole week before.
  ///   - weeksToCome: The weeks to come, as a share of a usual week's leads; at least 0.
  public init?(soFar: Int, weeks: [Int], weeksToCome: Double) {
    guard weeks.count >= Self.fewestWeeks, weeksToCome >= 0, weeksToCome.isFinite else {
      return nil
    }
    let count = Double(weeks.count)
    let total = weeks.reduce(0.0) { $0 + Double($1) }
    // Half a lead more, so that weeks without any do not promise that none will ever come.
    let average = (total + 0.5) / count
    let squares = weeks.reduce(0.0) {
      $0 + (Double($1) - total / count) * (Double($1) - total / count)
    }
    self.soFar = soFar
    weeklyMean = total / count
    dispersion = total > 0 ? max(1, squares / (total / count) / (count - 1)) : 1
    mean = average * weeksToCome
    variance = dispersion * (mean + weeksToCome * weeksToCome * average / count)
  }

  /// The chance that there are at least so many at the end of the period.
  public func chance(ofAtLeast total: Int) -> Double {
    let more = total - soFar
    if more <= 0 { return 1 }
    return 1 - cumulative(more - 1)
  }

  /// The fewest and the most at the end of the period that are to be expected.
  ///
  /// - Parameter level: The wanted confidence, strictly between 0 and 1.
  /// - Returns: Counts that hold what comes with at least that chance.
  public func interval(level: Double = 0.95) -> ClosedRange<Int> {
    let tail = (1 - level) / 2
    let lower = quantile(tail)
    return soFar + lower...soFar + max(lower, quantile(1 - tail))
  }

  /// How many are expected at the end of the period.
  public var expected: Double { Double(soFar) + mean }

  /// The smallest count that a share of what may come does not exceed.
  private func quantile(_ probability: Double) -> Int {
    var (low, high) = (0, Int(mean + 12 * variance.squareRoot()) + 12)
    while low < high {
      let middle = (low + high) / 2
      if cumulative(middle) >= probability { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The chance that at most so many more come.
  private func cumulative(_ count: Int) -> Double {
    guard count >= 0 else { return 0 }
    guard mean > 0 else { return 1 }
    guard variance > mean * (1 + 1e-9) else {
      return GammaDistribution(shape: Double(count) + 1).upperTail(mean)
    }
    // Gamma–Poisson: size r = μ²/(v−μ), chance of a further one 1 − μ/v.
    let size = mean * mean / (variance - mean)
    return BetaDistribution(alpha: size, beta: Double(count) + 1).cumulative(mean / variance)
  }
}
