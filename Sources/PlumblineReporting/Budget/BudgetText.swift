public import PlumblineCore
import PlumblineStatistics

/// A divided budget as text for people: the answer, each channel before and after, what the next
/// customer costs, what limits, and what is assumed.
public struct BudgetText: Sendable {
  private let answer: BudgetAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// A divided budget to be shown.
  ///
  /// - Parameters:
  ///   - answer: The budget.
  ///   - agreement: The agreement under which it was divided.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: BudgetAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// The answer as one sentence that can be read aloud.
  public var headline: String { BudgetWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = BudgetWords(answer, agreement)
    page.paragraph(words.headline, ink: .strong)
    if !answer.rows.isEmpty {
      page.blank()
      page.fact("Budget", "\(words.budgetText).")
      if let gain = words.gainText { page.fact("Gain", gain) }
      spend(words, &page)
      best(words, &page)
      brings(words, &page)
      costs(words, &page)
      evidence(words, &page)
    }
    list(words.limitsHeading, words.limits, &page)
    if !words.reservations.isEmpty {
      page.heading("Where the data cannot tell")
      page.bullets(words.reservations)
      page.paragraph(words.remedyOfReservations, indent: 2)
    }
    list("Not moved", words.bystanders, &page)
    if !answer.rows.isEmpty { list("What is assumed", words.assumptions, &page) }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func list(_ heading: String, _ items: [String], _ page: inout TextPage) {
    guard !items.isEmpty else { return }
    page.heading(heading)
    page.bullets(items)
  }

  private func spend(_ words: BudgetWords, _ page: inout TextPage) {
    page.heading("Spend a month, \(words.currency)")
    var table = TextTable([
      .text(words.unit), .number("today"), .number("proposed"), .number("change"),
      .wrapped("held by", least: 12),
    ])
    for row in answer.rows {
      table.add(
        [
          row.name.printable, words.amount(row.today.spend),
          row.proposed.map { words.amount($0.spend) } ?? Format.absent, words.change(row),
          words.bound(row),
        ],
        ink: row.bound == .held ? .faint : .plain
      )
    }
    table.add([
      "all", words.amount(answer.todaysSpend),
      answer.proposedSpend.map { words.amount($0) } ?? Format.absent,
    ])
    page.table(table)
  }

  private func best(_ words: BudgetWords, _ page: inout TextPage) {
    guard let spend = answer.bestSpend else { return }
    page.heading(words.bestHeading)
    var table = TextTable([
      .text(words.unit), .number("spend"), .number("change"), .number("leads"),
      .number("customers"), .wrapped("held by", least: 12),
    ])
    for row in answer.rows {
      table.add([
        row.name.printable, row.best.map { words.amount($0.spend) } ?? Format.absent,
        words.change(row.bestChange, to: row.best), words.count(row.best?.leads),
        words.count(row.best?.wins), row.bestBound.map { words.bound($0) } ?? Format.absent,
      ])
    }
    table.add(["all", words.amount(spend)])
    page.table(table)
    if let gain = answer.gain {
      page.paragraph("\(words.odds(gain).capitalizedFirst).", indent: 2)
    }
  }

  private func brings(_ words: BudgetWords, _ page: inout TextPage) {
    page.heading("Leads and customers a month (8 of 10 cases)")
    var table = TextTable([
      .text(words.unit), .number("leads today"), .number("after"), .number("customers today"),
      .number("after"),
    ])
    for row in answer.rows {
      table.add([
        row.name.printable, words.count(row.today.leads), words.count(row.proposed?.leads),
        words.count(row.today.wins), words.count(row.proposed?.wins),
      ])
    }
    if answer.rows.count > 1 {
      func sum(_ part: (BudgetRow) -> Double?) -> String {
        let known = answer.rows.compactMap(part)
        return known.count == answer.rows.count
          ? words.count(known.reduce(0, +)) : Format.absent
      }
      table.add([
        "all", sum { $0.today.leads.expected }, sum { $0.proposed?.leads.expected },
        sum { $0.today.wins.expected }, sum { $0.proposed?.wins.expected },
      ])
    }
    page.table(table)
  }

  private func costs(_ words: BudgetWords, _ page: inout TextPage) {
    page.heading("What grows with leads, \(words.currency) (running cost)")
    var leads = TextTable([
      .text(words.unit), .number("media a lead, average"), .number("the next today"),
      .number("the next after"),
    ])
    var wins = TextTable([
      .text(words.unit), .number("running cost a customer, average"),
      .number("the next today"), .number("the next after"),
      .number("worth, drawn together"),
    ])
    for row in answer.rows {
      leads.add([
        row.name.printable, words.price(row.today.costPerLead),
        words.price(row.today.marginalCostPerLead),
        words.price(row.proposed?.marginalCostPerLead?.expected),
      ])
      wins.add([
        row.name.printable, words.price(row.today.costPerWin),
        words.price(row.today.marginalCostPerWin),
        words.price(row.proposed?.marginalCostPerWin?.expected),
        words.price(row.worth?.breakEven),
      ])
    }
    page.table(wins)
    page.blank()
    page.table(leads)
    let notes = [words.runningCostText, words.aboveBreakEvenText, words.crossedText]
    for note in notes.compactMap({ $0 }) {
      page.paragraph(note, indent: 2)
    }
  }

  private func evidence(_ words: BudgetWords, _ page: inout TextPage) {
    page.heading("What the weeks say")
    var table = TextTable([
      .text(words.unit), .number("weeks"), .number("spend varies by"),
      .number("1 % more spend, leads"), .number("from elsewhere"), .number("won"),
      .number("used"),
    ])
    for row in answer.rows {
      table.add([
        row.name.printable, Format.count(row.evidence.paidWeeks),
        row.evidence.variation.map { "\(BudgetWords.variation($0))" } ?? Format.absent,
        words.elasticity(row), Format.percent(row.evidence.priorShare),
        row.winRate.rate.map { Format.percent($0) } ?? Format.absent,
        row.worth.map { Format.percent($0.winRate.mean) } ?? Format.absent,
      ])
    }
    page.table(table)
    page.paragraph(words.evidenceText, indent: 2)
  }
}
