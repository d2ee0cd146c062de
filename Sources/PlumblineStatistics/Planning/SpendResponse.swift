#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How many leads some spend brings: scale · spend^elasticity, each further euro bringing fewer.
///
/// - SeeAlso: Jin, Wang, Sun, Chan & Koehler (2017), Bayesian methods for media mix modeling with
///   carryover and shape effects, for diminishing returns.
public struct SpendResponse: Hashable, Sendable {
  /// The leads that a spend of 1 brings.
  public let scale: Double
  /// The percentage by which leads rise when spend rises by one percent, 0...1.
  public let elasticity: Double

  /// A response.
  ///
  /// - Parameters:
  ///   - scale: The leads that a spend of 1 brings.
  ///   - elasticity: The percentage by which leads rise when spend rises by one percent.
  /// - Throws: `StatisticsError` for a negative scale or an elasticity outside 0...1.
  public init(scale: Double, elasticity: Double) throws(StatisticsError) {
    guard scale >= 0, scale.isFinite else { throw .negativeOrNotFinite(scale) }
    guard elasticity >= 0, elasticity <= 1 else { throw .notAShare(elasticity) }
    self.scale = scale
    self.elasticity = elasticity
  }

  /// The leads that a spend brings.
  public func leads(spend: Double) -> Double {
    spend > 0 ? scale * exp(elasticity * log(spend)) : 0
  }

  /// What the next lead costs at a spend; nil where more spend brings none.
  ///
  /// 0 without spend where returns diminish: the curve is at its steepest there.
  public func marginalCost(spend: Double) -> Double? {
    guard scale > 0, elasticity > 0 else { return nil }
    guard spend > 0 || elasticity == 1 else { return 0 }
    if elasticity == 1 { return 1 / scale }
    return exp((1 - elasticity) * log(spend)) / (scale * elasticity)
  }
}

/// A response read from past weeks, drawn towards what is usual.
///
/// Regression of the logarithm of weekly leads on that of spend, joined with a normal prior for
/// the elasticity by inverse variances. Weeks are not an experiment: a company that spends more
/// when demand is high sees a steeper curve than there is. Test with a region or a pause before
/// moving more than a third of a budget.
public struct SpendResponseFit: Hashable, Sendable {
  /// The response, its elasticity kept within bounds.
  public let response: SpendResponse
  /// The standard error of the elasticity, the prior included.
  public let standardError: Double
  /// The weeks with both spend and leads, from which the elasticity is read.
  public let weeksUsed: Int
  /// The weeks with spend but without leads, which count for the scale only.
  public let weeksWithoutLeads: Int

  /// What is usual: the prior's mean.
  public static let priorElasticity = 0.7
  /// How far the usual varies: the prior's standard deviation.
  public static let priorStandardDeviation = 0.15
  /// The elasticities that are believed at all.
  public static let bounds = 0.3...0.95

  /// The response in some weeks; nil when no week has spend.
  ///
  /// Fewer than three weeks, or weeks of equal spend, leave the prior. The scale is such that
  /// all weeks together had the leads they had.
  ///
  /// - Parameter weeks: Spend and leads of each week.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init?(_ weeks: [(spend: Double, leads: Double)]) throws(StatisticsError) {
    for week in weeks {
      for value in [week.spend, week.leads] where !(value >= 0 && value.isFinite) {
        throw .negativeOrNotFinite(value)
      }
    }
    let paid = weeks.filter { $0.spend > 0 }
    let used = paid.filter { $0.leads > 0 }.map { (x: log($0.spend), y: log($0.leads)) }
    weeksUsed = used.count
    weeksWithoutLeads = paid.count - used.count
    let priorPrecision = 1 / (Self.priorStandardDeviation * Self.priorStandardDeviation)
    var mean = Self.priorElasticity
    var precision = priorPrecision
    if let seen = Self.slope(used) {
      if seen.variance > 0 {
        precision += 1 / seen.variance
        mean = (seen.slope / seen.variance + mean * priorPrecision) / precision
      } else {
        (mean, precision) = (seen.slope, .infinity)
      }
    }
    let elasticity = min(max(mean, Self.bounds.lowerBound), Self.bounds.upperBound)
    standardError = 1 / precision.squareRoot()
    let shape = paid.reduce(0) { $0 + exp(elasticity * log($1.spend)) }
    guard shape > 0 else { return nil }
    let leads = paid.reduce(0) { $0 + $1.leads }
    response = try SpendResponse(scale: leads / shape, elasticity: elasticity)
  }

  /// The least-squares slope and its variance; nil when the points do not determine both.
  private static func slope(
    _ points: [(x: Double, y: Double)]
  ) -> (slope: Double, variance: Double)? {
    guard points.count >= 3 else { return nil }
    let count = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / count
    let meanY = points.reduce(0) { $0 + $1.y } / count
    var spread = 0.0
    var product = 0.0
    for (x, y) in points {
      spread += (x - meanX) * (x - meanX)
      product += (x - meanX) * (y - meanY)
    }
    guard spread > 1e-18 * count else { return nil }
    let slope = product / spread
    let rest = points.reduce(0) { sum, point in
      let residual = point.y - meanY - slope * (point.x - meanX)
      return sum + residual * residual
    }
    return (slope, rest / (count - 2) / spread)
  }
}
