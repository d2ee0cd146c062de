#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A logistic regression on grouped outcomes.
///
/// Maximum likelihood by iteratively reweighted least squares with step halving; each coefficient
/// may have a normal prior around 0. There is no fit where the data do not determine one: nobody
/// or everybody was won, a column does not vary, or a column parts the won from the lost
/// completely, and no prior holds it.
///
/// - SeeAlso: McCullagh & Nelder (1989), Generalized Linear Models, 2nd edition, section 4.4.
public struct LogisticFit: Hashable, Sendable {
  /// The coefficients, one per column, in log-odds.
  public let coefficients: [Double]
  /// The covariance of the coefficients, by rows.
  public let covariance: [Double]
  /// The log-likelihood of the outcomes, without the prior.
  public let logLikelihood: Double
  /// The fitted log-odds of each group.
  public let logOdds: [Double]

  /// The standard error of each coefficient.
  public var standardErrors: [Double] {
    coefficients.indices.map {
      max(covariance[$0 * coefficients.count + $0], 0).squareRoot()
    }
  }

  /// The fitted probability of each group.
  public var probabilities: [Double] { logOdds.map(SpecialFunctions.expit) }

  /// A fit; nil where the data do not determine one.
  ///
  /// - Parameters:
  ///   - columns: What the log-odds depend on, each with one number per group; a column of ones
  ///     is the intercept.
  ///   - won: The cases won in each group.
  ///   - lost: The cases lost in each group.
  ///   - offset: A known part of the log-odds of each group; empty for none.
  ///   - priorStandardDeviations: The prior of each coefficient; infinite for none, and for those
  ///     beyond the list.
  /// - Precondition: All lists that speak of groups have the same length.
  /// - Complexity: O(groups · columns²) per step, of which there are at most a hundred.
  public init?(
    columns: [[Double]],
    won: [Double],
    lost: [Double],
    offset: [Double] = [],
    priorStandardDeviations: [Double] = []
  ) {
    precondition(
      lost.count == won.count && columns.allSatisfy { $0.count == won.count }
        && (offset.isEmpty || offset.count == won.count),
      "one number for each group"
    )
    guard !columns.isEmpty else { return nil }
    var precisions = Array(repeating: 0.0, count: columns.count)
    for (index, deviation) in priorStandardDeviations.prefix(columns.count).enumerated() {
      precisions[index] = 1 / (deviation * deviation)
    }
    let problem = Problem(
      columns: columns,
      won: won,
      lost: lost,
      offset: offset,
      precisions: precisions
    )
    guard let (coefficients, covariance) = problem.solved() else { return nil }
    self.coefficients = coefficients
    self.covariance = covariance
    logOdds = problem.logOdds(coefficients)
    logLikelihood = Self.logLikelihood(logOdds: logOdds, won: won, lost: lost)
  }

  /// The log-likelihood of outcomes, up to the same constant for all fits.
  ///
  /// - Parameters:
  ///   - logOdds: The log-odds of each group.
  ///   - won: The cases won in each group.
  ///   - lost: The cases lost in each group.
  /// - Returns: Σ won · log p + lost · log(1 − p).
  public static func logLikelihood(logOdds: [Double], won: [Double], lost: [Double]) -> Double {
    var sum = 0.0
    for index in logOdds.indices {
      let value = logOdds[index]
      // log p = −log(1 + e^−x) and log(1 − p) = −x − log(1 + e^−x), from the side without overflow.
      let tail = log1p(exp(-value.magnitude))
      if won[index] > 0 { sum -= won[index] * (max(-value, 0) + tail) }
      if lost[index] > 0 { sum -= lost[index] * (max(value, 0) + tail) }
    }
    return sum
  }
}

/// The data of a fit and the steps towards it.
private struct Problem {
  let columns: [[Double]]
  let won: [Double]
  let lost: [Double]
  let offset: [Double]
  let precisions: [Double]

  /// A step that promises less than this share of the penalised log-likelihood is the last.
  private static let smallestGain = 1e-12
  /// A coefficient that moves log-odds by less certainly than this is on its way to infinity.
  private static let largestStandardError = 1e5
  /// The share of a column's information that must be its own, not that of the other columns.
  private static let smallestOwnInformation = 1e-11

  func logOdds(_ coefficients: [Double]) -> [Double] {
    var values = offset.isEmpty ? Array(repeating: 0, count: won.count) : offset
    for (coefficient, column) in zip(coefficients, columns) where coefficient != 0 {
      for index in values.indices { values[index] += coefficient * column[index] }
    }
    return values
  }

  private func objective(_ coefficients: [Double]) -> Double {
    var sum = LogisticFit.logLikelihood(logOdds: logOdds(coefficients), won: won, lost: lost)
    for (coefficient, precision) in zip(coefficients, precisions) {
      sum -= 0.5 * precision * coefficient * coefficient
    }
    return sum
  }

  func solved() -> (coefficients: [Double], covariance: [Double])? {
    var coefficients = Array(repeating: 0.0, count: columns.count)
    var best = objective(coefficients)
    guard best.isFinite else { return nil }
    for _ in 0..<100 {
      guard let (gradient, factor) = linearised(coefficients) else { return nil }
      let step = factor.solution(gradient)
      let promised = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 } / 2
      // So near the maximum rounding hides the gain; Newton's step squares what error is left.
      let isLast = promised <= Self.smallestGain * (best.magnitude + 1)
      var length = 1.0
      while true {
        let next = zip(coefficients, step).map { $0 + length * $1 }
        let value = isLast ? best : objective(next)
        if value >= best {
          (coefficients, best) = (next, value)
          break
        }
        length /= 2
        guard length > 1e-10 else { return nil }
      }
      if isLast {
        guard let (_, final) = linearised(coefficients) else { return nil }
        let covariance = final.inverse
        return isDetermined(covariance) ? (coefficients, covariance) : nil
      }
    }
    return nil
  }

  /// Whether no coefficient has run away, as under complete separation.
  private func isDetermined(_ covariance: [Double]) -> Bool {
    columns.indices.allSatisfy { index in
      let largest = columns[index].reduce(0) { max($0, $1.magnitude) }
      let variance = covariance[index * columns.count + index]
      return variance.squareRoot() * largest < Self.largestStandardError
    }
  }

  /// The gradient and the factor of the information; nil when that is singular.
  private func linearised(_ coefficients: [Double]) -> ([Double], CholeskyFactor)? {
    let count = columns.count
    let values = logOdds(coefficients)
    var gradient = zip(precisions, coefficients).map { -$0 * $1 }
    var information = Array(repeating: 0.0, count: count * count)
    for index in values.indices {
      let total = won[index] + lost[index]
      guard total > 0 else { continue }
      let p = SpecialFunctions.expit(values[index])
      let weight = total * p * (1 - p)
      let residual = won[index] * (1 - p) - lost[index] * p
      for row in 0..<count {
        let own = columns[row][index]
        gradient[row] += own * residual
        for column in 0...row {
          information[row * count + column] += weight * own * columns[column][index]
        }
      }
    }
    for row in 0..<count { information[row * count + row] += precisions[row] }
    guard let factor = CholeskyFactor(information, dimension: count) else { return nil }
    let inverse = factor.inverse
    for row in 0..<count {
      let place = row * count + row
      guard inverse[place] * information[place] * Self.smallestOwnInformation < 1 else {
        return nil
      }
    }
    return (gradient, factor)
  }
}
