public import PlumblineCore
import PlumblineStatistics

/// A divided budget as one page: spend before and after, what the next customer costs, and the
/// numbers.
public struct BudgetHTML: Sendable {
  private let answer: BudgetAnswer
  private let agreement: Agreement
  private let generatedBy: String
  private let links: RecordLinks

  /// A page.
  ///
  /// - Parameters:
  ///   - answer: The budget.
  ///   - agreement: The agreement under which it was divided.
  ///   - generatedBy: What made the page, such as a program and its version.
  ///   - links: Where its numbers open.
  public init(
    _ answer: BudgetAnswer,
    under agreement: Agreement,
    generatedBy: String,
    links: RecordLinks = .none
  ) {
    self.links = links
    self.answer = answer
    self.agreement = agreement
    self.generatedBy = generatedBy
  }

  private var words: BudgetWords { BudgetWords(answer, agreement) }

  /// The document, ending in a line break.
  public var text: String {
    HTMLPage(
      title: "Budget: \(agreement.company.printable)",
      header: header,
      sections: sections,
      footer: footer
    ).text
  }

  /// The answer in a sentence.
  public var header: Markup {
    let words = words
    return HTMLPage.header(
      eyebrow: "Budget, \(words.provenance.asOfText)",
      headline: words.headline,
      scope: "\(words.budgetText). \(words.gainText ?? "")"
    )
  }

  /// All there is to show.
  public var sections: [Markup] {
    let words = words
    return [
      pictures(words), numbers(words), best(words), evidence(words),
      list(words.limitsHeading, words.limits),
      list(
        "Where the data cannot tell",
        words.reservations.isEmpty ? [] : words.reservations + [words.remedyOfReservations]
      ), list("Not moved", words.bystanders),
      answer.rows.isEmpty ? .none : list("What is assumed", words.assumptions),
    ]
  }

  /// From what it was made.
  public var footer: Markup {
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: generatedBy)
  }

  private func list(_ heading: String, _ items: [String]) -> Markup {
    items.isEmpty
      ? .none
      : HTMLPage.section(
        heading,
        [.element("ul", [:], [.lines(items.map { .element("li", [:], $0) })])]
      )
  }

  private func pictures(_ words: BudgetWords) -> Markup {
    guard !answer.rows.isEmpty else { return .none }
    let currency = words.currency
    let spend = DumbbellPicture(
      id: "spend",
      title: "Spend a month by \(words.unit), today and proposed",
      rows: answer.rows.map { row in
        let before = words.amount(row.today.spend)
        let after = row.proposed.map { words.amount($0.spend) }
        return DumbbellPicture.Row(
          name: row.name,
          before: BudgetWords.month(row.today.spend),
          after: row.proposed.map { BudgetWords.month($0.spend) },
          words: after.map { "\(before) → \($0) (\(words.change(row)))" } ?? before
        )
      },
      unit: .money(currency)
    )
    let costs = DumbbellPicture(
      id: "next",
      title: "What the next customer costs by \(words.unit), today and proposed",
      rows: answer.rows.map { row in
        let before = row.today.marginalCostPerWin?.expected
        let after = row.proposed?.marginalCostPerWin?.expected
        let limit = row.worth?.breakEven
        let limitText = limit.map { " (brings \(words.price($0)))" } ?? ""
        return DumbbellPicture.Row(
          name: row.name,
          before: before,
          after: after,
          reference: limit,
          words: before == nil && after == nil
            ? "not known" : "\(words.price(before)) → \(words.price(after))\(limitText)"
        )
      },
      unit: .money(currency)
    )
    func panel(_ heading: String, _ picture: DumbbellPicture) -> Markup {
      .element(
        "li",
        ["class": "panel"],
        [.element("p", [:], [.element("span", ["class": "panel-name"], heading)]), picture.markup]
      )
    }
    let caption =
      "Open circle: today. Full circle: proposed. Dashed mark: what a customer brings, "
      + "drawn together; with an arrow where it lies beyond the scale. The further left of its mark a full circle "
      + "stands, the more the next customer leaves over."
    let figure = Markup.element(
      "figure",
      [:],
      [
        .lines([
          .element(
            "ul",
            ["class": "panels", "role": "list"],
            [
              .lines([
                panel("Spend a month, \(currency)", spend),
                panel("The next customer costs, \(currency)", costs),
              ])
            ]
          ), .element("figcaption", [:], caption),
        ])
      ]
    )
    let notes = [words.runningCostText, words.aboveBreakEvenText, words.crossedText]
      .compactMap { $0 }
    return HTMLPage.section(
      "Before and after",
      [figure] + notes.map { .element("p", [:], $0) }
    )
  }

  private func numbers(_ words: BudgetWords) -> Markup {
    guard !answer.rows.isEmpty else { return .none }
    var money = MarkupTable(
      "money",
      caption: "Spend, leads and customers a month; in brackets 8 of 10 cases",
      [
        .text(words.unit.capitalizedFirst), .number("Spend today, \(words.currency)"),
        .number("Proposed"), .number("Change"), .text("Held by"), .number("Leads today"),
        .number("Leads after"), .number("Customers today"), .number("Customers after"),
      ]
    )
    var costs = MarkupTable(
      "costs",
      caption: "What grows with leads, \(words.currency) (running cost)",
      [
        .text(words.unit.capitalizedFirst), .number("Media a lead, average"),
        .number("The next lead today"), .number("The next lead after"),
        .number("Running cost a customer, average"), .number("The next customer today"),
        .number("The next customer after"), .number("Worth, drawn together"),
      ]
    )
    for row in answer.rows {
      let told = [
        row.proposed.map { words.amount($0.spend) } ?? Format.absent, words.change(row),
        words.bound(row), words.count(row.today.leads), words.count(row.proposed?.leads),
        words.count(row.today.wins), words.count(row.proposed?.wins),
      ]
      let spend = words.amount(row.today.spend)
      money.add(
        [
          .text(row.name.printable),
          row.today.spend > 0 ? links.markup(spend, .budget(.of(.today, row.name))) : .text(spend),
        ] + told.map { .text($0) }
      )
      costs.add([
        row.name.printable, words.price(row.today.costPerLead),
        words.price(row.today.marginalCostPerLead),
        words.price(row.proposed?.marginalCostPerLead), words.price(row.today.costPerWin),
        words.price(row.today.marginalCostPerWin),
        words.price(row.proposed?.marginalCostPerWin), words.price(row.worth?.breakEven),
      ])
    }
    return HTMLPage.section("The numbers", [money.markup, costs.markup])
  }

  /// The division that is not advised.
  private func best(_ words: BudgetWords) -> Markup {
    guard !answer.advisesBest else { return .none }
    var table = MarkupTable(
      "best",
      caption: "\(words.bestHeading); in brackets 8 of 10 cases",
      [
        .text(words.unit.capitalizedFirst), .number("Spend"), .number("Change"),
        .number("Leads"), .number("Customers"), .text("Held by"),
      ]
    )
    for row in answer.rows {
      table.add([
        row.name.printable, row.best.map { words.amount($0.spend) } ?? Format.absent,
        words.change(row.bestChange, to: row.best), words.count(row.best?.leads),
        words.count(row.best?.wins), row.bestBound.map { words.bound($0) } ?? Format.absent,
      ])
    }
    let odds = answer.gain.map { "\(words.odds($0).capitalizedFirst)." }
    return HTMLPage.section(
      "Best known division, not advised",
      [table.markup] + (odds.map { [.element("p", [:], $0)] } ?? [])
    )
  }

  /// How each channel answers to spend, and how much of that is its own.
  private func evidence(_ words: BudgetWords) -> Markup {
    guard !answer.rows.isEmpty else { return .none }
    var table = MarkupTable(
      "weeks",
      caption: "How leads answer to spend; in brackets 8 of 10 cases",
      [
        .text(words.unit.capitalizedFirst), .number("Weeks"),
        .number("Spend \(words.isCarriedOver ? "that works " : "")in them, \(words.currency)"),
        .number("Leads in them"),
        .number("Spend varies by"), .number("1 % more spend, leads"), .number("From elsewhere"),
        .number("Won"), .number("Used"),
      ]
    )
    for row in answer.rows {
      let (evidence, name) = (row.evidence, row.name)
      let spend = Format.amount(evidence.spend, words.currency)
      let won = row.winRate.rate.map {
        links.markup(
          "\(Format.percent($0)) of \(Format.count(row.winRate.entered))",
          .budget(.of(.rate, name))
        )
      }
      table.add([
        .text(name.printable), .text(Format.count(evidence.paidWeeks)),
        // What was spent is not what works where a part of it works later.
        words.isCarriedOver ? .text(spend) : links.markup(spend, .budget(.of(.spend, name))),
        evidence.leads > 0
          ? links.markup(Format.count(evidence.leads), .budget(.of(.leads, name))) : .text("0"),
        .text(evidence.variation.map { BudgetWords.variation($0) } ?? Format.absent),
        .text(words.elasticity(row)), .text(Format.percent(evidence.priorShare)),
        won ?? .text(Format.absent),
        .text(row.worth.map { Format.percent($0.winRate.mean) } ?? Format.absent),
      ])
    }
    let deals = Markup.element(
      "p",
      [:],
      [.text("Mean deal: "), links.markup(words.meanDeal, .budget(.deals)), .text(".")]
    )
    return HTMLPage.section(
      "What the weeks say",
      [table.markup, .element("p", [:], words.evidenceText)]
        + (answer.deals.count > 0 ? [deals] : [])
    )
  }
}
