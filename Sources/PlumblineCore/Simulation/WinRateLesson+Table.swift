import PlumblineStatistics

extension WinRateLesson {
  /// The same year drawn many times over: what a way of counting says on average.
  public struct Repeats: Sendable {
    /// How many years were drawn.
    public let count: Int
    /// The mean rate by way of counting.
    public let means: [Definition: Double]
    /// How many of the intervals of the cumulative incidence contain the true rate.
    public let covered: Int

    /// Draws the years of the seeds 0..<count.
    ///
    /// - Complexity: O(count x opportunities).
    public init(count: Int) {
      self.count = count
      var sums: [Definition: Double] = [:]
      var covered = 0
      for seed in 0..<UInt64(count) {
        let lesson = WinRateLesson(seed: seed)
        for definition in Definition.allCases {
          sums[definition, default: 0] += lesson.rate(definition) ?? 0
        }
        if lesson.incidence.interval.contains(WinRateLesson.rateWithinHorizon) { covered += 1 }
      }
      means = sums.mapValues { $0 / Double(max(1, count)) }
      self.covered = covered
    }
  }

  /// The seven rates as a table in Markdown, beside the truth and the mean of many repeats.
  ///
  /// - Parameter repeats: How often the year is drawn again to tell bias from bad luck.
  /// - Returns: Lines without a line break at the end; the same text as in
  ///   `Documentation/methods/win-rates.md`.
  /// - Complexity: O(repeats x opportunities).
  public func table(repeats: Int = 200) -> String {
    let repeated = Repeats(count: repeats)
    let truth = Self.rateWithinHorizon
    var rows = [["Way to count", "This year", "95 % interval", "Mean of \(repeats)", "Bias"]]
    for definition in Definition.allCases {
      let mean = repeated.means[definition] ?? 0
      rows.append([
        definition.words, rate(definition).map(Self.percent) ?? "none",
        interval(definition).map { "\(Self.percent($0.lower)) to \(Self.percent($0.upper))" } ?? "",
        Self.percent(mean), (mean >= truth ? "+" : "") + Self.points(mean - truth),
      ])
    }
    rows.append(["the truth", Self.percent(truth), "", Self.percent(truth), ""])
    return """
      \(Self.markdown(rows))

      Of \(repeats) such years, the interval in the row of Aalen–Johansen contained the truth in \
      \(repeated.covered).
      """
  }

  private static func markdown(_ rows: [[String]]) -> String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      let cells = row.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + blanks : blanks + row[column]
      }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    let rule = widths.enumerated().map { column, width in
      column == 0
        ? String(repeating: "-", count: width)
        : String(repeating: "-", count: width - 1) + ":"
    }
    lines.insert("| " + rule.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n")
  }

  private static func percent(_ share: Double) -> String { points(share) + " %" }

  /// A share in percentage points with one decimal.
  private static func points(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}

extension WinRateLesson.Definition {
  /// The way of counting in a few words.
  public var words: String {
    switch self {
    case .created: "won / all created in the year"
    case .closed: "won / (won + lost), closed so far"
    case .closedLastQuarter: "won / (won + lost), closed in the last quarter"
    case .closedAmount: "won / (won + lost), by amount"
    case .newestQuarter: "won / all, newest quarter's cohort"
    case .matureCohorts: "won within \(WinRateLesson.horizonInDays) days / all, only older cohorts"
    case .cumulativeIncidence: "Aalen–Johansen within \(WinRateLesson.horizonInDays) days"
    }
  }
}
