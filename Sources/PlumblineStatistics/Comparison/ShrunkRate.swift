#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A group's rate after allowing for chance, by what the other groups show.
///
/// A small group's raw rate is mostly luck; it is drawn towards the others' rates by as much as
/// the groups resemble each other.
public struct ShrunkRate: Hashable, Sendable {
  /// The mean of what the rate may be.
  public let mean: Double
  /// The middle 95 % of what the rate may be.
  public let interval: ConfidenceInterval

  /// The shrunk rates of disjoint groups, in their order.
  ///
  /// Rates follow a beta distribution with mean μ and precision M. Neither is estimated: both are
  /// integrated over a fixed grid, 81 values of logit μ within 4 of the pooled logit and 25 of
  /// the spread s between groups in log-odds, 0.02...2, with a half-normal prior of scale 0.7 on
  /// s; M = max(1/(s²μ(1−μ)) − 1, 0.05). A plugged-in estimate would call few groups identical.
  ///
  /// - Complexity: 2,025 nodes for each group, then a few evaluations of a mixture of several
  ///   hundred beta distributions.
  /// - SeeAlso: Efron & Morris (1975), doi:10.1080/01621459.1975.10479864, for the idea.
  public static func estimates(_ samples: [RateSample]) -> [ShrunkRate] {
    let nodes = Node.posterior(samples)
    return samples.map { sample in
      Mixture(
        nodes.map { node in
          Mixture.Component(
            weight: node.weight,
            distribution: BetaDistribution(
              alpha: sample.successes + node.mean * node.precision,
              beta: sample.trials - sample.successes + (1 - node.mean) * node.precision
            )
          )
        }
      ).summary
    }
  }

  /// One value of the mean and the precision, with its weight.
  private struct Node {
    let mean: Double
    let precision: Double
    /// The posterior weight; its logarithm until all are known.
    var weight: Double

    /// The grid with normalised weights, without the nodes that do not matter.
    static func posterior(_ samples: [RateSample]) -> [Node] {
      let all = samples.reduce(RateSample(uncheckedSuccesses: 0, trials: 0), +)
      let centre = SpecialFunctions.logit((all.successes + 0.5) / (all.trials + 1))
      let informative = samples.filter { $0.trials > 0 }
      var nodes: [Node] = []
      nodes.reserveCapacity(81 * 25)
      for step in 0..<25 {
        let spread = 0.02 * exp(log(100) * Double(step) / 24)
        let logPrior = log(spread) - spread * spread / (2 * 0.7 * 0.7)
        for position in 0..<81 {
          let mean = SpecialFunctions.expit(centre - 4 + 0.1 * Double(position))
          let precision = max(1 / (spread * spread * mean * (1 - mean)) - 1, 0.05)
          let alpha = mean * precision
          let beta = (1 - mean) * precision
          let logBeta = SpecialFunctions.logBeta(alpha, beta)
          var logWeight = logPrior
          for sample in informative {
            logWeight +=
              SpecialFunctions.logBeta(
                sample.successes + alpha,
                sample.trials - sample.successes + beta
              ) - logBeta
          }
          nodes.append(Node(mean: mean, precision: precision, weight: logWeight))
        }
      }
      let logTotal = SpecialFunctions.logSumExp(nodes.lazy.map(\.weight))
      for index in nodes.indices { nodes[index].weight = exp(nodes[index].weight - logTotal) }
      nodes.removeAll { $0.weight < 1e-7 }
      return nodes
    }
  }
}

/// A weighted mixture of beta distributions.
private struct Mixture {
  struct Component {
    let weight: Double
    let distribution: BetaDistribution
  }

  let components: [Component]
  let mean: Double
  let variance: Double

  init(_ components: [Component]) {
    self.components = components
    var mean = 0.0
    var square = 0.0
    var total = 0.0
    for component in components {
      let part = component.distribution
      total += component.weight
      mean += component.weight * part.mean
      square += component.weight * (part.variance + part.mean * part.mean)
    }
    self.mean = mean / total
    variance = max(square / total - self.mean * self.mean, 1e-300)
  }

  var summary: ShrunkRate {
    let lower = quantile(0.025)
    return ShrunkRate(
      mean: mean,
      interval: ConfidenceInterval(lower: lower, upper: max(lower, quantile(0.975)))
    )
  }

  /// The quantile by Newton's method inside a shrinking bracket.
  ///
  /// Starts from the beta distribution of the same mean and variance; halves the bracket whenever
  /// a step would leave it. Exact to about 1e-10 of the distance to the nearer border.
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
      for component in components {
        let part = component.distribution.lowerTailAndDensity(x)
        lower += component.weight * part.lowerTail
        density += component.weight * part.density
      }
      let excess = lower - probability
      if excess > 0 { high = x } else { low = x }
      let newton = x - excess / density
      let next = newton > low && newton < high ? newton : 0.5 * (low + high)
      let isSettled = (next - x).magnitude <= 1e-10 * min(x, 1 - x)
      x = next
      if isSettled || high - low < 1e-15 { break }
    }
    return x
  }
}
