public import PlumblineCore
import PlumblineStatistics

/// Watched series as text for people: the sentence, the alerts, every series with its last weeks.
public struct WatchText: Sendable {
  private let answer: WatchAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// Watched series to be shown.
  ///
  /// - Parameters:
  ///   - answer: The series.
  ///   - agreement: The agreement under which they were counted.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: WatchAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// The state of everything as one sentence that can be read aloud.
  public var headline: String { WatchWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = WatchWords(answer, agreement)
    page.paragraph(words.headline, ink: .strong)
    page.blank()
    page.paragraph(words.scope)
    for alert in words.alerts { detail(alert, words, &page) }
    cleared(words, &page)
    series(words, &page)
    unjudged(words, &page)
    if !answer.series.isEmpty || !answer.undatedSteps.isEmpty {
      page.heading("How alerts are given")
      page.bullets(words.notes)
    }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func detail(_ alert: WatchedSeries, _ words: WatchWords, _ page: inout TextPage) {
    page.heading("\(words.place(alert.series)): \(words.state(alert))")
    func fact(_ label: String, _ text: String) {
      page.fact(label, text, indent: 3, labelWidth: 10)
    }
    if let since = words.sinceAlert(alert) {
      fact("Since", "\(words.share(since.met, of: since.items)).")
    }
    fact("Before", "\(words.usual(alert)).")
    if let week = alert.points.last {
      let usual = week.usual
      fact(
        "Newest",
        "\(Format.count(week.point.met)) of \(Format.count(week.point.items)) in the week of "
          + "\(week.start); \(Format.count(usual.lowerBound)) to \(Format.count(usual.upperBound)) "
          + "would be usual."
      )
    }
    fact("Weeks", words.picture(alert, baselineWeeks: 16))
    fact("Do", words.remedy(alert))
  }

  private func cleared(_ words: WatchWords, _ page: inout TextPage) {
    let items = answer.series.flatMap { watched in
      watched.tickets.compactMap { ticket in
        ticket.until.map { until in
          "\(words.place(watched.series)): \(ticket.kind.rawValue) from the week of "
            + "\(ticket.from) to that of \(until)."
        }
      }
    }
    guard !items.isEmpty else { return }
    page.heading("Seen in these weeks, and over")
    page.bullets(items)
  }

  private func series(_ words: WatchWords, _ page: inout TextPage) {
    let judged = answer.series.filter(\.isJudged)
    var subjects: [String] = []
    for watched in judged where !subjects.contains(words.subject(watched.series)) {
      subjects.append(words.subject(watched.series))
    }
    for subject in subjects {
      page.heading(subject)
      var table = TextTable([
        .text("of"), .number("usual"), .number("a week"), .whole("last weeks"),
        .number("newest"), .number("a fall is seen in"), .wrapped("state", least: 11),
      ])
      for watched in judged where words.subject(watched.series) == subject {
        table.add(cells(watched, words), ink: ink(watched.state))
      }
      page.table(table)
    }
    guard !subjects.isEmpty else { return }
    page.paragraph(
      "Last weeks: eight of the weeks before, a bar, the weeks watched; each series on its own "
        + "scale. A fall: of 15 points, or by half where less than 30 % is usual; seen in half of "
        + "all cases.",
      indent: 2
    )
  }

  private func cells(_ watched: WatchedSeries, _ words: WatchWords) -> [String] {
    let newest = watched.points.last?.point
    return [
      words.unit(watched.series),
      watched.baseline.map { Format.percent(Double($0.met) / Double(max($0.items, 1))) }
        ?? Format.absent,
      Format.fixed(watched.itemsPerWeek, decimals: watched.itemsPerWeek < 9.95 ? 1 : 0),
      words.picture(watched),
      newest.map { "\(Format.count($0.met)) of \(Format.count($0.items))" } ?? Format.absent,
      words.speed(watched),
      words.state(watched),
    ]
  }

  private func ink(_ state: WatchState) -> Ink {
    switch state {
    case .alarm, .shock: .bad
    case .quiet: .plain
    case .tooLittleData: .faint
    }
  }

  private func unjudged(_ words: WatchWords, _ page: inout TextPage) {
    let others = answer.series.filter { !$0.isJudged }
    guard !others.isEmpty else { return }
    page.heading("Not enough data")
    page.bullets(
      others.prefix(10).map { "\(words.place($0.series)): \(words.state($0))." }
    )
    if others.count > 10 {
      page.paragraph(
        "And \(Format.count(others.count - 10)) more; JSON lists them all.",
        indent: 2
      )
    }
  }
}

extension WatchWords {
  /// Where to look next.
  func remedy(_ watched: WatchedSeries) -> String {
    let series = watched.series
    guard let stage = series.fromStage else {
      return "Look at what was due and not done in these weeks."
    }
    var filter = ""
    if let dimension = series.dimension {
      filter = " --where " + Self.quoted("\(dimension.rawValue)=\(series.unit.printable)")
    }
    return "Look at the leads: plumbline funnel --by week\(filter), and who of them is open: --ids "
      + "open:\(agreement.path[stage].id)."
  }

  /// A word for a shell's command line, quoted where it must be.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789=_-.,/".unicodeScalars.contains($0)
    }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
