import PlumblineCore
import PlumblineStatistics

/// What plans of past dates promised, and what came: a range and a dot for each date, and beside
/// them how often promises of each chance were kept.
struct PlanReplayPicture {
  /// The name under which the page finds the pictures; theirs begin with it.
  let id: String
  let words: PlanReplayWords

  private static let left = 62.0
  private static let top = 14.0

  private var replay: PlanReplay { words.replay }
  private var currency: String { words.agreement.currency }

  /// The verdict, both pictures, what their parts mean, and the same numbers as a table.
  var markup: Markup {
    guard !replay.judged.isEmpty else {
      return .element("p", [:], replay.rows.isEmpty ? words.noneText : words.headline)
    }
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], words.comparisonText ?? words.scope),
            ranges(width: 720, kind: "wide"), ranges(width: 340, kind: "narrow"),
            .element(
              "figcaption",
              [:],
              "One column for each plan: bar, from the sum that had a chance of 90 % to that of "
                + "10 %; line in it, what was expected; dot, what came; ▲ or ▼ when it lay outside."
            ), calibration,
            .element(
              "figcaption",
              [:],
              "How often what came reached the sums that had been given each chance; on the "
                + "diagonal the odds are right."
                + (words.doOverlap ? " Periods overlap, so single steps mean little." : "")
            ),
          ])
        ]
      ),
      .element(
        "details",
        [:],
        [.lines([.element("summary", [:], "The same numbers as a table"), table])]
      ), .element("ul", [:], [.lines(words.notes.map { .element("li", [:], $0) })]),
    ])
  }

  private func ranges(width: Double, kind: String) -> Markup {
    let rows = replay.judged
    let (right, bottom) = (width - 10, kind == "wide" ? 250.0 : 210.0)
    let most =
      rows.flatMap { [$0.forecast?.high ?? 0, Double($0.actual)] }.max() ?? 1
    let unit = Double(Currency.minorUnits(of: currency))
    let amounts = PlotScale(0, PlotScale.roundedUp(most / unit), from: bottom, to: Self.top)
    func y(_ minorUnits: Double) -> Double { amounts(minorUnits / unit) }
    var parts: [Markup] = amounts.ticks(atMost: 5).flatMap { tick in
      [
        Picture.line("axis", x1: Self.left, y1: amounts(tick), x2: right, y2: amounts(tick)),
        Picture.words(
          "end",
          x: Self.left - 6,
          y: amounts(tick) + 4,
          PictureUnit.money(currency).tick(tick * unit)
        ),
      ]
    }
    let pitch = (right - Self.left) / Double(rows.count)
    let size = min(pitch * 0.6, 18)
    var taken = -Double.infinity
    for (place, row) in rows.enumerated() {
      guard let forecast = row.forecast else { continue }
      let x = Self.left + (Double(place) + 0.5) * pitch
      let (top, foot) = (y(forecast.high), y(forecast.low))
      parts.append(
        Picture.box("range", x: x - size / 2, y: top, width: size, height: max(foot - top, 1))
      )
      let middle = y(forecast.mean)
      parts.append(
        Picture.line("horizon", x1: x - size / 2, y1: middle, x2: x + size / 2, y2: middle)
      )
      parts.append(spot(x, y(Double(row.actual)), row, forecast))
      let text = String(row.date.description.prefix(7))
      let half = Picture.width(of: text, size: 12) / 2
      if x - half > max(taken + 8, Self.left - 20), x + half < right + 4 {
        parts.append(Picture.words("middle", x: x, y: bottom + 17, text))
        taken = x + half
      }
    }
    return Picture.frame(
      "\(id)-\(kind)",
      width: width,
      height: bottom + 24,
      kind: "plot \(kind)-only",
      title: "What plans of past dates expected, and what came",
      description: words.headline,
      parts
    )
  }

  private func spot(
    _ x: Double,
    _ y: Double,
    _ row: PlanReplay.Row,
    _ forecast: PastForecast
  ) -> Markup {
    if row.isWithinRange != false { return Picture.dot("spot", x: x, y: y, radius: 4.5) }
    return Double(row.actual) > forecast.high
      ? Picture.shape("alarm", [(x - 6, y + 5), (x + 6, y + 5), (x, y - 6)])
      : Picture.shape("alarm", [(x - 6, y - 5), (x + 6, y - 5), (x, y + 6)])
  }

  private var calibration: Markup {
    let (left, right, top, bottom) = (Self.left, 302.0, Self.top, 254.0)
    let across = PlotScale(0, 1, from: left, to: right)
    let up = PlotScale(0, 1, from: bottom, to: top)
    let judged = replay.judged
    let kept = stride(from: 10, through: 90, by: 10).map { percent in
      let chance = Double(percent) / 100
      let count = judged.count { row in
        row.forecast.map { Double(row.actual) >= $0.amount(withChance: chance) } ?? false
      }
      return (chance: chance, share: Double(count) / Double(judged.count))
    }
    var parts: [Markup] = [0, 0.5, 1].flatMap { (share: Double) in
      [
        Picture.line("axis", x1: left, y1: up(share), x2: right, y2: up(share)),
        Picture.words("end", x: left - 5, y: up(share) + 4, Format.percent(share)),
        Picture.words(
          share == 0 ? "" : share == 1 ? "end" : "middle",
          x: across(share),
          y: bottom + 17,
          Format.percent(share)
        ),
      ]
    }
    parts.append(Picture.line("horizon", x1: left, y1: bottom, x2: right, y2: top))
    parts.append(Picture.track("curve", [kept.map { (across($0.chance), up($0.share)) }]))
    parts += kept.map { Picture.dot("spot", x: across($0.chance), y: up($0.share), radius: 3.5) }
    parts.append(
      Picture.words("middle", x: (left + right) / 2, y: bottom + 34, "chance given")
    )
    let text = kept.map { "\(Format.percent($0.chance)): \(Format.percent($0.share))" }
    return Picture.frame(
      "\(id)-odds",
      width: 340,
      height: bottom + 42,
      kind: "plot small",
      title: "Chance given, and share that came",
      description: text.joined(separator: "; "),
      parts
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: "Plans of past dates, \(Format.days(replay.days)) each, in \(currency)",
      [
        .text("Made on"), .number("Leads a week"), .number("P90"), .number("P80"), .number("P50"),
        .number("Expected"), .number("P10"), .number("Came"), .number("Wins"),
        .number("Share below"), .number("Period before"), .number("Straight line"),
      ]
    )
    func amount(_ value: Double?) -> String { value.map(words.amount) ?? Format.absent }
    for row in replay.rows {
      let forecast = row.forecast
      table.add([
        row.date.description, Format.fixed(row.leadsPerWeek, decimals: 1), amount(forecast?.low),
        amount(forecast?.likely), amount(forecast?.evenOdds), amount(forecast?.mean),
        amount(forecast?.high), amount(Double(row.actual)), Format.count(row.wins),
        row.position.map { Format.percent($0) } ?? "no plan",
        amount(row.periodBefore.map(Double.init)), amount(row.straightLine),
      ])
    }
    return table.markup
  }
}

extension PlanReplay {
  /// The section of a page: the verdict, the pictures and their table.
  func section(under agreement: Agreement) -> Markup {
    HTMLPage.section(
      "Plans of past dates against what came",
      [
        PlanReplayPicture(
          id: "plan-replay",
          words: PlanReplayWords(replay: self, agreement: agreement)
        ).markup
      ]
    )
  }
}
