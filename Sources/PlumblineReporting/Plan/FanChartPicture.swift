import Foundation
import PlumblineCore

/// Money booked so far and the ways it may go on until the deadline, with the quota as a line.
struct FanChartPicture {
  /// The name under which the page finds the picture; its parts begin with it.
  let id: String
  let title: String
  let points: [ForecastPoint]
  /// Minor units.
  let quota: Double
  let currency: String

  private static let left = 62.0
  private static let top = 24.0

  /// The picture in two widths, what its parts mean, and the same numbers as a table.
  var markup: Markup {
    guard points.count > 1 else {
      return .element("p", [:], "\(title): there is no way to draw yet.")
    }
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], answer), drawing(width: 720, kind: "wide"),
            drawing(width: 340, kind: "narrow"), caption,
          ])
        ]
      ),
      .element(
        "details",
        [:],
        [.lines([.element("summary", [:], "The same numbers as a table"), table])]
      ),
    ])
  }

  private func money(_ value: Double) -> String { Format.estimatedMoney(value, currency) }

  private var answer: String {
    guard let last = points.last, let reached = last.reached, let mean = last.mean else {
      return title
    }
    return "By \(last.day), with as many leads as of late: about \(money(mean)), "
      + "\(money(reached.ninety)) to \(money(reached.ten)) in 80 of 100 cases; the quota is "
      + "\(Format.money(quota, currency))."
  }

  private var caption: Markup {
    .element(
      "figcaption",
      [:],
      "Thick line: booked. Thin line: reached in half of all cases. Dashed: reached in 80 of 100 "
        + "(P80). Band: 80 of 100 cases end inside. Straight dotted line: the quota. New leads come "
        + "as in the last weeks, give or take how much weeks differ."
    )
  }

  // MARK: Drawing

  private func drawing(width: Double, kind: String) -> Markup {
    let (right, bottom) = (width - 12, kind == "wide" ? 270.0 : 220.0)
    let first = Double(points.first?.day.dayNumber ?? 0)
    let last = Double(points.last?.day.dayNumber ?? 1)
    let most = points.flatMap { [$0.booked ?? 0, $0.reached?.ten ?? 0] }.max() ?? 0
    let days = PlotScale(first, last, from: Self.left, to: right)
    let amounts = PlotScale(0, max(most, quota, 1) * 1.06, from: bottom, to: Self.top)
    var parts = axes(days, amounts, right, bottom, isWide: kind == "wide")
    parts += fan(days, amounts)
    let y = amounts(quota)
    parts.append(Picture.line("quota", x1: Self.left, y1: y, x2: right, y2: y))
    parts.append(Picture.words("end", x: right, y: y - 5, "quota"))
    return Picture.frame(
      "\(id)-\(kind)",
      width: width,
      height: bottom + 24,
      kind: "plot fan \(kind)-only",
      title: title,
      description: answer,
      parts
    )
  }

  private func axes(
    _ days: PlotScale,
    _ amounts: PlotScale,
    _ right: Double,
    _ bottom: Double,
    isWide: Bool
  ) -> [Markup] {
    var parts: [Markup] = []
    let unit = Double(Currency.minorUnits(of: currency))
    let major = PlotScale(
      0,
      amounts.domain.upperBound / unit,
      from: amounts.start,
      to: amounts.end
    )
    for tick in major.ticks(atMost: 5) {
      let y = major(tick)
      parts.append(Picture.line("axis", x1: Self.left, y1: y, x2: right, y2: y))
      parts.append(
        Picture.words(
          "end",
          x: Self.left - 6,
          y: y + 4,
          PictureUnit.money(currency).tick(tick * unit)
        )
      )
    }
    let ends = [points.first?.day, points.last { $0.booked != nil }?.day, points.last?.day]
    var taken = -Double.infinity
    for (place, day) in ends.enumerated() {
      guard let day else { continue }
      let x = days(Double(day.dayNumber))
      let text = isWide ? day.description : String(day.description.dropFirst(5))
      let size = Picture.width(of: text, size: 12)
      let start = place == 0 ? x : place == 2 ? x - size : x - size / 2
      guard start > taken + 6 else { continue }
      // Anchored where it must not pass: letters may be wider than they are taken to be.
      let anchor = place == 0 ? "" : place == 2 ? "end" : "middle"
      parts.append(Picture.words(anchor, x: x, y: bottom + 17, text))
      taken = start + size
    }
    return parts
  }

  private func fan(_ days: PlotScale, _ amounts: PlotScale) -> [Markup] {
    func x(_ point: ForecastPoint) -> Double { days(Double(point.day.dayNumber)) }
    let past = points.compactMap { point in
      point.booked.map { (x: x(point), y: amounts($0)) }
    }
    let future = points.filter { $0.reached != nil }
    // The fan opens where what is booked ends.
    let origin = past.last.map { [$0] } ?? []
    func way(_ value: (ForecastPoint.Bands) -> Double) -> [(x: Double, y: Double)] {
      origin
        + future.compactMap { point in
          point.reached.map { (x: x(point), y: amounts(value($0))) }
        }
    }
    let (upper, lower) = (way(\.ten), way(\.ninety))
    var parts: [Markup] = []
    if upper.count > 1 { parts.append(Picture.shape("band", upper + lower.reversed())) }
    parts.append(Picture.track("likely", [way(\.fifty)]))
    parts.append(Picture.track("sure", [way(\.eighty)]))
    parts.append(Picture.track("booked", [past]))
    return parts
  }

  // MARK: Table

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: "\(title), in \(currency)",
      [
        .text("By the end of"), .number("Booked"), .number("9 of 10 cases reach"),
        .number("8 of 10 (P80)"), .number("Half"), .number("1 of 10"),
      ]
    )
    func amount(_ value: Double?) -> String {
      value.map { Format.estimatedAmount($0, currency) } ?? Format.absent
    }
    for point in points {
      table.add([
        point.day.description,
        point.booked.map { Format.amount($0, currency) } ?? Format.absent,
        amount(point.reached?.ninety), amount(point.reached?.eighty),
        amount(point.reached?.fifty), amount(point.reached?.ten),
      ])
    }
    return table.markup
  }
}
