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

  static func words(_ kind: String, x: Double, y: Double, _ text: String) -> Markup {
    .element("text", ["class": kind, "x": number(x), "y": number(y)], text)
  }

  /// A coordinate to a tenth.
  static func number(_ value: Double) -> String {
    let text = String(format: "%.1f", value.isFinite ? value : 0)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
