#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Finds modes of one model, with room that is used again from one to the next.
struct ModeSearch {
  private let model: CrossedModel
  private var curvature: CrossedCurvature
  private var trial: CrossedCurvature

  init(_ model: CrossedModel) {
    self.model = model
    curvature = CrossedCurvature(model)
    trial = curvature
  }

  mutating func fit(
    _ spreads: CrossedSpreads,
    loose: LoosePairs?,
    start: [Double]?,
    tolerance: Double
  ) -> CrossedFit {
    let (mode, factor) = mode(spreads, loose: loose, start: start, tolerance: tolerance)
    return CrossedFit(model: model, mode: mode, curvature: curvature, factor: factor)
  }

  /// The mode; `curvature` is left as it is there.
  mutating func mode(
    _ spreads: CrossedSpreads,
    loose: LoosePairs?,
    start: [Double]?,
    tolerance: Double
  ) -> (CrossedMode, CholeskyFactor) {
    let precisions = model.precisions(spreads, loose)
    var state = start ?? model.plainState
    curvature.evaluate(model, state, precisions)
    var factor = factor(of: curvature)
    var steps = 0
    while steps < 100 {
      steps += 1
      let step = curvature.step(model, factor)
      var share = 1.0
      var gain = -Double.infinity
      var next = state
      for _ in 0..<30 {
        for index in state.indices { next[index] = state[index] + share * step[index] }
        trial.evaluate(model, next, precisions)
        gain = trial.objective - curvature.objective
        if gain >= 0 { break }
        share *= 0.5
      }
      // No share of the step gains anything: the state is the mode, as far as rounding tells.
      guard gain >= 0 else { break }
      state = next
      swap(&curvature, &trial)
      factor = self.factor(of: curvature)
      if gain <= tolerance * curvature.objective.magnitude { break }
    }
    let pairPrecisions = precisions.pairs.reduce(0) { $0 + log($1) }
    let logPrecisions =
      Double(model.keptCount) * log(precisions.kept)
      + Double(model.eliminatedCount) * log(precisions.eliminated) + pairPrecisions
    let evidence =
      curvature.objective + 0.5 * (logPrecisions - curvature.logDeterminant(factor))
    return (
      CrossedMode(spreads: spreads, logEvidence: evidence, steps: steps, state: state), factor
    )
  }

  /// The factor; where rounding or a lack of priors leaves the curvature without one, a growing
  /// ridge is added until there is.
  private func factor(of curvature: CrossedCurvature) -> CholeskyFactor {
    if let factor = curvature.factor() { return factor }
    for exponent in -10..<20 {
      var ridged = curvature
      for index in 0..<curvature.dimension {
        ridged.kept[index * curvature.dimension + index] += pow(10, Double(exponent))
      }
      if let factor = ridged.factor() { return factor }
    }
    return .identity(curvature.dimension)
  }
}
