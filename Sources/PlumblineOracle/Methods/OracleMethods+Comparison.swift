import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let comparison: [String: Method] = ["rates": rates]

  /// Each channel's rate against the others.
  private static func rates(_ input: OracleInput) throws -> JSONTree {
    let (converted, leads) = (try input.numbers("converted"), try input.numbers("leads"))
    guard converted.count == leads.count else {
      throw InputError(
        code: "oracle.input",
        "\"converted\" and \"leads\" differ in length.",
        remedy: "Give one of each per channel."
      )
    }
    var thresholds = ComparisonThresholds()
    thresholds.relevantDifference = try input.number("delta", default: 0.2)
    let comparison = RateComparison(
      try zip(converted, leads).map { try RateSample(successes: $0, trials: $1) },
      countsAreExact: input["censored"] != true,
      thresholds: thresholds
    )
    let channels = zip(comparison.groups, comparison.judgements()).map { group, judgement in
      JSONTree.object([
        "rate": .optional(group.sample.rate), "rest": .optional(group.rest.rate),
        "shrunk": .number(group.shrunk.mean), "shrunk_lo": .number(group.shrunk.interval.lower),
        "shrunk_hi": .number(group.shrunk.interval.upper), "p": .optional(group.pValue),
        "q": .optional(judgement.qValue), "verdict": .text(judgement.verdict.rawValue),
        "needed": .optional(judgement.needed),
      ])
    }
    return [
      "pooled": .optional(comparison.pooled.rate),
      "chi2": .number(comparison.heterogeneity.chiSquare),
      "df": .number(Double(comparison.heterogeneity.degreesOfFreedom)),
      "p_heterogeneity": .number(comparison.heterogeneity.pValue),
      "channels": .list(channels),
    ]
  }
}
