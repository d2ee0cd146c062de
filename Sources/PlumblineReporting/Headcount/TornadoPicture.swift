import PlumblineCore
import PlumblineStatistics

/// What an answer hangs on most: one bar an input, from the answer at its low value to that at its
/// high one, the widest first.
struct TornadoPicture {
  /// The name under which the page finds the picture.
  let id: String
  let answer: HeadcountAnswer
  let course: HeadcountCourse
  /// How many inputs are drawn; the table has all of them.
  var mostBars = 12

  /// Where the words stand: beside the bars, or above each.
  private enum Layout {
    case wide, narrow

    var width: Double { self == .wide ? 720 : 340 }
    var left: Double { self == .wide ? 230 : 8 }
    var right: Double { width - 20 }
    var rowHeight: Double { self == .wide ? 30 : 42 }
    var barTop: Double { self == .wide ? 6 : 20 }
    var ticks: Int { self == .wide ? 6 : 4 }
  }

  private static let (top, barHeight) = (8.0, 18.0)

  private var words: HeadcountWords { HeadcountWords(answer) }
  private var items: [HeadcountSensitivity] { Array(course.sensitivities.prefix(mostBars)) }

  private var unit: PictureUnit {
    answer.question.metric == .wins ? .count("wins") : .money(answer.currency)
  }

  /// The answer with everything as planned.
  private var middle: Double {
    switch answer.question.metric {
    case .cash: course.endCash.expected
    case .profit: course.profit.expected
    case .wins: course.wins.expected
    }
  }

  /// The sentence above, the picture and the table.
  var markup: Markup {
    guard let first = items.first else {
      return .element("p", [:], "Nothing moves \(words.metric).")
    }
    let line =
      "\(words.metric.capitalizedFirst) of \(course.scenario.name), \(unit.level(middle)), hangs "
      + "most on: \(HeadcountWords.movedName(first.input))."
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], line), drawing(line, .wide),
            drawing(line, .narrow),
            .element(
              "figcaption",
              [:],
              "Dark: the input at its high value; pale: at its low one. The dotted line: "
                + "everything as planned. Each input is moved alone."
            ),
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

  private func drawing(_ description: String, _ layout: Layout) -> Markup {
    let ends = items.flatMap { [$0.atLow, $0.atHigh] } + [middle]
    let scale = PlotScale(
      ends.min() ?? 0,
      ends.max() ?? 1,
      from: layout.left,
      to: layout.right
    )
    let bottom = Self.top + Double(items.count) * layout.rowHeight
    var parts = scale.ticks(atMost: layout.ticks).flatMap { value in
      [
        Picture.line("axis", x1: scale(value), y1: Self.top, x2: scale(value), y2: bottom),
        Picture.words("middle", x: scale(value), y: bottom + 16, unit.tick(value)),
      ]
    }
    for (index, item) in items.enumerated() {
      let y = Self.top + Double(index) * layout.rowHeight + layout.barTop
      for (kind, value) in [("passage", item.atLow), ("bar", item.atHigh)] {
        let (from, to) = (min(scale(middle), scale(value)), max(scale(middle), scale(value)))
        parts.append(Picture.box(kind, x: from, y: y, width: to - from, height: Self.barHeight))
      }
      let name = HeadcountWords.movedName(item.input)
      parts.append(
        layout == .wide
          ? Picture.words("end", x: layout.left - 10, y: y + 13, name)
          : Picture.words("", x: 2, y: y - 5, name)
      )
    }
    parts.append(
      Picture.line("horizon", x1: scale(middle), y1: Self.top, x2: scale(middle), y2: bottom)
    )
    return Picture.frame(
      "\(id)-\(layout)",
      width: layout.width,
      height: bottom + 26,
      kind: "plot \(layout)-only",
      title: "What \(words.metric) hangs on: \(course.scenario.name)",
      description: description,
      parts
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: "What \(words.metric) hangs on: \(course.scenario.name)",
      [
        .text("Input"), .number("Low"), .number("High"), .number("Answer at low"),
        .number("Answer at high"), .text("Ends"),
      ]
    )
    for item in course.sensitivities {
      table.add([
        HeadcountWords.movedName(item.input), words.end(item.range.lowerBound, of: item.input),
        words.end(item.range.upperBound, of: item.input), words.metric(item.atLow),
        words.metric(item.atHigh), item.isMeasured ? "10 and 90 % points" : "a fifth each way",
      ])
    }
    return table.markup
  }
}
