public import PlumblineCore
import PlumblineStatistics

extension VerdictSections {
  /// The bridge from the last period, or from what else it is compared with, to what came.
  ///
  /// - Parameter gap: The gap to the last period, the plan or the best channel.
  /// - Returns: The section; nothing without a gap.
  public func bridge(_ gap: GapAnswer?) -> Markup {
    guard let gap else { return .none }
    let words = GapWords(gap, agreement)
    let unit: PictureUnit =
      gap.unit == .money ? .money(agreement.currency) : .count("customers")
    // Customers are counted in thousandths, money in minor units already.
    let scale = gap.unit == .money ? 1 : 1 / Double(gap.minorUnits)
    func step(_ name: String, _ part: GapPart) -> BridgePicture.Step {
      BridgePicture.Step(
        name: name,
        value: Double(part.amount) * scale,
        lower: Double(part.lower) * scale,
        upper: Double(part.upper) * scale,
        mark: part.isClear ? .clear : .notClear
      )
    }
    func picture(_ id: String, _ title: String, _ steps: [BridgePicture.Step]) -> Markup {
      BridgePicture(
        id: id,
        title: title,
        unit: unit,
        confidence: 0.9,
        start: BridgePicture.Level(name: baseName(words), value: Double(gap.base) * scale),
        steps: steps,
        end: BridgePicture.Level(name: words.name(gap.period), value: Double(gap.actual) * scale)
      ).markup
    }
    return section(
      "bridge",
      "From \(baseName(words)) to \(words.name(gap.period))",
      [
        .element("p", [:], words.headline), .element("h3", [:], "By what changed"),
        picture(
          "bridge-factors",
          "By what changed",
          zip(gap.factors, gap.factorTotals).map { step(words.name($0), $1) }
        ),
        .element("h3", [:], "By channel"),
        picture(
          "bridge-channels",
          "By channel",
          gap.channels.map { step($0.name.printable, $0.total) }
        ), links.ways(periods(gap, words)), details("What to keep in mind", [list(words.notes)]),
      ]
    )
  }

  /// The leads whose outcomes the two ends of the bridge are made of.
  private func periods(
    _ gap: GapAnswer,
    _ words: GapWords
  ) -> [(text: String, number: RecordLinks.Number)] {
    [gap.basePeriod, gap.period].compactMap(\.self).map { period in
      ("leads that came in in \(words.name(period))", .arrived(period.first...period.last))
    }
  }

  /// What the period is compared with, in a few words.
  private func baseName(_ words: GapWords) -> String {
    switch words.answer.benchmark {
    case .previous: words.answer.basePeriod.map { words.name($0) } ?? "the period before"
    case .plan: "the plan"
    case .best: "the best channel's rates"
    }
  }

  /// The weekly series under watch.
  ///
  /// - Parameter watch: The series.
  /// - Returns: The section; nothing without series.
  public func watched(_ watch: WatchAnswer?) -> Markup {
    guard let watch else { return .none }
    let words = WatchWords(watch, agreement)
    let judged = watch.series.filter(\.isJudged)
    guard !judged.isEmpty else {
      return section("watch", "Week by week", [.element("p", [:], words.headline)])
    }
    return section(
      "watch",
      "Week by week",
      [
        .element("p", [:], words.headline),
        ControlChartPicture(
          id: "watch-series",
          title: "Weekly series under watch",
          series: judged.map { series($0, words) },
          opened: { [links] position, week, text in
            guard let number = judged[position].number(ofWeek: week) else { return .text(text) }
            return links.markup(text, number)
          }
        ).markup, details("How alerts are given", [list(words.notes)]),
      ]
    )
  }

  private func series(
    _ watched: WatchedSeries,
    _ words: WatchWords
  ) -> ControlChartPicture.Series {
    let usual = watched.baselineWeeks.map { week in
      ControlChartPicture.Week(
        label: week.start.description,
        items: week.items,
        rate: week.items > 0 ? Double(week.met) / Double(week.items) : nil,
        isBaseline: true
      )
    }
    let points = watched.points.map { week in
      let isLow = watched.series.worse == .low
      return ControlChartPicture.Week(
        label: week.start.description,
        items: week.point.items,
        rate: week.point.items > 0 ? week.point.rate : nil,
        smoothed: week.point.smoothedScore,
        lowerLimit: isLow ? -week.point.limit : nil,
        upperLimit: isLow ? nil : week.point.limit,
        isAlarm: week.point.isAlarm,
        isShock: week.point.isShock,
        interval: .wilson(
          successes: Double(week.point.met),
          trials: Double(week.point.items)
        )
      )
    }
    return ControlChartPicture.Series(
      name: words.place(watched.series),
      baselineRate: watched.baseline?.rate,
      baselineInterval: watched.baseline?.interval,
      weeks: usual + points
    )
  }
}
