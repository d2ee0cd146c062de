import PlumblineStatistics

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension GamingStudy {
  /// The outcomes of all trials as tables in Markdown.
  ///
  /// - Parameter outcomes: One for each of `trials`, in their order.
  /// - Returns: Lines without a line break at the end.
  public func tables(_ outcomes: [Outcome]) -> String {
    let results = Array(zip(trials, outcomes))
    return falseAlarms(results) + "\n\n" + recall(results)
  }

  private typealias Result = (Trial, Outcome)

  private static let titles: [(GamingDetector, String)] = [
    (.periodEnd, "period end"), (.scoreLine, "score line"), (.meetings, "meetings"),
    (.firstTouch, "first touch"), (.dispositions, "dispositions"),
  ]

  private func falseAlarms(_ results: [Result]) -> String {
    var table = MarkdownTable(["honest companies"] + Self.titles.map(\.1))
    func add(_ title: String, _ own: [Result]) {
      table.add(
        [title]
          + Self.titles.map { detector, _ in
            Self.limited(own.count { $0.1.alarms.contains(detector) }, of: own.count)
          }
      )
    }
    let honest = results.filter { rows[$0.0.row].game == nil }
    for row in rows.indices where rows[row].game == nil {
      add(rows[row].title, honest.filter { $0.0.row == row })
    }
    for size in sizes { add("all, \(size) leads a year", honest.filter { $0.0.leads == size }) }
    return """
      False alarms of each detector, in percent of companies in which nothing was planted, and in \
      brackets the most that this many companies leave open (upper end of the 95 % interval of \
      Wilson). \(companies * sizes.count) companies for each row: \(companies) of each size. \
      Seed \(seed).

      \(table.text)
      """
  }

  private func recall(_ results: [Result]) -> String {
    var table = MarkdownTable(
      ["planted"] + sizes.map { "found, \($0) leads" }
        + sizes.map { "players named, \($0)" } + ["others named"]
    )
    for row in rows.indices where rows[row].game != nil {
      let own = results.filter { $0.0.row == row }
      let bySize = sizes.map { size in own.filter { $0.0.leads == size } }
      let isOfAll = if case .scoreLine = rows[row].game { true } else { false }
      table.add(
        [rows[row].title]
          + bySize.map { part in Self.share(part.count { $0.1.isFound }, of: part.count) }
          + bySize.map { part in
            isOfAll
              ? "–"
              : MarkdownTable.percent(
                part.reduce(0) { $0 + $1.1.playersNamed },
                of: part.reduce(0) { $0 + $1.1.players }
              )
          } + [MarkdownTable.percent(own.count { $0.1.namesOthers }, of: own.count)]
      )
    }
    return """
      Found at a limit of 5 % false alarms for each company and detector, in percent of companies \
      with one or two players, ± its Monte-Carlo standard error; players named, in percent of \
      players; companies in which the detector names somebody who does not play, in percent. \
      Where the row says nothing else they have the honest habits of the last kind above. \
      \(companies) companies for each row and size. Seed \(seed).

      \(table.text)
      """
  }

  /// Percent with the upper end of Wilson's interval: `0.0 (2.1)`.
  static func limited(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let interval = ConfidenceInterval.wilson(successes: Double(part), trials: Double(whole))
    return "\(MarkdownTable.tenths(part, of: whole)) (\(MarkdownTable.tenth(100 * interval.upper)))"
  }

  /// Percent with a Monte-Carlo standard error: `3.5 ± 0.9`.
  static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let rate = Double(part) / Double(whole)
    let error = (rate * (1 - rate) / Double(whole)).squareRoot()
    return "\(MarkdownTable.tenths(part, of: whole)) ± \(MarkdownTable.tenth(100 * error))"
  }
}
