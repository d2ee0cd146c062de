/// One value for each effect of a crossed model, in log-odds.
public struct CrossedEffects: Hashable, Sendable {
  /// The intercept, the covariate's effect if included, then the strata's.
  public var fixed: [Double]
  /// The rows' effects.
  public var rows: [Double]
  /// The columns' effects.
  public var columns: [Double]
  /// The pairs' effects, in the order of the model's pairs.
  public var pairs: [Double]

  /// The effects in a state: fixed, kept, eliminated and pair effects.
  init(_ model: CrossedModel, _ state: [Double]) {
    let first = Array(state[model.fixedCount..<model.fixedCount + model.keptCount])
    let second = Array(
      state[model.fixedCount + model.keptCount..<model.position(pair: 0)]
    )
    fixed = Array(state[..<model.fixedCount])
    rows = model.keepsRows ? first : second
    columns = model.keepsRows ? second : first
    pairs = Array(state[model.position(pair: 0)...])
  }
}
