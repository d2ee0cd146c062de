public import PlumblineCore
import PlumblineStatistics

/// The parts of a page that says where a funnel leaks: a report's, or a page's of the web app.
public struct VerdictSections: Sendable {
  let agreement: Agreement
  let funnel: FunnelAnswer
  let diagnosis: Diagnosis
  let words: DiagnosisWords
  /// Where numbers open to the records behind them; nowhere in a report.
  let links: RecordLinks

  /// Parts to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - funnel: The funnel by channel of the same leads.
  ///   - agreement: The agreement under which both were made.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ diagnosis: Diagnosis,
    funnel: FunnelAnswer,
    under agreement: Agreement,
    links: RecordLinks = .none
  ) {
    self.agreement = agreement
    self.funnel = funnel
    self.diagnosis = diagnosis
    self.links = links
    words = DiagnosisWords(diagnosis, agreement)
  }

  // MARK: Answer first

  /// The answer first: the sentence, what it stands on, and whose the leak is.
  public var header: Markup {
    let company = agreement.company.isEmpty ? "" : " for \(agreement.company)"
    let parties = diagnosis.verdict.parties.map { answer in
      Markup.element(
        "li",
        ["class": "party \(answer.answer.rawValue)"],
        [
          .element("strong", [:], answer.party.word.capitalizedFirst),
          .element("span", ["class": "answer"], answer.answer.rawValue),
          .element("span", ["class": "why"], words.model.explanation(of: answer)),
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

  /// That passes are counted, where some leads have passed more than once; nil where none has.
  private var passes: String? {
    let (leads, passes) = (funnel.total.leads, funnel.total.episodes)
    guard passes != leads else { return nil }
    return
      "This counts \(Format.count(passes, "pass", "passes")) of \(Format.count(leads, "lead")): "
      + "one that left the path and came back passes again."
  }

  /// The path drawn to scale, with its leaks and the same numbers as a table.
  public var path: Markup {
    let picture = PathPicture(
      total: funnel.total,
      leaks: words.leaks,
      words: words.stages,
      handOffStage: agreement.handOffStage
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
      let reached = RecordLinks.Number.funnel("reached:\(funnel.stages[stage])", group: nil)
      var cells: [Markup] = [
        .text(words.stages.label(stage)),
        links.markup(Format.count(funnel.total.reached[stage]), reached),
      ]
      if stage < funnel.total.transitions.count {
        let rate = funnel.total.transitions[stage].rate
        cells += [
          Format.rateWithBase(rate), Format.days(rate.withinDays), Format.maturity(rate),
          Format.naive(rate),
        ].map { .text($0) }
      } else {
        cells += Array(repeating: .none, count: 4)
      }
      table.add(cells)
    }
    return section(
      "path",
      "Where the leads go",
      [
        passes.map { .element("p", ["class": "scope"], $0) } ?? .none,
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
                + "marks a leak at the step where it shows most, with the customers that mending it "
                + "would bring."
            ),
          ]
        ),
        details("The same numbers as a table", [table.markup]),
      ]
    )
  }

  /// The leaks as a table, the costliest first.
  public var leaks: Markup {
    let leaks = words.leaks
    guard !leaks.isEmpty else {
      return section(
        "leaks",
        "Leaks",
        [
          .element(
            "p",
            [:],
            "None can be named. Below stands what was looked at, and what would settle the rest."
          ), list(words.advice),
        ]
      )
    }
    let currency = agreement.currency
    var table = MarkupTable(
      "leaks-table",
      caption: "Leaks, the costliest first",
      [
        .text("What"), .number("Customers"), .number(currency), .text("Whose"),
        .number("Counted"), .number("The others"), .number("Odds (95 %)"), .number("Sure"),
      ]
    )
    for leak in leaks {
      table.add([
        .lines([
          .element("span", ["class": "place"], leak.name.capitalizedFirst),
          .element("span", ["class": "remedy"], leak.remedy),
        ]),
        figure(leak.customers, badCase: leak.customersBadCase),
        figure(leak.revenue, badCase: leak.revenueBadCase), .text(leak.party), .text(leak.counted),
        .text(leak.othersWithInterval),
        .text(leak.leak.evidence.contrast.map { words.model.odds($0) } ?? Format.absent),
        .text(words.model.certainty(leak.leak.evidence)),
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
          "Customers and money are what the leak costs over the leads behind the "
            + "verdict, and at worst if the difference is as large as the data allow at 5 %. Odds: how many times the others' odds, after allowing for who worked which "
            + "leads; 1 is no difference. Sure: that the difference matters."
        ),
      ]
    )
  }

  private func figure(_ text: String, badCase: String) -> Markup {
    .lines([
      .text(text),
      .element("span", ["class": "remark"], badCase == Format.absent ? "" : "at worst \(badCase)"),
    ])
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

  /// What every number rests on, and what made the page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The foot of the page.
  public func footer(generatedBy program: String) -> Markup {
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: program)
  }

  /// Every channel with every rep: how far each stands from the others.
  public var grid: Markup { LeakGridSection(diagnosis, under: agreement, links: links).markup }

  // MARK: Parts of a page

  func section(_ id: String, _ title: String, _ content: [Markup]) -> Markup {
    HTMLPage.section(id, title, content)
  }

  func details(_ title: String, _ content: [Markup]) -> Markup {
    .element("details", [:], [.lines([.element("summary", [:], title)] + content)])
  }

  func list(_ items: [String]) -> Markup {
    .element("ul", [:], [.lines(items.map { .element("li", [:], $0) })])
  }
}
