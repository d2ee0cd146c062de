public import PlumblineCore

/// The page for both teams as HTML that a browser and a mail program show alike.
///
/// Mail programs drop much of what browsers know: layout stands in tables, every style stands on its
/// element, and there is no script, no picture and nothing to be fetched. What a program does know
/// of style sheets adds colours for dark rooms and narrower margins; without it nothing is lost.
public struct WeeklyHTML: Sendable {
  private let answer: WeeklyAnswer
  private let agreement: Agreement
  private let generatedBy: String

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - answer: The page.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page, such as a program and its version.
  public init(_ answer: WeeklyAnswer, under agreement: Agreement, generatedBy: String) {
    self.answer = answer
    self.agreement = agreement
    self.generatedBy = generatedBy
  }

  /// The document, ending in a line break.
  public var text: String {
    let page = WeeklyWords(answer, agreement).page
    let head = Markup.lines([
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .void("meta", ["name": "supported-color-schemes", "content": "light dark"]),
      .element("title", [:], page.title), .style(Self.sheet),
    ])
    let frame = Markup.element(
      "table",
      [
        "role": "presentation", "width": "100%", "cellpadding": "0", "cellspacing": "0",
        "border": "0", "class": "frame",
        "style": "max-width:640px;margin:0 auto;border-collapse:collapse",
      ],
      [
        .element(
          "tr",
          [:],
          [
            .element(
              "td",
              [
                "class": "page",
                "style": "padding:24px 24px 32px;background-color:#ffffff;color:#1b2530;"
                  + Self.font,
              ],
              [.lines(content(page))]
            )
          ]
        )
      ]
    )
    let body = Markup.element(
      "body",
      [
        "class": "around",
        "style": "margin:0;padding:0;background-color:#eef1f4;color:#1b2530",
      ],
      [frame]
    )
    let document = Markup.element(
      "html",
      ["lang": "en"],
      [.lines([.element("head", [:], [head]), body])]
    )
    // A number stays with its sign.
    return "<!doctype html>\n\(document.source)\n".replacing(" %", with: "\u{A0}%")
  }

  // MARK: Styles

  private static let font =
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
    + "font-size:15px;line-height:1.45"
  private static let line = "border-bottom:1px solid #d5dbe1"

  /// Only what an element's own style cannot say.
  private static let sheet = """
    @media (max-width: 480px) {
      .page { padding: 16px 12px 24px !important; }
      .cell { padding: 5px 8px 5px 0 !important; font-size: 13px !important; }
    }
    @media (prefers-color-scheme: dark) {
      .around { background-color: #10161c !important; }
      .page { background-color: #182129 !important; }
      .page, .page td, .page th, .page h1, .page h2, .page h3, .page p, .page li {
        color: #e6ebf0 !important; border-color: #3a4753 !important;
      }
      .page .faint { color: #a3b0bc !important; }
      .page .bad { color: #ff9d8f !important; }
      .page .good { color: #7fd3a2 !important; }
    }

    """

  private static func colour(_ tone: WeeklyPage.Tone) -> String {
    switch tone {
    case .plain: ""
    case .strong: ";font-weight:600"
    case .faint: ";color:#5a6773"
    case .good: ";color:#0b6b3a"
    case .bad: ";color:#a12a1b"
    }
  }

  private static func name(_ tone: WeeklyPage.Tone) -> String {
    switch tone {
    case .plain, .strong: ""
    case .faint: " faint"
    case .good: " good"
    case .bad: " bad"
    }
  }

  // MARK: Content

  private func content(_ page: WeeklyPage) -> [Markup] {
    var parts = [
      Markup.element(
        "p",
        ["class": "faint", "style": "margin:0 0 8px;font-size:13px;color:#5a6773"],
        page.title
      ),
      .element(
        "h1",
        ["style": "margin:0 0 12px;font-size:20px;line-height:1.35;font-weight:600"],
        page.headline
      ),
      paragraph(page.scope, .faint),
    ]
    for section in page.sections {
      parts.append(
        .element(
          "h2",
          [
            "id": section.id,
            "style": "margin:28px 0 8px;font-size:17px;line-height:1.3;font-weight:600",
          ],
          section.title
        )
      )
      parts += section.blocks.map { block($0, in: section) }
    }
    parts.append(
      .element("div", ["style": "margin:28px 0 0;border-top:1px solid #d5dbe1"], [.text("")])
    )
    parts += (page.footer + ["Made by \(generatedBy)."]).map { line in
      Markup.element(
        "p",
        ["class": "faint", "style": "margin:10px 0 0;font-size:12px;color:#5a6773"],
        line
      )
    }
    return parts
  }

  private func paragraph(_ text: String, _ tone: WeeklyPage.Tone = .plain) -> Markup {
    .element(
      "p",
      [
        "class": "text\(Self.name(tone))",
        "style": "margin:0 0 10px\(Self.colour(tone))",
      ],
      text
    )
  }

  private func block(_ block: WeeklyPage.Block, in section: WeeklyPage.Section) -> Markup {
    switch block {
    case .paragraph(let text, let tone): return paragraph(text, tone)
    case .bullets(let items):
      return .element(
        "ul",
        ["style": "margin:0 0 10px;padding:0 0 0 20px"],
        [.lines(items.map { .element("li", ["style": "margin:0 0 6px"], $0) })]
      )
    case .table(let table): return self.table(table, in: section)
    case .points(let points): return .lines(points.enumerated().map(point))
    }
  }

  private func point(_ index: Int, _ point: WeeklyPage.Point) -> Markup {
    let rows = point.facts.map { fact in
      Markup.element(
        "tr",
        [:],
        [
          .element(
            "th",
            [
              "scope": "row", "class": "cell faint",
              "style": "padding:3px 12px 3px 0;text-align:left;vertical-align:top;"
                + "font-weight:400;white-space:nowrap;color:#5a6773;font-size:14px",
            ],
            fact.label
          ),
          .element(
            "td",
            ["class": "cell", "style": "padding:3px 0;vertical-align:top;font-size:14px"],
            fact.text
          ),
        ]
      )
    }
    return .lines([
      .element(
        "h3",
        ["style": "margin:18px 0 4px;font-size:15px;line-height:1.35;font-weight:600"],
        "\(index + 1). \(point.title)"
      ),
      .element(
        "table",
        [
          "cellpadding": "0", "cellspacing": "0", "border": "0",
          "style": "border-collapse:collapse",
        ],
        [.lines(rows)]
      ),
    ])
  }

  private func table(_ table: WeeklyPage.Table, in section: WeeklyPage.Section) -> Markup {
    func place(_ column: Int) -> String {
      let own = table.columns[column]
      // Numbers and dates stay whole; names and ids may be longer than any screen is wide.
      let breaks =
        own.leastWidth == nil
        ? "white-space:nowrap;"
        : column == 0 || own.holdsLeads
          ? "overflow-wrap:anywhere;" : ""
      let width = column == 0 ? "min-width:84px;" : ""
      return "\(width)text-align:\(own.isNumber ? "right" : "left");vertical-align:top;\(breaks)"
    }
    func padding(_ column: Int) -> String {
      column + 1 == table.columns.count ? "padding:6px 0" : "padding:6px 12px 6px 0"
    }
    let head = table.columns.indices.map { column in
      Markup.element(
        "th",
        [
          "scope": "col", "class": "cell faint",
          "style": "\(padding(column));\(place(column))\(Self.line);font-weight:400;"
            + "font-size:13px;white-space:normal;color:#5a6773",
        ],
        table.columns[column].title
      )
    }
    let body = table.rows.map { row in
      let cells = row.cells.indices.map { column in
        Markup.element(
          column == 0 ? "th" : "td",
          column == 0
            ? [
              "scope": "row", "class": "cell\(Self.name(row.tone))",
              "style": "\(padding(column));\(place(column))\(Self.line);font-weight:400;"
                + "font-size:14px\(Self.colour(row.tone))",
            ]
            : [
              "class": "cell\(Self.name(row.tone))",
              "style": "\(padding(column));\(place(column))\(Self.line);"
                + "font-size:14px\(Self.colour(row.tone))",
            ],
          row.cells[column]
        )
      }
      return Markup.element("tr", [:], cells)
    }
    return .element(
      "table",
      [
        "width": "100%", "cellpadding": "0", "cellspacing": "0", "border": "0",
        "aria-labelledby": section.id,
        "style": "border-collapse:collapse;margin:0 0 10px",
      ],
      [
        .element("thead", [:], [.element("tr", [:], head)]),
        .element("tbody", [:], [.lines(body)]),
      ]
    )
  }
}
