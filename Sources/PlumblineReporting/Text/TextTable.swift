/// A table for people: aligned columns that fit a width, or stacked blocks where they cannot.
struct TextTable {
  /// A column.
  struct Column {
    enum Alignment { case left, right }
    var title: String
    var alignment: Alignment
    /// The width down to which its texts may be shortened; nil keeps them whole.
    var leastWidth: Int?
    /// Whether a text that is too wide goes on in the next line instead of losing its end.
    var isWrapped = false
    /// Whether its cells are lists of ids of leads.
    var holdsLeads = false

    /// A column of words, which may be shortened.
    static func text(_ title: String, least: Int = 10) -> Column {
      Column(title: title, alignment: .left, leastWidth: least)
    }

    /// A column of words that go on in the next line.
    static func wrapped(_ title: String, least: Int = 16) -> Column {
      Column(title: title, alignment: .left, leastWidth: least, isWrapped: true)
    }

    /// A column of words that stay whole.
    static func whole(_ title: String) -> Column {
      Column(title: title, alignment: .left, leastWidth: nil)
    }

    /// A column of numbers.
    static func number(_ title: String) -> Column {
      Column(title: title, alignment: .right, leastWidth: nil)
    }
  }

  private static let gap = 2
  let columns: [Column]
  private(set) var rows: [[String]] = []
  private(set) var inks: [Ink] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; what is missing at its end is blank.
  mutating func add(_ cells: [String], ink: Ink = .plain) {
    precondition(cells.count <= columns.count)
    let blanks = Array(repeating: "", count: columns.count - cells.count)
    rows.append((cells + blanks).map(\.printable))
    inks.append(ink)
  }

  /// The lines of the table; the indent gives way where the width is short.
  func lines(_ layout: TextLayout, indent: Int = 0) -> [String] {
    guard !rows.isEmpty else { return [] }
    let titles = columns.indices.map { TextWrap.lines(columns[$0].title, width: titleWidth($0)) }
    let natural = naturalWidths(titles)
    let room = layout.width - Self.total(natural)
    guard let widths = narrowed(natural, titles, by: -room) else {
      return stacked(layout, String(repeating: " ", count: indent))
    }
    let margin = String(repeating: " ", count: min(indent, max(0, room)))
    let height = titles.map(\.count).max() ?? 0
    let head = (0..<height).map { line in
      titles.map { title in
        let missing = height - title.count
        return line < missing ? "" : title[line - missing]
      }
    }
    return head.map { margin + Ink.faint.applied(to: joined($0, widths), layout) }
      + zip(rows, inks).flatMap { row, ink in
        wrapped(row, widths).map { margin + ink.applied(to: joined($0, widths), layout) }
      }
  }

  /// A title breaks between words where the texts below it are narrower.
  private func titleWidth(_ column: Int) -> Int {
    let words = TextWrap.words(of: columns[column].title).map { DisplayWidth.of($0) }
    return max(words.max() ?? 0, rows.map { DisplayWidth.of($0[column]) }.max() ?? 0)
  }

  private func naturalWidths(_ titles: [[String]]) -> [Int] {
    columns.indices.map { column in
      max(
        titles[column].map { DisplayWidth.of($0) }.max() ?? 0,
        rows.map { DisplayWidth.of($0[column]) }.max() ?? 0
      )
    }
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + gap * max(0, widths.count - 1)
  }

  /// The widths after shortening the widest columns of words, or nil when that is not enough.
  private func narrowed(_ natural: [Int], _ titles: [[String]], by excess: Int) -> [Int]? {
    var widths = natural
    var excess = excess
    let floors = columns.indices.map { column in
      columns[column].leastWidth.map {
        max($0, titles[column].map { DisplayWidth.of($0) }.max() ?? 0)
      } ?? natural[column]
    }
    while excess > 0 {
      let open = columns.indices.filter { widths[$0] > floors[$0] }
      guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return excess > 0 ? nil : widths
  }

  /// A row as the lines it takes.
  private func wrapped(_ row: [String], _ widths: [Int]) -> [[String]] {
    let parts = columns.indices.map { column in
      columns[column].isWrapped && !row[column].isEmpty
        ? TextWrap.lines(row[column], width: widths[column]) : [row[column]]
    }
    return (0..<(parts.map(\.count).max() ?? 1)).map { line in
      parts.map { line < $0.count ? $0[line] : "" }
    }
  }

  private func joined(_ cells: [String], _ widths: [Int]) -> String {
    let line = columns.indices.map { column in
      DisplayWidth.padded(
        DisplayWidth.shortened(cells[column], to: widths[column]),
        to: widths[column],
        isRight: columns[column].alignment == .right
      )
    }.joined(separator: String(repeating: " ", count: Self.gap))
    return String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// Each row as a block: the first cell, then one line for each other cell.
  private func stacked(_ layout: TextLayout, _ margin: String) -> [String] {
    let inner = layout.width - margin.count
    let label = min(28, columns.dropFirst().map { DisplayWidth.of($0.title) }.max() ?? 0)
    return zip(rows, inks).flatMap { row, ink in
      let title = DisplayWidth.shortened(row[0], to: inner)
      let strong = ink == .plain ? Ink.strong : ink
      return [margin + strong.applied(to: title, layout)]
        + columns.indices.dropFirst().filter { !row[$0].isEmpty }.flatMap { column in
          let name = DisplayWidth.padded(
            DisplayWidth.shortened(columns[column].title, to: label),
            to: label
          )
          let text = TextWrap.lines(row[column], width: max(10, inner - label - 4))
          return text.enumerated().map { index, line in
            margin + "  "
              + (index == 0 ? name : String(repeating: " ", count: label)) + "  " + line
          }
        }
    }
  }
}
