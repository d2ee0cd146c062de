import PlumblineCore

/// The path drawn to scale: a bar a stage, as wide as the leads that reached it, and each leak
/// where it is.
struct PathPicture {
  private static let width = 960.0
  private static let left = 214.0
  private static let barWidth = 360.0
  private static let noteX = 602.0
  private static let barHeight = 30.0
  private static let mostNotes = 4

  let total: FunnelRow
  let leaks: [LeakSentences]
  let words: StageWords

  /// The stage at which leads are handed to sales: where a leak is drawn that no step shows.
  let handOffStage: Int

  /// A leak stands at the step where its unit falls furthest behind by plain rates.
  private func leaks(after stage: Int) -> [LeakSentences] {
    leaks.filter { leak in
      let worst = leak.leak.places.min { Self.ratio($0) < Self.ratio($1) }
      return (worst?.fromStage ?? handOffStage) == stage
    }
  }

  private static func ratio(_ place: UnitComparison) -> Double {
    guard let own = place.own.rate, let rest = place.restRate, rest > 0 else { return 1 }
    return own / rest
  }

  private func gap(after stage: Int) -> Double {
    let notes = min(leaks(after: stage).count, Self.mostNotes)
    return max(34, Double(notes) * 38 + 8)
  }

  private func length(_ stage: Int) -> Double {
    let most = Double(max(1, total.reached.max() ?? 1))
    let length = Self.barWidth * Double(total.reached[stage]) / most
    return length > 0 ? max(1.5, length) : 0
  }

  /// The picture.
  var markup: Markup {
    var parts: [Markup] = []
    var y = 2.0
    for stage in total.reached.indices {
      parts += bar(stage, y)
      guard stage + 1 < total.reached.count else { break }
      let gap = gap(after: stage)
      parts += passage(stage, y + Self.barHeight, gap)
      y += Self.barHeight + gap
    }
    return Picture.frame(
      "path-picture",
      width: Self.width,
      height: y + Self.barHeight + 4,
      kind: "path-picture",
      title: "The path from \(words.label(0)) to \(words.label(total.reached.count - 1))",
      description: description,
      parts
    )
  }

  private func bar(_ stage: Int, _ y: Double) -> [Markup] {
    let name = DisplayWidth.shortened(words.label(stage), to: 18)
    let baseline = y + 20
    return [
      Picture.words("stage", x: 0, y: baseline, name),
      Picture.words("count", x: Self.left - 14, y: baseline, Format.count(total.reached[stage])),
      Picture.box(
        "bar",
        x: Self.left,
        y: y,
        width: length(stage),
        height: Self.barHeight,
        radius: 2
      ),
    ]
  }

  private func passage(_ stage: Int, _ y: Double, _ gap: Double) -> [Markup] {
    let from = Self.left + length(stage)
    let to = Self.left + length(stage + 1)
    let rate = total.transitions[stage].rate
    var parts = [
      Picture.shape(
        "passage",
        [(Self.left, y), (from, y), (to, y + gap), (Self.left, y + gap)]
      )
    ]
    let step =
      rate.status == .supported && rate.rate != nil
      ? "\(rate.rate.map(Format.percent) ?? "") within \(Format.days(rate.withinDays))"
      : Format.absence(of: rate)
    parts.append(Picture.words("step", x: 0, y: y + gap / 2 + 4, step))
    let leaks = leaks(after: stage)
    for (index, leak) in leaks.prefix(Self.mostNotes).enumerated() {
      let isLast = index == Self.mostNotes - 1
      let hidden = isLast ? leaks.count - Self.mostNotes : 0
      let noteY = y + 8 + Double(index) * 38
      let edge = from + (to - from) * (noteY + 11 - y) / gap
      parts += note(leak, hidden: hidden, edge: edge, y: noteY)
    }
    return parts
  }

  private func note(
    _ leak: LeakSentences,
    hidden: Int,
    edge: Double,
    y: Double
  ) -> [Markup] {
    let middle = y + 11
    let more = hidden > 0 ? " (and \(Format.count(hidden)) more)" : ""
    let name = DisplayWidth.shortened(leak.name, to: 26)
    let wins = leak.customers
    let lost = "\(wins) \(wins == "1" || wins == "<1" ? "customer" : "customers") lost"
    return [
      Picture.line("leader", x1: edge + 16, y1: middle, x2: Self.noteX - 8, y2: middle),
      Picture.shape(
        "leak",
        [
          (edge - 3, middle - 9), (edge + 9, middle - 6), (edge + 15, middle),
          (edge + 9, middle + 6), (edge - 3, middle + 9),
        ]
      ),
      Picture.words("leak-name", x: Self.noteX, y: y + 12, "\(name): \(lost)"),
      Picture.words(
        "leak-rate",
        x: Self.noteX,
        y: y + 29,
        "\(leak.counted), others \(leak.others)\(more)"
      ),
    ]
  }

  private var description: String {
    let stages = total.reached.indices.map {
      "\(words.label($0)) \(Format.count(total.reached[$0]))"
    }
    let named = leaks.map { "\($0.name): \($0.customers) customers" }
    let tail = named.isEmpty ? "No leak is named." : "Leaks: \(named.joined(separator: "; "))."
    return "Reached: \(stages.joined(separator: ", ")). \(tail)"
  }
}
