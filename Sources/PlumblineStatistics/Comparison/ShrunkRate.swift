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
  /// Groups with the same numbers are worked out once.
  ///
  /// - Complexity: At most 2,025 nodes for each distinct group, most of which are given up after
  ///   a few groups where there are many; then three or four evaluations of a mixture of up to
  ///   several hundred beta distributions for each end of an interval.
  /// - SeeAlso: Efron & Morris (1975), doi:10.1080/01621459.1975.10479864, for the idea.
  public static func estimates(_ samples: [RateSample]) -> [ShrunkRate] {
    var positions: [RateSample: Int] = [:]
    var distinct: [(sample: RateSample, count: Double)] = []
    let positionOfSample = samples.map { sample in
      let position = positions[sample] ?? distinct.count
      if position == distinct.count {
        positions[sample] = position
        distinct.append((sample, 0))
      }
      distinct[position].count += 1
      return position
    }
    let nodes = ShrinkageNode.posterior(distinct)
    let rates = distinct.map { BetaMixture(nodes, $0.sample).summary }
    return positionOfSample.map { rates[$0] }
  }
}
