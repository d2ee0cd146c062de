#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a customer brings month after month, and how long that takes to cover the cost of winning.
///
/// The first month is paid in full; from then on the same share of customers leaves every month.
/// Real customers leave less the longer they have stayed, so a constant churn is careful for old
/// customers and rosy for new ones.
///
/// - SeeAlso: Fader & Hardie (2007), How to project customer retention,
///   doi:10.1002/dir.20074, for retention and its limits.
public struct CustomerValue: Hashable, Sendable {
  /// The revenue of one customer per month, in any currency.
  public let monthlyRevenue: Double
  /// The share of revenue that is left after serving the customer; negative at a loss.
  public let grossMargin: Double
  /// The share of customers that leave each month, 0...1.
  public let monthlyChurn: Double
  /// What a month of waiting takes off the value of money, at least 0.
  public let monthlyDiscount: Double
  /// The months that count; nil counts all of them.
  public let horizonInMonths: Int?

  /// A customer's value.
  ///
  /// - Parameters:
  ///   - monthlyRevenue: The revenue of one customer per month.
  ///   - grossMargin: The share of revenue left after serving the customer.
  ///   - monthlyChurn: The share of customers that leave each month.
  ///   - monthlyDiscount: What a month of waiting takes off the value of money.
  ///   - horizonInMonths: The months that count; nil counts all of them.
  /// - Throws: `StatisticsError` for a number outside its range.
  public init(
    monthlyRevenue: Double,
    grossMargin: Double,
    monthlyChurn: Double,
    monthlyDiscount: Double = 0,
    horizonInMonths: Int? = nil
  ) throws(StatisticsError) {
    for value in [monthlyRevenue, grossMargin] where !value.isFinite { throw .notFinite(value) }
    guard monthlyChurn >= 0, monthlyChurn <= 1 else { throw .notAShare(monthlyChurn) }
    guard monthlyDiscount >= 0, monthlyDiscount.isFinite else {
      throw .negativeOrNotFinite(monthlyDiscount)
    }
    if let months = horizonInMonths, months < 0 { throw .negativeOrNotFinite(Double(months)) }
    self.monthlyRevenue = monthlyRevenue
    self.grossMargin = grossMargin
    self.monthlyChurn = monthlyChurn
    self.monthlyDiscount = monthlyDiscount
    self.horizonInMonths = horizonInMonths
  }

  /// What one customer leaves over in the first month.
  public var monthlyMargin: Double { monthlyRevenue * grossMargin }

  /// The margin of all months that count; nil when nothing bounds it.
  ///
  /// That is so when nobody ever leaves, money keeps its value and all months count.
  public var lifetimeValue: Double? {
    let fading = (monthlyChurn + monthlyDiscount) / (1 + monthlyDiscount)
    guard let months = horizonInMonths else {
      return fading > 0 ? monthlyMargin / fading : nil
    }
    guard months > 0 else { return 0 }
    guard fading > 0 else { return monthlyMargin * Double(months) }
    let logKept = log1p(-monthlyChurn) - log1p(monthlyDiscount)
    return monthlyMargin * -expm1(Double(months) * logKept) / fading
  }

  /// The whole months until a customer's margin has covered a cost; nil when it never does.
  ///
  /// Money is not discounted here, as nobody does for a payback. A cost that is met exactly by
  /// the end of a month is covered in that month, whatever the rounding.
  ///
  /// - Parameter cost: The cost of winning one customer.
  /// - Returns: Months, 0 without a cost.
  public func monthsToRecover(_ cost: Double) -> Int? {
    guard cost > 0 else { return cost.isNaN ? nil : 0 }
    guard monthlyMargin > 0, cost.isFinite else { return nil }
    let monthsOfFirst = cost / monthlyMargin
    if monthlyChurn == 0 { return Self.wholeMonths(monthsOfFirst) }
    if monthlyChurn == 1 { return monthsOfFirst <= 1 + 1e-12 ? 1 : nil }
    let share = monthsOfFirst * monthlyChurn
    guard share < 1 - 1e-15 else { return nil }
    return Self.wholeMonths(log1p(-share) / log1p(-monthlyChurn))
  }

  private static func wholeMonths(_ months: Double) -> Int? {
    let nearest = months.rounded()
    let isMet = (months - nearest).magnitude <= 1e-9 * max(nearest, 1)
    return Int(exactly: max(isMet ? nearest : months.rounded(.up), 1))
  }
}
