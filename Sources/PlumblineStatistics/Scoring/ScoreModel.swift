/// The chance of winning as a smooth function of the score.
///
/// Logistic regression on the score in tens.
public struct ScoreModel: Hashable, Sendable {
  /// The log-odds at a score of 0.
  public let intercept: Double
  /// The rise in log-odds for each ten points.
  public let slopePerTen: Double
  /// The standard error of that rise.
  public let slopeStandardError: Double
  /// The scores that were seen, rising.
  private let scores: [Double]

  /// A fit; nil when nobody or everybody was won, when only one score occurs, or when the score
  /// parts the won from the lost completely.
  public init?(_ histogram: ScoreHistogram) {
    let seen = histogram.bins.filter { $0.total > 0 }
    guard
      let fit = LogisticFit(
        columns: [Array(repeating: 1, count: seen.count), seen.map { $0.score / 10 }],
        won: seen.map(\.won),
        lost: seen.map(\.lost)
      )
    else { return nil }
    intercept = fit.coefficients[0]
    slopePerTen = fit.coefficients[1]
    slopeStandardError = fit.standardErrors[1]
    scores = seen.map(\.score)
  }

  /// The chance of winning at a score.
  public func probability(at score: Double) -> Double {
    SpecialFunctions.expit(intercept + slopePerTen * score / 10)
  }

  /// The lowest score seen from which working pays, by the smooth chance.
  ///
  /// Steadier than the best threshold in hindsight, as it uses all cases and not those near it.
  ///
  /// - Parameter value: What work costs and wins bring.
  /// - Returns: The score; nil when the chance does not rise with the score, or reaches the
  ///   break-even nowhere.
  public func threshold(value: WorkValue) -> Double? {
    guard slopePerTen > 0 else { return nil }
    return scores.first { value.isWorthWorking(probability(at: $0)) }
  }
}
