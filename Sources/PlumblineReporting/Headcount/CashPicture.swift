import PlumblineCore
import PlumblineStatistics

/// Cash by month, one panel a course on the same scales: the middle of what was drawn, and between
/// what 80 of 100 courses of it stay.
struct CashPicture {
  private typealias Place = (x: Double, y: Double)

  /// The name under which the page finds the pictures; theirs begin with it.
  let id: String
  let answer: HeadcountAnswer

  private static let (width, height) = (320.0, 188.0)
  private static let (left, right) = (58.0, 312.0)
  private static let (top, bottom) = (14.0, 164.0)

  private var words: HeadcountWords { HeadcountWords(answer) }
  private var unit: PictureUnit { .money(answer.currency) }

  /// The sentence above, the panels, and the table.
  var markup: Markup {
    guard answer.question.months > 0 else {
      return .element("p", [:], "There are no months, so there is no cash to draw.")
    }
    let panels = answer.courses.enumerated().map { index, course in
      panel(course, "\(id)-\(index)")
    }
    let list = Markup.element(
      "ul",
      ["class": "panels", "role": "list", "aria-label": "Cash by month"],
      [.lines(panels)]
    )
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([.element("p", ["class": "answer-line"], words.headline), list, caption])
        ]
      ),
      .element(
        "details",
        [:],
        [.lines([.element("summary", [:], "The same numbers as a table"), table])]
      ),
    ])
  }

  private var caption: Markup {
    .element(
      "figcaption",
      [:],
      answer.question.draws > 0
        ? "The line: 50 of 100 courses have less cash. Shaded: what 80 of 100 stay in, month by "
          + "month. All panels have the same scales; the dotted line is no cash. A panel in the "
          + "colour of leaks has months below it as expected."
        : "Cash as expected, month by month. All panels have the same scales; the dotted line is "
          + "no cash."
    )
  }

  // MARK: Panels

  private var money: PlotScale {
    var values: [Double] = []
    for course in answer.courses {
      values.append(course.plan.startCash)
      for step in course.steps {
        let expected = step.expected.cash
        values += [expected, step.cash?.low ?? expected, step.cash?.high ?? expected]
      }
    }
    return PlotScale(
      min(0, values.min() ?? 0),
      max(0, values.max() ?? 1),
      from: Self.bottom,
      to: Self.top
    )
  }

  private func panel(_ course: HeadcountCourse, _ id: String) -> Markup {
    let runsOut = answer.isCashKnown && course.cashOut.expected != nil
    var head = [
      Picture.name("panel-name", course.scenario.name),
      .element(
        "span",
        ["class": "panel-answer"],
        "\(words.money(course.endCash.expected)) at the end, as expected"
      ),
    ]
    head.append(
      .element(
        "span",
        ["class": "panel-remark"],
        (runsOut ? "▼ " : "") + words.cash(course).capitalizedFirst
      )
    )
    return .element(
      "li",
      ["class": runsOut ? "panel leaking" : "panel"],
      [.element("p", [:], head), drawing(course, id)]
    )
  }

  private func drawing(_ course: HeadcountCourse, _ id: String) -> Markup {
    let money = money
    let months = PlotScale(
      0,
      Double(answer.question.months),
      from: Self.left,
      to: Self.right
    )
    var parts = money.ticks(atMost: 5).flatMap { amount in
      [
        Picture.line("axis", x1: Self.left, y1: money(amount), x2: Self.right, y2: money(amount)),
        Picture.words("end", x: Self.left - 5, y: money(amount) + 4, unit.tick(amount)),
      ]
    }
    parts.append(
      Picture.line("horizon", x1: Self.left, y1: money(0), x2: Self.right, y2: money(0))
    )
    let start: Place = (months(0), money(course.plan.startCash))
    func track(_ value: (HeadcountStep) -> Double) -> [Place] {
      [start]
        + course.steps.enumerated().map { (months(Double($0 + 1)), money(value($1))) }
    }
    if answer.question.draws > 0 {
      let low = track { $0.cash?.low ?? $0.expected.cash }
      let high = track { $0.cash?.high ?? $0.expected.cash }
      parts.append(Picture.shape("band", high + low.reversed()))
    }
    parts.append(Picture.track("curve", [track { $0.cash?.middle ?? $0.expected.cash }]))
    for (place, kind) in [(0, ""), (answer.question.months - 1, "end")] {
      let month = answer.question.start.advanced(by: place)
      let x = kind.isEmpty ? Self.left : Self.right
      parts.append(Picture.words(kind, x: x, y: Self.bottom + 17, month.description))
    }
    return Picture.frame(
      id,
      width: Self.width,
      height: Self.height,
      kind: "plot",
      title: "Cash by month: \(course.scenario.name)",
      description: "From \(words.money(course.plan.startCash)) to "
        + "\(words.money(course.endCash.expected)) as expected; \(words.cash(course)).",
      parts
    )
  }

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: "Cash at the end of each month, in \(answer.currency)",
      [
        .text("Course"), .text("Month"), .number("As expected"), .number("10 %"), .number("50 %"),
        .number("90 %"),
      ]
    )
    func shown(_ amount: Double?) -> String { amount.map(words.amount) ?? Format.absent }
    for course in answer.courses {
      for step in course.steps {
        table.add([
          course.scenario.name, step.month.description, words.amount(step.expected.cash),
          shown(step.cash?.low), shown(step.cash?.middle), shown(step.cash?.high),
        ])
      }
    }
    return table.markup
  }
}
