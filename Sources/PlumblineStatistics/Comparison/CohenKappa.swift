/// How far two raters agree on the same items beyond what chance alone would bring about.
///
/// 1 for agreement in every case, 0 for as much as chance brings, below 0 for less.
///
/// - SeeAlso: J. Cohen (1960), "A coefficient of agreement for nominal scales",
///   doi:10.1177/001316446002000104; the standard error of J. L. Fleiss, J. Cohen and
///   B. S. Everitt (1969), doi:10.1037/h0028106.
public struct CohenKappa: Hashable, Sendable {
  /// The coefficient, at most 1.
  public let value: Double
  /// Its standard error in large samples.
  public let standardError: Double
  /// The share of items on which the raters agree.
  public let observed: Double
  /// The share on which they would agree by chance.
  public let expected: Double
  /// How many items both rated.
  public let items: Int

  /// The coefficient of a square table of counts, a row for each answer of the one rater and a
  /// column for each answer of the other.
  ///
  /// Nil where nobody rated anything, or where both gave one and the same answer throughout, so that
  /// chance alone explains everything.
  ///
  /// - Parameter table: Counts, not negative.
  /// - Precondition: The table is square.
  /// - Complexity: O(answers²).
  public init?(_ table: [[Int]]) {
    precondition(table.allSatisfy { $0.count == table.count }, "the table is square")
    let items = table.joined().reduce(0, +)
    let total = Double(items)
    guard total > 0 else { return nil }
    let answers = table.indices
    let rows = table.map { Double($0.reduce(0, +)) / total }
    let columns = answers.map { column in Double(table.reduce(0) { $0 + $1[column] }) / total }
    let observed = answers.reduce(0) { $0 + Double(table[$1][$1]) } / total
    let expected = answers.reduce(0) { $0 + rows[$1] * columns[$1] }
    guard expected < 1 else { return nil }
    let value = (observed - expected) / (1 - expected)
    var variance = 0.0
    for row in answers {
      for column in answers {
        let share = Double(table[row][column]) / total
        if row == column {
          let factor = 1 - (rows[row] + columns[row]) * (1 - value)
          variance += share * factor * factor
        } else {
          let factor = (columns[row] + rows[column]) * (1 - value)
          variance += share * factor * factor
        }
      }
    }
    let offset = value - expected * (1 - value)
    variance -= offset * offset
    self.value = value
    self.observed = observed
    self.expected = expected
    self.items = items
    standardError = (max(0, variance) / total).squareRoot() / (1 - expected)
  }

  /// The range that the data support, within -1...1.
  ///
  /// The normal approximation; where its standard error is 0, as after agreement in every case, the
  /// coefficient at the ends of Wilson's range for the share of agreement, which keeps a width.
  ///
  /// - Parameter z: The standard normal quantile of the wanted confidence.
  /// - Returns: The range.
  public func interval(z: Double = StandardNormal.z95) -> ConfidenceInterval {
    guard standardError == 0 else {
      return ConfidenceInterval(
        lower: max(-1, value - z * standardError),
        upper: min(1, value + z * standardError)
      )
    }
    let share = ConfidenceInterval.wilson(rate: observed, trials: Double(items), z: z)
    func coefficient(_ share: Double) -> Double { (share - expected) / (1 - expected) }
    return ConfidenceInterval(
      lower: max(-1, coefficient(share.lower)),
      upper: min(1, coefficient(share.upper))
    )
  }
}
