public import PlumblineCore
import PlumblineAssets
import PlumblineStatistics

/// The verdict as one page that needs nothing else: no network, no script.
///
/// One sentence, one picture, the leaks, the channels; below them how it is known.
public struct HTMLReport: Sendable {
  let agreement: Agreement
  let funnel: FunnelAnswer
  let diagnosis: Diagnosis
  let generatedBy: String
  let words: DiagnosisWords

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - funnel: The funnel by channel of the same leads.
  ///   - agreement: The agreement under which both were made.
  ///   - generatedBy: What made the page, such as a program and its version.
  public init(
    _ diagnosis: Diagnosis,
    funnel: FunnelAnswer,
    under agreement: Agreement,
    generatedBy: String
  ) {
    self.agreement = agreement
    self.funnel = funnel
    self.diagnosis = diagnosis
    self.generatedBy = generatedBy
    words = DiagnosisWords(diagnosis, agreement)
  }

  /// The page.
  public var text: String {
    let policy = "default-src 'none'; style-src 'unsafe-inline'"
    let name = agreement.company.isEmpty ? "Verdict" : "Verdict for \(agreement.company)"
    let head = Markup.lines([
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .element("title", [:], name), .style(String(cString: plumbline_report_css())),
    ])
    let body = Markup.lines([
      header,
      .element("main", [:], [.lines([path, leaks, channels, evidence])]), footer,
    ])
    let page = Markup.element(
      "html",
      ["lang": "en"],
      [.lines([.element("head", [:], [head]), .element("body", [:], [body])])]
    )
    return "<!doctype html>\n\(page.source)\n"
  }

  // MARK: Answer first

  private var header: Markup {
    let company = agreement.company.isEmpty ? "" : " for \(agreement.company)"
    let parties = diagnosis.parties.map { verdict in
      Markup.element(
        "li",
        ["class": "party \(verdict.answer.rawValue)"],
        [
          .element("strong", [:], verdict.party.word.capitalizedFirst),
          .element("span", ["class": "answer"], verdict.answer.rawValue),
          .element("span", ["class": "why"], words.explanation(of: verdict)),
        ]
      )
    }
    return .element(
      "header",
      [:],
      [
        .lines([
          .element("p", ["class": "eyebrow"], "Verdict\(company), \(words.provenance.asOfText)"),
          .element("h1", [:], words.headline),
          .element("p", ["class": "scope"], words.provenance.scopeText),
          .element("h2", ["class": "whose"], "Whose leak is it?"),
          .element("ul", ["class": "parties"], [.lines(parties)]),
        ])
      ]
    )
  }

  private var path: Markup {
    let picture = PathPicture(
      total: funnel.total,
      findings: words.findings,
      words: words.stages
    )
    var table = MarkupTable(
      "path-table",
      caption: "How many reached each stage, and how many of them go on",
      [
        .text("Stage"), .number("Reached"), .number("Go on (95 %)"), .number("Within"),
        .number("Mature"), .number("So far (naive)"),
      ]
    )
    for stage in funnel.total.reached.indices {
      var cells = [words.stages.label(stage), Format.count(funnel.total.reached[stage])]
      if stage < funnel.total.transitions.count {
        let rate = funnel.total.transitions[stage].rate
        cells += [
          Format.rateWithBase(rate), Format.days(rate.withinDays), Format.maturity(rate),
          Format.naive(rate),
        ]
      } else {
        cells += Array(repeating: "", count: 4)
      }
      table.add(cells)
    }
    return section(
      "path",
      "Where the leads go",
      [
        .element(
          "figure",
          [:],
          [
            .element(
              "div",
              [
                "class": "scroll", "role": "region", "tabindex": "0",
                "aria-label": "The path, drawn to scale",
              ],
              [picture.markup]
            ),
            .element(
              "figcaption",
              [:],
              "Bars are as wide as the leads that reached the stage. An arrow out of the path "
                + "marks a leak, with the customers that mending it would bring."
            ),
          ]
        ),
        details("The same numbers as a table", [table.markup]),
      ]
    )
  }

  private var leaks: Markup {
    let findings = words.findings
    guard !findings.isEmpty else {
      return section(
        "leaks",
        "Leaks",
        [
          .element(
            "p",
            [:],
            "None can be named. Below stands what was compared, and what would "
              + "be needed to decide the rest."
          )
        ]
      )
    }
    let currency = agreement.currency
    var table = MarkupTable(
      "leaks-table",
      caption: "Leaks, the most recoverable money first",
      [
        .text("Where"), .text("Whose"), .number("Rate"), .number("The others"),
        .text("Allowing for few leads (95 %)"), .number("Customers"), .number(currency),
      ]
    )
    let scale = RangeScale.rates(findings.map(\.comparison))
    for (index, finding) in findings.enumerated() {
      let least = finding.revenueLow.map { "at least \($0)" } ?? ""
      table.add([
        .lines([
          .element("span", ["class": "place"], finding.comparison.place),
          .element("span", ["class": "remedy"], finding.remedy),
        ]),
        .text(finding.party), .text(finding.comparison.own), .text(finding.comparison.rest),
        .lines([
          picture(of: finding.comparison, "leak-\(index)", scale),
          .element("span", ["class": "remark"], finding.comparison.certainty),
        ]),
        .text(finding.customers),
        .lines([
          .text(finding.revenue ?? Format.absent), .element("span", ["class": "remark"], least),
        ]),
      ])
    }
    return section(
      "leaks",
      "Leaks",
      [
        table.markup,
        .element(
          "p",
          ["class": "note"],
          "Customers and money are what mending the leak would bring over the leads looked at; "
            + "leaks add up. Dot: best estimate; bar: 95 % interval; line: the others. q: the "
            + "share of leaks named at this level that are expected to be chance."
        ),
      ]
    )
  }

  /// A comparison's rate after allowing for few leads, drawn and in words.
  func picture(of comparison: ComparisonWords, _ id: String, _ scale: Double) -> Markup {
    let shrunk = comparison.comparison.shrunk
    return .lines([
      RangePicture(
        id: id,
        value: shrunk.mean,
        lower: shrunk.interval.lower,
        upper: shrunk.interval.upper,
        reference: comparison.comparison.restRate,
        scale: scale,
        title: "\(comparison.place), allowing for few leads",
        description: "\(comparison.shrunk); the others \(comparison.rest)"
      ).markup,
      .element("span", ["class": "figure"], comparison.shrunk),
    ])
  }

  // MARK: Parts of a page

  func section(_ id: String, _ title: String, _ content: [Markup]) -> Markup {
    .element(
      "section",
      ["aria-labelledby": "\(id)-title"],
      [.lines([.element("h2", ["id": "\(id)-title"], title)] + content)]
    )
  }

  func details(_ title: String, _ content: [Markup]) -> Markup {
    .element("details", [:], [.lines([.element("summary", [:], title)] + content)])
  }

  func list(_ items: [String]) -> Markup {
    .element("ul", [:], [.lines(items.map { .element("li", [:], $0) })])
  }

  private var footer: Markup {
    .element(
      "footer",
      [:],
      [
        .lines(
          words.provenance.footer.map { .element("p", [:], $0) } + [
            .element("p", [:], "Full hash of the agreement: \(agreement.hash)"),
            .element("p", [:], "Made by \(generatedBy)."),
          ]
        )
      ]
    )
  }
}
