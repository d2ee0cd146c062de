import PlumblineStatistics

/// The log-odds that a crossed model's effects add up to.
struct CrossedLogOdds {
  let model: CrossedModel
  let effects: CrossedEffects

  /// What the covariate adds.
  var exposure: Double { model.includesExposure ? effects.fixed[1] : 0 }

  /// The log-odds without the covariate.
  func value(_ channel: Int, _ owner: Int, _ pair: Int, _ segment: Int) -> Double {
    segmentEffect(segment) + effects.rows[channel] + effects.columns[owner] + effects.pairs[pair]
  }

  /// The intercept and the effect of a segment.
  func segmentEffect(_ segment: Int) -> Double {
    effects.fixed[0] + (model.fixedOfStratum[segment].map { effects.fixed[$0] } ?? 0)
  }

  /// The log-odds without the covariate and without what a pair adds.
  func value(_ channel: Int, _ owner: Int, segment: Int) -> Double {
    segmentEffect(segment) + effects.rows[channel] + effects.columns[owner]
  }
}
