#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a pipeline and new entries bring, drawn at random: for few wins or very uneven deals, where
/// a normal sum misleads.
///
/// Each draw has its own error of the curves (log-normal, shared by all entries), its own mean deal,
/// binomial wins of each group of the pipeline, Poisson wins of new entries, and gamma amounts.
///
/// - SeeAlso: `ReversePlan.simulatedChance`, which draws the curve itself, hazard by hazard.
public struct RevenueSimulation: Sendable {
  /// Open entries with the same chance.
  public let groups: [(count: Double, chance: Double)]
  /// The variance of the pipeline's wins that not knowing the curves brings.
  public let pipelineCurveVariance: Double
  /// The wins of one entry in each of the weeks.
  public let winsPerEntry: Double
  /// The variance of those that not knowing the curve brings.
  public let entryCurveVariance: Double
  /// How far both errors go together, −1...1.
  public let correlation: Double
  /// How large the pipeline's deals are.
  public let deal: DealSize
  /// How large new entries' deals are; nil when like the pipeline's, with the same mean.
  public let entryDeal: DealSize?

  /// A simulation.
  ///
  /// - Parameters:
  ///   - groups: Open entries with the same chance.
  ///   - pipelineCurveVariance: The variance of the pipeline's wins by not knowing the curves.
  ///   - winsPerEntry: The wins of one entry in each of the weeks.
  ///   - entryCurveVariance: The variance of those by not knowing the curve.
  ///   - correlation: How far both errors go together.
  ///   - deal: How large deals are.
  ///   - entryDeal: How large new entries' deals are, where they differ.
  public init(
    groups: [(count: Double, chance: Double)],
    pipelineCurveVariance: Double,
    winsPerEntry: Double,
    entryCurveVariance: Double,
    correlation: Double,
    deal: DealSize,
    entryDeal: DealSize? = nil
  ) {
    self.groups = groups.filter { $0.count > 0 && $0.chance > 0 }
    self.pipelineCurveVariance = pipelineCurveVariance
    self.winsPerEntry = winsPerEntry
    self.entryCurveVariance = entryCurveVariance
    self.correlation = min(max(correlation, -1), 1)
    self.deal = deal
    self.entryDeal = entryDeal
  }

  /// The wins expected of the pipeline.
  public var pipelineWins: Double { groups.reduce(0) { $0 + $1.count * $1.chance } }

  /// The chance of reaching a sum.
  ///
  /// - Parameters:
  ///   - need: The sum.
  ///   - entriesPerWeek: New entries in each of the weeks.
  ///   - arrivalVariance: The variance of that number, where it is a forecast.
  ///   - draws: How often to draw.
  ///   - generator: The source of chance; its seed belongs in the output.
  /// - Returns: The share of draws that reach it; its standard error is √(p(1−p)/draws). Nil
  ///   without draws.
  /// - Complexity: O(draws · groups).
  public func chance(
    need: Double,
    entriesPerWeek: Double,
    arrivalVariance: Double = 0,
    draws: Int = 10_000,
    using generator: inout SeededGenerator
  ) -> Double? {
    guard draws > 0, entriesPerWeek >= 0, entriesPerWeek.isFinite else { return nil }
    let ofPipeline = Self.logError(pipelineCurveVariance, of: pipelineWins)
    let ofEntries = Self.logError(entryCurveVariance, of: winsPerEntry)
    let rest = (1 - correlation * correlation).squareRoot()
    var reached = 0
    for _ in 0..<draws {
      let first = generator.normal()
      let second = correlation * first + rest * generator.normal()
      let pipelineFactor = Self.factor(ofPipeline, first)
      var wins = 0
      for group in groups {
        let whole = Int(min(group.count, 1e9).rounded())
        let chance = min(max(group.chance * pipelineFactor, 0), 1)
        wins += generator.binomial(trials: whole, probability: chance)
      }
      var entries = entriesPerWeek
      if arrivalVariance > 0, entries > 0 {
        let shape = entries * entries / arrivalVariance
        entries = generator.gamma(shape: shape, scale: entries / shape)
      }
      let mean = entries * winsPerEntry * Self.factor(ofEntries, second)
      let newWins = generator.poisson(mean: min(max(mean, 0), 1e12))
      let sum: Double
      if let entryDeal {
        sum =
          deal.drawnSum(of: wins, using: &generator)
          + entryDeal.drawnSum(of: newWins, using: &generator)
      } else {
        sum = deal.drawnSum(of: wins + newWins, using: &generator)
      }
      if sum >= need { reached += 1 }
    }
    return Double(reached) / Double(draws)
  }

  /// The standard deviation of the logarithm of a factor with mean 1.
  private static func logError(_ variance: Double, of mean: Double) -> Double {
    guard mean > 0, variance > 0 else { return 0 }
    return log1p(variance / (mean * mean)).squareRoot()
  }

  private static func factor(_ deviation: Double, _ normal: Double) -> Double {
    exp(deviation * normal - deviation * deviation / 2)
  }
}
