/// Two values of each of several things, joined by a line: before and after, on a common scale.
struct DumbbellPicture {
  /// One thing.
  struct Row: Hashable {
    var name: String
    /// The value before; nil where there is none.
    var before: Double?
    /// The value after; nil where there is none.
    var after: Double?
    /// What both are held against; nil where there is nothing.
    var reference: Double?
    /// The numbers in words: `9,000 → 8,700`.
    var words: String
  }

  private static let width = 430.0
  private static let left = 14.0
  private static let right = 416.0
  private static let rowHeight = 46.0
  private static let top = 8.0

  /// The name under which the page finds the picture.
  let id: String
  let title: String
  let rows: [Row]
  let unit: PictureUnit

  private var height: Double { Self.top + Double(rows.count) * Self.rowHeight + 28 }

  /// A reference far beyond all values would press them into a corner: it stands at the end then.
  private var scale: PlotScale {
    let values = rows.flatMap { [$0.before, $0.after] }.compactMap { $0 }.filter(\.isFinite)
    let most = values.max() ?? 0
    let references = rows.compactMap(\.reference).filter { $0.isFinite && $0 <= 3 * most }
    return PlotScale(
      0,
      PlotScale.roundedUp(max(most, references.max() ?? 0)),
      from: Self.left,
      to: Self.right
    )
  }

  /// The picture.
  var markup: Markup {
    let scale = scale
    let bottom = height - 24
    let axis = scale.ticks(atMost: 5).flatMap { value in
      [
        Picture.line("axis", x1: scale(value), y1: Self.top, x2: scale(value), y2: bottom),
        Picture.words("middle", x: scale(value), y: bottom + 16, unit.tick(value)),
      ]
    }
    let drawn = rows.enumerated().flatMap { index, row in
      self.row(row, y: Self.top + Double(index) * Self.rowHeight, scale)
    }
    return Picture.frame(
      id,
      width: Self.width,
      height: height,
      kind: "plot",
      title: title,
      description: rows.map { "\($0.name): \($0.words)." }.joined(separator: " "),
      axis + drawn
    )
  }

  private func row(_ row: Row, y: Double, _ scale: PlotScale) -> [Markup] {
    let middle = y + 32
    let name = DisplayWidth.shortened(Picture.shown(row.name.printable), to: 24)
    var parts = [
      Picture.words("strong", x: Self.left, y: y + 16, name),
      Picture.words("end", x: Self.right, y: y + 16, row.words),
    ]
    if let reference = row.reference, reference.isFinite {
      let x = scale(reference)
      parts.append(Picture.line("reference", x1: x, y1: middle - 9, x2: x, y2: middle + 9))
      if reference > scale.domain.upperBound {
        parts.append(
          Picture.shape(
            "beyond",
            [(x + 2, middle - 5), (x + 10, middle), (x + 2, middle + 5)]
          )
        )
      }
    }
    if let before = row.before, let after = row.after {
      parts.append(
        Picture.line("moved", x1: scale(before), y1: middle, x2: scale(after), y2: middle)
      )
    }
    if let before = row.before {
      parts.append(Picture.dot("before", x: scale(before), y: middle, radius: 6))
    }
    if let after = row.after {
      parts.append(Picture.dot("after", x: scale(after), y: middle, radius: 5))
    }
    return parts
  }
}
