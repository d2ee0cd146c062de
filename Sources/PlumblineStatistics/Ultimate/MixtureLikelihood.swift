#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Where entries end in the long run: the shares that convert, leave and do neither.
public struct UltimateShares: Hashable, Sendable {
  /// The share that converts in the end.
  public let converts: Double
  /// The share that leaves in the end.
  public let exits: Double
  /// The share that does neither, however long one waits.
  public let neither: Double
}

/// How long conversions and exits take.
public struct MixtureShape: Hashable, Sendable {
  /// The waits of those who convert.
  public let conversion: LagDistribution
  /// The waits of those who leave; nil where exits are not modelled.
  public let exit: LagDistribution?
}

/// How well shares and shapes explain counts of waits.
///
/// Holds the occupied buckets only, as flat lists with the logarithms of their edges. An open
/// entry is taken to have waited until the middle of its bucket; one in the open-ended bucket
/// until its start.
struct MixtureLikelihood: Sendable {
  private struct Ended: Sendable {
    let fromLogDay: Double
    let toLogDay: Double
    let count: Double
  }

  private struct Open: Sendable {
    let logDay: Double
    let count: Double
  }

  private let conversions: [Ended]
  private let exits: [Ended]
  private let open: [Open]

  /// The mean wait of those who converted so far, in days.
  let meanConversionLag: Double
  /// The mean wait of those who left so far, in days.
  let meanExitLag: Double
  /// The age of the oldest entries, in days.
  let longestFollowUp: Double
  /// Conversions so far.
  let conversionCount: Double
  /// Exits so far.
  let exitCount: Double

  /// The likelihood of counts.
  ///
  /// - Parameters:
  ///   - counts: The waits.
  ///   - exitsAreOpen: Whether exits are taken to be still open at the age at which they left.
  init(_ counts: LagCounts, exitsAreOpen: Bool) {
    let buckets = counts.buckets
    var conversions: [Ended] = []
    var exits: [Ended] = []
    var open: [Open] = []
    var (conversionDays, exitDays, longest) = (0.0, 0.0, 0.0)
    for bucket in 0..<buckets.count {
      let converted = Double(counts[.converted, bucket: bucket])
      let left = Double(counts[.exited, bucket: bucket])
      let exited = exitsAreOpen ? 0 : left
      let waiting = Double(counts[.open, bucket: bucket]) + (exitsAreOpen ? left : 0)
      if converted + exited + waiting == 0 { continue }
      let start = Double(buckets.edges[bucket])
      let end = buckets.end(of: bucket).map(Double.init)
      let middle = end.map { (start + $0) / 2 } ?? start
      let (from, to) = (log(start), end.map { log($0) } ?? .infinity)
      if converted > 0 {
        conversions.append(Ended(fromLogDay: from, toLogDay: to, count: converted))
      }
      if exited > 0 { exits.append(Ended(fromLogDay: from, toLogDay: to, count: exited)) }
      if waiting > 0 { open.append(Open(logDay: log(middle), count: waiting)) }
      conversionDays += converted * middle
      exitDays += exited * middle
      longest = middle
    }
    self.conversions = conversions
    self.exits = exits
    self.open = open
    conversionCount = conversions.reduce(0) { $0 + $1.count }
    exitCount = exits.reduce(0) { $0 + $1.count }
    meanConversionLag = conversionCount > 0 ? conversionDays / conversionCount : 0
    meanExitLag = exitCount > 0 ? exitDays / exitCount : 0
    longestFollowUp = longest
  }

  /// All entries.
  var total: Double { conversionCount + exitCount + open.reduce(0) { $0 + $1.count } }

  /// The logarithm of the probability of the counts, up to a constant.
  func logarithm(_ shares: UltimateShares, _ shape: MixtureShape) -> Double {
    var sum = 0.0
    for row in conversions {
      let part = shape.conversion.probability(fromLogDay: row.fromLogDay, toLogDay: row.toLogDay)
      sum += row.count * Self.safeLog(shares.converts * part)
    }
    guard let exit = shape.exit else {
      for row in open {
        let waiting = shares.converts * shape.conversion.survival(logDay: row.logDay)
        sum += row.count * Self.safeLog(shares.neither + shares.exits + waiting)
      }
      return sum
    }
    for row in exits {
      let part = exit.probability(fromLogDay: row.fromLogDay, toLogDay: row.toLogDay)
      sum += row.count * Self.safeLog(shares.exits * part)
    }
    for row in open {
      let waiting =
        shares.converts * shape.conversion.survival(logDay: row.logDay)
        + shares.exits * exit.survival(logDay: row.logDay)
      sum += row.count * Self.safeLog(shares.neither + waiting)
    }
    return sum
  }

  /// The logarithm, finite for a probability that rounds to 0 so that a search can turn back.
  private static func safeLog(_ value: Double) -> Double { log(max(value, 1e-300)) }
}
