#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A channel that money can be moved to or from.
public struct BudgetChannel: Hashable, Sendable {
  /// How many leads its spend brings.
  public let response: SpendResponse
  /// What a lead is worth, in the currency of the spend.
  public let valuePerLead: Double
  /// The sales hours that a lead takes.
  public let hoursPerLead: Double
  /// The least that is to be spent.
  public let leastSpend: Double
  /// The most that is to be spent; may be infinite.
  public let mostSpend: Double

  /// How far spend may be moved unless told otherwise, as a share of today's.
  public static let usualMove = 0.3

  /// A channel.
  ///
  /// - Parameters:
  ///   - response: How many leads its spend brings.
  ///   - valuePerLead: What a lead is worth; below 0 the least is spent.
  ///   - hoursPerLead: The sales hours that a lead takes.
  ///   - leastSpend: The least that is to be spent.
  ///   - mostSpend: The most that is to be spent.
  /// - Throws: `StatisticsError` for a number outside its range; an elasticity of 1 is one, as
  ///   without diminishing returns no spend is best.
  public init(
    response: SpendResponse,
    valuePerLead: Double,
    hoursPerLead: Double = 0,
    leastSpend: Double = 0,
    mostSpend: Double = .infinity
  ) throws(StatisticsError) {
    guard response.elasticity < 1 else { throw .notAShare(response.elasticity) }
    guard valuePerLead.isFinite else { throw .notFinite(valuePerLead) }
    for value in [hoursPerLead, leastSpend] where !(value >= 0 && value.isFinite) {
      throw .negativeOrNotFinite(value)
    }
    guard mostSpend >= leastSpend else { throw .negativeOrNotFinite(mostSpend - leastSpend) }
    self.response = response
    self.valuePerLead = valuePerLead
    self.hoursPerLead = hoursPerLead
    self.leastSpend = leastSpend
    self.mostSpend = mostSpend
  }

  /// A channel whose spend may move by a share of today's in either direction.
  ///
  /// - Parameters:
  ///   - response: How many leads its spend brings.
  ///   - valuePerLead: What a lead is worth.
  ///   - hoursPerLead: The sales hours that a lead takes.
  ///   - currentSpend: What is spent today.
  ///   - move: The share of it that may be moved.
  /// - Throws: `StatisticsError` for a number outside its range.
  public init(
    response: SpendResponse,
    valuePerLead: Double,
    hoursPerLead: Double = 0,
    currentSpend: Double,
    move: Double = usualMove
  ) throws(StatisticsError) {
    guard move >= 0, move <= 1 else { throw .notAShare(move) }
    try self.init(
      response: response,
      valuePerLead: valuePerLead,
      hoursPerLead: hoursPerLead,
      leastSpend: currentSpend * (1 - move),
      mostSpend: currentSpend * (1 + move)
    )
  }

  /// The spend at which the next euro brings back exactly what it costs, at shadow prices for
  /// hours and money, never above `most`.
  func bestSpend(priceOfHour: Double, priceOfMoney: Double, most: Double) -> Double {
    let gain = valuePerLead - priceOfHour * hoursPerLead
    let scale = response.scale * response.elasticity
    guard gain > 0, scale > 0 else { return leastSpend }
    let logSpend =
      (log(scale) + log(gain) - log1p(priceOfMoney)) / (1 - response.elasticity)
    return min(max(exp(logSpend), leastSpend), most)
  }
}

/// The spend per channel that brings the most value after its own cost.
///
/// Maximises Σ value · leads − Σ spend under a budget, a limit on the sales hours that the leads
/// take, and bounds for each channel. Every channel is brought to the same marginal return: money
/// and hours have shadow prices λ and κ, found by bisection, λ inside κ. Every solution is the
/// only one, since returns diminish.
///
/// - SeeAlso: Boyd & Vandenberghe (2004), Convex Optimization, section 5.5.3, for the conditions
///   that the solution meets.
public struct BudgetAllocation: Hashable, Sendable {
  /// What to spend on each channel.
  public let spend: [Double]
  /// The leads that brings from each channel.
  public let leads: [Double]
  /// What the next lead of each channel costs; nil where no spend brings any.
  public let marginalCostPerLead: [Double?]
  /// The sales hours that all leads take.
  public let hours: Double
  /// The value of all leads less the spend.
  public let net: Double
  /// What another unit of budget would bring beyond itself; 0 while the budget does not bind.
  public let priceOfMoney: Double
  /// What another sales hour would bring; 0 while the hours do not bind.
  public let priceOfHour: Double

  /// The best spend; nil when the least spends already break the budget or the hours.
  ///
  /// - Parameters:
  ///   - channels: The channels.
  ///   - budget: The most to spend in all; nil for no limit.
  ///   - hours: The most sales hours; nil for no limit.
  /// - Complexity: O(channels · 100²).
  public init?(_ channels: [BudgetChannel], budget: Double?, hours: Double?) {
    let limits = Limits(channels, budget: budget)
    guard limits.areFeasible else { return nil }
    var (priceOfHour, solution) = (0.0, limits.solution(priceOfHour: 0))
    if let hours, limits.hours(solution.spend) > hours {
      guard limits.hours(channels.map(\.leastSpend)) <= hours * (1 + 1e-12) else { return nil }
      // At the highest value of an hour anywhere, every channel that takes hours is at its least.
      var low = 0.0
      var high =
        channels.lazy.filter { $0.hoursPerLead > 0 && $0.valuePerLead > 0 }
        .map { $0.valuePerLead / $0.hoursPerLead }.max() ?? 0
      for _ in 0..<200 where high - low > high * 1e-16 {
        let middle = low + (high - low) / 2
        if limits.hours(limits.solution(priceOfHour: middle).spend) > hours {
          low = middle
        } else {
          high = middle
        }
      }
      (priceOfHour, solution) = (high, limits.solution(priceOfHour: high))
    }
    self.priceOfHour = priceOfHour
    priceOfMoney = solution.priceOfMoney
    spend = solution.spend
    leads = zip(channels, spend).map { $0.response.leads(spend: $1) }
    marginalCostPerLead = zip(channels, spend).map { $0.response.marginalCost(spend: $1) }
    self.hours = limits.hours(spend)
    var net = 0.0
    for (index, channel) in channels.enumerated() {
      net += channel.valuePerLead * leads[index] - spend[index]
    }
    self.net = net
  }

  /// The channels with their bounds and the budget.
  private struct Limits {
    let channels: [BudgetChannel]
    let budget: Double?
    let least: Double
    /// The most each channel can take, the others at their least.
    let most: [Double]

    init(_ channels: [BudgetChannel], budget: Double?) {
      self.channels = channels
      self.budget = budget
      let least = channels.reduce(0) { $0 + $1.leastSpend }
      self.least = least
      most = channels.map { channel in
        let rest = budget.map { max($0 - least, 0) + channel.leastSpend } ?? .infinity
        return min(channel.mostSpend, rest)
      }
    }

    /// Whether the least spends fit the budget, but for rounding.
    var areFeasible: Bool { budget.map { least <= $0 + 1e-12 * $0.magnitude } ?? true }

    func hours(_ spend: [Double]) -> Double {
      var sum = 0.0
      for (channel, amount) in zip(channels, spend) where channel.hoursPerLead > 0 {
        sum += channel.hoursPerLead * channel.response.leads(spend: amount)
      }
      return sum
    }

    /// The best spend within the budget when an hour costs `priceOfHour`.
    func solution(priceOfHour: Double) -> (spend: [Double], priceOfMoney: Double) {
      func spend(at price: Double) -> [Double] {
        zip(channels, most).map {
          $0.bestSpend(priceOfHour: priceOfHour, priceOfMoney: price, most: $1)
        }
      }
      let free = spend(at: 0)
      guard let budget, free.reduce(0, +) > budget else { return (free, 0) }
      guard least < budget else { return (channels.map(\.leastSpend), 0) }
      var low = 0.0
      var high = 1.0
      while spend(at: high).reduce(0, +) > budget, high < 1e300 { (low, high) = (high, high * 16) }
      for _ in 0..<200 where high - low > high * 1e-16 {
        let middle = low + (high - low) / 2
        if spend(at: middle).reduce(0, +) > budget { low = middle } else { high = middle }
      }
      return (spend(at: high), high)
    }
  }
}
