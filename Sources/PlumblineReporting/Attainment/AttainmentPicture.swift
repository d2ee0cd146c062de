import PlumblineCore
import PlumblineStatistics

/// What each person and the team won as a bar, with a mark at the quota and the range that chance
/// alone leaves; all on one scale, in the order of names.
struct AttainmentPicture {
  /// The name under which the page finds the picture.
  var id: String
  let title: String
  let words: AttainmentWords
  let rows: [AttainmentRow]
  /// For wide pages, or for narrow ones, where the words stand above the bars.
  var layout: BridgeDrawing.Layout

  private var isWide: Bool { layout == .wide }
  private var width: Double { isWide ? 760 : 340 }
  private var rowHeight: Double { isWide ? 34 : 54 }
  private var left: Double { isWide ? 150 : 4 }
  private var right: Double { isWide ? 110 : 4 }
  /// Where a row's bar begins below the row's top.
  private var barTop: Double { isWide ? 2 : 22 }

  private var scale: PlotScale {
    let ends = rows.flatMap { row in
      [
        Double(row.won.amount), Double(row.quota?.amount ?? 0), row.chance?.interval.upper ?? 0,
        row.forecast?.likely.p10 ?? 0,
      ]
    }
    let lowest = min(0, rows.map { Double($0.won.amount) }.min() ?? 0)
    let highest = PlotScale.roundedUp(ends.max() ?? 1)
    return PlotScale(lowest, highest, from: left, to: width - right)
  }

  /// The picture.
  var markup: Markup {
    let scale = scale
    let height = Double(rows.count) * rowHeight + 34
    let unit = PictureUnit.money(words.currency)
    var parts: [Markup] = []
    let bottom = height - 26
    for tick in scale.ticks(atMost: isWide ? 6 : 4) {
      let half = Picture.width(of: unit.tick(tick), size: 12) / 2
      let x = min(max(scale(tick), half), width - half)
      parts.append(Picture.line("axis", x1: scale(tick), y1: 6, x2: scale(tick), y2: bottom))
      parts.append(Picture.words("tick middle", x: x, y: height - 8, unit.tick(tick)))
    }
    for (place, row) in rows.enumerated() {
      parts += drawing(row, y: 8 + Double(place) * rowHeight, scale)
    }
    return Picture.frame(
      id,
      width: width,
      height: height,
      kind: "attainment \(layout)-only",
      title: title,
      description: description,
      parts
    )
  }

  private func drawing(_ row: AttainmentRow, y top: Double, _ scale: PlotScale) -> [Markup] {
    let (zero, won) = (scale(0), scale(Double(row.won.amount)))
    let y = top + barTop - 2
    let name = Self.shortened(words.name(row.subject))
    var parts = [
      isWide
        ? Picture.words("end", x: left - 10, y: top + 16, name)
        : Picture.words("name", x: left, y: top + 14, name)
    ]
    if let forecast = row.forecast, forecast.basis == .forecast {
      parts.append(
        Picture.box(
          "likely",
          x: scale(forecast.likely.p90),
          y: y + 7,
          width: scale(forecast.likely.p10) - scale(forecast.likely.p90),
          height: 8,
          radius: 4
        )
      )
    }
    parts.append(
      Picture.box(
        "bar",
        x: min(zero, won),
        y: y + 2,
        width: max(1, (won - zero).magnitude),
        height: 18
      )
    )
    if let chance = row.chance?.interval {
      let (first, last) = (scale(chance.lower), scale(chance.upper))
      parts.append(Picture.line("chance", x1: first, y1: y + 25, x2: last, y2: y + 25))
      for end in [first, last] {
        parts.append(Picture.line("chance", x1: end, y1: y + 22, x2: end, y2: y + 28))
      }
    }
    if let quota = row.quota {
      let x = scale(Double(quota.amount))
      parts.append(Picture.line("reference", x1: x, y1: y - 2, x2: x, y2: y + 24))
    }
    if let share = row.attainment {
      parts.append(
        Picture.words(
          isWide ? "share" : "share end",
          x: isWide ? width - right + 12 : width - right,
          y: top + (isWide ? 16 : 14),
          Format.percent(share)
        )
      )
    }
    return parts
  }

  private static func shortened(_ name: String) -> String {
    DisplayWidth.shortened(name, to: 20)
  }

  private var description: String {
    rows.map { row in
      var text = "\(words.name(row.subject)): \(words.money(row.won.amount)) won"
      if let quota = row.quota { text += " of \(words.money(quota.amount))" }
      if let chance = row.chance {
        text += ", by chance alone \(words.range(chance.interval.lower, chance.interval.upper))"
      }
      return text + "."
    }.joined(separator: " ")
  }

  /// What the marks mean.
  static let caption =
    "Bar: won. Dashed line: quota. Line below with ends: where chance alone would leave 19 of 20 "
    + "people as good as the team. Pale band: where 8 in 10 such periods end. In order of names: the "
    + "order says nothing of who sells better."
}
