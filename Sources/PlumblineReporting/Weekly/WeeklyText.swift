public import PlumblineCore

/// The page for both teams as text for a terminal.
public struct WeeklyText: Sendable {
  private let answer: WeeklyAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// A page to be shown.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: WeeklyAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// The whole page as one sentence that can be read aloud.
  public var headline: String { WeeklyWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    let source = WeeklyWords(answer, agreement).page
    var page = TextPage(layout)
    page.paragraph(source.headline, ink: .strong)
    page.blank()
    page.paragraph(source.scope)
    for section in source.sections {
      page.heading(section.title)
      for (index, block) in section.blocks.enumerated() {
        // A table after something else begins a new thought.
        if index > 0, case .table = block { page.blank() }
        add(block, to: &page)
      }
    }
    page.blank()
    for line in source.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func add(_ block: WeeklyPage.Block, to page: inout TextPage) {
    switch block {
    case .paragraph(let text, let tone): page.paragraph(text, indent: 2, ink: tone.ink)
    case .bullets(let items): page.bullets(items)
    case .table(let table):
      var text = TextTable(table.columns)
      for row in table.rows { text.add(row.cells, ink: row.tone.ink) }
      page.table(text)
    case .points(let points):
      for (index, point) in points.enumerated() {
        page.blank()
        page.paragraph("\(index + 1). \(point.title)", indent: 2, ink: .strong)
        for fact in point.facts { page.fact(fact.label, fact.text, indent: 5, labelWidth: 10) }
      }
      page.blank()
    }
  }
}

extension WeeklyPage.Tone {
  fileprivate var ink: Ink {
    switch self {
    case .plain: .plain
    case .strong: .strong
    case .faint: .faint
    case .good: .good
    case .bad: .bad
    }
  }
}
