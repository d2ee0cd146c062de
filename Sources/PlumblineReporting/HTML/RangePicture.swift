/// A number with its interval, and a line for what it is held against, on a common scale.
struct RangePicture {
  private static let width = 168.0
  private static let height = 22.0
  private static let margin = 6.0

  /// The name under which the page finds the picture.
  let id: String
  /// The number; nil draws the interval alone.
  let value: Double?
  /// The lower end of the interval.
  let lower: Double
  /// The upper end; nil where there is none.
  let upper: Double?
  /// Where the line stands.
  let reference: Double?
  /// The end of the scale, which begins at 0.
  let scale: Double
  /// What the picture shows, in words.
  let title: String
  /// The numbers in words.
  let description: String

  private func x(_ value: Double) -> Double {
    let share = scale > 0 ? min(1, max(0, value / scale)) : 0
    return Self.margin + share * (Self.width - 2 * Self.margin)
  }

  /// The picture.
  var markup: Markup {
    let middle = Self.height / 2
    var parts = [
      Picture.line("axis", x1: x(0), y1: middle, x2: x(scale), y2: middle),
      Picture.box(
        "range",
        x: x(lower),
        y: middle - 4,
        width: max(2, x(upper ?? scale) - x(lower)),
        height: 8,
        radius: 4
      ),
    ]
    if upper == nil {
      let end = x(scale)
      parts.append(
        Picture.shape(
          "range",
          [(end - 2, middle - 7), (end + 5, middle), (end - 2, middle + 7)]
        )
      )
    }
    if let reference {
      parts.append(
        Picture.line("reference", x1: x(reference), y1: 1, x2: x(reference), y2: Self.height - 1)
      )
    }
    if let value { parts.append(Picture.dot("dot", x: x(value), y: middle, radius: 5)) }
    return Picture.frame(
      id,
      width: Self.width,
      height: Self.height,
      kind: "range-picture",
      title: title,
      description: description,
      parts
    )
  }
}
