/// A factor of a product, and how well it is known.
public enum UncertainFactor: Hashable, Sendable {
  /// A number that is known: a count, or what a plan says.
  case exact(Double)
  /// A share of successes among trials, both of which may be fractional.
  case rate(RateSample)
  /// A mean with its standard error.
  case mean(Double, standardError: Double)

  /// The best single number.
  public var value: Double {
    switch self {
    case .exact(let value), .mean(let value, _): value
    case .rate(let sample): sample.rate ?? 0
    }
  }

  /// A number that it may be: a rate from Jeffreys' beta distribution, a mean from a normal one.
  fileprivate func draw(using generator: inout SeededGenerator) -> Double {
    switch self {
    case .exact(let value): value
    case .mean(let value, let standardError):
      generator.normal(mean: value, standardDeviation: standardError)
    case .rate(let sample):
      generator.beta(
        alpha: sample.successes + 0.5,
        beta: max(sample.trials - sample.successes, 0) + 0.5
      )
    }
  }
}

/// How the change of a sum of products divides among its terms and their factors.
///
/// Each term, such as a channel, is a product of the same factors. A factor without a value in one
/// period, such as a rate nobody could take, takes the other's, so that nothing is laid at its
/// door; without a value in both it is 0.
public struct ProductGap: Sendable {
  /// A part of the gap.
  public struct Part: Hashable, Sendable {
    /// How much of the change it is.
    public let value: Double
    /// The middle 90 % of the draws, and the value.
    public let interval: ConfidenceInterval
    /// Whether the middle 90 % of the draws leaves 0 out.
    public let isClear: Bool
    /// The standard deviation of the draws.
    public let standardError: Double

    /// The chance of so large a part where there is none, by the normal approximation; nil where
    /// nothing about the part is uncertain.
    public var pValue: Double? {
      standardError > 0 ? StandardNormal.twoSidedTail(value / standardError) : nil
    }
  }

  /// How many times the factors are drawn.
  public static let drawCount = 500

  /// The product of each term before.
  public let base: [Double]
  /// The product of each term after.
  public let actual: [Double]
  /// One row a term, one part a factor.
  public let parts: [[Part]]
  /// One part a term: its whole change.
  public let terms: [Part]
  /// One part a factor, over all terms.
  public let factors: [Part]
  /// The whole change.
  public let total: Part
  /// One row a term of the logarithmic method's shares; nil where a factor is not positive.
  public let logMeanShares: [[Double]?]

  /// Divides a change.
  ///
  /// - Parameters:
  ///   - base: One row a term, one entry a factor: the values before, nil where there is none.
  ///   - actual: The values after.
  ///   - hasCommonBase: Whether the values before are one and the same quantity in every term, such
  ///     as the rates of one channel that all others are compared with; drawn once for all of them.
  ///   - seed: The seed of the draws; the same seed gives the same intervals.
  /// - Precondition: Both tables have the same shape, and every row is equally long.
  /// - Complexity: O(draws x terms x factors³).
  public init(
    base: [[UncertainFactor?]],
    actual: [[UncertainFactor?]],
    hasCommonBase: Bool = false,
    seed: UInt64
  ) {
    precondition(base.count == actual.count, "the terms before are those after")
    let factorCount = base.first?.count ?? 0
    precondition(
      (base + actual).allSatisfy { $0.count == factorCount },
      "every term has the same factors"
    )
    let rows = zip(base, actual).map { row in zip(row.0, row.1).map { FactorPair($0, $1) } }
    let cells = rows.map { row in
      ProductAttribution.shares(from: row.map(\.base.value), to: row.map(\.actual.value))
    }
    self.base = rows.map { $0.reduce(1) { $0 * $1.base.value } }
    self.actual = rows.map { $0.reduce(1) { $0 * $1.actual.value } }
    logMeanShares = rows.map { row in
      ProductAttribution.logMeanShares(
        from: row.map(\.base.value),
        to: row.map(\.actual.value)
      )
    }
    var draws = Draws(
      termCount: rows.count,
      factorCount: factorCount,
      hasCommonBase: hasCommonBase
    )
    var generator = SeededGenerator(seed: seed)
    for draw in 0..<Self.drawCount { draws.fill(draw, rows, &generator) }
    let termValues = cells.map { $0.reduce(0, +) }
    let factorValues = (0..<factorCount).map { factor in cells.reduce(0) { $0 + $1[factor] } }
    parts = cells.enumerated().map { term, row in
      row.enumerated().map { factor, value in draws.part(value, term, factor) }
    }
    terms = termValues.enumerated().map { draws.part($1, $0, factorCount) }
    factors = factorValues.enumerated().map { draws.part($1, rows.count, $0) }
    total = draws.part(termValues.reduce(0, +), rows.count, factorCount)
  }
}

/// A factor before and after, with what stands in where one is missing.
private struct FactorPair {
  let base: UncertainFactor
  let actual: UncertainFactor
  /// Whether both are the same number, known or not: then one draw serves both.
  let isShared: Bool

  init(_ base: UncertainFactor?, _ actual: UncertainFactor?) {
    isShared = base == nil || actual == nil
    self.base = base ?? actual ?? .exact(0)
    self.actual = actual ?? base ?? .exact(0)
  }
}

/// The drawn parts; the last row holds the factors' totals, the last column the terms'.
private struct Draws {
  let termCount: Int
  let factorCount: Int
  let hasCommonBase: Bool
  private var values: [Double]
  private var before: [Double]
  private var after: [Double]
  private var common: [Double]

  init(termCount: Int, factorCount: Int, hasCommonBase: Bool) {
    self.termCount = termCount
    self.factorCount = factorCount
    self.hasCommonBase = hasCommonBase
    let cells = (termCount + 1) * (factorCount + 1)
    values = Array(repeating: 0, count: cells * ProductGap.drawCount)
    before = Array(repeating: 0, count: factorCount)
    after = before
    common = before
  }

  private func position(_ term: Int, _ factor: Int) -> Int {
    (term * (factorCount + 1) + factor) * ProductGap.drawCount
  }

  mutating func fill(
    _ draw: Int,
    _ rows: [[FactorPair]],
    _ generator: inout SeededGenerator
  ) {
    if hasCommonBase, let first = rows.first {
      for (factor, pair) in first.enumerated() where !pair.isShared {
        common[factor] = pair.base.draw(using: &generator)
      }
    }
    for (term, row) in rows.enumerated() {
      for (factor, pair) in row.enumerated() {
        let isCommon = hasCommonBase && !pair.isShared
        if case .exact(let value) = pair.base {
          before[factor] = value
        } else {
          before[factor] = isCommon ? common[factor] : pair.base.draw(using: &generator)
        }
        after[factor] = pair.isShared ? before[factor] : pair.actual.draw(using: &generator)
      }
      for (factor, share) in ProductAttribution.shares(from: before, to: after).enumerated() {
        values[position(term, factor) + draw] = share
        values[position(term, factorCount) + draw] += share
        values[position(termCount, factor) + draw] += share
        values[position(termCount, factorCount) + draw] += share
      }
    }
  }

  func part(_ value: Double, _ term: Int, _ factor: Int) -> ProductGap.Part {
    let start = position(term, factor)
    let sorted = values[start..<start + ProductGap.drawCount].sorted()
    let (lower, upper) = (Self.quantile(0.05, of: sorted), Self.quantile(0.95, of: sorted))
    return ProductGap.Part(
      value: value,
      interval: ConfidenceInterval(lower: min(lower, value), upper: max(upper, value)),
      isClear: lower > 0 || upper < 0,
      standardError: deviation(start)
    )
  }

  private func deviation(_ start: Int) -> Double {
    let draws = values[start..<start + ProductGap.drawCount]
    let mean = draws.reduce(0, +) / Double(draws.count)
    // Draws of a number that is known differ by rounding alone.
    let square = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count - 1)
    return square.squareRoot() > 1e-12 * mean.magnitude ? square.squareRoot() : 0
  }

  /// Between the two nearest draws, in proportion.
  private static func quantile(_ probability: Double, of sorted: [Double]) -> Double {
    let place = probability * Double(sorted.count - 1)
    let index = Int(place)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }
}
