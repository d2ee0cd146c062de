/// A logistic model of successes in trials by two crossed factors and their pairs.
///
/// The log-odds of a trial are an intercept, plus the effect of the binary covariate, plus the
/// effect of the stratum, plus the effects of row, column and pair. The latter three are normal
/// with mean 0 and a spread each; the others have wide normal priors, which keep them finite when
/// a stratum has no successes at all.
public struct CrossedModel: Sendable {
  /// The standard deviations of the priors of the fixed effects.
  public struct Priors: Hashable, Sendable {
    /// Of the intercept; infinity for none.
    public var intercept: Double
    /// Of the covariate's and the strata's effects; infinity for none.
    public var others: Double

    /// The priors in use: 5 for the intercept and 2.5 for the others, in log-odds.
    public static let weak = Priors(intercept: 5, others: 2.5)
    /// None: maximum likelihood for the fixed effects.
    public static let flat = Priors(intercept: .infinity, others: .infinity)

    /// Priors.
    public init(intercept: Double, others: Double) {
      self.intercept = intercept
      self.others = others
    }
  }

  /// The table that is explained.
  public let table: CrossedTable
  /// Whether the covariate has an effect in the model.
  public let includesExposure: Bool
  /// The stratum that the intercept stands for: by default the one with the most trials.
  public let referenceStratum: Int
  /// The position of each stratum's effect among the fixed ones; nil for the reference and for
  /// strata without trials.
  public let fixedOfStratum: [Int?]
  /// How many fixed effects there are: the intercept, the covariate's if included, the strata's.
  public let fixedCount: Int
  /// The row and the column of each pair with trials, in their order.
  public let pairs: [Pair]

  /// A row and a column.
  public struct Pair: Hashable, Sendable {
    /// The row.
    public let row: Int
    /// The column.
    public let column: Int
    /// The pair's trials.
    public let trials: Double
  }

  /// The prior precision of each fixed effect.
  let fixedPrecision: [Double]

  /// The factor with fewer levels is kept, the other is eliminated together with the pairs: after
  /// these are gone its levels no longer meet in any entry.
  let keepsRows: Bool
  let keptCount: Int
  let eliminatedCount: Int

  /// A cell as the fit reads it: `stratum` is a position among the fixed effects, or 0.
  struct DesignCell {
    var trials: Double
    var successes: Double
    var stratum: Int32
    var isExposed: Bool
  }
  let design: [DesignCell]
  /// The cells of pair k are those from `pairStart[k]` to before `pairStart[k + 1]`.
  let pairStart: [Int]
  let keptOfPair: [Int]
  let eliminatedOfPair: [Int]

  /// A model of a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - includesExposure: Whether the covariate has an effect in the model.
  ///   - priors: The priors of the fixed effects.
  ///   - referenceStratum: The stratum that the intercept stands for; the one with the most trials
  ///     when nil.
  public init(
    _ table: CrossedTable,
    includesExposure: Bool,
    priors: Priors = .weak,
    referenceStratum: Int? = nil
  ) {
    self.table = table
    self.includesExposure = includesExposure
    let trials = table.trialsOfStrata
    var reference = referenceStratum ?? 0
    if referenceStratum == nil {
      for stratum in trials.indices where trials[stratum] > trials[reference] {
        reference = stratum
      }
    }
    self.referenceStratum = reference
    var count = includesExposure ? 2 : 1
    var fixed: [Int?] = Array(repeating: nil, count: trials.count)
    for stratum in trials.indices where stratum != reference && trials[stratum] > 0 {
      fixed[stratum] = count
      count += 1
    }
    fixedOfStratum = fixed
    fixedCount = count
    let other = 1 / (priors.others * priors.others)
    var precision = Array(repeating: other, count: count)
    precision[0] = 1 / (priors.intercept * priors.intercept)
    fixedPrecision = precision

    let keepsRows = table.rowCount <= table.columnCount
    self.keepsRows = keepsRows
    keptCount = keepsRows ? table.rowCount : table.columnCount
    eliminatedCount = keepsRows ? table.columnCount : table.rowCount
    var pairs: [Pair] = []
    var start: [Int] = []
    var index = 0
    while index < table.cells.count {
      let (row, column) = (table.cells[index].row, table.cells[index].column)
      start.append(index)
      var trials = 0.0
      while index < table.cells.count, table.cells[index].row == row,
        table.cells[index].column == column
      {
        trials += table.cells[index].trials
        index += 1
      }
      pairs.append(Pair(row: row, column: column, trials: trials))
    }
    start.append(index)
    self.pairs = pairs
    pairStart = start
    keptOfPair = pairs.map { keepsRows ? $0.row : $0.column }
    eliminatedOfPair = pairs.map { keepsRows ? $0.column : $0.row }
    design = table.cells.map {
      DesignCell(
        trials: $0.trials,
        successes: $0.successes,
        stratum: Int32(fixed[$0.stratum] ?? 0),
        isExposed: includesExposure && $0.isExposed
      )
    }
  }

  /// How many numbers describe a state: fixed, kept, eliminated and pair effects, in this order.
  var stateCount: Int { fixedCount + keptCount + eliminatedCount + pairs.count }

  /// Where effects stand in a state.
  func position(row: Int) -> Int {
    keepsRows ? fixedCount + row : fixedCount + keptCount + row
  }
  func position(column: Int) -> Int {
    keepsRows ? fixedCount + keptCount + column : fixedCount + column
  }
  func position(pair: Int) -> Int { fixedCount + keptCount + eliminatedCount + pair }

  /// What each row, column and pair of a state is taken to spread by.
  struct Precisions {
    var kept: Double
    var eliminated: Double
    var pairs: [Double]
  }

  /// The prior precisions at given spreads; pairs marked as loose have a spread of their own.
  func precisions(_ spreads: CrossedSpreads, _ loose: LoosePairs?) -> Precisions {
    func precision(_ spread: Double) -> Double { 1 / (spread * spread) }
    var ofPairs = Array(repeating: precision(spreads.pairs), count: pairs.count)
    if let loose {
      for pair in pairs.indices where loose.rows.contains(pairs[pair].row) {
        ofPairs[pair] = precision(loose.spread)
      }
    }
    return Precisions(
      kept: precision(keepsRows ? spreads.rows : spreads.columns),
      eliminated: precision(keepsRows ? spreads.columns : spreads.rows),
      pairs: ofPairs
    )
  }
}
