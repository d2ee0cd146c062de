import Foundation

/// The parts that pictures are drawn with.
enum Picture {
  /// A picture with its title and its description for those who do not see it.
  static func frame(
    _ id: String,
    width: Double,
    height: Double,
    kind: String,
    title: String,
    description: String,
    _ parts: [Markup]
  ) -> Markup {
    .element(
      "svg",
      [
        "class": kind, "role": "img", "viewBox": "0 0 \(number(width)) \(number(height))",
        "width": number(width), "height": number(height), "aria-labelledby": "\(id)-t \(id)-d",
      ],
      [
        .element("title", ["id": "\(id)-t"], title),
        .element("desc", ["id": "\(id)-d"], description),
      ] + parts
    )
  }

  static func box(
    _ kind: String,
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    radius: Double = 0
  ) -> Markup {
    .element(
      "rect",
      [
        "class": kind, "x": number(x), "y": number(y), "width": number(max(0, width)),
        "height": number(height), "rx": number(radius),
      ]
    )
  }

  static func line(
    _ kind: String,
    x1: Double,
    y1: Double,
    x2: Double,
    y2: Double
  ) -> Markup {
    .element(
      "line",
      ["class": kind, "x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2)]
    )
  }

  static func dot(_ kind: String, x: Double, y: Double, radius: Double) -> Markup {
    .element(
      "circle",
      ["class": kind, "cx": number(x), "cy": number(y), "r": number(radius)]
    )
  }

  static func shape(_ kind: String, _ points: [(x: Double, y: Double)]) -> Markup {
    let text = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    return .element("polygon", ["class": kind, "points": text])
  }

  /// A line through points, left off wherever a run of them ends.
  static func track(_ kind: String, _ runs: [[(x: Double, y: Double)]]) -> Markup {
    let text = runs.filter { $0.count > 1 }.map { run in
      "M" + run.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
    }.joined()
    return text.isEmpty ? .none : .element("path", ["class": kind, "d": text])
  }

  /// A name that the page may cut, but not what readers hear.
  static func name(_ kind: String, _ name: String) -> Markup {
    .element("span", ["class": "\(kind) clip", "title": shown(name)], shown(name))
  }

  /// A name, or words that say there is none.
  static func shown(_ name: String) -> String {
    name.allSatisfy(\.isWhitespace) ? "(no name)" : name
  }

  /// How wide words are, about: a little more than in most fonts.
  static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
    Double(DisplayWidth.of(text)) * size * (isBold ? 0.68 : 0.6)
  }

  static func words(_ kind: String, x: Double, y: Double, _ text: String) -> Markup {
    .element("text", ["class": kind, "x": number(x), "y": number(y)], text)
  }

  /// A coordinate to a tenth.
  static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value.isFinite ? value : 0)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
