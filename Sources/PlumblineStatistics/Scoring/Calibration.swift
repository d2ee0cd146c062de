#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether promised probabilities come true.
///
/// Cox's regression of the outcome on the log-odds of the promise: an intercept of 0 and a slope
/// of 1 are perfect. A slope below 1 means promises too far apart, above 1 too close together.
///
/// - SeeAlso: Cox (1958), Two further applications of a model for binary regression,
///   doi:10.1093/biomet/45.3-4.562; Brier (1950),
///   doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
public struct Calibration: Hashable, Sendable {
  /// What the regression says of the promises.
  public struct Regression: Hashable, Sendable {
    /// The intercept in log-odds.
    public let intercept: Double
    /// The slope.
    public let slope: Double
    /// The standard error of the intercept.
    public let interceptStandardError: Double
    /// The standard error of the slope.
    public let slopeStandardError: Double
    /// Twice the gain in log-likelihood over promises taken as they are; chi-square with 2
    /// degrees of freedom when they are right.
    public let chiSquare: Double
    /// The p-value for promises that are right.
    public let pValue: Double
  }

  /// Intercept and slope; nil where outcomes or promises do not vary enough.
  public let regression: Regression?
  /// Calibration in the large; nil when nobody or everybody was won.
  public let inTheLarge: CalibrationInTheLarge?
  /// The mean squared difference of promise and outcome; nil without cases.
  public let brierScore: Double?

  /// Promises nearer to 0 or 1 than this are taken to be this near.
  public static let surest = 1e-9

  /// A calibration.
  ///
  /// - Parameters:
  ///   - probabilities: The promised probability of each group.
  ///   - won: The cases won in each group.
  ///   - lost: The cases lost in each group.
  /// - Throws: `StatisticsError` for lists of different lengths, a probability outside 0...1 or a
  ///   count that is not finite or negative.
  public init(probabilities: [Double], won: [Double], lost: [Double]) throws(StatisticsError) {
    for list in [won, lost] where list.count != probabilities.count {
      throw .lengthMismatch(expected: probabilities.count, found: list.count)
    }
    for value in probabilities where !(0...1).contains(value) { throw .notAShare(value) }
    for count in won + lost where !(count >= 0 && count.isFinite) {
      throw .negativeOrNotFinite(count)
    }
    var squares = 0.0
    var total = 0.0
    for (index, p) in probabilities.enumerated() {
      squares += won[index] * (1 - p) * (1 - p) + lost[index] * p * p
      total += won[index] + lost[index]
    }
    brierScore = total > 0 ? squares / total : nil

    let promised = probabilities.map {
      SpecialFunctions.logit(min(max($0, Self.surest), 1 - Self.surest))
    }
    inTheLarge = CalibrationInTheLarge(promisedLogOdds: promised, won: won, lost: lost)
    regression = LogisticFit(
      columns: [Array(repeating: 1, count: promised.count), promised],
      won: won,
      lost: lost
    )
    .map { fit in
      let before = LogisticFit.logLikelihood(logOdds: promised, won: won, lost: lost)
      let chiSquare = max(2 * (fit.logLikelihood - before), 0)
      return Regression(
        intercept: fit.coefficients[0],
        slope: fit.coefficients[1],
        interceptStandardError: fit.standardErrors[0],
        slopeStandardError: fit.standardErrors[1],
        chiSquare: chiSquare,
        pValue: GammaDistribution.chiSquareUpperTail(chiSquare, degreesOfFreedom: 2)
      )
    }
  }
}

/// By how much promised probabilities are too low or too high on the whole.
public struct CalibrationInTheLarge: Hashable, Sendable {
  /// What all promises must be moved by, in log-odds; above 0 they were too low.
  public let shift: Double
  /// Its standard error.
  public let standardError: Double
  /// The mean promise.
  public let promised: Double
  /// The share that was won.
  public let observed: Double

  /// The two-sided p-value for promises that are right on the whole.
  public var pValue: Double { StandardNormal.twoSidedTail(shift / standardError) }

  /// Calibration in the large; nil when nobody or everybody was won.
  ///
  /// - Parameters:
  ///   - probabilities: The promised probability of each group, 0...1.
  ///   - won: The cases won in each group.
  ///   - lost: The cases lost in each group.
  /// - Precondition: All lists have the same length.
  public init?(probabilities: [Double], won: [Double], lost: [Double]) {
    self.init(
      promisedLogOdds: probabilities.map {
        SpecialFunctions.logit(min(max($0, Calibration.surest), 1 - Calibration.surest))
      },
      won: won,
      lost: lost
    )
  }

  init?(promisedLogOdds: [Double], won: [Double], lost: [Double]) {
    guard
      let fit = LogisticFit(
        columns: [Array(repeating: 1, count: promisedLogOdds.count)],
        won: won,
        lost: lost,
        offset: promisedLogOdds
      )
    else { return nil }
    var sum = 0.0
    var wins = 0.0
    var total = 0.0
    for index in promisedLogOdds.indices {
      let cases = won[index] + lost[index]
      sum += cases * SpecialFunctions.expit(promisedLogOdds[index])
      wins += won[index]
      total += cases
    }
    shift = fit.coefficients[0]
    standardError = fit.standardErrors[0]
    promised = sum / total
    observed = wins / total
  }
}
