#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How far a distribution has moved since a baseline.
///
/// The population stability index Σ (p − q) ln(p/q) over classes, with shares of at least one in
/// ten thousand so that an empty class counts without ending all comparison. It grows with fewer
/// cases by chance alone: see `expectedByChance`.
///
/// - SeeAlso: Kullback & Leibler (1951), doi:10.1214/aoms/1177729694, whose symmetric divergence
///   this is; Yurdakul (2018), Statistical properties of population stability index, Western
///   Michigan University, for its distribution.
public struct PopulationStability: Hashable, Sendable {
  /// The index; 0 for equal distributions.
  public let index: Double
  /// What equal distributions would show on average, with as many cases as there are.
  ///
  /// (classes − 1)(1/N + 1/n), for classes that hold cases in either period.
  public let expectedByChance: Double

  /// Shares below this count as this.
  public static let smallestShare = 1e-4
  /// Above this index a shift is worth a look, by custom.
  public static let limit = 0.2

  /// Whether the shift is worth a look.
  public var needsLook: Bool { index > Self.limit }

  /// The index of two sets of counts; nil when either is empty.
  ///
  /// - Parameters:
  ///   - before: Cases by class in the baseline.
  ///   - now: Cases by the same classes now.
  /// - Throws: `StatisticsError` for different numbers of classes, or a count that is not finite
  ///   or negative.
  public init?(before: [Double], now: [Double]) throws(StatisticsError) {
    guard before.count == now.count else {
      throw .lengthMismatch(expected: before.count, found: now.count)
    }
    for count in before + now where !(count >= 0 && count.isFinite) {
      throw .negativeOrNotFinite(count)
    }
    let (all, recent) = (before.reduce(0, +), now.reduce(0, +))
    guard all > 0, recent > 0 else { return nil }
    var sum = 0.0
    var classes = 0.0
    for (old, new) in zip(before, now) {
      let was = max(old / all, Self.smallestShare)
      let has = max(new / recent, Self.smallestShare)
      sum += (has - was) * log(has / was)
      if old + new > 0 { classes += 1 }
    }
    index = sum
    expectedByChance = (classes - 1) * (1 / all + 1 / recent)
  }
}
