extension CrossedModel {
  /// The fit at given spreads.
  ///
  /// Newton's method with step halving; it stops when a step gains less than `tolerance` of the
  /// penalised log-likelihood.
  ///
  /// - Parameters:
  ///   - spreads: The spreads.
  ///   - loose: Rows whose pairs spread more widely, if any.
  ///   - start: Where to start; at the overall rate when nil.
  ///   - tolerance: The relative gain at which the search stops.
  /// - Returns: The likeliest effects with their curvature.
  /// - SeeAlso: Bates, Mächler, Bolker & Walker (2015), doi:10.18637/jss.v067.i01, for penalised
  ///   iteration; Tierney & Kadane (1986), doi:10.1080/01621459.1986.10478240, for the evidence.
  public func fit(
    _ spreads: CrossedSpreads,
    loose: LoosePairs? = nil,
    start: CrossedMode? = nil,
    tolerance: Double = 1e-9
  ) -> CrossedFit {
    var search = ModeSearch(self)
    return search.fit(spreads, loose: loose, start: start?.state, tolerance: tolerance)
  }

  /// A state without effects at the overall rate.
  var plainState: [Double] {
    var state = Array(repeating: 0.0, count: stateCount)
    var (successes, trials) = (0.0, 0.0)
    for cell in design {
      successes += cell.successes
      trials += cell.trials
    }
    state[0] = SpecialFunctions.logit((successes + 0.5) / (trials + 1))
    return state
  }
}
