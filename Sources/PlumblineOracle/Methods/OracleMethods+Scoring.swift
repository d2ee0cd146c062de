import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let scoring: [String: Method] = [
    "field_value": fieldValue,
    "psi": stability,
    "score": backTest,
  ]

  private static func value(_ input: OracleInput) throws -> WorkValue {
    try WorkValue(
      perWin: input.number("value_per_win"),
      perCase: input.number("cost_per_lead")
    )
  }

  private static func backTest(_ input: OracleInput) throws -> JSONTree {
    let value = try value(input)
    let (won, lost) = (try input.numbers("won"), try input.numbers("lost"))
    let histogram = try ScoreHistogram(scores: input.numbers("values"), won: won, lost: lost)
    let area = AreaUnderCurve(histogram)
    let best = histogram.bestThreshold(value: value)
    let model = ScoreModel(histogram)
    let share = try input.number("top_share", default: 0.1)
    return [
      "auc": .optional(area?.area),
      "auc_se": .optional(area?.standardError),
      "best_threshold": .optional(best?.threshold),
      "best_net": .optional(best?.net),
      "best_precision": .optional(best?.precision),
      "best_recall": .optional(best?.recall),
      "net_work_all": .number(value.net(won: histogram.won, total: histogram.total)),
      "logistic": [
        "intercept": .optional(model?.intercept),
        "slope10": .optional(model?.slopePerTen),
        "se_slope10": .optional(model?.slopeStandardError),
        "threshold": .optional(model?.threshold(value: value)),
        "p_star": .optional(value.breakEvenProbability),
      ],
      "calibration": try calibration(input, won: won, lost: lost),
      "lift_top": .optional(histogram.lift(ofBest: share)),
      "isotonic": IsotonicRates.rates(histogram).map { .numbers($0) } ?? .null,
    ]
  }

  private static func calibration(
    _ input: OracleInput,
    won: [Double],
    lost: [Double]
  ) throws -> JSONTree {
    guard input["assumed_probability"] != .null else { return .null }
    let calibration = try Calibration(
      probabilities: input.numbers("assumed_probability"),
      won: won,
      lost: lost
    )
    let regression = calibration.regression
    return [
      "intercept": .optional(regression?.intercept),
      "slope": .optional(regression?.slope),
      "se_intercept": .optional(regression?.interceptStandardError),
      "se_slope": .optional(regression?.slopeStandardError),
      "calibration_in_the_large": .optional(calibration.inTheLarge?.shift),
      "brier": .optional(calibration.brierScore),
      "lr_chi2": .optional(regression?.chiSquare),
      "p": .optional(regression?.pValue),
    ]
  }

  private static func fieldValue(_ input: OracleInput) throws -> JSONTree {
    let cells = try input.parts("cells").map { cell in
      try FieldCell(
        score: cell.number("score"),
        level: cell.integer("level"),
        won: cell.number("pos"),
        lost: cell.number("neg")
      )
    }
    let needed = min(max((cells.map(\.level).max() ?? 0) + 1, 1), 1_000)
    let levels = try input.integer("levels", in: 1...1_000, default: needed)
    guard cells.allSatisfy({ (0..<levels).contains($0.level) }) else {
      throw InputError(
        code: "oracle.input",
        "a cell's \"level\" lies outside 0 to \(levels - 1).",
        remedy: "Levels are counted from 0 and stay below \"levels\", which is at most 1000."
      )
    }
    let field = try QualifyingFieldValue(cells, levels: levels, value: value(input))
    return [
      "coef": field.map { .numbers($0.coefficients) } ?? .null,
      "se": field.map { .numbers($0.standardErrors) } ?? .null,
      "lr_chi2": .optional(field?.chiSquare),
      "df": .optional(field?.degreesOfFreedom),
      "p": .optional(field?.pValue),
      "auc_without": .optional(field?.areas.first),
      "auc_with": .optional(field?.areas.second),
      "auc_p": .optional(field?.areas.pValue),
      "net_without": .optional(field?.netWithout),
      "net_with": .optional(field?.netWith),
    ]
  }

  private static func stability(_ input: OracleInput) throws -> JSONTree {
    let stability = try PopulationStability(
      before: input.numbers("before"),
      now: input.numbers("now")
    )
    return ["psi": .optional(stability?.index)]
  }
}
