import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite(.enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"))
struct `Numerics reference cases` {
  @Test(arguments: try ReferenceCase.load(prefix: "numerics-"))
  func `agree`(reference: ReferenceCase) throws {
    let values = try reference.input["calls"].elements.map { call in
      try value(of: #require(call["f"].text), call["args"].numbers)
    }
    let differences = reference.differences(from: ["values": .numbers(values)])
    #expect(differences == [])
  }

  private func value(of function: String, _ arguments: [Double]) throws -> Double {
    let first = try #require(arguments.first)
    let last = try #require(arguments.last)
    switch function {
    case "lgamma": return SpecialFunctions.logGamma(first)
    case "betainc": return BetaDistribution(alpha: first, beta: arguments[1]).cumulative(last)
    case "betaincinv": return BetaDistribution(alpha: first, beta: arguments[1]).quantile(last)
    case "gammainc": return GammaDistribution(shape: first).cumulative(last)
    case "gammaincinv": return GammaDistribution(shape: first).quantile(last)
    case "norm_cdf": return StandardNormal.cumulative(first)
    case "norm_ppf": return StandardNormal.quantile(first)
    case "betabinom_pmf":
      return BetaBinomialDistribution(
        trials: Int(arguments[1]),
        mean: arguments[2],
        overdispersion: arguments[3]
      ).probability(of: Int(first))
    case "poisson_ci_lo_95": return ConfidenceInterval.garwood(count: Int(first)).lower
    case "poisson_ci_hi_95": return ConfidenceInterval.garwood(count: Int(first)).upper
    default:
      Issue.record("no function \(function)")
      return .nan
    }
  }
}
