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
  let findings: [FindingWords]
  let words: StageWords

  private func leaks(after stage: Int) -> [FindingWords] {
    findings.filter { $0.finding.comparison.fromStage == stage }
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
    _ leak: FindingWords,
    hidden: Int,
    edge: Double,
    y: Double
  ) -> [Markup] {
    let middle = y + 11
    let more = hidden > 0 ? " (and \(Format.count(hidden)) more)" : ""
    let unit = DisplayWidth.shortened(leak.comparison.unit, to: 18)
    let wins = Format.expected(leak.finding.recoverable.wins)
    let lost = leak.isPriced ? "\(wins) \(wins == "1" ? "customer" : "customers") lost" : "leak"
    return [
      Picture.line("leader", x1: edge + 16, y1: middle, x2: Self.noteX - 8, y2: middle),
      Picture.shape(
        "leak",
        [
          (edge - 3, middle - 9), (edge + 9, middle - 6), (edge + 15, middle),
          (edge + 9, middle + 6), (edge - 3, middle + 9),
        ]
      ),
      Picture.words("leak-name", x: Self.noteX, y: y + 12, "\(unit): \(lost)"),
      Picture.words(
        "leak-rate",
        x: Self.noteX,
        y: y + 29,
        "\(leak.comparison.own), others \(leak.comparison.rest)\(more)"
      ),
    ]
  }

  private var description: String {
    let stages = total.reached.indices.map {
      "\(words.label($0)) \(Format.count(total.reached[$0]))"
    }
    let leaks = findings.map { "\($0.comparison.place): \($0.customers) customers" }
    let tail = leaks.isEmpty ? "No leak is named." : "Leaks: \(leaks.joined(separator: "; "))."
    return "Reached: \(stages.joined(separator: ", ")). \(tail)"
  }
}
