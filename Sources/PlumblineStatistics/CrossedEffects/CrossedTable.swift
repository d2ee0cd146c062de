/// Successes in trials by two crossed factors, a stratum and a binary covariate.
public struct CrossedTable: Sendable {
  /// Trials of one combination.
  public struct Cell: Hashable, Sendable {
    /// The level of the first factor, from 0.
    public var row: Int
    /// The level of the second factor, from 0.
    public var column: Int
    /// The stratum, from 0.
    public var stratum: Int
    /// Whether the binary covariate is 1.
    public var isExposed: Bool
    /// How many trials; a fraction is allowed.
    public var trials: Double
    /// How many of them succeeded.
    public var successes: Double

    /// A cell.
    public init(
      row: Int,
      column: Int,
      stratum: Int = 0,
      isExposed: Bool = false,
      trials: Double,
      successes: Double
    ) {
      self.row = row
      self.column = column
      self.stratum = stratum
      self.isExposed = isExposed
      self.trials = trials
      self.successes = successes
    }
  }

  /// How many levels the first factor has.
  public let rowCount: Int
  /// How many levels the second factor has.
  public let columnCount: Int
  /// How many strata there are.
  public let stratumCount: Int
  /// The cells with trials, each combination once, in order of row, column, stratum, covariate.
  public let cells: [Cell]

  /// A table; cells of the same combination are added up, those without trials dropped.
  ///
  /// - Precondition: The cells' levels lie within the counts.
  public init(rowCount: Int, columnCount: Int, stratumCount: Int, cells: [Cell]) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.stratumCount = stratumCount
    var keyed = cells.filter { $0.trials > 0 }.map { cell in
      precondition(
        (0..<rowCount).contains(cell.row) && (0..<columnCount).contains(cell.column)
          && (0..<stratumCount).contains(cell.stratum),
        "a cell's levels lie within the table"
      )
      let pair = cell.row * columnCount + cell.column
      return (key: (pair * stratumCount + cell.stratum) * 2 + (cell.isExposed ? 1 : 0), cell: cell)
    }
    keyed.sort {
      ($0.key, $0.cell.trials, $0.cell.successes) < ($1.key, $1.cell.trials, $1.cell.successes)
    }
    var merged: [Cell] = []
    var last = -1
    for (key, cell) in keyed {
      if key == last {
        merged[merged.count - 1].trials += cell.trials
        merged[merged.count - 1].successes += cell.successes
      } else {
        merged.append(cell)
        last = key
      }
    }
    self.cells = merged
  }

  /// The trials of each stratum.
  public var trialsOfStrata: [Double] {
    var trials = Array(repeating: 0.0, count: stratumCount)
    for cell in cells { trials[cell.stratum] += cell.trials }
    return trials
  }
}
