import PlumblineAssets
import PlumblineCore

/// A page that needs nothing else: no network, no script, its style sheet inside.
///
/// It answers first: a headline, then sections with a picture and a table each.
struct HTMLPage {
  /// The title of the window.
  let title: String
  /// The answer in a sentence, with whatever stands around it.
  let header: Markup
  /// The parts of the page; empty ones are left out.
  let sections: [Markup]
  /// What made the page, and from what.
  let footer: Markup

  /// The document, ending in a line break.
  var text: String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    let head = Markup.lines([
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], title), .style(String(cString: plumbline_report_css())),
    ])
    let body = Markup.lines([header, .element("main", [:], [.lines(sections)]), footer])
    let page = Markup.element(
      "html",
      ["lang": "en"],
      [.lines([.element("head", [:], [head]), .element("body", [:], [body])])]
    )
    return "<!doctype html>\n\(page.source)\n"
  }

  /// The top of a page of one answer.
  ///
  /// - Parameters:
  ///   - eyebrow: What the page is and as of when.
  ///   - headline: The answer in a sentence.
  ///   - scope: What it stands on.
  /// - Returns: The header.
  static func header(eyebrow: String, headline: String, scope: String) -> Markup {
    header(eyebrow: eyebrow, headline: headline, scope: [.text(scope)])
  }

  /// The same with links in what it stands on.
  static func header(eyebrow: String, headline: String, scope: [Markup]) -> Markup {
    .element(
      "header",
      [:],
      [
        .lines([
          .element("p", ["class": "eyebrow"], eyebrow), .element("h1", [:], headline),
          .element("p", ["class": "scope"], scope),
        ])
      ]
    )
  }

  /// A section with a heading.
  ///
  /// - Parameters:
  ///   - heading: The heading.
  ///   - parts: What stands under it: pictures, tables, sentences.
  /// - Returns: The section.
  static func section(_ heading: String, _ parts: [Markup]) -> Markup {
    .element("section", [:], [.lines([.element("h2", [:], heading)] + parts)])
  }

  /// A section with a heading that names it to readers who do not see it.
  ///
  /// - Parameters:
  ///   - id: The name under which the page finds it, once a page.
  ///   - heading: The heading.
  ///   - parts: What stands under it.
  /// - Returns: The section.
  static func section(_ id: String, _ heading: String, _ parts: [Markup]) -> Markup {
    .element(
      "section",
      ["aria-labelledby": "\(id)-title"],
      [.lines([.element("h2", ["id": "\(id)-title"], heading)] + parts)]
    )
  }

  /// The foot of a page of one answer.
  ///
  /// - Parameters:
  ///   - provenance: From what the answer was made, a sentence each.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page.
  /// - Returns: The footer.
  static func footer(
    _ provenance: [String],
    under agreement: Agreement,
    generatedBy: String
  ) -> Markup {
    .element(
      "footer",
      [:],
      [
        .lines(
          provenance.map { .element("p", [:], $0) } + [
            .element("p", [:], "Full hash of the agreement: \(agreement.hash)"),
            .element("p", [:], "Made by \(generatedBy)."),
          ]
        )
      ]
    )
  }
}
