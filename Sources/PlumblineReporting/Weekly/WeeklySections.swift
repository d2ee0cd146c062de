import Foundation
public import PlumblineCore

/// The page for both teams inside another page: the same sentences and tables as `WeeklyHTML`,
/// styled by the page's own sheet.
public struct WeeklySections: Sendable {
  private let words: WeeklyWords
  private let page: WeeklyPage
  private let lead: @Sendable (String) -> Markup
  private let links: RecordLinks
  private let listAddress: @Sendable (String, Period) -> String?

  /// Of which period a list is.
  public enum Period: Sendable {
    /// The page's.
    case present
    /// The one before it.
    case before
  }

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  ///   - lead: How a lead is named, such as by a link to its page.
  ///   - listAddress: Where a list of leads is, by its name and period; nil where there are none.
  ///   - links: Where numbers open that are no list of the page's.
  public init(
    _ answer: WeeklyAnswer,
    under agreement: Agreement,
    lead: @escaping @Sendable (String) -> Markup = { .text($0) },
    listAddress: @escaping @Sendable (String, Period) -> String? = { _, _ in nil },
    links: RecordLinks = .none
  ) {
    self.links = links
    words = WeeklyWords(answer, agreement)
    page = words.page
    self.lead = lead
    self.listAddress = listAddress
  }

  /// The leads of a list.
  ///
  /// - Parameters:
  ///   - name: The list's name, as the page gives it.
  ///   - summaries: Tells of leads what their line says.
  /// - Returns: The list; nil where there is none of that name.
  public func records(_ name: String, _ summaries: LeadSummaries) -> RecordSections? {
    guard let list = words.lists.first(where: { $0.name == name }) else { return nil }
    return RecordSections(
      list.ids,
      behind: name,
      headline: "\(Format.count(list.ids.count, "lead")): \(list.title)",
      scope: page.scope,
      provenance: words.provenance,
      summaries: summaries
    )
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
        let cells = zip(table.columns, row.cells).enumerated().map { index, cell -> Markup in
          let (column, text) = cell
          let opening = row.openings[index]
          if column.holdsLeads { return text.isEmpty ? .none : leads(text, opening) }
          guard text != Format.count(0), text != Format.absent, let opening,
            let address = address(of: opening)
          else { return .text(text) }
          return .element("a", ["href": address], text)
        }
        markup.add(cells, kind: Self.name(row.tone))
      }
      return markup.markup
    }
  }

  private func address(of opening: WeeklyPage.Opening) -> String? {
    switch opening {
    case .list(let name): listAddress(name, .present)
    case .listBefore(let name): listAddress(name, .before)
    case .number(let number): links.address(number)
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
                [
                  .element("dt", [:], fact.label),
                  .element("dd", [:], [self.fact(fact.text, of: index)]),
                ]
              )
            }
          )
        ]
      ),
    ])
  }

  private func fact(_ text: String, of point: Int) -> Markup {
    guard text.hasSuffix(WeeklyPage.openOne) else { return .text(text) }
    return leads(
      String(text.dropLast(WeeklyPage.openOne.count)),
      .list(WeeklyWords.name(ofPoint: point))
    )
  }

  /// The leads of a list such as `a, b and 3 more`, each by itself; the others are on the list.
  private func leads(_ text: String, _ opening: WeeklyPage.Opening?) -> Markup {
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
    let others = opening.flatMap { address(of: $0) }
    guard !rest.isEmpty, let others else {
      return .element("span", [:], pieces + [.text(rest)])
    }
    return .element(
      "span",
      [:],
      pieces + [.text(" and "), .element("a", ["href": others], String(rest.dropFirst(5)))]
    )
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
