/// The bridge from a plan or the last period to what came: a bar where it began, a signed step for
/// each cause with the range the data supports, a bar where it ended.
///
/// It always adds up: what the steps leave over is a step of its own, called by its name.
struct BridgePicture {
  /// Whether a step can be told from nothing.
  enum Mark: Hashable {
    /// The interval of the step leaves out 0.
    case clear
    /// It does not.
    case notClear
    /// There is no interval to judge by.
    case unjudged
  }

  /// An end of the bridge.
  struct Level: Hashable {
    var name: String
    /// The level, in the picture's unit.
    var value: Double
  }

  /// A channel, or a factor such as volume or deal size, and what it changed.
  struct Step: Hashable {
    var name: String
    /// What it changed, in the picture's unit; below 0 where it took away.
    var value: Double
    /// The lower end of the interval of the change; nil where there is none.
    var lower: Double?
    /// The upper end of the interval of the change; nil where there is none.
    var upper: Double?
    var mark: Mark
  }

  /// The name under which the page finds the picture.
  let id: String
  /// What is bridged: `Revenue, plan to actual`.
  let title: String
  let unit: PictureUnit
  /// The confidence of the intervals, as a fraction.
  let confidence: Double
  let start: Level
  let steps: [Step]
  let end: Level
  /// How many steps are drawn; the smallest of the others are drawn as one.
  var mostSteps = 14

  /// The sentence above, the picture for wide and for narrow pages, and the table.
  var markup: Markup {
    guard start.value.isFinite, end.value.isFinite else {
      return .element("p", [:], "\(title): there is nothing to hold against each other.")
    }
    let rows = rows
    func drawing(_ layout: BridgeDrawing.Layout) -> Markup {
      BridgeDrawing(
        id: "\(id)-\(layout)",
        title: title,
        description: "\(answer) \(description)",
        unit: unit,
        rows: rows,
        layout: layout
      ).markup
    }
    return .lines([
      .element(
        "figure",
        [:],
        [
          .lines([
            .element("p", ["class": "answer-line"], answer), drawing(.wide), drawing(.narrow),
            caption,
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

  // MARK: Rows

  /// The steps with what they leave over.
  private var complete: [Step] {
    let steps = steps.filter(\.value.isFinite)
    let rest = end.value - start.value - steps.reduce(0) { $0 + $1.value }
    let size = steps.reduce(abs(start.value) + abs(end.value)) { $0 + abs($1.value) }
    guard abs(rest) > 1e-9 * size else { return steps }
    return steps + [Step(name: "Not explained", value: rest, mark: .unjudged)]
  }

  /// The bars in order, the smallest steps as one where there are too many.
  private var rows: [BridgeDrawing.Row] {
    var drawn = complete
    if drawn.count > max(2, mostSteps) {
      let order = drawn.indices.sorted { left, right in
        let (one, other) = (abs(drawn[left].value), abs(drawn[right].value))
        return one == other ? left < right : one > other
      }
      let kept = Set(order.prefix(max(2, mostSteps) - 1))
      let others = drawn.indices.filter { !kept.contains($0) }.map { drawn[$0] }
      drawn =
        kept.sorted().map { drawn[$0] } + [
          Step(
            name: "\(Format.count(others.count)) smaller ones",
            value: others.reduce(0) { $0 + $1.value },
            mark: .unjudged
          )
        ]
    }
    var rows = [BridgeDrawing.Row(level: start)]
    var level = start.value
    for step in drawn {
      rows.append(BridgeDrawing.Row(step: step, from: level))
      level += step.value
    }
    return rows + [BridgeDrawing.Row(level: end)]
  }

  // MARK: Words

  private var answer: String {
    let change = end.value - start.value
    let clear = complete.filter { $0.mark == .clear }
      .sorted { abs($0.value) > abs($1.value) }
    let named = clear.prefix(3).map {
      "\(DisplayWidth.shortened(Picture.shown($0.name), to: 32)) \(unit.step($0.value))"
    }
    let more = clear.count > 3 ? ", and \(Format.count(clear.count - 3)) more" : ""
    let head =
      "\(start.name) \(unit.level(start.value)), \(end.name) \(unit.level(end.value)): "
      + "\(unit.step(change))."
    return clear.isEmpty
      ? "\(head) No step is clear." : "\(head) Clear: \(named.joined(separator: ", "))\(more)."
  }

  private var description: String {
    let steps = complete.prefix(20).map { "\(Picture.shown($0.name)) \(words($0))" }
    let more = complete.count > 20 ? "; and \(Format.count(complete.count - 20)) more" : ""
    return steps.isEmpty ? "There are no steps." : "Steps: \(steps.joined(separator: "; "))\(more)."
  }

  private func words(_ step: Step) -> String {
    let range = interval(step).map { " (\($0))" } ?? ""
    return unit.step(step.value) + range + (Self.word(step.mark).map { ", \($0)" } ?? "")
  }

  private func interval(_ step: Step) -> String? { Self.interval(step, unit) }

  static func interval(_ step: Step, _ unit: PictureUnit) -> String? {
    guard let lower = step.lower, let upper = step.upper, lower.isFinite, upper.isFinite
    else { return nil }
    return unit.range(lower, upper)
  }

  static func word(_ mark: Mark) -> String? {
    switch mark {
    case .clear: "clear"
    case .notClear: "not clear"
    case .unjudged: nil
    }
  }

  private var caption: Markup {
    var sentences: [String] = []
    if complete.contains(where: { $0.mark == .notClear }) {
      sentences.append("Hollow steps are not clear: their range takes in 0.")
    }
    if complete.contains(where: { interval($0) != nil }) {
      let confidence = Format.percent(confidence)
      sentences.append("The thin line at the end of a step is its \(confidence) interval.")
    }
    if BridgeDrawing.isCut(rows) {
      sentences.append("The first and the last bar do not begin at 0: the gap says so.")
    }
    return .element("figcaption", [:], sentences.joined(separator: " "))
  }

  private var table: Markup {
    var table = MarkupTable(
      "\(id)-table",
      caption: title,
      [
        .text("Step"), .number("Change"), .number("\(Format.percent(confidence)) interval"),
        .text("Clear?"), .number("Level"),
      ]
    )
    table.add([start.name, "", "", "", unit.level(start.value)], kind: "total")
    var level = start.value
    for step in complete {
      level += step.value
      table.add([
        Picture.shown(step.name), unit.step(step.value), interval(step) ?? Format.absent,
        Self.word(step.mark) ?? Format.absent, unit.level(level),
      ])
    }
    table.add(
      [end.name, unit.step(end.value - start.value), "", "", unit.level(end.value)],
      kind: "total"
    )
    return table.markup
  }
}
