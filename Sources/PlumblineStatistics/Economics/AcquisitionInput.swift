/// What the whole company spends on winning customers besides media, over the weeks looked at.
public struct SharedAcquisitionCost: Hashable, Sendable {
  /// The cost of sales.
  public let sales: Double
  /// Marketing's cost that belongs to no single channel.
  public let overhead: Double
  /// Sales' touches of all leads, weighted by their usual minutes; the leads worked where
  /// touches are not recorded.
  public let touches: Double

  /// Shared costs.
  ///
  /// - Parameters:
  ///   - sales: The cost of sales.
  ///   - overhead: Marketing's cost that belongs to no single channel.
  ///   - touches: Sales' weighted touches of all leads.
  /// - Throws: `StatisticsError.negativeOrNotFinite` for a number that is.
  public init(sales: Double, overhead: Double, touches: Double) throws(StatisticsError) {
    for value in [sales, overhead, touches] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    self.sales = sales
    self.overhead = overhead
    self.touches = touches
  }

  /// The cost of one weighted touch; 0 where there are none.
  public var perTouch: Double { touches > 0 ? sales / touches : 0 }
}

/// What one channel cost and brought: the spend of some weeks and the wins of those weeks' leads.
public struct ChannelSpend: Hashable, Sendable {
  /// What was paid for media.
  public let media: Double
  /// The channel's share of the overhead, 0...1.
  public let overheadShare: Double
  /// Sales' weighted touches of the channel's leads so far.
  public let touches: Double
  /// The touches that its open leads will still take.
  public let expectedTouches: Double
  /// What each win costs by itself, such as a commission.
  public let perWin: Double
  /// The wins those leads bring by the long horizon.
  public let wins: CompletedCount
  /// The sizes of the channel's deals, as revenue over the months named by the contract.
  public let deals: AmountSummary

  /// A channel's spend.
  ///
  /// - Parameters:
  ///   - media: What was paid for media.
  ///   - overheadShare: The channel's share of the overhead.
  ///   - touches: Sales' weighted touches of the channel's leads so far.
  ///   - expectedTouches: The touches that its open leads will still take.
  ///   - perWin: What each win costs by itself, such as a commission.
  ///   - wins: The wins those leads bring by the long horizon.
  ///   - deals: The sizes of the channel's deals.
  /// - Throws: `StatisticsError` for a number outside its range.
  public init(
    media: Double,
    overheadShare: Double = 0,
    touches: Double = 0,
    expectedTouches: Double = 0,
    perWin: Double = 0,
    wins: CompletedCount,
    deals: AmountSummary
  ) throws(StatisticsError) {
    for value in [media, touches, expectedTouches, perWin] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    guard overheadShare >= 0, overheadShare <= 1 else { throw .notAShare(overheadShare) }
    self.media = media
    self.overheadShare = overheadShare
    self.touches = touches
    self.expectedTouches = expectedTouches
    self.perWin = perWin
    self.wins = wins
    self.deals = deals
  }
}

/// How deals turn into value over time.
public struct ValueTerms: Hashable, Sendable {
  /// The months of revenue that a deal's amount stands for; 12 for yearly amounts.
  public let monthsPerDealAmount: Double
  /// The share of revenue that is left after serving the customer.
  public let grossMargin: Double
  /// The share of customers that leave each month.
  public let monthlyChurn: Double
  /// What a month of waiting takes off the value of money.
  public let monthlyDiscount: Double
  /// The months of a customer's life that count; nil counts all of them.
  public let horizonInMonths: Int?
  /// How many times its cost a customer should bring; 3 by custom.
  public let targetRatio: Double

  /// Terms.
  ///
  /// - Parameters:
  ///   - monthsPerDealAmount: The months of revenue that a deal's amount stands for.
  ///   - grossMargin: The share of revenue left after serving the customer.
  ///   - monthlyChurn: The share of customers that leave each month.
  ///   - monthlyDiscount: What a month of waiting takes off the value of money.
  ///   - horizonInMonths: The months that count; nil counts all of them.
  ///   - targetRatio: How many times its cost a customer should bring.
  /// - Throws: `StatisticsError` for a number outside its range.
  public init(
    monthsPerDealAmount: Double = 12,
    grossMargin: Double,
    monthlyChurn: Double,
    monthlyDiscount: Double = 0,
    horizonInMonths: Int? = nil,
    targetRatio: Double = 3
  ) throws(StatisticsError) {
    for value in [monthsPerDealAmount, targetRatio] where !(value > 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    self.monthsPerDealAmount = monthsPerDealAmount
    self.grossMargin = grossMargin
    self.monthlyChurn = monthlyChurn
    self.monthlyDiscount = monthlyDiscount
    self.horizonInMonths = horizonInMonths
    self.targetRatio = targetRatio
    _ = try customer(ofDealSize: 0)
  }

  /// The value of a customer who signed a deal of a size.
  ///
  /// - Parameter size: The deal's amount, for `monthsPerDealAmount` months.
  /// - Returns: The customer's value in the same currency.
  /// - Throws: `StatisticsError.notFinite` for a size that is not a number.
  public func customer(ofDealSize size: Double) throws(StatisticsError) -> CustomerValue {
    try CustomerValue(
      monthlyRevenue: size / monthsPerDealAmount,
      grossMargin: grossMargin,
      monthlyChurn: monthlyChurn,
      monthlyDiscount: monthlyDiscount,
      horizonInMonths: horizonInMonths
    )
  }
}
