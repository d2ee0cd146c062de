public import PlumblineCore
import PlumblineStatistics

/// Attainment as a page: bars against quotas, the bridge to where the period will end, and what
/// both teams are paid.
public struct AttainmentHTML: Sendable {
  let answer: AttainmentAnswer
  private let agreement: Agreement
  private let generatedBy: String
  private let worthALook: WorthALook?
  private let links: RecordLinks

  /// A page.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - agreement: The agreement under which it was made.
  ///   - generatedBy: What made the page.
  ///   - worthALook: What the detectors of gaming found; not shown when nil.
  ///   - links: Where numbers open to the records behind them.
  public init(
    _ answer: AttainmentAnswer,
    under agreement: Agreement,
    generatedBy: String,
    worthALook: WorthALook? = nil,
    links: RecordLinks = .none
  ) {
    self.links = links
    self.answer = answer
    self.agreement = agreement
    self.generatedBy = generatedBy
    self.worthALook = worthALook
  }

  var words: AttainmentWords { AttainmentWords(answer, agreement) }

  /// The document, ending in a line break.
  public var text: String {
    let words = words
    return HTMLPage(
      title: "Attainment of \(answer.period)",
      header: header,
      sections: [
        rows(words), months(words), bridge(words), need(words), closing(words), scorecard(words),
        whatIf(words), looked,
      ].compactMap(\.self),
      footer: footer
    ).text
  }

  /// The answer in a sentence, with what the reader must know of the numbers.
  public var header: Markup {
    let words = words
    return HTMLPage.header(
      eyebrow: "Attainment of \(answer.period), \(words.provenance.asOfText)",
      headline: words.headline,
      scope: words.notes.joined(separator: " ")
    )
  }

  /// What both teams share, what each is paid for and what came of it.
  public var scorecards: [Markup] {
    [closing(words), scorecard(words)].compactMap(\.self)
  }

  /// What both teams would be paid if results had been others; nothing where nobody asked.
  public var ifOtherwise: Markup { whatIf(words) ?? .none }

  /// Who won how much, where it will end, and what is needed until then.
  public var standing: [Markup] {
    let words = words
    return [rows(words), months(words), bridge(words), need(words)].compactMap(\.self)
  }

  /// From what it was made.
  public var footer: Markup {
    HTMLPage.footer(words.provenance.footer, under: agreement, generatedBy: generatedBy)
  }

  /// What the checks for bent numbers found, for those who may see it.
  public var looked: Markup? {
    worthALook.map { found in
      HTMLPage.section("Worth a look", ([found.headline] + found.sentences).map { sentence($0) })
    }
  }

  /// A result as people read it.
  ///
  /// - Parameter measure: What is measured.
  /// - Returns: What was reached; nil where nothing is known.
  public func reached(_ measure: ScorecardMeasure) -> String? {
    answer.scorecard.results[measure].map { words.value($0.value, measure) }
  }

  /// A text that opens to the records of a number, where there are any.
  private func opened(_ text: String, _ number: AttainmentNumber) -> Markup {
    answer.count(behind: number) == 0 ? .text(text) : links.markup(text, .attainment(number))
  }

  private func sentence(_ text: String, _ kind: String = "") -> Markup {
    .element("p", ["class": kind], text)
  }

  private func rows(_ words: AttainmentWords) -> Markup {
    let rows = words.parts + [answer.team]
    var table = MarkupTable(
      "attainment-rows",
      caption: "Quota and what was won, in \(words.currency)",
      [
        .text("Who"), .number("Quota"), .number("Won"), .number("Share"), .number("To go"),
        .number("Open"), .number("Covers"), .number("By chance"), .number("Expected"),
        .number("Chance to reach it"),
      ]
    )
    for row in rows {
      table.add(
        [
          .text(words.name(row.subject)), .text(words.amount(row.quota?.amount)),
          opened(words.amount(row.won.amount), .won(row.subject, nil)),
          .text(words.share(row.attainment)), .text(words.amount(row.gap)),
          opened(words.amount(row.open.amount), .open(row.subject)),
        ]
          + [
            words.times(row.coverage),
            row.chance.map { words.range($0.interval.lower, $0.interval.upper) } ?? "",
            words.expected(row.forecast), words.share(row.forecast?.chance),
          ].map { .text($0) }
      )
    }
    let picture = AttainmentPicture(
      id: "attainment",
      title: "Quota and what was won in \(answer.period)",
      words: words,
      rows: rows,
      layout: .wide
    )
    var narrow = picture
    (narrow.id, narrow.layout) = ("attainment-narrow", .narrow)
    return HTMLPage.section(
      "Who won how much of the quota?",
      [
        words.chanceText.map { sentence($0, "answer-line") } ?? .none,
        .element(
          "figure",
          [:],
          [
            .lines([
              picture.markup, narrow.markup, .element("figcaption", [:], AttainmentPicture.caption),
            ])
          ]
        ), table.markup,
      ]
    )
  }

  private func months(_ words: AttainmentWords) -> Markup? {
    guard answer.team.months.count > 1 else { return nil }
    let isOver = words.monthText == nil
    var table = MarkupTable(
      "attainment-months",
      caption: "Months, in \(words.currency)",
      [
        .text("Month"), .number("Quota"), .number("Won"), .number("Deals"), .number("Share"),
        .number("To go"),
      ] + (isOver ? [] : [.number("Needed"), .number("Due"), .number("Cover")])
    )
    for month in answer.team.months {
      table.add(
        [
          .text("\(month.month)"), .text(words.amount(month.quota?.amount)),
          opened(words.amount(month.won.amount), .won(.team, month.month)),
          opened(Format.count(month.won.count), .won(.team, month.month)),
          .text(words.share(month.attainment)), .text(words.amount(month.gap)),
        ]
          + (isOver
            ? []
            : [
              words.amount(month.need), words.amount(month.openDue), words.times(month.coverage),
            ].map { .text($0) })
      )
    }
    return HTMLPage.section(
      "Months",
      [table.markup, words.monthText.map { sentence($0) } ?? .none]
    )
  }

  private func need(_ words: AttainmentWords) -> Markup? {
    if let text = words.lastHours {
      return HTMLPage.section("What is needed", [sentence(text)])
    }
    let rows = (words.parts + [answer.team]).filter { $0.need != nil }
    guard !rows.isEmpty, answer.pace.weeksLeft >= AttainmentWords.leastWeeks else { return nil }
    let weeks = Format.fixed(answer.pace.weeksLeft, decimals: 1)
    var table = MarkupTable(
      "attainment-need",
      caption: "Needed in each of the \(weeks) working weeks left",
      [
        .text("Who"), .number(words.currency), .number("Deals"), .number("Hand-offs"),
        .number("Leads"), .number("Open deals"), .number("Cover"),
      ] + (words.hasWeights ? [.number("Weighted")] : [])
    )
    for row in rows {
      table.add(
        [
          words.name(row.subject), words.estimate(row.need?.amount), words.weekly(row.need?.deals),
          words.weekly(row.need?.handOffs), words.weekly(row.need?.leads),
          words.amount(row.open.amount), words.times(row.coverage),
        ] + (words.hasWeights ? [words.times(row.weightedCoverage)] : [])
      )
    }
    return HTMLPage.section("What is needed", [table.markup, sentence(words.needText)])
  }

  private func bridge(_ words: AttainmentWords) -> Markup? {
    guard let quota = answer.team.quota else { return nil }
    guard let forecast = answer.team.forecast else {
      return words.forecastAbsence.map {
        HTMLPage.section("Where will it end?", [sentence($0)])
      }
    }
    func step(
      _ name: String,
      _ value: Double,
      _ mark: BridgePicture.Mark = .unjudged
    ) -> BridgePicture.Step {
      BridgePicture.Step(name: name, value: value, lower: nil, upper: nil, mark: mark)
    }
    var steps = [step("Not yet won", Double(answer.team.won.amount - quota.amount), .clear)]
    if forecast.basis == .forecast {
      steps += [
        step("Open leads", forecast.fromPipeline),
        step("New leads at today's pace", forecast.fromNew),
      ]
    }
    let picture = BridgePicture(
      id: "attainment-bridge",
      title: "From the quota to what is \(forecast.basis == .forecast ? "expected" : "won")",
      unit: .money(words.currency),
      confidence: 0.8,
      start: BridgePicture.Level(name: "Quota", value: Double(quota.amount)),
      steps: steps,
      end: BridgePicture.Level(
        name: forecast.basis == .forecast ? "Expected" : "Won",
        value: forecast.expected
      )
    )
    var parts = [picture.markup]
    if forecast.basis == .forecast {
      parts.append(
        sentence(
          "8 in 10 such periods end within "
            + "\(words.currency) \(words.likely(forecast))"
            + (forecast.chance.map { "; the chance to reach the quota is \(Format.percent($0))" }
              ?? "") + "."
        )
      )
    }
    if let record = words.recordText { parts.append(sentence(record)) }
    return HTMLPage.section("Where will it end?", parts)
  }

  private func closing(_ words: AttainmentWords) -> Markup? {
    let closing = answer.closing
    guard !closing.months.isEmpty else { return nil }
    var table = MarkupTable(
      "attainment-closing",
      caption: "Share of leads that close within \(Format.days(closing.withinDays))",
      [
        .text("Leads of"), .number("Leads"), .number("Won so far"), .number("Share (95 %)"),
        .number("Known"), .text("Remark"),
      ]
    )
    for cohort in closing.months + [closing.period] {
      let months = cohort.month.map { ["\($0)"] } ?? answer.period.months.map(\.description)
      table.add(
        [
          .text(cohort.month.map { "\($0)" } ?? "\(answer.period)"),
          links.count(
            cohort.rate.entered,
            .cells("reached:\(agreement.path[0].id)", .cohort, months)
          ),
        ]
          + [
            Format.count(cohort.rate.converted),
            cohort.rate.rate.map { Format.percent($0, cohort.interval) } ?? Format.absent,
            words.share(cohort.rate.maturity), AttainmentText.basis(cohort),
          ].map { .text($0) }
      )
    }
    return HTMLPage.section("What both teams are measured by", [table.markup])
  }

  private func scorecard(_ words: AttainmentWords) -> Markup? {
    guard !answer.teams.isEmpty else { return nil }
    let tables = answer.teams.map { team in
      var table = MarkupTable(
        "attainment-\(team.team.rawValue)",
        caption: "What \(words.name(team.team).lowercased()) is paid for, in \(words.currency)",
        [
          .text("Measure"), .number("Weight"), .number("Target"),
          .number(words.isRunning ? "Reached so far" : "Reached"), .number("Share"),
          .number(words.payoutTitle.capitalizedFirst),
        ]
      )
      for line in team.lines {
        table.add(
          [
            .text(words.measure(line.incentive.measure)),
            .text(Format.percent(line.incentive.weight)), .text(words.target(line)),
            line.measure.map { opened(words.reached(line), .base($0)) }
              ?? .text(words.reached(line)),
          ]
            + [
              words.share(line.shareOfTarget), words.payout(line),
            ].map { .text($0) }
        )
      }
      table.add([
        "Together", "", "", "",
        team.payout == nil ? words.share(team.weightedShare) : "", words.together(team),
      ])
      return table.markup
    }
    return HTMLPage.section(
      "What are the teams paid for?",
      tables + words.scorecardNotes.map { sentence($0) }
    )
  }

  private func whatIf(_ words: AttainmentWords) -> Markup? {
    guard let whatIf = answer.whatIf else { return nil }
    var table = MarkupTable(
      "attainment-what-if",
      caption: "What if, in \(words.currency)",
      [.text("What"), .number("Now"), .number("Then"), .number("Change")]
    )
    for change in whatIf.changes where change.origin != .same {
      table.add([
        words.measure(change.measure.rawValue), words.value(change.before, change.measure),
        words.value(change.after, change.measure), "",
      ])
    }
    for (before, after) in zip(whatIf.before, whatIf.after) {
      table.add([
        words.paid(before.team), words.amount(before.payout),
        words.amount(after.payout),
        whatIf.change(of: before.team).map { Format.signedAmount(Double($0), words.currency) }
          ?? Format.absent,
      ])
    }
    table.add([
      "The company gets", words.estimate(whatIf.valueBefore.value),
      words.estimate(whatIf.valueAfter.value),
      whatIf.valueChange.map { Format.signedAmount($0, words.currency) } ?? Format.absent,
    ])
    return HTMLPage.section(
      "What if?",
      words.findings(whatIf).map { sentence($0) } + [table.markup]
    )
  }
}
