public import PlumblineCore
import PlumblineStatistics

/// Attainment as text for people: the sentence, people, months, the forecast, and what both teams
/// are paid.
public struct AttainmentText: Sendable {
  private let answer: AttainmentAnswer
  private let agreement: Agreement
  private let layout: TextLayout
  private let showsIDs: Bool
  private let worthALook: WorthALook?

  /// An answer to be shown.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - showsIDs: Whether the deals behind each row are listed.
  ///   - worthALook: What the detectors of gaming found; not shown when nil.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: AttainmentAnswer,
    under agreement: Agreement,
    showsIDs: Bool = false,
    worthALook: WorthALook? = nil,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.showsIDs = showsIDs
    self.worthALook = worthALook
    self.layout = layout
  }

  /// The answer as one sentence that can be read aloud.
  public var headline: String { AttainmentWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = AttainmentWords(answer, agreement)
    page.paragraph(words.headline, ink: .strong)
    if !words.notes.isEmpty {
      page.blank()
      page.bullets(words.notes)
    }
    people(words, &page)
    months(words, &page)
    forecast(words, &page)
    closing(words, &page)
    scorecard(words, &page)
    if let whatIf = answer.whatIf { self.whatIf(whatIf, words, &page) }
    launches(words, &page)
    if let worthALook {
      page.heading("Worth a look")
      page.paragraph(worthALook.headline, indent: 2)
      page.bullets(worthALook.sentences)
      page.paragraph("Each check in full: plumbline attainment --checks.", indent: 2, ink: .faint)
    }
    if showsIDs { ids(words, &page) }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  // MARK: Rows

  private func people(_ words: AttainmentWords, _ page: inout TextPage) {
    page.heading("Quota and what was won, in \(words.currency)")
    var table = TextTable([
      .text(""), .number("quota"), .number("won"), .number("deals"), .number("share"),
      .number("to go"), .number("by chance"),
    ])
    for row in words.parts + [answer.team] {
      table.add(
        [
          words.name(row.subject), words.amount(row.quota?.amount), words.amount(row.won.amount),
          Format.count(row.won.count), words.share(row.attainment), words.amount(row.gap),
          row.chance.map { words.range($0.interval.lower, $0.interval.upper) } ?? "",
        ],
        ink: row.subject == .team ? .strong : .plain
      )
    }
    page.table(table)
    if let text = words.chanceText { page.paragraph(text, indent: 2) }
  }

  private func months(_ words: AttainmentWords, _ page: inout TextPage) {
    guard answer.team.months.count > 1 else { return }
    page.heading("Months, in \(words.currency)")
    let isOver = words.monthText == nil
    var table = TextTable(
      [.text("month"), .number("quota"), .number("won")] + (isOver ? [.number("deals")] : [])
        + [.number("share"), .number("to go")]
        + (isOver ? [] : [.number("needed"), .number("due"), .number("cover")])
    )
    for month in answer.team.months {
      table.add(
        ["\(month.month)", words.amount(month.quota?.amount), words.amount(month.won.amount)]
          + (isOver ? [Format.count(month.won.count)] : [])
          + [words.share(month.attainment), words.amount(month.gap)]
          + (isOver
            ? []
            : [
              words.amount(month.need), words.amount(month.openDue), words.times(month.coverage),
            ])
      )
    }
    page.table(table)
    if let text = words.monthText { page.paragraph(text, indent: 2, ink: .faint) }
  }

  // MARK: Forecast

  private func forecast(_ words: AttainmentWords, _ page: inout TextPage) {
    guard !answer.pace.isOver else { return }
    let rows = (words.parts + [answer.team]).filter { $0.quota != nil || $0.forecast != nil }
    page.heading("Where it will end, in \(words.currency)")
    if answer.team.forecast != nil {
      var table = TextTable([
        .text(""), .number("won"), .number("open leads"), .number("new leads"),
        .number("expected"), .number("8 in 10 lie in"), .number("chance"),
      ])
      for row in rows {
        table.add(
          [
            words.name(row.subject), words.amount(row.won.amount),
            words.estimate(row.forecast?.fromPipeline), words.estimate(row.forecast?.fromNew),
            words.expected(row.forecast), row.forecast.map(words.likely) ?? Format.absent,
            words.share(row.forecast?.chance),
          ],
          ink: row.subject == .team ? .strong : .plain
        )
      }
      page.table(table)
      page.paragraph(
        "Open and new leads: what they are expected to bring by the end, new ones at the pace of "
          + "the last weeks."
          + (answer.people.isEmpty
            ? "" : " A person's part takes each of their leads to close as the team's do."),
        indent: 2,
        ink: .faint
      )
    }
    if let absence = words.forecastAbsence { page.paragraph(absence, indent: 2) }
    if let text = words.recordText { page.paragraph(text, indent: 2) }
    need(words, rows, &page)
  }

  private func need(
    _ words: AttainmentWords,
    _ rows: [AttainmentRow],
    _ page: inout TextPage
  ) {
    let rows = rows.filter { $0.need != nil }
    if let text = words.lastHours { page.paragraph(text, indent: 2) }
    guard !rows.isEmpty, answer.pace.weeksLeft >= AttainmentWords.leastWeeks else { return }
    let weeks = Format.fixed(answer.pace.weeksLeft, decimals: 1)
    page.heading("What is needed in each of the \(weeks) working weeks left")
    var table = TextTable(
      [
        .text(""), .number(words.currency), .number("deals"), .number("hand-offs"),
        .number("leads"), .number("open deals"), .number("cover"),
      ] + (words.hasWeights ? [.number("weighted")] : [])
    )
    for row in rows {
      table.add(
        [
          words.name(row.subject), words.estimate(row.need?.amount), words.weekly(row.need?.deals),
          words.weekly(row.need?.handOffs), words.weekly(row.need?.leads),
          words.amount(row.open.amount), words.times(row.coverage),
        ] + (words.hasWeights ? [words.times(row.weightedCoverage)] : []),
        ink: row.subject == .team ? .strong : .plain
      )
    }
    page.table(table)
    page.paragraph(words.needText, indent: 2, ink: .faint)
  }

  // MARK: The shared measure

  private func closing(_ words: AttainmentWords, _ page: inout TextPage) {
    let closing = answer.closing
    guard !closing.months.isEmpty else { return }
    page.heading("What both teams are measured by: the share of leads that close")
    var table = TextTable([
      .text("came in"), .number("leads"), .number("won"), .number("share (95 %)"),
      .number("known"), .whole(""),
    ])
    func add(_ name: String, _ cohort: ClosingCohort, _ ink: Ink) {
      table.add(
        [
          name, Format.count(cohort.rate.entered), Format.count(cohort.rate.converted),
          cohort.rate.rate.map { Format.percent($0, cohort.interval) } ?? Format.absent,
          words.share(cohort.rate.maturity), AttainmentText.basis(cohort),
        ],
        ink: ink
      )
    }
    for cohort in closing.months { add(cohort.month.map { "\($0)" } ?? "", cohort, .plain) }
    add("\(answer.period)", closing.period, .strong)
    page.table(table)
    page.paragraph(
      "Won within \(Format.days(closing.withinDays)); those who come back count again. Known: the "
        + "share of leads whose outcome is known; what the others will do is taken from older "
        + "leads.",
      indent: 2,
      ink: .faint
    )
  }

  static func basis(_ cohort: ClosingCohort) -> String {
    switch cohort.rate.basis {
    case .completed: "so far"
    case .tooYoung: "too young"
    case .undated: "no dates"
    case .nobody: "nobody came"
    default: cohort.isPreliminary ? "so far" : ""
    }
  }

  // MARK: Scorecard

  private func scorecard(_ words: AttainmentWords, _ page: inout TextPage) {
    page.heading(
      "What the teams are paid for, in \(words.currency)\(words.isRunning ? ", so far" : "")"
    )
    guard !answer.teams.isEmpty else {
      page.paragraph(
        "No incentives are agreed. Add them under incentives in the agreement, such as marketing: "
          + "[{measure: won_share, weight: 0.5, target: 0.06, payout: 4000}].",
        indent: 2
      )
      return
    }
    for team in answer.teams {
      page.paragraph(words.name(team.team), indent: 2, ink: .strong)
      var table = TextTable([
        .wrapped("measure", least: 9), .number("weight"), .number("target"),
        .number("reached"), .number("share"), .number(words.payoutTitle),
      ])
      for line in team.lines {
        table.add([
          words.measure(line.incentive.measure),
          Format.percent(line.incentive.weight),
          words.target(line), words.reached(line),
          words.share(line.shareOfTarget), words.payout(line),
        ])
      }
      table.add(
        [
          "together", "", "", "",
          team.payout == nil ? words.share(team.weightedShare) : "",
          words.together(team),
        ],
        ink: .strong
      )
      page.table(table)
      page.blank()
    }
    page.bullets(words.scorecardNotes)
  }

  private func whatIf(
    _ whatIf: WhatIfAnswer,
    _ words: AttainmentWords,
    _ page: inout TextPage
  ) {
    page.heading("What if")
    var table = TextTable([
      .text("measure"), .number("now"), .number("then"), .whole(""),
    ])
    for change in whatIf.changes where change.before != nil || change.after != nil {
      table.add([
        change.measure.rawValue, words.value(change.before, change.measure),
        words.value(change.after, change.measure),
        change.origin == .asked ? "asked" : change.origin == .follows ? "follows" : "",
      ])
    }
    page.table(table)
    page.blank()
    var pay = TextTable([
      .text("in \(words.currency)"), .number("now"), .number("then"), .number("change"),
    ])
    for (before, after) in zip(whatIf.before, whatIf.after) {
      pay.add(
        [
          words.paid(before.team), words.amount(before.payout),
          words.amount(after.payout),
          whatIf.change(of: before.team).map {
            Format.signedAmount(Double($0), words.currency)
          } ?? Format.absent,
        ],
        ink: .strong
      )
      for (now, then) in zip(before.lines, after.lines) where now.payout != then.payout {
        pay.add([
          "  \(now.incentive.measure)", words.amount(now.payout), words.amount(then.payout),
          Format.signedAmount(
            Double((then.payout ?? 0) - (now.payout ?? 0)),
            words.currency
          ),
        ])
      }
    }
    pay.add(
      [
        "The company gets", words.estimate(whatIf.valueBefore.value),
        words.estimate(whatIf.valueAfter.value),
        whatIf.valueChange.map { Format.signedAmount($0, words.currency) } ?? Format.absent,
      ],
      ink: .strong
    )
    page.table(pay)
    page.blank()
    page.bullets(words.findings(whatIf))
  }

  // MARK: Launches

  private func launches(_ words: AttainmentWords, _ page: inout TextPage) {
    guard !answer.launches.isEmpty else { return }
    page.heading("Launches")
    var table = TextTable([
      .wrapped("launch", least: 12), .whole("days"), .number("handed over"), .number("won"),
      .whole(""),
    ])
    func ratio(_ count: Int, _ target: Int?) -> String {
      Format.count(count) + (target.map { " of \(Format.count($0))" } ?? "")
    }
    for result in answer.launches {
      let launch = result.launch
      table.add([
        launch.name, launch.ends.map { "\(launch.starts)–\($0)" } ?? "from \(launch.starts)",
        ratio(result.qualifiedLeads.count, launch.qualifiedLeads),
        ratio(result.wins.count, launch.wins),
        result.isOver ? "over" : result.hasBegun ? "running" : "to come",
      ])
    }
    page.table(table)
    let unknown = answer.launches.flatMap(\.unknownCampaigns)
    if !unknown.isEmpty {
      page.paragraph(
        "No lead on record came from: \(unknown.map(\.printable).joined(separator: ", ")).",
        indent: 2
      )
    }
    if answer.launches.contains(where: \.launch.campaigns.isEmpty) {
      page.paragraph("A launch without campaigns counts all leads of its days.", indent: 2)
    }
  }

  private func ids(_ words: AttainmentWords, _ page: inout TextPage) {
    page.heading("Deals behind the rows")
    for row in words.parts {
      page.paragraph(words.name(row.subject), indent: 2)
      page.fact("won", row.won.ids.isEmpty ? "-" : row.won.ids.joined(separator: ", "), indent: 4)
      page.fact(
        "open",
        row.open.ids.isEmpty ? "-" : row.open.ids.joined(separator: ", "),
        indent: 4
      )
    }
    if !answer.undatedWins.isEmpty {
      page.fact("undated", answer.undatedWins.joined(separator: ", "), indent: 2)
    }
  }
}
