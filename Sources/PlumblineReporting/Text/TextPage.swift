/// Text for people, made of headings, paragraphs, lists and tables.
struct TextPage {
  let layout: TextLayout
  private var lines: [String] = []

  init(_ layout: TextLayout) { self.layout = layout }

  /// The whole text, ending in a line break.
  var text: String { lines.map { $0 + "\n" }.joined() }

  /// A heading, with a blank line before it.
  mutating func heading(_ title: String) {
    blank()
    for line in TextWrap.lines(title.printable, width: layout.width) {
      lines.append(Ink.strong.applied(to: line, layout))
    }
  }

  /// A paragraph.
  mutating func paragraph(_ text: String, indent: Int = 0, ink: Ink = .plain) {
    let margin = String(repeating: " ", count: indent)
    for line in TextWrap.lines(text.printable, width: layout.width - indent) {
      lines.append(margin + ink.applied(to: line, layout))
    }
  }

  /// A label with its text beside it, in a hanging paragraph.
  mutating func fact(_ label: String, _ text: String, indent: Int = 0, labelWidth: Int = 12) {
    hanging(
      DisplayWidth.padded(DisplayWidth.shortened(label, to: labelWidth), to: labelWidth),
      text,
      indent: indent
    )
  }

  /// A label with a list of points beside it.
  mutating func points(_ label: String, _ points: [String], indent: Int = 0, labelWidth: Int = 12) {
    for (index, point) in points.enumerated() {
      let name = DisplayWidth.padded(index == 0 ? label : "", to: labelWidth)
      hanging(points.count > 1 ? name + "- " : name, point, indent: indent)
    }
  }

  /// A list of points.
  mutating func bullets(_ items: [String], indent: Int = 2) {
    for item in items { hanging("- ", item, indent: indent) }
  }

  private mutating func hanging(_ mark: String, _ text: String, indent: Int) {
    let margin = String(repeating: " ", count: indent)
    let inner = DisplayWidth.of(mark)
    let room = max(10, layout.width - indent - inner)
    for (index, line) in TextWrap.lines(text.printable, width: room).enumerated() {
      lines.append(margin + (index == 0 ? mark : String(repeating: " ", count: inner)) + line)
    }
  }

  /// A table.
  mutating func table(_ table: TextTable, indent: Int = 2) {
    lines += table.lines(layout, indent: indent)
  }

  /// A blank line, unless the text begins here or one stands there already.
  mutating func blank() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }
}
