public import PlumblineCore

/// The page for both teams inside another page: the same sentences and tables as `WeeklyHTML`,
/// styled by the page's own sheet.
public struct WeeklySections: Sendable {
  private let page: WeeklyPage

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  public init(_ answer: WeeklyAnswer, under agreement: Agreement) {
    page = WeeklyWords(answer, agreement).page
  }

  /// What the page is.
  public var title: String { page.title }

  /// The whole page in one sentence.
  public var headline: String { page.headline }

  /// What it is about, the parts, and what everything rests on.
  public var markup: Markup {
    .lines(
      [.element("p", ["class": "scope"], page.scope)]
        + page.sections.map { section in
          .element(
            "section",
            [:],
            [
              .lines(
                [.element("h2", ["id": section.id], section.title)]
                  + section.blocks.enumerated().map { block($1, $0, in: section) }
              )
            ]
          )
        }
        + [
          .element(
            "footer",
            [:],
            [.lines(page.footer.map { .element("p", [:], $0) })]
          )
        ]
    )
  }

  private func block(
    _ block: WeeklyPage.Block,
    _ index: Int,
    in section: WeeklyPage.Section
  ) -> Markup {
    switch block {
    case .paragraph(let text, let tone):
      return .element("p", ["class": Self.name(tone)], text)
    case .bullets(let items): return .bullets(items)
    case .points(let points): return .lines(points.enumerated().map(point))
    case .table(let table):
      var markup = MarkupTable(
        "\(section.id)-\(index)",
        caption: section.title,
        table.columns.map { $0.isNumber ? .number($0.title) : .text($0.title) }
      )
      for row in table.rows { markup.add(row.cells, kind: Self.name(row.tone)) }
      return markup.markup
    }
  }

  private func point(_ index: Int, _ point: WeeklyPage.Point) -> Markup {
    .lines([
      .element("h3", [:], "\(index + 1). \(point.title)"),
      .element(
        "dl",
        ["class": "facts"],
        [
          .lines(
            point.facts.map { fact in
              .element(
                "div",
                [:],
                [.element("dt", [:], fact.label), .element("dd", [:], fact.text)]
              )
            }
          )
        ]
      ),
    ])
  }

  private static func name(_ tone: WeeklyPage.Tone) -> String {
    switch tone {
    case .plain: ""
    case .strong: "strong"
    case .faint: "note"
    case .good: "good"
    case .bad: "bad"
    }
  }
}
