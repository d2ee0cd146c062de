import PlumblineStatistics

/// Weekly rates under watch: one picture a series, the rates above and their smoothed score with
/// its limit below, and every alarm where it was.
struct ControlChartPicture {
  /// One week of a series.
  struct Week: Hashable {
    /// What the week is called, at most ten letters: `2026-07-06`.
    var label: String
    /// The items that fell due; a week without any is a gap.
    var items: Int
    /// The share of them that met, a fraction; nil where there were none.
    var rate: Double?
    /// The smoothed weekly score (EWMA), in standard deviations; nil where it is not kept.
    var smoothed: Double?
    /// The score below which the week is an alarm, in standard deviations; nil where there is none.
    var lowerLimit: Double?
    /// The score above which the week is an alarm, in standard deviations; nil where there is none.
    var upperLimit: Double?
    /// Whether the smoothed score is beyond its limit.
    var isAlarm = false
    /// Whether the week by itself is beyond what chance does.
    var isShock = false
    /// Whether the week belongs to the baseline.
    var isBaseline = false
    /// The range of rates that the week's items support.
    var interval: ConfidenceInterval?
  }

  /// What is watched.
  struct Series: Hashable {
    var name: String
    /// The rate in the baseline weeks, a fraction; nil where there are too few of them.
    var baselineRate: Double?
    /// The range of rates that these weeks support.
    var baselineInterval: ConfidenceInterval?
    /// The weeks, oldest first, none left out.
    var weeks: [Week]

    /// Whether the last week that had items is an alarm.
    var isInAlarm: Bool { weeks.last { $0.items > 0 }?.isAlarm ?? false }
  }

  /// The name under which the page finds the pictures; theirs begin with it.
  let id: String
  /// What is watched: `First touch within 4 working hours, by rep`.
  let title: String
  let series: [Series]
  /// A text about a week of a series, opened to its records where it opens: the position of the
  /// series, the week's label, the text.
  var opened: (Int, String, String) -> Markup = { .text($2) }
  /// How many series are drawn; the table has all of them.
  var mostPanels = 12

  /// The sentence above, the pictures, what their parts mean, and the same numbers as tables.
  var markup: Markup {
    guard series.contains(where: { !$0.weeks.isEmpty }) else {
      return .element("p", [:], "\(title): no week is under watch yet.")
    }
    let shown = shown
    let layouts: [ControlChartPlot.Layout] = shown.count == 1 ? [.wide, .narrow] : [.panel]
    let plots = layouts.map { ControlChartPlot(shown, layout: $0) }
    let panels = shown.enumerated().map { index, one in
      panel(one, plots, "\(id)-\(index)")
    }
    // On paper the picture and the summary are enough: see the style sheet.
    let weeks = Markup.element(
      "details",
      ["class": "screen-only"],
      [
        .lines(
          [.element("summary", [:], "Week by week")]
            + shown.enumerated().map { weekly($1, "\(id)-weeks-\($0)") }
        )
      ]
    )
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], answer),
            .element(
              "ul",
              [
                "class": shown.count == 1 ? "panels alone" : "panels", "role": "list",
                "aria-label": title,
              ],
              [.lines(panels)]
            ), caption,
          ])
        ]
      ),
      .element(
        "details",
        [:],
        [.lines([.element("summary", [:], "The same numbers as tables"), summary, weeks])]
      ),
    ])
  }

  /// The series that are drawn: all, or those in alarm and then those with the most items.
  private var shown: [Series] {
    let drawable = series.filter { !$0.weeks.isEmpty }
    guard drawable.count > mostPanels else { return drawable }
    func items(_ series: Series) -> Int { series.weeks.reduce(0) { $0 + $1.items } }
    let sizes = drawable.map(items)
    let order = drawable.indices.sorted { left, right in
      let (one, other) = (drawable[left].isInAlarm, drawable[right].isInAlarm)
      if one != other { return one }
      return sizes[left] == sizes[right] ? left < right : sizes[left] > sizes[right]
    }
    return order.prefix(max(1, mostPanels)).sorted().map { drawable[$0] }
  }

  private func panel(_ series: Series, _ plots: [ControlChartPlot], _ id: String) -> Markup {
    let kind = series.isInAlarm ? "panel leaking" : "panel"
    let sign = series.isInAlarm ? "▼ " : ""
    let drawings = plots.map {
      $0.markup(
        of: series,
        id: "\(id)-\($0.layout)",
        title: "\(Picture.shown(series.name)): \(title)",
        description: "\(state(series).capitalizedFirst) \(level(series))"
      )
    }
    return .element(
      "li",
      ["class": kind],
      [
        .element(
          "p",
          [:],
          [
            Picture.name("panel-name", series.name),
            .element("span", ["class": "panel-remark"], sign + state(series).capitalizedFirst),
            .element("span", ["class": "panel-answer"], level(series)),
          ]
        )
      ] + drawings
    )
  }

  // MARK: Words

  private var answer: String {
    let drawable = series.filter { !$0.weeks.isEmpty }
    if drawable.count == 1 { return "\(title): \(state(drawable[0]))" }
    let alarms = drawable.filter(\.isInAlarm)
    let names = alarms.prefix(4).map { DisplayWidth.shortened(Picture.shown($0.name), to: 32) }
    let more = alarms.count > 4 ? ", and \(Format.count(alarms.count - 4)) more" : ""
    let head = "\(title): \(Format.count(alarms.count)) of \(Format.count(drawable.count)) in alarm"
    return alarms.isEmpty ? "\(head)." : "\(head): \(names.joined(separator: ", "))\(more)."
  }

  /// Since when the series is in alarm, or that it is not.
  private func state(_ series: Series) -> String {
    guard series.isInAlarm else {
      let past = series.weeks.count { $0.isAlarm }
      let shocks = series.weeks.count { $0.isShock }
      var parts = [past == 0 ? "no alarm" : "no alarm now, \(Format.count(past, "week")) before"]
      if shocks > 0 { parts.append(Format.count(shocks, "shock")) }
      return "\(parts.joined(separator: "; "))."
    }
    let counted = series.weeks.filter { $0.items > 0 }
    let first = counted.lastIndex { !$0.isAlarm }.map { $0 + 1 } ?? 0
    return "in alarm since \(counted[first].label)."
  }

  private func level(_ series: Series) -> String {
    let last = series.weeks.last { $0.items > 0 && $0.rate != nil }
    let base = series.baselineRate.map { "baseline \(Format.percent($0))" } ?? "no baseline yet"
    guard let last, let rate = last.rate else { return "No items; \(base)." }
    return
      "Last \(Format.percent(rate, last.interval)) of \(Format.count(last.items)); \(base)."
  }

  private var caption: Markup {
    let hidden = series.count { !$0.weeks.isEmpty } - shown.count
    let inAlarm = series.count { $0.isInAlarm } - shown.count { $0.isInAlarm }
    let state = inAlarm > 0 ? "\(Format.count(inAlarm)) of them in alarm" : "none of them in alarm"
    let more = hidden > 0 ? " \(Format.count(hidden)) more in the table, \(state)." : ""
    return .element(
      "figcaption",
      [:],
      "Above: the rate of each week, a larger dot for more items, and the baseline rate as a line. "
        + "Below: the weekly score, smoothed, and its limit, dashed. ▼ alarm: the smoothed score is "
        + "beyond its limit. ◆ shock: the week alone is beyond what chance does. Shaded weeks: the "
        + "baseline. A gap: nothing fell due.\(more)"
    )
  }

  // MARK: Tables

  private var summary: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: title,
      [
        .text("Series"), .number("Weeks"), .number("Items"), .number("Baseline"),
        .number("Last week"), .number("Alarms"), .number("Shocks"), .text("State"),
      ]
    )
    for (position, one) in series.enumerated() {
      let last = one.weeks.last { $0.items > 0 && $0.rate != nil }
      let newest = last.flatMap { week in
        week.rate.map {
          "\(Format.percent($0, week.interval)) of \(Format.count(week.items))"
        }
      }
      table.add(
        [
          .text(Picture.shown(one.name)), .text(Format.count(one.weeks.count)),
          .text(Format.count(one.weeks.reduce(0) { $0 + $1.items })),
          .text(one.baselineRate.map { Format.percent($0, one.baselineInterval) } ?? Format.absent),
          last.flatMap { week in newest.map { opened(position, week.label, $0) } }
            ?? .text(Format.absent),
        ]
          + [
            Format.count(one.weeks.count { $0.isAlarm }),
            Format.count(one.weeks.count { $0.isShock }),
            one.weeks.isEmpty ? "not under watch yet" : state(one),
          ].map { .text($0) }
      )
    }
    return table.markup
  }

  private func weekly(_ series: Series, _ id: String) -> Markup {
    var table = MarkupTable(
      id,
      caption: "\(Picture.shown(series.name)), week by week",
      [
        .text("Week"), .number("Items"), .number("Rate"), .number("Smoothed score"),
        .number("Limit"), .text("Mark"),
      ]
    )
    let position = self.series.firstIndex(of: series)
    func score(_ value: Double?) -> String? { value.map { Format.signed($0, decimals: 2) } }
    for week in series.weeks {
      let limits = [score(week.lowerLimit), score(week.upperLimit)].compactMap { $0 }
      let marks = [
        week.isBaseline ? "baseline" : nil, week.isAlarm ? "alarm" : nil,
        week.isShock ? "shock" : nil,
      ].compactMap { $0 }
      let items = Format.count(week.items)
      table.add(
        [
          .text(week.label),
          week.items > 0
            ? position.map { opened($0, week.label, items) } ?? .text(items)
            : .text(items),
        ]
          + [
            week.items > 0 ? week.rate.map { Format.percent($0) } ?? Format.absent : Format.absent,
            score(week.smoothed) ?? Format.absent,
            limits.isEmpty ? Format.absent : limits.joined(separator: " and "),
            marks.joined(separator: ", "),
          ].map { .text($0) }
      )
    }
    return table.markup
  }
}
