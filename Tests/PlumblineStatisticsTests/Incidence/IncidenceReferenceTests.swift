import PlumblineStatistics
import PlumblineTestSupport
import Testing

@Suite(.enabled(if: ReferenceCase.areAvailable, "\(ReferenceCase.absenceNote)"))
struct `Incidence reference cases` {
  @Test(arguments: try ReferenceCase.load(prefix: "cif-"))
  func `rates agree`(reference: ReferenceCase) throws {
    let input = reference.input
    let curve = CumulativeIncidence(
      try LagCounts(
        buckets: LagBuckets(edges: input["edges"].integers),
        converted: input["converted"].integers,
        exited: input["exited"].integers,
        open: input["open"].integers
      )
    )
    let horizons = input["horizons"].integers.map { days -> AnswerTree in
      let estimate = curve.estimate(withinDays: days)
      return [
        "days": .number(Double(days)), "rate": .optional(estimate.rate),
        "se": .optional(estimate.standardError), "lo": .number(estimate.interval.lower),
        "hi": .number(estimate.interval.upper), "n_eff": .number(estimate.effectiveSampleSize),
        "supported": .flag(estimate.isSupported),
      ]
    }
    let differences = reference.differences(from: [
      "horizons": .list(horizons),
      "F1": .numbers(curve.points.map(\.converted)),
      "F2": .numbers(curve.points.map(\.exited)),
      "se1": .numbers(curve.points.map { $0.variance.squareRoot() }),
      "at_risk": .numbers(curve.points.map { Double($0.atRisk) }),
      "exposure": .numbers(curve.points.map(\.exposure)),
    ])
    #expect(differences == [])
  }

  @Test(arguments: try ReferenceCase.load(prefix: "completion-"))
  func `completed cohorts agree`(reference: ReferenceCase) throws {
    let input = reference.input
    let buckets = try LagBuckets(edges: input["edges"].integers)
    let history = try LagCounts(
      buckets: buckets,
      converted: input["history"]["converted"].integers,
      exited: input["history"]["exited"].integers,
      open: input["history"]["open"].integers
    )
    let bucket = try #require(input["horizon_bucket"].integer)
    let toGo = ConversionToGo(
      history: CumulativeIncidence(history),
      horizonInDays: try #require(buckets.end(of: bucket))
    )
    let completion = try toGo.complete(
      converted: try #require(input["cohort"]["converted"].integer),
      open: input["cohort"]["open_by_bucket"].integers
    )
    let differences = reference.differences(from: [
      "expected": .number(completion.expected),
      "var_process": .number(completion.processVariance),
      "var_parameter": .number(completion.parameterVariance),
      "lo": .number(completion.interval.lower), "hi": .number(completion.interval.upper),
    ])
    #expect(differences == [])
  }
}
