#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One value of the mean and the precision of the groups' rates, with its posterior weight.
struct ShrinkageNode {
  /// The mean times the precision: successes that every group is taken to have had before.
  let alpha: Double
  /// The rest of the precision: failures that every group is taken to have had before.
  let beta: Double
  /// The posterior weight; its logarithm until all are known.
  fileprivate(set) var weight: Double

  /// Weights below this share of all are dropped.
  private static let negligible = 1e-7
  /// A node so far below the best one, in logarithms, is given up: it would not change the sum of
  /// weights in its last digit.
  private static let hopeless = 40.0

  /// The grid with normalised weights, without the nodes that do not matter.
  ///
  /// - Parameter groups: Distinct samples with how many groups have them.
  /// - Returns: The nodes with weights that matter.
  static func posterior(_ groups: [(sample: RateSample, count: Double)]) -> [ShrinkageNode] {
    var all = RateSample.noTrials
    for (sample, count) in groups {
      all = RateSample(
        uncheckedSuccesses: all.successes + count * sample.successes,
        trials: all.trials + count * sample.trials
      )
    }
    let centre = SpecialFunctions.logit((all.successes + 0.5) / (all.trials + 1))
    let evidence = Evidence(groups)
    var best = -Double.infinity
    var nodes: [ShrinkageNode] = []
    // From the middle outwards, so that the best node is met early.
    for position in (0..<81).sorted(by: { ($0 - 40).magnitude < ($1 - 40).magnitude }) {
      let mean = SpecialFunctions.expit(centre - 4 + 0.1 * Double(position))
      for step in 0..<25 {
        let spread = 0.02 * exp(log(100) * Double(step) / 24)
        let logPrior = log(spread) - spread * spread / (2 * 0.7 * 0.7)
        let precision = max(1 / (spread * spread * mean * (1 - mean)) - 1, 0.05)
        var node = ShrinkageNode(alpha: mean * precision, beta: (1 - mean) * precision, weight: 0)
        let atLeast = best - hopeless - logPrior
        guard let logLikelihood = evidence.logLikelihood(node, atLeast: atLeast) else { continue }
        node.weight = logPrior + logLikelihood
        best = max(best, node.weight)
        nodes.append(node)
      }
    }
    let logTotal = SpecialFunctions.logSumExp(nodes.lazy.map(\.weight))
    for index in nodes.indices { nodes[index].weight = exp(nodes[index].weight - logTotal) }
    nodes.removeAll { $0.weight < negligible }
    return nodes
  }
}

/// The groups as the likelihood of a node sees them.
private struct Evidence {
  private struct Group {
    let successes: Double
    let failures: Double
    let count: Double
    /// The most that this group and those after it can add to any node's logarithm.
    var mostToCome: Double
  }

  private var groups: [Group]

  init(_ distinct: [(sample: RateSample, count: Double)]) {
    groups = distinct.filter { $0.sample.trials > 0 }.map { sample, count in
      Group(
        successes: sample.successes,
        failures: sample.trials - sample.successes,
        count: count,
        mostToCome: 0
      )
    }
    var most = 0.0
    for index in groups.indices.reversed() {
      // B(x + α, f + β) / B(α, β) is a mean of p^x (1 − p)^f, which is greatest at the raw rate.
      let (successes, failures) = (groups[index].successes, groups[index].failures)
      let trials = successes + failures
      var logMost = 0.0
      if successes > 0 { logMost += successes * log(successes / trials) }
      if failures > 0 { logMost += failures * log(failures / trials) }
      most += groups[index].count * logMost
      groups[index].mostToCome = most
    }
  }

  /// The logarithm of the likelihood; nil as soon as it is known to stay below a bound.
  func logLikelihood(_ node: ShrinkageNode, atLeast bound: Double) -> Double? {
    let (alpha, beta) = (node.alpha, node.beta)
    let logBeta = SpecialFunctions.logBeta(alpha, beta)
    var sum = 0.0
    for group in groups {
      if sum + group.mostToCome < bound { return nil }
      let updated = SpecialFunctions.logBeta(group.successes + alpha, group.failures + beta)
      sum += group.count * (updated - logBeta)
    }
    return sum
  }
}
