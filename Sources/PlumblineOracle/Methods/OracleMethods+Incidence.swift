import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let incidence: [String: Method] = [
    "cif": cif, "cif_band": band, "completion": completion, "multistate": multistate,
    "numerics": numerics, "ultimate": ultimate, "ultimate_cure": ultimateCure,
  ]

  /// A rate within a horizon, with the keys of the reference.
  static func estimate(_ curve: CumulativeIncidence, withinDays days: Int) -> JSONTree {
    let estimate = curve.estimate(withinDays: days)
    return [
      "days": .number(Double(days)), "rate": .optional(estimate.rate),
      "se": .optional(estimate.standardError), "lo": .number(estimate.interval.lower),
      "hi": .number(estimate.interval.upper), "n_eff": .number(estimate.effectiveSampleSize),
      "supported": .flag(estimate.isSupported),
    ]
  }

  private static func counts(_ input: OracleInput, _ buckets: LagBuckets) throws -> LagCounts {
    let none = Array(repeating: 0, count: buckets.count)
    return try LagCounts(
      buckets: buckets,
      converted: input.integers("converted"),
      exited: input["exited"] == .null ? none : input.integers("exited"),
      open: input.integers("open")
    )
  }

  private static func counts(_ input: OracleInput) throws -> LagCounts {
    try counts(input, buckets(of: input))
  }

  private static func buckets(of input: OracleInput) throws -> LagBuckets {
    input["edges"] == .null ? .standard : try LagBuckets(edges: input.integers("edges"))
  }

  private static func cif(_ input: OracleInput) throws -> JSONTree {
    let curve = CumulativeIncidence(try counts(input))
    let horizons = input["horizons"] == .null ? [] : try input.integers("horizons")
    return [
      "horizons": .list(horizons.map { estimate(curve, withinDays: $0) }),
      "F1": .numbers(curve.points.map(\.converted)),
      "F2": .numbers(curve.points.map(\.exited)),
      "se1": .numbers(curve.points.map { $0.variance.squareRoot() }),
      "at_risk": .numbers(curve.points.map { Double($0.atRisk) }),
      "exposure": .numbers(curve.points.map(\.exposure)),
    ]
  }

  /// More draws than the method's 5,000, so that the answer is not moved by the seed.
  private static func band(_ input: OracleInput) throws -> JSONTree {
    let curve = CumulativeIncidence(try counts(input))
    let last = curve.points.count - 1
    let from = min(max(input["from_bucket"].integer ?? 0, 0), last)
    let to = min(max(input["to_bucket"].integer ?? last, from), last)
    let level = min(max(try input.number("conf", default: 0.95), 1e-6), 1 - 1e-6)
    let band = curve.band(over: from...to, level: level, draws: 50_000)
    return [
      "critical": .optional(band?.critical),
      "lower": .numbers(band?.bounds.map(\.lower) ?? []),
      "upper": .numbers(band?.bounds.map(\.upper) ?? []),
      "draws": .optional(band?.draws),
      "seed": band.map { .text(String($0.seed)) } ?? .null,
    ]
  }

  private static func multistate(_ input: OracleInput) throws -> JSONTree {
    let moves =
      try input["moves"] == .null
      ? []
      : input.parts("moves").map { move in
        try StateOccupation.Move(
          day: move.integer("day"),
          from: move.integer("from"),
          to: move.integer("to"),
          count: move["count"] == .null ? 1 : move.integer("count")
        )
      }
    let endings =
      try input["censored"] == .null
      ? []
      : input.parts("censored").map { ending in
        try StateOccupation.Ending(
          day: ending.integer("day"),
          state: ending.integer("state"),
          count: ending["count"] == .null ? 1 : ending.integer("count")
        )
      }
    let start = try input.integers("start")
    let occupation = try StateOccupation(start: start, moves: moves, endings: endings)
    let nothing = JSONTree.list(start.map { _ in .null })
    return [
      "occupation": .list(
        try input.numbers("times").map { time in
          let shares = occupation.shares(onDay: time)
          return shares.isEmpty ? nothing : .numbers(shares)
        }
      )
    ]
  }

  private static func completion(_ input: OracleInput) throws -> JSONTree {
    let buckets = try buckets(of: input)
    let bucket = min(max(try input.integer("horizon_bucket"), 0), buckets.count - 1)
    let toGo = ConversionToGo(
      history: CumulativeIncidence(try counts(input.part("history"), buckets)),
      // The open-ended bucket is the last day's.
      horizonInDays: buckets.end(of: bucket) ?? buckets.edges[bucket] + 1
    )
    let cohort = try input.part("cohort")
    let completion = try toGo.complete(
      converted: cohort.integer("converted"),
      open: cohort.integers("open_by_bucket")
    )
    return [
      "expected": .number(completion.expected),
      "var_process": .number(completion.processVariance),
      "var_parameter": .number(completion.parameterVariance),
      "lo": .number(completion.interval.lower),
      "hi": .number(completion.interval.upper),
    ]
  }

  private static func ultimate(_ input: OracleInput) throws -> JSONTree {
    let estimate = UltimateRate(try counts(input))
    let logLikelihoods = LagFamily.allCases.map { family in
      (family.rawValue, JSONTree.optional(estimate?.logLikelihoods[family]))
    }
    return [
      "family": estimate.map { .text($0.family.rawValue) } ?? .null,
      "loglik": .object(Dictionary(logLikelihoods) { first, _ in first }),
      "pi1": .optional(estimate?.shares.converts), "pi2": .optional(estimate?.shares.exits),
      "pi0": .optional(estimate?.shares.neither), "lo": .optional(estimate?.lower),
      "hi": .optional(estimate?.upper), "reservations": reservations(estimate),
    ]
  }

  private static func ultimateCure(_ input: OracleInput) throws -> JSONTree {
    let family = input["family"].text.flatMap(LagFamily.init)
    let estimate = UltimateRate(
      try counts(input),
      exits: .stillOpen,
      families: family.map { [$0] } ?? LagFamily.allCases
    )
    return [
      "family": estimate.map { .text($0.family.rawValue) } ?? .null,
      "pi1": .optional(estimate?.shares.converts), "pi0": .optional(estimate?.shares.neither),
      "lo": .optional(estimate?.lower), "hi": .optional(estimate?.upper),
      "reservations": reservations(estimate),
    ]
  }

  private static func reservations(_ estimate: UltimateRate?) -> JSONTree {
    .list((estimate?.reservations ?? []).map { .text($0.code) })
  }

  /// Beyond it, sums and searches take too long.
  private static let largestArgument = 1e9

  private static func numerics(_ input: OracleInput) throws -> JSONTree {
    .object([
      "values": .list(
        try input.parts("calls").map { call -> JSONTree in
          let arguments = try call.numbers("args")
          guard arguments.allSatisfy({ abs($0) <= largestArgument }) else {
            throw InputError(
              code: "oracle.input",
              "\"args\" has a number beyond 1e9 either side of 0.",
              remedy: "Compare with a reference case of the same method."
            )
          }
          return .optional(value(of: try call.text("f"), arguments))
        }
      )
    ])
  }

  /// The value of a function; nil where it has none for these arguments.
  private static func value(of function: String, _ arguments: [Double]) -> Double? {
    guard let first = arguments.first, let last = arguments.last else { return nil }
    let second = arguments.count > 1 ? arguments[1] : .nan
    let isProbability = (0...1).contains(last)
    switch function {
    case "lgamma" where first > 0: return SpecialFunctions.logGamma(first)
    case "betainc" where first > 0 && second > 0:
      return BetaDistribution(alpha: first, beta: second).cumulative(last)
    case "betaincinv" where first > 0 && second > 0 && isProbability:
      return BetaDistribution(alpha: first, beta: second).quantile(last)
    case "gammainc" where first > 0: return GammaDistribution(shape: first).cumulative(last)
    case "gammaincinv" where first > 0 && isProbability:
      return GammaDistribution(shape: first).quantile(last)
    case "norm_cdf": return StandardNormal.cumulative(first)
    case "norm_ppf" where isProbability: return StandardNormal.quantile(first)
    case "betabinom_pmf": return betaBinomial(arguments)
    case "poisson_ci_lo_95":
      return count(first).map { ConfidenceInterval.garwood(count: $0).lower }
    case "poisson_ci_hi_95":
      return count(first).map { ConfidenceInterval.garwood(count: $0).upper }
    default: return nil
    }
  }

  private static func betaBinomial(_ arguments: [Double]) -> Double? {
    guard arguments.count == 4, let trials = count(arguments[1]),
      let successes = Int(exactly: arguments[0]), (0...1).contains(arguments[2]),
      (0..<1).contains(arguments[3])
    else { return nil }
    return BetaBinomialDistribution(
      trials: trials,
      mean: arguments[2],
      overdispersion: arguments[3]
    ).probability(of: successes)
  }

  private static func count(_ value: Double) -> Int? {
    Int(exactly: value).flatMap { $0 >= 0 ? $0 : nil }
  }
}
