public import PlumblineCore
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
  /// How fast leads handed to sales are won, by channel; nil where it is not to be shown.
  let incidence: IncidenceAnswer?
  /// The gap to the last period, the plan or the best channel; nil where it is not to be shown.
  let gap: GapAnswer?
  /// The weekly series under watch; nil where they are not to be shown.
  let watch: WatchAnswer?
  /// What customers cost, the way to the quota, and the cash; nil where it is not to be shown.
  let plans: ReportPlans?

  /// A page to be made.
  ///
  /// - Parameters:
  ///   - diagnosis: The diagnosis.
  ///   - funnel: The funnel by channel of the same leads.
  ///   - agreement: The agreement under which both were made.
  ///   - generatedBy: What made the page, such as a program and its version.
  ///   - incidence: How fast leads handed to sales are won, by channel.
  ///   - gap: The gap to the last period, the plan or the best channel.
  ///   - watch: The weekly series under watch.
  ///   - plans: What customers cost, the way to the quota, and the cash.
  public init(
    _ diagnosis: Diagnosis,
    funnel: FunnelAnswer,
    under agreement: Agreement,
    generatedBy: String,
    incidence: IncidenceAnswer? = nil,
    gap: GapAnswer? = nil,
    watch: WatchAnswer? = nil,
    plans: ReportPlans? = nil
  ) {
    self.agreement = agreement
    self.funnel = funnel
    self.diagnosis = diagnosis
    self.generatedBy = generatedBy
    words = DiagnosisWords(diagnosis, agreement)
    self.incidence = incidence
    self.gap = gap
    self.watch = watch
    self.plans = plans
  }

  /// The page.
  public var text: String {
    HTMLPage(
      title: agreement.company.isEmpty ? "Verdict" : "Verdict for \(agreement.company)",
      header: header,
      sections: [path, leaks, grid, curves, bridge, channels] + money + [watched, evidence],
      footer: footer
    ).text
  }

  // MARK: Answer first

  private var header: Markup {
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

  private var path: Markup {
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
                + "marks a leak at the step where it shows most, with the customers that mending it "
                + "would bring."
            ),
          ]
        ),
        details("The same numbers as a table", [table.markup]),
      ]
    )
  }

  private var leaks: Markup {
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
        .text(leak.others),
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
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: generatedBy)
  }
}
