#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The standard deviations of the effects of a crossed model, in log-odds.
public struct CrossedSpreads: Hashable, Sendable {
  /// Between the levels of the first factor.
  public var rows: Double
  /// Between the levels of the second factor.
  public var columns: Double
  /// Between the pairs of both, beyond the sum of their effects.
  public var pairs: Double

  /// Spreads; all positive.
  public init(rows: Double, columns: Double, pairs: Double) {
    self.rows = rows
    self.columns = columns
    self.pairs = pairs
  }
}

/// The combinations of spreads over which a crossed model is averaged.
///
/// Few levels say little about the spread between them, and its best estimate is often 0, which
/// would call all levels alike; so it is averaged over instead of estimated.
public struct SpreadGrid: Hashable, Sendable {
  /// The values for either factor, rising.
  public var factors: [Double]
  /// The values for pairs, rising.
  public var pairs: [Double]
  /// The scale of the half-normal prior of each spread.
  public var priorScale: Double

  /// The standard grid, 7 × 7 × 4 combinations.
  public static let standard = SpreadGrid(
    factors: [0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.6],
    pairs: [0.05, 0.15, 0.35, 0.7],
    priorScale: 0.5
  )

  /// A grid.
  ///
  /// - Parameters:
  ///   - factors: The values for either factor, rising and positive.
  ///   - pairs: The values for pairs, rising and positive.
  ///   - priorScale: The scale of the half-normal prior of each spread.
  public init(factors: [Double], pairs: [Double], priorScale: Double) {
    self.factors = factors
    self.pairs = pairs
    self.priorScale = priorScale
  }

  /// The combinations: pairs change fastest, rows slowest.
  var nodes: [CrossedSpreads] {
    factors.flatMap { row in
      factors.flatMap { column in
        pairs.map { CrossedSpreads(rows: row, columns: column, pairs: $0) }
      }
    }
  }

  /// The logarithm of each combination's prior probability, up to a constant.
  var logPriors: [Double] {
    let factor = logWeights(factors)
    let pair = logWeights(pairs)
    return factor.flatMap { row in factor.flatMap { column in pair.map { row + column + $0 } } }
  }

  /// Half-normal density times the value times half the distance of its neighbours' logarithms; at
  /// the ends half the distance to the only neighbour.
  private func logWeights(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      let below = max(index - 1, 0)
      let above = min(index + 1, values.count - 1)
      let width =
        above > below ? 0.5 * (log(values[above]) - log(values[below])) : 1
      let value = values[index]
      return log(value) + log(width) - value * value / (2 * priorScale * priorScale)
    }
  }
}
