/// Open entries of one age.
public struct OpenEntries: Hashable, Sendable {
  /// The bucket of the age so far, by position.
  public let bucket: Int
  /// How many; a fraction where they are shared.
  public let count: Double

  /// Open entries of one age.
  ///
  /// - Parameters:
  ///   - bucket: The bucket of the age so far, by position.
  ///   - count: How many.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init(bucket: Int, count: Double) throws(StatisticsError) {
    guard bucket >= 0 else { throw .negativeOrNotFinite(Double(bucket)) }
    guard count >= 0, count.isFinite else { throw .negativeOrNotFinite(count) }
    self.bucket = bucket
    self.count = count
  }
}

/// How large deals are, and how well their mean is known.
public struct DealSize: Hashable, Sendable {
  /// The mean amount, in any currency.
  public let mean: Double
  /// The standard deviation between deals.
  public let standardDeviation: Double
  /// The deals behind the mean; 0 where the mean is an assumption and taken as exact.
  public let count: Double

  /// A size of deals.
  ///
  /// - Parameters:
  ///   - mean: The mean amount.
  ///   - standardDeviation: The standard deviation between deals.
  ///   - count: The deals behind the mean.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init(mean: Double, standardDeviation: Double, count: Double) throws(StatisticsError) {
    for value in [mean, standardDeviation, count] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.count = count
  }

  /// The size as seen in some deals.
  ///
  /// - Throws: `StatisticsError.negativeOrNotFinite` when the mean is negative.
  public init(_ deals: AmountSummary) throws(StatisticsError) {
    try self.init(
      mean: deals.mean ?? 0,
      standardDeviation: deals.variance.squareRoot(),
      count: Double(deals.count)
    )
  }

  /// The mean of the squared amounts.
  var meanSquare: Double { mean * mean + standardDeviation * standardDeviation }

  /// The variance of the mean.
  var varianceOfMean: Double {
    count > 0 ? standardDeviation * standardDeviation / count : 0
  }
}
