import PlumblineCore
import PlumblineStatistics

extension OracleMethods {
  static let charts: [String: Method] = ["chart": chart, "p_limits": limits]

  private static func chart(_ input: OracleInput) throws -> JSONTree {
    let before = try weeks(input, "baseline_n", "baseline_met")
    let weeks = try weeks(input, "n", "met")
    let smoothing = try input.number("lam", default: ProportionChart.standardSmoothing)
    guard smoothing > 0, smoothing <= 1 else {
      throw InputError(code: "oracle.input", "\"lam\" lies above 0 and not above 1.")
    }
    let baseline = ProportionBaseline(items: before.map(\.items), met: before.map(\.met))
    let factor = ProportionChart.limitFactor(
      falseAlarmsPerYear: try input.number("false_alarms_per_year", default: 1),
      series: Int(min(max(try input.number("series", default: 1), 1), 1e9))
    )
    var chart = ProportionChart(
      baseline: baseline,
      limitFactor: factor,
      smoothing: smoothing,
      worse: input["worse"].text.flatMap { WorseDirection(rawValue: $0) } ?? .low
    )
    let rows = weeks.enumerated().compactMap { index, week -> JSONTree? in
      chart.add(items: week.items, met: week.met).map { point in
        [
          "week": .number(Double(index)),
          "rate": .number(point.rate),
          "z": .number(point.score),
          "ewma": .number(point.smoothedScore),
          "limit": .number(point.limit),
          "alarm": .flag(point.isAlarm),
          "shock": .flag(point.isShock),
        ]
      }
    }
    return [
      "p0": .number(baseline.rate),
      "rho": .number(baseline.overdispersion),
      "weeks": .number(Double(baseline.weeks)),
      "L": .number(factor),
      "rows": .list(rows),
    ]
  }

  /// The most items of a week: the chart's work grows with them.
  private static let mostItems = 1e6

  /// Weekly counts; both lists are as long as the shorter one, and no week met more than it had.
  private static func weeks(
    _ input: OracleInput,
    _ items: String,
    _ met: String
  ) throws -> [(items: Int, met: Int)] {
    func whole(_ value: Double) throws -> Int {
      guard value <= mostItems else {
        throw InputError(
          code: "oracle.input",
          "\"\(items)\" or \"\(met)\" has a week of more than a million items."
        )
      }
      return Int(max(value.rounded(), 0))
    }
    return try zip(try input.numbers(items), try input.numbers(met)).map {
      (try whole($0), min(try whole($1), try whole($0)))
    }
  }

  private static func limits(_ input: OracleInput) throws -> JSONTree {
    let cases = try input.parts("cases").map { part -> JSONTree in
      let distribution = BetaBinomialDistribution(
        trials: Int(try part.number("n", in: 0...mostItems)),
        mean: min(max(try part.number("p"), 0), 1),
        overdispersion: min(max(try part.number("rho", default: 0), 0), 0.999_999)
      )
      let limits = distribution.limits(alpha: try part.number("alpha", default: 0.01))
      return [
        "lo": .number(Double(limits.lowerBound)), "hi": .number(Double(limits.upperBound)),
      ]
    }
    return ["cases": .list(cases)]
  }
}
