/// A table in Markdown whose columns line up: the first to the left, the others to the right.
struct MarkdownTable {
  private var rows: [[String]]

  /// A table with a heading.
  init(_ heading: [String]) { rows = [heading] }

  /// Adds a row; cells that it lacks are empty.
  mutating func add(_ cells: [String]) {
    let missing = max(rows[0].count - cells.count, 0)
    rows.append(cells + Array(repeating: "", count: missing))
  }

  /// The lines, without a line break at the end.
  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      "| "
        + widths.indices.map { Self.padded(row[$0], widths[$0], isLeft: $0 == 0) }
        .joined(separator: " | ") + " |"
    }
    let rule = widths.enumerated().map { column, width in
      String(repeating: "-", count: column == 0 ? width : width - 1) + (column == 0 ? "" : ":")
    }
    lines.insert("| " + rule.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n")
  }

  private static func padded(_ cell: String, _ width: Int, isLeft: Bool) -> String {
    let blanks = String(repeating: " ", count: width - cell.count)
    return isLeft ? cell + blanks : blanks + cell
  }

  /// Parts of a whole in percent: whole ones from 10 on, one decimal below; a dash of nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let tenths = (2000 * part + whole) / (2 * whole)
    let isWhole = tenths >= 100 || tenths % 10 == 0
    return isWhole ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// Parts of a whole in percent with one decimal; a dash of nothing.
  static func tenths(_ part: Int, of whole: Int) -> String {
    whole > 0 ? tenth(100 * Double(part) / Double(whole)) : "–"
  }

  /// A number of at least 0 with one decimal.
  static func tenth(_ number: Double) -> String {
    let tenths = Int((10 * number).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
