public import PlumblineCore
import PlumblineStatistics

/// A funnel as text for people.
public struct FunnelText: Sendable {
  private let answer: FunnelAnswer
  private let agreement: Agreement
  private let gaps: [CaptureGap]
  private let layout: TextLayout
  private let words: StageWords

  /// A funnel to be shown.
  ///
  /// - Parameters:
  ///   - answer: The funnel.
  ///   - agreement: The agreement under which it was made.
  ///   - gaps: What nobody recorded.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: FunnelAnswer,
    under agreement: Agreement,
    gaps: [CaptureGap] = [],
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.gaps = gaps
    self.layout = layout
    words = StageWords(agreement)
  }

  private var provenance: Provenance {
    Provenance(
      agreement: agreement,
      asOf: answer.asOf,
      question: answer.question,
      horizons: answer.horizons
    )
  }

  private var rows: [FunnelRow] { answer.rows + [answer.total] }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let by = answer.question.by.map { " by \($0.word)" }.joined()
    let company = agreement.company.isEmpty ? "" : " of \(agreement.company)"
    page.heading("Funnel\(company)\(by)")
    page.paragraph(provenance.scopeText)
    if answer.total.episodes == 0 { page.paragraph("There are no leads to count.") }
    counts(&page)
    let returns = answer.total.episodes - answer.total.leads
    if returns > 0 {
      page.paragraph(
        "\(Format.count(answer.total.leads, "lead")), of whom some were given up and came back: "
          + "each of the \(Format.count(returns, "return")) counts as another pass."
      )
    }
    rates(&page)
    showUp(&page)
    money(&page)
    times(&page)
    conservation(&page)
    skipRules(&page)
    GapText(gaps).write(to: &page)
    page.blank()
    for line in provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func name(_ row: FunnelRow) -> String { row.group.isEmpty ? "all" : row.group }

  private func ink(_ row: FunnelRow) -> Ink {
    row.group.isEmpty && !answer.rows.isEmpty ? .strong : .plain
  }

  private var groupColumn: TextTable.Column {
    .text(answer.question.by.first.map(\.word) ?? "")
  }

  private func counts(_ page: inout TextPage) {
    page.heading("How many reached each stage")
    var table = TextTable(
      [groupColumn] + answer.stages.map { .number(words.label($0)) }
    )
    for row in rows {
      table.add([name(row)] + row.reached.map { Format.count($0) }, ink: ink(row))
    }
    page.table(table)
  }

  // MARK: Rates

  private func rates(_ page: inout TextPage) {
    page.heading("How many of those who entered go on")
    page.paragraph(
      "Rate with its 95 % interval; mature: the share of those who entered whose outcome by then "
        + "is known; so far (naive): plain share of those who entered, too low while leads are "
        + "young."
    )
    let stretches = FunnelStretch.all(of: answer, agreement)
    if answer.rows.isEmpty {
      var table = TextTable(rateColumns(first: .wrapped("step"), withDays: true))
      for stretch in stretches {
        guard let rate = stretch.rate(answer.total) else { continue }
        table.add([stretch.title(words)] + cells(rate, withDays: true))
      }
      page.table(table)
      notes(stretches.map { ($0.title(words), $0.rate(answer.total)) }, &page)
    } else {
      for stretch in stretches { rates(of: stretch, &page) }
    }
  }

  private func rates(of stretch: FunnelStretch, _ page: inout TextPage) {
    let within = stretch.rate(answer.total).map { ", within \(Format.days($0.withinDays))" } ?? ""
    page.blank()
    page.paragraph(stretch.title(words) + within, indent: 2)
    var table = TextTable(rateColumns(first: groupColumn, withDays: false))
    for row in rows {
      guard let rate = stretch.rate(row) else { continue }
      table.add([name(row)] + cells(rate, withDays: false), ink: ink(row))
    }
    page.table(table, indent: 4)
    notes(rows.map { (name($0), stretch.rate($0)) }, &page)
  }

  private func rateColumns(first: TextTable.Column, withDays: Bool) -> [TextTable.Column] {
    [first] + (withDays ? [.number("within")] : []) + [
      .number("rate (95 %)"), .number("of"), .number("mature"), .number("so far (naive)"),
    ]
  }

  private func cells(_ rate: RateEstimate, withDays: Bool) -> [String] {
    (withDays ? [Format.days(rate.withinDays)] : []) + [
      Format.rate(rate), "of \(Format.count(rate.entered))", Format.maturity(rate),
      Format.naive(rate),
    ]
  }

  /// Below a table, what its short words for a missing rate stand for.
  private func notes(_ rates: [(String, RateEstimate?)], _ page: inout TextPage) {
    var notes: [(text: String, names: [String])] = []
    for (name, rate) in rates {
      guard let rate, rate.status == .notOldEnough || rate.status == .undated else { continue }
      let text = Format.absenceInFull(of: rate)
      if let known = notes.firstIndex(where: { $0.text == text }) {
        notes[known].names.append(name)
      } else {
        notes.append((text, [name]))
      }
    }
    for note in notes {
      page.paragraph("\(note.names.joined(separator: ", ")): \(note.text).", indent: 4)
    }
  }

  // MARK: Meetings, money, time

  private func showUp(_ page: inout TextPage) {
    let shown = rows.compactMap { row in row.showUp.map { (row, $0) } }
    guard !shown.isEmpty else { return }
    page.heading("What became of booked meetings")
    var outcomes = TextTable([
      groupColumn, .number("held"), .number("no-show"), .number("called off"),
      .number("to come"), .number("unconfirmed"),
    ])
    for (row, meetings) in shown {
      outcomes.add(
        [
          name(row), Format.count(meetings.held), Format.count(meetings.noShow),
          Format.count(meetings.calledOff), Format.count(meetings.upcoming),
          Format.unconfirmed(meetings),
        ],
        ink: ink(row)
      )
    }
    page.table(outcomes)
    page.blank()
    page.paragraph(
      shown.contains { $0.1.source == .stages }
        ? "Show-up, from stage dates alone: a booked meeting without a held date is unconfirmed."
        : "Show-up: held over held and missed; called-off meetings do not count.",
      indent: 2
    )
    page.paragraph("With unconfirmed: if none, or all, of those were held.", indent: 2)
    var table = TextTable([
      groupColumn, .number("show-up (95 %)"), .number("of"),
      .number("with unconfirmed"),
    ])
    for (row, meetings) in shown {
      table.add(
        [
          name(row), Format.showUp(meetings),
          "of \(Format.count(meetings.held + meetings.noShow))", Format.showUpBounds(meetings),
        ],
        ink: ink(row)
      )
    }
    page.table(table)
  }

  private func money(_ page: inout TextPage) {
    let currency = agreement.currency
    let hasMoney = rows.contains { $0.money.spend ?? 0 > 0 || $0.money.wonDeals > 0 }
    guard hasMoney else {
      page.heading("Money")
      page.paragraph("No spend and no won deals are on record here.")
      return
    }
    page.heading("What meetings cost and deals bring, in \(currency)")
    var meetings = TextTable([
      groupColumn, .number("spend"), .number("per meeting booked"), .number("per meeting held"),
      .number("won deals"), .number("revenue"), .number("mean deal"),
    ])
    for row in rows {
      let money = row.money
      meetings.add(
        [name(row)]
          + [
            money.spend.map(Double.init), money.costPerMeetingBooked, money.costPerMeetingHeld,
          ].map { amount($0) } + [Format.count(money.wonDeals), amount(Double(money.revenue))]
          + [amount(money.meanDeal)],
        ink: ink(row)
      )
    }
    page.table(meetings)
    let blank = answer.total.money.wonDealsWithoutAmount
    if blank > 0 {
      page.paragraph(
        "\(Format.count(blank)) of \(Format.count(answer.total.money.wonDeals, "won deal")) "
          + "have no amount; the mean leaves them out.",
        indent: 4
      )
    }
    customers(&page)
  }

  private func customers(_ page: inout TextPage) {
    page.heading("What a customer costs, in \(agreement.currency)")
    var table = TextTable([
      groupColumn, .number("customers"), .number("media CAC (95 %)"), .number("media + reps CAC"),
      .number("break-even CAC"), .whole("media alone"),
    ])
    for row in rows {
      table.add(
        [
          name(row), Format.count(row.money.wins),
          Format.cost(row.money, agreement.currency), amount(row.money.loadedCAC),
          amount(row.money.breakEvenCAC), Format.verdict(row.money.verdict),
        ],
        ink: ink(row)
      )
    }
    page.table(table)
    page.paragraph(Format.mediaAlone, indent: 4)
    for missing in Format.missingEconomics(agreement) { page.paragraph(missing, indent: 4) }
  }

  private func amount(_ minorUnits: Double?) -> String {
    minorUnits.map { Format.amount($0, agreement.currency) } ?? Format.absent
  }

  private func times(_ page: inout TextPage) {
    guard rows.contains(where: { $0.medianDaysToWin != nil }) else { return }
    page.heading("Days from \(words.label(0)) to \(words.label(answer.stages.count - 1))")
    page.paragraph("Of those who get there; leads still open count as not there yet.")
    var table = TextTable([groupColumn, .number("half by"), .number("90 % by")])
    for row in rows {
      table.add(
        [
          name(row), row.medianDaysToWin.map { Format.days($0) } ?? Format.absent,
          row.ninetiethPercentileDaysToWin.map { Format.days($0) } ?? Format.absent,
        ],
        ink: ink(row)
      )
    }
    page.table(table)
  }

  // MARK: Checks

  private func conservation(_ page: inout TextPage) {
    page.heading("Does it add up: entered = advanced + left + open + residual")
    var table = TextTable(
      [.wrapped("from", least: 10), .number("entered"), .number("advanced")]
        + agreement.detours.map { .number(words.label($0.id)) }
        + [.number("open"), .number("residual")]
    )
    for transition in answer.total.transitions {
      let count = transition.count
      table.add(
        [words.label(transition.from)]
          + ([count.entered, count.advanced] + count.detoured + [count.open, count.residual])
          .map { Format.count($0) }
      )
    }
    page.table(table)
    for row in rows {
      for transition in row.transitions where transition.count.residual > 0 {
        page.paragraph(
          "\(name(row)): \(Format.count(transition.count.residual)) reached "
            + "\(words.label(transition.to)) on a date before "
            + "\(words.label(transition.from)).",
          indent: 4
        )
      }
    }
  }

  private func skipRules(_ page: inout TextPage) {
    page.heading("Under each skip rule")
    guard Set(answer.skipRules.map(\.reached)).count > 1 else {
      page.paragraph("All three skip rules (strict, any, filled) give the same counts.")
      return
    }
    var table = TextTable(
      [.whole("rule")] + answer.stages.map { .number(words.label($0)) }
    )
    for rule in answer.skipRules {
      let isUsed = rule.skips == answer.question.skips
      table.add(
        [rule.skips.rawValue + (isUsed ? " (used)" : "")] + rule.reached.map { Format.count($0) },
        ink: isUsed ? .strong : .plain
      )
    }
    page.table(table)
  }
}
