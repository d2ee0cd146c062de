/// A group's cases and successes in two periods.
public struct MixRateGroup: Hashable, Sendable {
  /// Cases in the first period.
  public let baseCases: Double
  /// Successes in the first period.
  public let baseSuccesses: Double
  /// Cases in the second period.
  public let cases: Double
  /// Successes in the second period.
  public let successes: Double

  /// A group; numbers may be fractional, as expected successes are.
  public init(baseCases: Double, baseSuccesses: Double, cases: Double, successes: Double) {
    self.baseCases = baseCases
    self.baseSuccesses = baseSuccesses
    self.cases = cases
    self.successes = successes
  }

  /// Both rates; one that nobody could take is the other's.
  fileprivate var rates: (base: Double, actual: Double) {
    let base = baseCases > 0 ? baseSuccesses / baseCases : nil
    let actual = cases > 0 ? successes / cases : nil
    return (base ?? actual ?? 0, actual ?? base ?? 0)
  }
}

/// How much of the change of an overall rate goes with the mix of groups, and how much with their
/// own rates.
///
/// With shares s, rates r and overall rates R0 and R1, taken at midpoints: the mix part of a group
/// is (s1 − s0)((r0 + r1)/2 − (R0 + R1)/2), its rate part (s0 + s1)/2 · (r1 − r0). They add up to
/// R1 − R0 exactly.
///
/// - SeeAlso: Kitagawa (1955), doi:10.1080/01621459.1955.10501299.
public struct MixRateDecomposition: Hashable, Sendable {
  /// The overall rate before; the one after where there were no cases.
  public let baseRate: Double
  /// The overall rate after; the one before where there are no cases.
  public let rate: Double
  /// The part of each group's share.
  public let mixParts: [Double]
  /// The part of each group's rate.
  public let rateParts: [Double]
  /// Whether every group's rate moved against the overall rate.
  public let isSimpson: Bool

  /// The change of the overall rate.
  public var change: Double { rate - baseRate }
  /// All parts of the mix.
  public var mix: Double { mixParts.reduce(0, +) }
  /// All parts of the groups' own rates.
  public var ownRates: Double { rateParts.reduce(0, +) }
  /// Whether the groups' own rates, taken together, moved against the overall rate.
  public var hasOppositeSigns: Bool { ownRates * change < 0 }

  /// The parts of a change.
  ///
  /// - Complexity: O(groups).
  public init(_ groups: [MixRateGroup]) {
    let baseCases = groups.reduce(0) { $0 + $1.baseCases }
    let cases = groups.reduce(0) { $0 + $1.cases }
    let rates = groups.map(\.rates)
    func share(_ group: MixRateGroup) -> (base: Double, actual: Double) {
      let base = baseCases > 0 ? group.baseCases / baseCases : nil
      let actual = cases > 0 ? group.cases / cases : nil
      return (base ?? actual ?? 0, actual ?? base ?? 0)
    }
    let shares = groups.map(share)
    let before = zip(shares, rates).reduce(0) { $0 + $1.0.base * $1.1.base }
    let after = zip(shares, rates).reduce(0) { $0 + $1.0.actual * $1.1.actual }
    baseRate = before
    rate = after
    mixParts = zip(shares, rates).map { share, rate in
      (share.actual - share.base) * ((rate.base + rate.actual) / 2 - (before + after) / 2)
    }
    rateParts = zip(shares, rates).map { share, rate in
      (share.base + share.actual) / 2 * (rate.actual - rate.base)
    }
    // Rounding alone must not make a rate that stayed move.
    let change = after - before
    isSimpson =
      !groups.isEmpty && change.magnitude > 1e-12
      && rates.allSatisfy { ($0.actual - $0.base) * (change > 0 ? 1 : -1) < -1e-12 }
  }
}
