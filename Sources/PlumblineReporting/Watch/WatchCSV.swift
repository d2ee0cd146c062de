public import PlumblineCore
import PlumblineStatistics

/// Watched series as CSV: one line for each week of each series, the baseline's weeks included.
public struct WatchCSV: Sendable {
  private let answer: WatchAnswer
  private let agreement: Agreement

  /// Watched series to be written.
  ///
  /// - Parameters:
  ///   - answer: The series.
  ///   - agreement: The agreement under which they were counted.
  public init(_ answer: WatchAnswer, under agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement.inUsualWords
  }

  private static let columns = [
    "series", "kind", "dimension", "unit", "from", "to", "within_days", "state", "week", "role",
    "items", "met", "share", "score", "smoothed_score", "limit", "usual_from", "usual_to",
    "is_alarm", "is_shock", "as_of", "agreement_version", "agreement_hash",
  ]

  /// The text; lines end as RFC 4180 wants them.
  public var text: String {
    let words = WatchWords(answer, agreement)
    let asOf = Format.iso8601(answer.asOf, agreement.calendar)
    let tail = [asOf, agreement.version, agreement.hash]
    var lines = [DelimitedRow.line(Self.columns)]
    for watched in answer.series {
      let head = head(watched, words)
      for week in watched.baselineWeeks {
        let share = week.items > 0 ? Double(week.met) / Double(week.items) : nil
        lines.append(
          DelimitedRow.line(
            head + [
              week.start.description, "baseline", String(week.items), String(week.met),
              number(share), "", "", "", "", "", "", "",
            ] + tail
          )
        )
      }
      for week in watched.points {
        let point = week.point
        lines.append(
          DelimitedRow.line(
            head + [
              week.start.description, "watched", String(point.items), String(point.met),
              number(point.rate), number(point.score), number(point.smoothedScore),
              number(point.limit), String(week.usual.lowerBound), String(week.usual.upperBound),
              String(point.isAlarm), String(point.isShock),
            ] + tail
          )
        )
      }
    }
    return lines.joined()
  }

  private func head(_ watched: WatchedSeries, _ words: WatchWords) -> [String] {
    let series = watched.series
    return [
      series.id, series.kind.rawValue, series.dimension?.rawValue ?? "", series.unit,
      series.fromStage.map { agreement.path[$0].id } ?? "",
      series.fromStage.map { agreement.path[$0 + 1].id } ?? "",
      series.withinDays.map { String($0) } ?? "", words.stateID(watched.state),
    ]
  }

  private func number(_ value: Double?) -> String {
    guard let rounded = Rounded.share(value) else { return "" }
    let text = String(rounded)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
