import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What a customer is worth over what it costs, with what the data leave open (95 %).
public struct WorthRange: Hashable, Sendable {
  /// Lifetime value over cost; nil without deals, costs, or any win so far.
  public internal(set) var value: Double?
  /// The lowest ratio that the data support; nil where nothing bounds it, or without any win so far.
  public internal(set) var lower: Double?
  /// The highest ratio that the data support; nil where nothing bounds it.
  public internal(set) var upper: Double?
}

/// Judges whether customers are worth what they cost, when the size of a deal is itself uncertain.
///
/// `ChannelEconomics` holds the range of the cost against the value as if that were known. Here a
/// verdict also needs the range of value over cost to leave out 1. With fewer than 30 deals of its
/// own (`AmountSummary.fewestForMean`) a line's mean deal may lie anywhere between its own and
/// everybody's, each as uncertain as so few deals drawn with everybody's spread, or its own where
/// that is wider; and the verdict must hold with the cost and the deal at their worst ends at once.
/// While everybody has fewer than 30 deals the spread itself is uncertain: Student's t.
struct WorthJudge {
  /// The deals of all lines, whatever the conditions.
  let everybody: AmountSummary

  /// The deal sizes that a line's data support, as factors of its mean deal.
  struct SizeRange {
    /// The variance of the mean deal over its square.
    var relativeVariance: Double
    /// How many standard errors the ends lie off.
    var quantile: Double
    /// The lowest and highest centre over the mean deal.
    var centres: ClosedRange<Double>
    /// Whether the ends, and not the mean, decide.
    var isFew: Bool

    var lowest: Double { centres.lowerBound / exp(quantile * relativeVariance.squareRoot()) }
    var highest: Double { centres.upperBound * exp(quantile * relativeVariance.squareRoot()) }
  }

  /// The deal sizes of a line with some deals of its own, or none; nil where nothing bounds them.
  func sizes(_ own: AmountSummary) -> SizeRange? {
    guard let pooled = everybody.mean, pooled > 0 else { return nil }
    let mean = own.mean ?? pooled
    guard mean > 0 else { return nil }
    guard own.isUncertain else {
      return SizeRange(
        relativeVariance: own.varianceOfMean / (mean * mean),
        quantile: StandardNormal.z95,
        centres: 1...1,
        isFew: false
      )
    }
    guard everybody.count > 1 else { return nil }
    let spread = max(own.variance / (mean * mean), everybody.variance / (pooled * pooled))
    let ratio = pooled / mean
    return SizeRange(
      relativeVariance: spread / Double(max(own.count, 1)),
      quantile: everybody.isUncertain
        ? StudentT.t95(degreesOfFreedom: everybody.count - 1) : StandardNormal.z95,
      centres: min(1, ratio)...max(1, ratio),
      isFew: true
    )
  }

  /// The range of value over cost of a line whose cost and value are worked out.
  func range(_ row: EconomicsRow) -> WorthRange {
    guard let economics = row.economics, let value = economics.lifetimeValue, value > 0,
      economics.cost > 0
    else { return WorthRange() }
    let sizes = sizes(row.deals)
    guard row.wins.counted > 0, let ratio = economics.valueToCost else {
      let least = economics.lowestCostPerWin
      return WorthRange(upper: least > 0 ? sizes.map { value * $0.highest / least } : nil)
    }
    guard let sizes, let wins = row.wins.count else { return WorthRange(value: ratio) }
    // What each win costs by itself does not vary with their number.
    let share = economics.fixedCost / economics.cost
    let ofWins = StandardNormal.z95 * share * wins.totalVariance.squareRoot() / wins.total
    let ofSizes = sizes.quantile * sizes.relativeVariance.squareRoot()
    let factor = exp((ofWins * ofWins + ofSizes * ofSizes).squareRoot())
    let (lower, upper) = (
      ratio * sizes.centres.lowerBound / factor, ratio * sizes.centres.upperBound * factor
    )
    return WorthRange(value: ratio, lower: lower, upper: upper.isFinite ? upper : nil)
  }

  /// Whether customers bring more than they cost, deal sizes being as uncertain as they are.
  func verdict(_ row: EconomicsRow) -> Profitability? {
    guard let economics = row.economics, let verdict = economics.profitability,
      let value = economics.lifetimeValue
    else { return row.economics?.profitability }
    // Nothing that it cost is on record, which is not to say that it cost nothing.
    guard economics.cost > 0 else { return .cannotTell }
    let sizes = sizes(row.deals)
    let isFew = sizes?.isFew ?? true
    switch verdict {
    case .cannotTell: return .cannotTell
    case .yes:
      guard let lower = row.worth.lower, lower > 1 else { return .cannotTell }
      guard isFew else { return .yes }
      guard let sizes, let highest = economics.highestCostPerWin else { return .cannotTell }
      return highest <= value * sizes.lowest ? .yes : .cannotTell
    case .no:
      if value <= 0 { return .no }
      guard let upper = row.worth.upper, upper < 1 else { return .cannotTell }
      guard isFew else { return .no }
      guard let sizes else { return .cannotTell }
      return economics.lowestCostPerWin > value * sizes.highest ? .no : .cannotTell
    }
  }
}
