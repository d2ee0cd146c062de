/// A linear combination of the effects of a crossed model.
public struct CrossedContrast: Sendable {
  /// Positions among the fixed effects, with weights.
  public var fixed: [(Int, Double)] = []
  /// Rows with weights.
  public var rows: [(Int, Double)] = []
  /// Columns with weights.
  public var columns: [(Int, Double)] = []
  /// Positions among the model's pairs, with weights.
  public var pairs: [(Int, Double)] = []

  /// A combination of no effects.
  public init() {}

  /// A single fixed effect.
  public static func fixed(_ index: Int) -> CrossedContrast {
    var contrast = CrossedContrast()
    contrast.fixed = [(index, 1)]
    return contrast
  }

  /// The effect of a row, less the mean of some others.
  public static func row(_ row: Int, against others: [Int] = []) -> CrossedContrast {
    var contrast = CrossedContrast()
    contrast.rows = [(row, 1)] + others.map { ($0, -1 / Double(others.count)) }
    return contrast
  }

  /// The effect of a column, less the mean of some others.
  public static func column(_ column: Int, against others: [Int] = []) -> CrossedContrast {
    var contrast = CrossedContrast()
    contrast.columns = [(column, 1)] + others.map { ($0, -1 / Double(others.count)) }
    return contrast
  }

  /// The effect of a pair beyond those of its row and column.
  public static func pair(_ pair: Int) -> CrossedContrast {
    var contrast = CrossedContrast()
    contrast.pairs = [(pair, 1)]
    return contrast
  }
}
