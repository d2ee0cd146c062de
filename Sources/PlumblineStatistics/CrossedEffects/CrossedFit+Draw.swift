extension CrossedFit {
  /// Effects drawn from the normal distribution that the fit approximates them by.
  ///
  /// Kept effects first, then the eliminated factor and the pairs given them, each from its own
  /// conditional distribution, so that no large matrix is needed.
  ///
  /// - Parameters:
  ///   - generator: Where the random numbers come from.
  ///   - pairs: The pairs whose effects are wanted; the others keep their likeliest values. All
  ///     when nil.
  /// - Returns: One draw of all effects together.
  public func draw(
    using generator: inout SeededGenerator,
    pairs: [Int]? = nil
  ) -> CrossedEffects {
    let dimension = curvature.dimension
    var state = mode.state
    let shift = factor.backwardSolution((0..<dimension).map { _ in generator.normal() })
    var moved = shift + Array(repeating: 0, count: model.eliminatedCount)
    for level in 0..<model.eliminatedCount {
      let precision = curvature.eliminated[level]
      let start = level * dimension
      var sum = 0.0
      for index in 0..<dimension { sum -= curvature.mixed[start + index] * shift[index] }
      moved[dimension + level] = sum / precision + generator.normal() / precision.squareRoot()
    }
    for index in moved.indices { state[index] += moved[index] }
    for pair in pairs ?? Array(model.pairs.indices) {
      let precision = curvature.pairs[pair]
      let start = pair * model.fixedCount
      var sum = 0.0
      for index in 0..<model.fixedCount { sum -= curvature.pairFixed[start + index] * moved[index] }
      sum -=
        curvature.pairFixed[start]
        * (moved[model.fixedCount + model.keptOfPair[pair]]
          + moved[dimension + model.eliminatedOfPair[pair]])
      state[model.position(pair: pair)] +=
        sum / precision + generator.normal() / precision.squareRoot()
    }
    return CrossedEffects(model, state)
  }
}

extension CrossedPosterior {
  /// Effects drawn from the posterior: first the spreads, then the effects given them.
  ///
  /// - Parameters:
  ///   - generator: Where the random numbers come from.
  ///   - pairs: The pairs whose effects are wanted; all when nil.
  /// - Returns: One draw of all effects together.
  public func draw(
    using generator: inout SeededGenerator,
    pairs: [Int]? = nil
  ) -> CrossedEffects {
    nodes[generator.choice(weights: nodes.map(\.weight))].fit.draw(using: &generator, pairs: pairs)
  }
}
