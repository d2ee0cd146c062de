/// The connected parts of a graph of rows and columns, joined where a pair has enough trials.
///
/// Levels of a factor can be compared only within a part: between parts nothing tells the effect
/// of a row from that of the columns it comes with.
///
/// - SeeAlso: Abowd, Kramarz & Margolis (1999), doi:10.1111/1468-0262.00020, for connected sets;
///   Tarjan (1975), doi:10.1145/321879.321884, for union–find.
public struct ConnectedParts: Sendable {
  /// The part of each row, numbered from 0 in order of the first row or column in it.
  public let rows: [Int]
  /// The part of each column.
  public let columns: [Int]

  /// How many parts there are.
  public var count: Int { (rows + columns).reduce(0) { max($0, $1 + 1) } }

  /// The parts of a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - minimumTrials: A row and a column are joined by at least so many trials.
  public init(_ table: CrossedTable, minimumTrials: Double) {
    let rowCount = table.rowCount
    var parent = Array(0..<(rowCount + table.columnCount))
    func root(_ node: Int) -> Int {
      var node = node
      while parent[node] != node {
        parent[node] = parent[parent[node]]
        node = parent[node]
      }
      return node
    }
    var first = 0
    while first < table.cells.count {
      let (row, column) = (table.cells[first].row, table.cells[first].column)
      var trials = 0.0
      while first < table.cells.count, table.cells[first].row == row,
        table.cells[first].column == column
      {
        trials += table.cells[first].trials
        first += 1
      }
      guard trials >= minimumTrials else { continue }
      let (one, other) = (root(row), root(rowCount + column))
      parent[max(one, other)] = min(one, other)
    }
    var number: [Int: Int] = [:]
    let parts = parent.indices.map { node in
      let top = root(node)
      if let known = number[top] { return known }
      number[top] = number.count
      return number.count - 1
    }
    rows = Array(parts[..<rowCount])
    columns = Array(parts[rowCount...])
  }
}
