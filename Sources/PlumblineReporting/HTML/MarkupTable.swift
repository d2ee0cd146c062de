/// A table of a page: a caption, heads for columns and rows, numbers to the right.
public struct MarkupTable: Sendable {
  /// A column.
  public struct Column: Sendable {
    var title: String
    var isNumber: Bool

    /// A column of words.
    public static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    /// A column of numbers.
    public static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  /// The name under which the page finds the table.
  let id: String
  let caption: String
  let columns: [Column]
  /// A row's class and cells; the first cell names the row.
  private(set) var rows: [(kind: String, cells: [Markup])] = []

  /// A table without rows.
  ///
  /// - Parameters:
  ///   - id: The name under which the page finds it, once a page.
  ///   - caption: What it shows.
  ///   - columns: Its columns; the first names the rows.
  public init(_ id: String, caption: String, _ columns: [Column]) {
    self.id = id
    self.caption = caption
    self.columns = columns
  }

  /// Adds a row of markup, one piece a column.
  public mutating func add(_ cells: [Markup], kind: String = "") { rows.append((kind, cells)) }

  /// Adds a row of words, one a column.
  public mutating func add(_ cells: [String], kind: String = "") {
    rows.append((kind, cells.map { .text($0) }))
  }

  /// The table in a frame that scrolls, with the keyboard too, where the page is narrow.
  public var markup: Markup {
    let head = columns.map {
      // A number stays with its sign.
      let title = $0.title.replacing(" %", with: "\u{A0}%")
      return Markup.element(
        "th",
        ["scope": "col", "class": $0.isNumber ? "number" : "words"],
        title
      )
    }
    let body = rows.map { row in
      let cells = zip(columns, row.cells).enumerated().map { index, cell in
        let kind = cell.0.isNumber ? "number" : "words"
        return index == 0
          ? Markup.element("th", ["scope": "row", "class": kind], [cell.1])
          : Markup.element("td", ["class": kind], [cell.1])
      }
      return Markup.element("tr", ["class": row.kind], cells)
    }
    let table = Markup.element(
      "table",
      [:],
      [
        .element("caption", ["id": id], caption),
        .element("thead", [:], [.element("tr", [:], head)]),
        .element("tbody", [:], [.lines(body)]),
      ]
    )
    return .element(
      "div",
      ["class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": id],
      [table]
    )
  }
}
