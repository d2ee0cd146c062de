/// Pearson's chi-square test that rows and columns of counts are independent, over several tables.
public struct IndependenceTest: Hashable, Sendable {
  /// The statistic, summed over tables.
  public private(set) var chiSquare = 0.0
  /// The degrees of freedom, summed over tables.
  public private(set) var degreesOfFreedom = 0

  /// A test of no table yet.
  public init() {}

  /// Adds a table; rows and columns that sum to 0 do not count.
  ///
  /// - Parameters:
  ///   - counts: The counts by rows.
  ///   - columns: How many columns there are.
  /// - SeeAlso: Pearson (1900), doi:10.1080/14786440009463897.
  public mutating func add(_ counts: [Double], columns: Int) {
    guard columns > 0 else { return }
    let rows = counts.count / columns
    var rowSums = Array(repeating: 0.0, count: rows)
    var columnSums = Array(repeating: 0.0, count: columns)
    var total = 0.0
    for row in 0..<rows {
      for column in 0..<columns {
        let count = counts[row * columns + column]
        rowSums[row] += count
        columnSums[column] += count
        total += count
      }
    }
    let freedom = (rowSums.count { $0 > 0 } - 1) * (columnSums.count { $0 > 0 } - 1)
    guard total > 0, freedom > 0 else { return }
    degreesOfFreedom += freedom
    for row in 0..<rows where rowSums[row] > 0 {
      for column in 0..<columns where columnSums[column] > 0 {
        let expected = rowSums[row] * columnSums[column] / total
        let difference = counts[row * columns + column] - expected
        chiSquare += difference * difference / expected
      }
    }
  }

  /// The chance of as large a statistic under independence; 1 where there is nothing to test.
  public var pValue: Double {
    guard degreesOfFreedom > 0 else { return 1 }
    return GammaDistribution.chiSquareUpperTail(chiSquare, degreesOfFreedom: degreesOfFreedom)
  }
}
