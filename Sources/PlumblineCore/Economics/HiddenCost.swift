import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A channel whose meetings are cheap and whose customers are dear.
public struct HiddenCost: Hashable, Sendable {
  /// The channel or campaign.
  public var group: String
  /// Its rank by cost per meeting held, 1 the cheapest.
  public var rankByMeeting: Int
  /// Its rank by cost per win, 1 the cheapest.
  public var rankByWin: Int
  /// How many lines were ranked.
  public var ranked: Int
  /// The lines whose meetings surely cost more and whose customers surely cost less.
  public var cheaperInTruth: [String]
}

/// Ranks lines by what a meeting and by what a customer costs, and finds those whose cheap meetings
/// hide dear customers.
///
/// A line is called out when it is in the cheaper half by cost per meeting held, in the dearer half
/// by cost per win, and for at least one other line both differences are real: its meetings cheaper,
/// its customers dearer, each with the confidence of 95 % shared out over all pairs of lines
/// (Bonferroni). Both must hold for one pair, so chance alone calls out a line in at most 1 of 20
/// companies.
public struct CostRanking: Sendable {
  /// A line that can be ranked: it has media spend, meetings held and leads.
  public struct Entry: Hashable, Sendable {
    /// The line.
    public var row: EconomicsRow
    /// Its rank by cost per meeting held, 1 the cheapest.
    public var rankByMeeting = 0
    /// Its rank by cost per win, 1 the cheapest; without wins by the least a win costs, behind all.
    public var rankByWin = 0
  }

  /// The lines that can be ranked, cheapest meetings first.
  public private(set) var entries: [Entry]
  /// Lines that cannot: no media spend, or no meeting held.
  public let unranked: [String]

  /// The ranking of some lines.
  public init(_ rows: [EconomicsRow]) {
    let groups = rows.filter { $0.kind == .group }
    entries = groups.filter { $0.costPerMeeting != nil && $0.economics != nil }
      .map { Entry(row: $0) }
    unranked = groups.filter { $0.costPerMeeting == nil || $0.economics == nil }.map(\.group)
    entries.sort { Self.winKey($0.row) < Self.winKey($1.row) }
    for index in entries.indices { entries[index].rankByWin = index + 1 }
    entries.sort {
      ($0.row.costPerMeeting ?? .infinity, $0.row.group)
        < ($1.row.costPerMeeting ?? .infinity, $1.row.group)
    }
    for index in entries.indices { entries[index].rankByMeeting = index + 1 }
  }

  private static func winKey(_ row: EconomicsRow) -> (Int, Double, String) {
    guard let economics = row.economics else { return (2, 0, row.group) }
    if let cost = row.costPerWin { return (0, cost, row.group) }
    return (1, economics.lowestCostPerWin, row.group)
  }

  /// The lines whose cheap meetings hide dear customers, cheapest meetings first.
  public var hiddenCosts: [HiddenCost] {
    let count = entries.count
    guard count > 1 else { return [] }
    // One-sided, over all ordered pairs.
    let level = 1 - 2 * 0.05 / Double(count * (count - 1))
    return entries.compactMap { entry in
      guard 2 * entry.rankByMeeting <= count, 2 * entry.rankByWin > count else { return nil }
      let better = entries.filter { other in
        other.row.group != entry.row.group
          && Self.isSurely(Self.meeting(other.row, level), above: Self.meeting(entry.row, level))
          && Self.isSurely(Self.win(entry.row, level), above: Self.win(other.row, level))
      }
      guard !better.isEmpty else { return nil }
      return HiddenCost(
        group: entry.row.group,
        rankByMeeting: entry.rankByMeeting,
        rankByWin: entry.rankByWin,
        ranked: count,
        cheaperInTruth: better.map(\.row.group)
      )
    }
  }

  /// A cost with its interval; nil where nothing bounds it.
  private struct Range {
    var cost: Double?
    var lower: Double
    var upper: Double?
  }

  private static func meeting(_ row: EconomicsRow, _ level: Double) -> Range {
    let held = row.meetingsHeld ?? 0
    let counts = ConfidenceInterval.garwood(count: held, level: level)
    let spend = Double(row.spend)
    return Range(
      cost: row.costPerMeeting,
      lower: spend / counts.upper,
      upper: counts.lower > 0 ? spend / counts.lower : nil
    )
  }

  private static func win(_ row: EconomicsRow, _ level: Double) -> Range {
    guard let counts = row.wins.count?.interval(level: level) else { return Range(lower: 0) }
    let perWin = row.economics?.perWin ?? 0
    return Range(
      cost: row.costPerWin,
      lower: row.fixedCost / counts.upper + perWin,
      upper: counts.lower > 0 ? row.fixedCost / counts.lower + perWin : nil
    )
  }

  /// Whether one cost is above another beyond chance: the limit of their log ratio made of both
  /// intervals (Zou & Donner 2008, doi:10.1002/sim.3095); without an estimate, intervals apart.
  private static func isSurely(_ high: Range, above low: Range) -> Bool {
    guard let lowUpper = low.upper, lowUpper > 0, high.lower > 0 else { return false }
    guard let highCost = high.cost, let lowCost = low.cost, lowCost > 0 else {
      return high.lower > lowUpper
    }
    let difference = log(highCost / lowCost)
    let (below, above) = (log(highCost / high.lower), log(lowUpper / lowCost))
    return difference > (below * below + above * above).squareRoot()
  }
}
