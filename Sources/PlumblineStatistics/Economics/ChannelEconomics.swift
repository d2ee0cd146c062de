#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Whether customers bring more than they cost, as far as the data tell.
public enum Profitability: String, CaseIterable, Codable, Sendable {
  /// Even the highest likely cost is covered.
  case yes
  /// Not even the lowest likely cost is covered.
  case no
  /// Both are likely.
  case cannotTell = "cannot_tell"
}

/// What a customer of one channel costs and is worth, with what the data leave open.
///
/// Cohort accounting: the cost of some weeks over the wins that those weeks' leads bring by the
/// long horizon, however late they come. Averages: they say whether a channel has paid, not what
/// the next euro would bring; see `BudgetAllocation` for that. All amounts in one currency.
///
/// - SeeAlso: Garwood (1936), doi:10.1093/biomet/28.3-4.437, for the interval of the wins.
public struct ChannelEconomics: Hashable, Sendable {
  /// Media and the channel's share of marketing's overhead.
  public let marketingCost: Double
  /// What sales' work on the channel's leads costs, that still expected included.
  public let salesCost: Double
  /// What each win costs by itself, such as a commission.
  public let perWin: Double
  /// The wins by the long horizon.
  public let wins: Double
  /// The numbers of wins that the data support.
  public let winsInterval: ConfidenceInterval
  /// The media cost per win; nil without media or wins.
  public let mediaCostPerWin: Double?
  /// What an average customer brings; nil without deals or bounds.
  public let lifetimeValue: Double?
  /// Lifetime value per cost; nil where either is missing or the cost is 0.
  public let valueToCost: Double?
  /// The ratios that the data support; nil without a positive ratio.
  public let valueToCostInterval: ConfidenceInterval?
  /// The months until the average cost is recovered; nil when it never is or is not known.
  public let paybackInMonths: Int?
  /// The months for the lowest likely cost; nil when it is never recovered.
  public let shortestPaybackInMonths: Int?
  /// The months for the highest likely cost; nil when it is never recovered or has no bound.
  public let longestPaybackInMonths: Int?
  /// Whether a customer brings more than it costs; nil without a lifetime value.
  public let profitability: Profitability?
  /// The highest cost per win that still meets the target ratio; nil without a lifetime value.
  public let targetCostPerWin: Double?
  /// Whether there are too few deals to trust their mean size.
  public let isDealSizeUncertain: Bool

  /// All costs.
  public var cost: Double { fixedCost + perWin * wins }

  /// What was paid whatever the number of wins.
  public var fixedCost: Double { marketingCost + salesCost }

  /// The cost per win; nil without wins, never infinite.
  public var costPerWin: Double? { wins > 0 ? cost / wins : nil }

  /// The lowest cost per win that the data support: what is certain even without any win.
  public var lowestCostPerWin: Double { fixedCost / winsInterval.upper + perWin }

  /// The highest cost per win that the data support; nil when they set no bound.
  public var highestCostPerWin: Double? {
    winsInterval.lower > 0 ? fixedCost / winsInterval.lower + perWin : nil
  }

  /// The highest cost per win at which nothing is lost: the lifetime value.
  public var breakEvenCostPerWin: Double? { lifetimeValue }

  /// A channel's economics.
  ///
  /// The interval of lifetime value to cost lives on the log scale, with the variances of the
  /// wins and of the mean deal size; that of the cost per win comes from the wins alone. Both
  /// take the costs and the churn as known.
  ///
  /// - Parameters:
  ///   - channel: What the channel cost and brought.
  ///   - shared: What the company spends besides.
  ///   - terms: How deals turn into value.
  ///   - level: The wanted confidence, strictly between 0 and 1.
  /// - Throws: `StatisticsError` when a deal size is not a finite number.
  /// - Precondition: `level` lies strictly between 0 and 1.
  public init(
    _ channel: ChannelSpend,
    shared: SharedAcquisitionCost,
    terms: ValueTerms,
    level: Double = 0.95
  ) throws(StatisticsError) {
    marketingCost = channel.media + shared.overhead * channel.overheadShare
    salesCost = shared.perTouch * (channel.touches + channel.expectedTouches)
    perWin = channel.perWin
    let fixed = marketingCost + salesCost
    let wins = channel.wins.total
    let cost = fixed + perWin * wins
    self.wins = wins
    winsInterval = channel.wins.interval(level: level)
    let lowest = fixed / winsInterval.upper + perWin
    let highest = winsInterval.lower > 0 ? fixed / winsInterval.lower + perWin : nil
    mediaCostPerWin = channel.media > 0 && wins > 0 ? channel.media / wins : nil
    isDealSizeUncertain = channel.deals.isUncertain

    guard let size = channel.deals.mean else {
      (lifetimeValue, valueToCost, valueToCostInterval) = (nil, nil, nil)
      (paybackInMonths, shortestPaybackInMonths, longestPaybackInMonths) = (nil, nil, nil)
      (profitability, targetCostPerWin) = (nil, nil)
      return
    }
    let customer = try terms.customer(ofDealSize: size)
    paybackInMonths = wins > 0 ? customer.monthsToRecover(cost / wins) : nil
    shortestPaybackInMonths = customer.monthsToRecover(lowest)
    longestPaybackInMonths = highest.flatMap(customer.monthsToRecover)
    lifetimeValue = customer.lifetimeValue
    targetCostPerWin = customer.lifetimeValue.map { $0 / terms.targetRatio }
    profitability = customer.lifetimeValue.map { value in
      if let highest, highest <= value { .yes } else if lowest > value { .no } else { .cannotTell }
    }
    guard let value = customer.lifetimeValue, wins > 0, cost > 0 else {
      (valueToCost, valueToCostInterval) = (nil, nil)
      return
    }
    let ratio = value * wins / cost
    valueToCost = ratio
    // What each win costs does not vary with their number.
    let fixedShare = fixed / cost
    let logVariance =
      fixedShare * fixedShare * channel.wins.totalVariance / (wins * wins)
      + channel.deals.varianceOfMean / (size * size)
    let z = StandardNormal.quantile((1 + level) / 2)
    let spread = exp(z * logVariance.squareRoot())
    valueToCostInterval =
      ratio > 0 && (ratio * spread).isFinite
      ? ConfidenceInterval(lower: ratio / spread, upper: ratio * spread) : nil
  }
}

/// The costs and wins of all channels together.
public struct CombinedEconomics: Hashable, Sendable {
  /// All costs.
  public let cost: Double
  /// All wins.
  public let wins: Double

  /// The sum over channels.
  public init(_ channels: some Sequence<ChannelEconomics>) {
    var cost = 0.0
    var wins = 0.0
    for channel in channels {
      cost += channel.cost
      wins += channel.wins
    }
    (self.cost, self.wins) = (cost, wins)
  }

  /// The cost per win; nil without wins.
  public var costPerWin: Double? { wins > 0 ? cost / wins : nil }
}
