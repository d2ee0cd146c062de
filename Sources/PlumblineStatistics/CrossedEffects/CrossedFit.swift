/// The likeliest effects of a crossed model at given spreads.
public struct CrossedMode: Sendable {
  /// The spreads.
  public let spreads: CrossedSpreads
  /// The logarithm of the evidence for the spreads, by Laplace's approximation.
  public let logEvidence: Double
  /// How many Newton steps were taken.
  public let steps: Int
  /// Fixed, kept, eliminated and pair effects.
  let state: [Double]
}

/// The likeliest effects of a crossed model at given spreads, with how well they are known.
public struct CrossedFit: Sendable {
  /// The model.
  public let model: CrossedModel
  /// The likeliest effects.
  public let mode: CrossedMode
  let curvature: CrossedCurvature
  let factor: CholeskyFactor

  /// The likeliest effects.
  public var effects: CrossedEffects { CrossedEffects(model, mode.state) }

  /// A combination's estimate and its variance.
  public func moments(_ contrast: CrossedContrast) -> (mean: Double, variance: Double) {
    var mean = 0.0
    var kept = Array(repeating: 0.0, count: curvature.dimension)
    var eliminated = Array(repeating: 0.0, count: model.eliminatedCount)
    func add(_ weight: Double, at position: Int) {
      if position < curvature.dimension {
        kept[position] += weight
      } else {
        eliminated[position - curvature.dimension] += weight
      }
    }
    for (index, weight) in contrast.fixed {
      mean += weight * mode.state[index]
      add(weight, at: index)
    }
    for (row, weight) in contrast.rows {
      mean += weight * mode.state[model.position(row: row)]
      add(weight, at: model.position(row: row))
    }
    for (column, weight) in contrast.columns {
      mean += weight * mode.state[model.position(column: column)]
      add(weight, at: model.position(column: column))
    }
    var variance = 0.0
    for (pair, weight) in contrast.pairs {
      // Given the rest a pair's effect has the variance 1/C and the slopes −B/C.
      mean += weight * mode.state[model.position(pair: pair)]
      let slope = -weight / curvature.pairs[pair]
      variance -= weight * slope
      let start = pair * model.fixedCount
      for index in 0..<model.fixedCount {
        kept[index] += slope * curvature.pairFixed[start + index]
      }
      let own = slope * curvature.pairFixed[start]
      kept[model.fixedCount + model.keptOfPair[pair]] += own
      eliminated[model.eliminatedOfPair[pair]] += own
    }
    for level in eliminated.indices where eliminated[level] != 0 {
      let scaled = eliminated[level] / curvature.eliminated[level]
      variance += eliminated[level] * scaled
      let start = level * curvature.dimension
      for row in 0..<curvature.dimension { kept[row] -= curvature.mixed[start + row] * scaled }
    }
    for value in factor.forwardSolution(kept) { variance += value * value }
    return (mean, variance)
  }
}
