public import PlumblineCore

/// The page for both teams as Markdown, for a wiki or a chat.
public struct WeeklyMarkdown: Sendable {
  private let answer: WeeklyAnswer
  private let agreement: Agreement

  /// A page to be written.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: WeeklyAnswer, under agreement: Agreement) {
    self.answer = answer
    self.agreement = agreement
  }

  /// The Markdown, ending in a line break.
  public var text: String {
    let page = WeeklyWords(answer, agreement).page
    var parts = [
      "# \(Self.escaped(page.title))", "**\(Self.escaped(page.headline))**",
      Self.escaped(page.scope),
    ]
    for section in page.sections {
      parts.append("## \(Self.escaped(section.title))")
      parts += section.blocks.map(Self.block)
    }
    parts.append("---")
    parts += page.footer.map(Self.escaped)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func block(_ block: WeeklyPage.Block) -> String {
    switch block {
    case .paragraph(let text, _): return escaped(text)
    case .bullets(let items): return items.map { "- \(escaped($0))" }.joined(separator: "\n")
    case .table(let table):
      func line(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }
      let rows = table.rows.map { row in
        line(
          row.cells.map { row.tone == .strong && !$0.isEmpty ? "**\(escaped($0))**" : escaped($0) }
        )
      }
      return
        ([
          line(table.columns.map { escaped($0.title) }),
          line(table.columns.map { $0.isNumber ? "---:" : "---" }),
        ] + rows).joined(separator: "\n")
    case .points(let points):
      return points.enumerated().map { index, point in
        (["\(index + 1). **\(escaped(point.title))**"]
          + point.facts.map { "   - \(escaped($0.label)): \(escaped($0.text))" })
          .joined(separator: "\n")
      }.joined(separator: "\n")
    }
  }

  /// A text in which nothing is a sign of Markdown or HTML.
  ///
  /// - SeeAlso: CommonMark 0.31, section 2.4, backslash escapes.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.printable {
      if "\\`*_{}[]<>|#~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
