/// A weighted mixture of beta distributions: what one group's rate may be.
struct BetaMixture {
  private struct Component {
    let weight: Double
    let distribution: BetaDistribution
  }

  private let components: [Component]
  private let mean: Double
  private let variance: Double

  /// The mixture for a sample, over the nodes that matter.
  init(_ nodes: [ShrinkageNode], _ sample: RateSample) {
    let failures = sample.trials - sample.successes
    var mean = 0.0
    var square = 0.0
    var total = 0.0
    components = nodes.map { node in
      let part = BetaDistribution(
        alpha: sample.successes + node.alpha,
        beta: failures + node.beta
      )
      total += node.weight
      mean += node.weight * part.mean
      square += node.weight * (part.variance + part.mean * part.mean)
      return Component(weight: node.weight, distribution: part)
    }
    self.mean = mean / total
    variance = max(square / total - self.mean * self.mean, 1e-300)
  }

  /// The mean and the middle 95 %.
  var summary: ShrunkRate {
    let lower = quantile(0.025)
    return ShrunkRate(
      mean: mean,
      interval: ConfidenceInterval(lower: lower, upper: max(lower, quantile(0.975)))
    )
  }

  /// The quantile by Halley's method inside a shrinking bracket.
  ///
  /// Starts from the beta distribution of the same mean and variance; halves the bracket whenever
  /// a step would leave it. A step multiplies the number of right digits by three, so one of less
  /// than 1e-5 of the distance to the nearer border ends the search.
  private func quantile(_ probability: Double) -> Double {
    let matching = mean * (1 - mean) / variance - 1
    var x = mean
    if matching > 0 {
      x = BetaDistribution(alpha: mean * matching, beta: (1 - mean) * matching)
        .quantile(probability)
    }
    var (low, high) = (0.0, 1.0)
    if !(x > low && x < high) { x = 0.5 }
    for _ in 0..<200 {
      var lower = 0.0
      var density = 0.0
      var slope = 0.0
      for component in components {
        let part = component.distribution.lowerTailAndDensity(x)
        lower += component.weight * part.lowerTail
        density += component.weight * part.density
        slope += component.weight * part.density * component.distribution.logDensitySlope(x)
      }
      let excess = lower - probability
      if excess > 0 { high = x } else { low = x }
      let newton = excess / density
      let bend = 1 - newton * slope / (2 * density)
      // Far from the root the bend only misleads.
      let step = bend > 0.5 && bend < 2 ? newton / bend : newton
      let next = x - step
      if next > low, next < high {
        x = next
        if step.magnitude <= 1e-5 * min(x, 1 - x) { break }
      } else {
        x = 0.5 * (low + high)
      }
      if high - low < 1e-15 { break }
    }
    return x
  }
}
