#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// The penalised log-likelihood at a state, with its gradient and curvature, pairs eliminated.
///
/// With W = n·p(1−p), B_k the sums of W over pair k by effect and C_k = ΣW + 1/σ² of the pair, the
/// curvature of all other effects is S = A − Σ B_k·B_kᵀ/C_k. Each pair has one row and one column
/// only, so S has no entry between two levels of the same factor beside its diagonal, and the
/// larger factor is eliminated in the same way.
struct CrossedCurvature {
  /// The penalised log-likelihood.
  var objective = 0.0
  /// By rows, fixed effects first, then the kept factor: S without the eliminated factor.
  var kept: [Double]
  /// For each eliminated level its entries of S with the fixed and kept effects.
  var mixed: [Double]
  /// The diagonal of S at the eliminated levels.
  var eliminated: [Double]
  /// C_k.
  var pairs: [Double]
  /// B_k at the fixed effects; its first entry is also B_k at the pair's row and column.
  var pairFixed: [Double]
  /// The gradient after the pairs' elimination, in the order of a state.
  var gradient: [Double]
  /// How many fixed and kept effects there are.
  let dimension: Int
  private let fixedCount: Int
  /// The sum of W over exposed cells by stratum.
  private var exposedByStratum: [Double]

  init(_ model: CrossedModel) {
    fixedCount = model.fixedCount
    dimension = model.fixedCount + model.keptCount
    kept = Array(repeating: 0, count: dimension * dimension)
    mixed = Array(repeating: 0, count: model.eliminatedCount * dimension)
    eliminated = Array(repeating: 0, count: model.eliminatedCount)
    pairs = Array(repeating: 0, count: model.pairs.count)
    pairFixed = Array(repeating: 0, count: model.pairs.count * model.fixedCount)
    gradient = Array(repeating: 0, count: model.stateCount)
    exposedByStratum = Array(repeating: 0, count: model.fixedCount)
  }

  /// Evaluates everything at a state.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - state: Fixed, kept, eliminated and pair effects.
  ///   - precisions: The prior precisions of all but the fixed effects.
  /// - Complexity: O(cells + pairs · fixed²).
  mutating func evaluate(
    _ model: CrossedModel,
    _ state: [Double],
    _ precisions: CrossedModel.Precisions
  ) {
    clear()
    for pair in pairs.indices {
      let residuals = addCells(of: pair, model, state)
      eliminate(pair, model, state, residuals, precisions.pairs[pair])
    }
    if model.includesExposure {
      for stratum in 2..<max(2, fixedCount) {
        kept[stratum * dimension + 1] += exposedByStratum[stratum]
      }
    }
    addPriors(model, state, precisions)
  }

  private mutating func clear() {
    objective = 0
    for index in kept.indices { kept[index] = 0 }
    for index in mixed.indices { mixed[index] = 0 }
    for index in eliminated.indices { eliminated[index] = 0 }
    for index in pairFixed.indices { pairFixed[index] = 0 }
    for index in gradient.indices { gradient[index] = 0 }
    for index in exposedByStratum.indices { exposedByStratum[index] = 0 }
  }

  /// Adds a pair's cells to the log-likelihood, to B_k and to the gradient of the fixed effects.
  ///
  /// - Returns: The pair's successes beyond the expected ones.
  private mutating func addCells(
    of pair: Int,
    _ model: CrossedModel,
    _ state: [Double]
  ) -> Double {
    let own = pair * fixedCount
    let base =
      state[0] + state[fixedCount + model.keptOfPair[pair]]
      + state[dimension + model.eliminatedOfPair[pair]]
      + state[dimension + eliminated.count + pair]
    var residuals = 0.0
    var weights = 0.0
    var logLikelihood = 0.0
    for index in model.pairStart[pair]..<model.pairStart[pair + 1] {
      let cell = model.design[index]
      let stratum = Int(cell.stratum)
      var logOdds = base
      if stratum > 0 { logOdds += state[stratum] }
      if cell.isExposed { logOdds += state[1] }
      // One exponential gives the probability, its complement and the logarithm.
      let tail = exp(-logOdds.magnitude)
      let share = 1 / (1 + tail)
      let probability = logOdds >= 0 ? share : tail * share
      logLikelihood +=
        cell.successes * logOdds - cell.trials * (max(logOdds, 0) + log(1 + tail))
      let weight = cell.trials * tail * share * share
      let residual = cell.successes - cell.trials * probability
      residuals += residual
      weights += weight
      if stratum > 0 {
        pairFixed[own + stratum] += weight
        gradient[stratum] += residual
      }
      if cell.isExposed {
        pairFixed[own + 1] += weight
        gradient[1] += residual
        if stratum > 0 { exposedByStratum[stratum] += weight }
      }
    }
    pairFixed[own] = weights
    objective += logLikelihood
    return residuals
  }

  /// Adds a pair's share of A − B·Bᵀ/C, and of the gradient after its own effect is gone.
  private mutating func eliminate(
    _ pair: Int,
    _ model: CrossedModel,
    _ state: [Double],
    _ residuals: Double,
    _ precision: Double
  ) {
    let own = pair * fixedCount
    let weight = pairFixed[own]
    let keptAt = fixedCount + model.keptOfPair[pair]
    let level = model.eliminatedOfPair[pair]
    let effect = state[dimension + eliminated.count + pair]
    let total = weight + precision
    // What remains of a weight after the pair's own effect has taken its share.
    let rest = precision / total
    let pairGradient = residuals - precision * effect
    let slope = pairGradient / total
    pairs[pair] = total
    objective -= 0.5 * precision * effect * effect
    gradient[dimension + eliminated.count + pair] = pairGradient
    for one in 0..<fixedCount {
      let value = pairFixed[own + one]
      if value == 0 { continue }
      let scaled = value / total
      for other in 0...one { kept[one * dimension + other] -= scaled * pairFixed[own + other] }
      if one > 0 { kept[one * dimension] += value }
      kept[one * dimension + one] += value
      kept[keptAt * dimension + one] += value * rest
      mixed[level * dimension + one] += value * rest
      gradient[one] -= value * slope
    }
    gradient[0] += residuals
    gradient[keptAt] += residuals - weight * slope
    gradient[dimension + level] += residuals - weight * slope
    kept[keptAt * dimension + keptAt] += weight * rest
    mixed[level * dimension + keptAt] += weight * rest
    eliminated[level] += weight * rest
  }

  private mutating func addPriors(
    _ model: CrossedModel,
    _ state: [Double],
    _ precisions: CrossedModel.Precisions
  ) {
    for index in 0..<dimension {
      let precision = index < fixedCount ? model.fixedPrecision[index] : precisions.kept
      objective -= 0.5 * precision * state[index] * state[index]
      gradient[index] -= precision * state[index]
      kept[index * dimension + index] += precision
    }
    for level in eliminated.indices {
      let effect = state[dimension + level]
      objective -= 0.5 * precisions.eliminated * effect * effect
      gradient[dimension + level] -= precisions.eliminated * effect
      eliminated[level] += precisions.eliminated
    }
  }

  /// The factor of the curvature of fixed and kept effects after the larger factor is gone too.
  ///
  /// Nil when it is not positive definite, as without priors under separation.
  func factor() -> CholeskyFactor? {
    var reduced = kept
    reduced.withUnsafeMutableBufferPointer { reduced in
      mixed.withUnsafeBufferPointer { mixed in
        for level in eliminated.indices {
          let start = level * dimension
          let inverse = 1 / eliminated[level]
          for row in 0..<dimension {
            let scaled = mixed[start + row] * inverse
            if scaled == 0 { continue }
            let target = row * dimension
            for column in 0...row {
              reduced[target + column] -= scaled * mixed[start + column]
            }
          }
        }
      }
    }
    return CholeskyFactor(reduced, dimension: dimension)
  }

  /// The Newton step of all effects.
  func step(_ model: CrossedModel, _ factor: CholeskyFactor) -> [Double] {
    var step = gradient
    var reduced = Array(gradient[..<dimension])
    for level in eliminated.indices {
      let start = level * dimension
      let scaled = gradient[dimension + level] / eliminated[level]
      for row in 0..<dimension { reduced[row] -= mixed[start + row] * scaled }
    }
    let solved = factor.solution(reduced)
    for row in 0..<dimension { step[row] = solved[row] }
    for level in eliminated.indices {
      let start = level * dimension
      var sum = gradient[dimension + level]
      for row in 0..<dimension { sum -= mixed[start + row] * solved[row] }
      step[dimension + level] = sum / eliminated[level]
    }
    let offset = dimension + eliminated.count
    for pair in pairs.indices {
      let start = pair * fixedCount
      var sum = gradient[offset + pair]
      for index in 0..<fixedCount { sum -= pairFixed[start + index] * step[index] }
      sum -=
        pairFixed[start]
        * (step[fixedCount + model.keptOfPair[pair]]
          + step[dimension + model.eliminatedOfPair[pair]])
      step[offset + pair] = sum / pairs[pair]
    }
    return step
  }

  /// log|S| + Σ log C_k.
  func logDeterminant(_ factor: CholeskyFactor) -> Double {
    var sum = factor.logDeterminant
    for value in eliminated { sum += log(value) }
    for value in pairs { sum += log(value) }
    return sum
  }
}
