import Foundation
public import PlumblineCore

/// The page for both teams inside another page: the same sentences and tables as `WeeklyHTML`,
/// styled by the page's own sheet.
public struct WeeklySections: Sendable {
  private let page: WeeklyPage
  private let lead: @Sendable (String) -> Markup

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  ///   - lead: How a lead is named, such as by a link to its page.
  public init(
    _ answer: WeeklyAnswer,
    under agreement: Agreement,
    lead: @escaping @Sendable (String) -> Markup = { .text($0) }
  ) {
    page = WeeklyWords(answer, agreement).page
    self.lead = lead
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
    case .paragraph(WeeklyPage.openAny, _): return .none
    case .paragraph(let text, let tone):
      return .element("p", ["class": Self.name(tone)], text)
    case .bullets(let items): return .bullets(items.filter { $0 != WeeklyPage.openAny })
    case .points(let points): return .lines(points.enumerated().map(point))
    case .table(let table):
      var markup = MarkupTable(
        "\(section.id)-\(index)",
        caption: section.title,
        table.columns.map { $0.isNumber ? .number($0.title) : .text($0.title) }
      )
      for row in table.rows {
        let cells = zip(table.columns, row.cells).map { column, text -> Markup in
          column.holdsLeads && !text.isEmpty ? leads(text) : .text(text)
        }
        markup.add(cells, kind: Self.name(row.tone))
      }
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
                [.element("dt", [:], fact.label), .element("dd", [:], [self.fact(fact.text)])]
              )
            }
          )
        ]
      ),
    ])
  }

  private func fact(_ text: String) -> Markup {
    guard text.hasSuffix(WeeklyPage.openOne) else { return .text(text) }
    return leads(String(text.dropLast(WeeklyPage.openOne.count)))
  }

  /// The leads of a list such as `a, b and 3 more`, each by itself.
  private func leads(_ text: String) -> Markup {
    var names = text.split(separator: ", ").map(String.init)
    var rest = ""
    if let last = names.last, let end = last.range(of: " and ", options: .backwards),
      last.hasSuffix(" more")
    {
      names[names.count - 1] = String(last[..<end.lowerBound])
      rest = String(last[end.lowerBound...])
    }
    let pieces = names.enumerated().flatMap { index, name -> [Markup] in
      index == 0 ? [lead(name)] : [.text(", "), lead(name)]
    }
    return .element("span", [:], pieces + [.text(rest)])
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
