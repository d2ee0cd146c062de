#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The sizes of several deals as count and sums, which add up over groups.
public struct AmountSummary: Hashable, Sendable {
  /// How many amounts.
  public var count: Int
  /// Their sum, in any one currency.
  public var sum: Double
  /// The sum of their squares.
  public var sumOfSquares: Double

  /// Below this many amounts their mean is shown as uncertain, next to the median.
  public static let fewestForMean = 30

  /// A summary made elsewhere.
  ///
  /// - Parameters:
  ///   - count: How many amounts.
  ///   - sum: Their sum.
  ///   - sumOfSquares: The sum of their squares.
  /// - Throws: `StatisticsError` for a negative count, or sums that are not finite.
  public init(count: Int, sum: Double, sumOfSquares: Double) throws(StatisticsError) {
    guard count >= 0 else { throw .negativeOrNotFinite(Double(count)) }
    guard sum.isFinite else { throw .notFinite(sum) }
    guard sumOfSquares >= 0, sumOfSquares.isFinite else { throw .negativeOrNotFinite(sumOfSquares) }
    self.count = count
    self.sum = sum
    self.sumOfSquares = sumOfSquares
  }

  /// The summary of some amounts.
  public init(_ amounts: some Sequence<Double>) {
    (count, sum, sumOfSquares) = (0, 0, 0)
    for amount in amounts {
      count += 1
      sum += amount
      sumOfSquares += amount * amount
    }
  }

  /// The mean; nil without amounts.
  public var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// The sample variance; 0 for fewer than two amounts, which show none.
  public var variance: Double {
    guard count > 1 else { return 0 }
    return max(sumOfSquares - sum * (sum / Double(count)), 0) / Double(count - 1)
  }

  /// The variance of the mean.
  public var varianceOfMean: Double { count > 0 ? variance / Double(count) : 0 }

  /// Whether there are too few amounts to trust a mean of such heavy-tailed sizes.
  public var isUncertain: Bool { count < Self.fewestForMean }

  /// The means that these amounts support (95 %); nil for fewer than two, or without a positive mean.
  ///
  /// On the scale of logarithms, which long tails ask for; with fewer than `fewestForMean` by Student's
  /// t, for then their spread is uncertain, too.
  public var meanInterval: ConfidenceInterval? {
    guard count > 1, let mean, mean > 0 else { return nil }
    let quantile =
      isUncertain ? StudentT.t95(degreesOfFreedom: count - 1) : StandardNormal.z95
    let factor = exp(quantile * varianceOfMean.squareRoot() / mean)
    return ConfidenceInterval(lower: mean / factor, upper: mean * factor)
  }

  /// The summary of two disjoint groups together.
  public static func + (left: AmountSummary, right: AmountSummary) -> AmountSummary {
    var joined = left
    joined.count += right.count
    joined.sum += right.sum
    joined.sumOfSquares += right.sumOfSquares
    return joined
  }
}
