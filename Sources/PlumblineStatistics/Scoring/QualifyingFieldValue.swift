/// Cases with the same score and the same answer to a qualifying question.
public struct FieldCell: Hashable, Sendable {
  /// The score.
  public let score: Double
  /// The answer by position; "not asked" is an answer of its own.
  public let level: Int
  /// Cases that were won.
  public let won: Double
  /// Cases that were lost.
  public let lost: Double

  /// A cell.
  public init(score: Double, level: Int, won: Double, lost: Double) {
    self.score = score
    self.level = level
    self.won = won
    self.lost = lost
  }
}

/// What a qualifying question tells beyond the score, and what that is worth.
///
/// Two nested logistic regressions: on the score in tens, and on the score and the answer. The
/// effects of the answers have a wide normal prior, so that an answer nobody with it has won on
/// keeps a finite effect; the likelihoods are compared without it.
///
/// - SeeAlso: Gelman, Jakulin, Pittau & Su (2008), doi:10.1214/08-AOAS191, for weak priors;
///   DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595, for the areas.
public struct QualifyingFieldValue: Hashable, Sendable {
  /// The intercept, the rise for each ten points, and each answer's effect against the first.
  public let coefficients: [Double]
  /// Their standard errors.
  public let standardErrors: [Double]
  /// Twice the gain in log-likelihood from the answers.
  public let chiSquare: Double
  /// The answers less one.
  public let degreesOfFreedom: Int
  /// The p-value for answers that tell nothing beyond the score.
  public let pValue: Double
  /// The areas of the score alone (first) and with the answers (second).
  public let areas: AreaComparison
  /// What is left when the cases are worked whose chance by the score alone pays.
  public let netWithout: Double
  /// What is left when the answers are used as well.
  public let netWith: Double

  /// The prior standard deviation of an answer's effect, in log-odds.
  public static let priorStandardDeviation = 2.5

  /// The value of a field; nil where the score alone has no fit, see `ScoreModel`.
  ///
  /// The net values are those of the cases that made the fit, hence a little too good; judge on
  /// later ones.
  ///
  /// - Parameters:
  ///   - cells: Outcomes by score and answer.
  ///   - levels: The number of answers, at least 1.
  ///   - value: What work costs and wins bring.
  /// - Throws: `StatisticsError` for an answer beyond `levels`, a score that is not finite or a
  ///   count that is not finite or negative.
  public init?(_ cells: [FieldCell], levels: Int, value: WorkValue) throws(StatisticsError) {
    for cell in cells {
      guard (0..<levels).contains(cell.level) else {
        throw .lengthMismatch(expected: levels, found: cell.level + 1)
      }
      guard cell.score.isFinite else { throw .notFinite(cell.score) }
      for count in [cell.won, cell.lost] where !(count >= 0 && count.isFinite) {
        throw .negativeOrNotFinite(count)
      }
    }
    let (won, lost) = (cells.map(\.won), cells.map(\.lost))
    let nested = [Array(repeating: 1, count: cells.count), cells.map { $0.score / 10 }]
    let answers = (1..<max(levels, 1)).map { level in
      cells.map { $0.level == level ? 1.0 : 0 }
    }
    let priors =
      [.infinity, .infinity] + answers.map { _ in Self.priorStandardDeviation }
    guard let without = LogisticFit(columns: nested, won: won, lost: lost),
      let with = LogisticFit(
        columns: nested + answers,
        won: won,
        lost: lost,
        priorStandardDeviations: priors
      ),
      let areas = AreaComparison(
        first: Self.ranks(without.logOdds),
        second: Self.ranks(with.logOdds),
        won: won,
        lost: lost
      )
    else { return nil }
    coefficients = with.coefficients
    standardErrors = with.standardErrors
    chiSquare = max(2 * (with.logLikelihood - without.logLikelihood), 0)
    degreesOfFreedom = answers.count
    pValue = GammaDistribution.chiSquareUpperTail(chiSquare, degreesOfFreedom: answers.count)
    self.areas = areas
    func net(_ fit: LogisticFit) -> Double {
      var sum = 0.0
      for (cell, probability) in zip(cells, fit.probabilities)
      where value.isWorthWorking(probability) {
        sum += value.net(won: cell.won, total: cell.won + cell.lost)
      }
      return sum
    }
    netWithout = net(without)
    netWith = net(with)
  }

  /// The order of log-odds as whole numbers, those that differ by rounding alone counted as equal.
  private static func ranks(_ values: [Double]) -> [Double] {
    var ranks = Array(repeating: 0.0, count: values.count)
    var rank = 0.0
    var previous = -Double.infinity
    for index in values.indices.sorted(by: { values[$0] < values[$1] }) {
      if values[index] - previous > 1e-10 { rank += 1 }
      previous = values[index]
      ranks[index] = rank
    }
    return ranks
  }
}
