import PlumblineCore
import PlumblineStatistics

/// Watched series in words: what text, JSON and CSV say alike.
struct WatchWords {
  let answer: WatchAnswer
  let agreement: Agreement
  let stages: StageWords

  init(_ answer: WatchAnswer, _ agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
    stages = StageWords(agreement)
  }

  var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: []
    )
  }

  /// What a series counts: `lead → MQL within 14 days`, `first touch`.
  func subject(_ series: WeeklySeries) -> String {
    let days = series.withinDays.map { " within \(Format.days($0))" } ?? ""
    if let stage = series.fromStage { return stages.step(stage, stage + 1) + days }
    return (series.subject.isEmpty ? series.id : series.subject).printable + days
  }

  /// Whose it is: `Meta`, `all leads`.
  func unit(_ series: WeeklySeries) -> String {
    series.dimension == nil
      ? (series.kind == .conversion ? "all leads" : "all") : series.unit.printable
  }

  /// Where it is: `Meta, lead → MQL within 14 days`, with names as they are written.
  func place(_ series: WeeklySeries) -> String {
    "\(unit(series)), \(subject(series))"
  }

  /// The items of a series: `leads`, or what was due.
  private func items(_ series: WeeklySeries) -> String {
    series.kind == .conversion ? "leads" : "due"
  }

  // MARK: States

  /// The state in a few words.
  func state(_ watched: WatchedSeries) -> String {
    switch watched.state {
    case .quiet: "quiet"
    case .alarm(let since): "alarm since \(since)"
    case .shock(let week): "shock in \(week)"
    case .tooLittleData(let missing): self.missing(missing)
    }
  }

  /// The state for programs.
  func stateID(_ state: WatchState) -> String {
    switch state {
    case .quiet: "quiet"
    case .alarm: "alarm"
    case .shock: "shock"
    case .tooLittleData: "too_little_data"
    }
  }

  /// What is missing for a judgement.
  func missing(_ missing: WatchState.Missing) -> String {
    switch missing {
    case .weeks(let have, let need):
      "\(Format.count(have, "week")) before, needs \(Format.count(need))"
    case .items(let perWeek, let need):
      // Rounded down: 4.97 is not yet 5.
      "\(Format.fixed((perWeek * 10).rounded(.down) / 10, decimals: 1)) a week, needs "
        + Format.fixed(need, decimals: 0)
    case .everything: "nothing in the weeks watched"
    case .anythingToLose: "never met before, so it cannot become worse"
    }
  }

  /// How soon a fall is seen: `in 3 weeks`.
  func speed(_ watched: WatchedSeries) -> String {
    guard let weeks = watched.weeksToSeeFall else { return "not in a year" }
    return Format.count(weeks, "week")
  }

  /// The weeks from the first of an open alert on: items, those that met, and their share.
  func sinceAlert(_ watched: WatchedSeries) -> (items: Int, met: Int)? {
    let start: CivilDate
    switch watched.state {
    case .alarm(let since): start = since
    case .shock(let week): start = week
    case .quiet, .tooLittleData: return nil
    }
    let points = watched.points.filter { $0.start >= start }.map(\.point)
    return (points.reduce(0) { $0 + $1.items }, points.reduce(0) { $0 + $1.met })
  }

  /// `62 % (55–69 %) of 184`.
  func share(_ met: Int, of items: Int) -> String {
    guard items > 0 else { return Format.absent }
    return "\(Format.share(met, of: items)) of \(Format.count(items))"
  }

  /// What was usual, `75 % of 920 over 26 weeks`.
  func usual(_ watched: WatchedSeries) -> String {
    guard let baseline = watched.baseline else { return Format.absent }
    let share = Double(baseline.met) / Double(max(baseline.items, 1))
    return "\(Format.percent(share)) of \(Format.count(baseline.items)) over "
      + Format.count(baseline.weeks, "week")
  }

  // MARK: Sentences

  /// What was watched, as a sentence.
  var scope: String {
    let options = answer.options
    let watched =
      options.baselineEnd.map { "every whole week of every series from \($0.startOfWeek) on" }
      ?? "the last \(Format.count(options.weeks, "whole week")) of every series"
    let filter = provenance.filterText.map { ", where \($0)" } ?? ""
    let period = provenance.periodText.map { ", from \($0)" } ?? ""
    return "Watched: \(watched), against up to "
      + "\(Format.count(options.mostBaselineWeeks, "week")) before\(period)\(filter). A week's leads "
      + "are those who entered the step in it."
  }

  /// The alerts, lasting ones first, the farthest beyond their limit first.
  var alerts: [WatchedSeries] {
    func urgency(_ watched: WatchedSeries) -> Double {
      guard let point = watched.points.last?.point, point.limit > 0 else { return 0 }
      let isAlarm = if case .alarm = watched.state { 1000.0 } else { 0.0 }
      return isAlarm + abs(point.smoothedScore) / point.limit
    }
    return answer.alerts.sorted { left, right in
      let (first, second) = (urgency(left), urgency(right))
      return first != second ? first > second : left.series.id < right.series.id
    }
  }

  /// The state of everything in one sentence that can be read aloud.
  var headline: String {
    let judged = Format.count(answer.judgedCount, "series", "series")
    guard answer.judgedCount > 0 else {
      if answer.series.isEmpty, !answer.undatedSteps.isEmpty {
        return "Nothing can be watched: at every step too many dates are missing."
      }
      return answer.series.isEmpty
        ? "Nothing can be watched yet: no leads on record."
        : "Nothing can be watched yet: not enough data in any of "
          + "\(Format.count(answer.series.count, "series", "series"))."
    }
    let alerts = alerts
    guard let first = alerts.first else {
      return "Nothing has become worse than usual in \(judged) watched."
    }
    var text =
      "\(Format.count(alerts.count)) of \(judged) watched "
      + "\(alerts.count == 1 ? "has" : "have") become worse than usual: \(place(first.series)), "
    switch first.state {
    case .alarm(let since): text += "since the week of \(since)"
    case .shock(let week): text += "in the week of \(week)"
    case .quiet, .tooLittleData: break
    }
    if let since = sinceAlert(first) {
      text += ", \(share(since.met, of: since.items)) against \(usual(first)) before"
    }
    if alerts.count > 1 {
      text +=
        "; \(Format.count(alerts.count - 1, "other")) \(alerts.count == 2 ? "is" : "are") "
        + "listed below"
    }
    return text + "."
  }

  /// How alerts are given, and what they do not say.
  var notes: [String] {
    let options = answer.options
    let budget = Format.fixed(
      options.falseAlarmsPerYear,
      decimals: options.falseAlarmsPerYear == options.falseAlarmsPerYear.rounded() ? 0 : 1
    )
    var notes = [
      "Alarm: weeks worse than usual add up to more than chance makes. Shock: a single week far "
        + "worse than one week may be. The limits are set for about \(budget) false "
        + "\(budget == "1" ? "alarm" : "alarms") a year over all "
        + "\(Format.count(answer.judgedCount)) series together, so a single series must be off by "
        + "\(Format.fixed(answer.limitFactor, decimals: 1)) standard deviations.",
      "A week counts once all its leads have had their days: the newest weeks are still to come.",
    ]
    if let slow = slowest {
      let points = Format.fixed(slow.fall * 100, decimals: slow.fall < 0.095 ? 1 : 0)
      let speed =
        slow.weeksToSeeFall.map {
          "half of all falls of \(points) points are seen within \(Format.count($0, "week"))"
        } ?? "fewer than half of all falls of \(points) points are seen within a year"
      notes.append(
        "Where few come each week a change is seen late: at "
          + "\(Format.fixed(slow.itemsPerWeek, decimals: 0)) a week (\(place(slow.series))) \(speed)."
      )
    }
    if !answer.undatedSteps.isEmpty {
      let steps = answer.undatedSteps.map { stages.step($0, $0 + 1) }.joined(separator: ", ")
      notes.append("Not watched, for too many of their dates are missing: \(steps).")
    }
    notes.append(
      "An alert says that something changed, not what brought it about, nor whose it is."
    )
    return notes
  }

  /// The judged series that sees a fall last.
  private var slowest: WatchedSeries? {
    answer.series.filter(\.isJudged).max {
      ($0.weeksToSeeFall ?? .max) < ($1.weeksToSeeFall ?? .max)
    }
  }

  /// A series' last weeks: some of its baseline, a bar, then those watched.
  func picture(_ watched: WatchedSeries, baselineWeeks: Int = 8) -> String {
    let weeks = Dictionary(
      (watched.baselineWeeks.map { ($0.start, ($0.items, $0.met)) }
        + watched.points.map { ($0.start, ($0.point.items, $0.point.met)) })
        .map { ($0.0, $0.1.0 > 0 ? Double($0.1.1) / Double($0.1.0) : nil) }
    ) { first, _ in first }
    guard let first = watched.points.first?.start, let last = watched.points.last?.start else {
      return ""
    }
    func shares(_ from: Int, _ to: Int) -> [Double?] {
      stride(from: from, to: to, by: 7).map { weeks[CivilDate(dayNumber: $0)] ?? nil }
    }
    let before = shares(first.dayNumber - 7 * baselineWeeks, first.dayNumber)
    // A watch of many weeks shows the newest.
    let start = max(first.dayNumber, last.dayNumber - 7 * 15)
    let now = shares(start, last.dayNumber + 7)
    let line = Sparkline((before + now).compactMap { $0 })
    return "\(line.text(before))│\(line.text(now))"
  }
}
