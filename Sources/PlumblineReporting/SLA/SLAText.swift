public import PlumblineCore
import PlumblineStatistics

/// Both sides of the agreement as one page of text: promised, delivered, and what is due now.
public struct SLAText: Sendable {
  private static let shownSteps = 10

  private let answer: SLAAnswer
  private let agreement: Agreement
  private let layout: TextLayout

  /// Promises to be shown.
  ///
  /// - Parameters:
  ///   - answer: The promises.
  ///   - agreement: The agreement under which they were judged.
  ///   - layout: How wide, and whether for a terminal.
  public init(
    _ answer: SLAAnswer,
    under agreement: Agreement,
    layout: TextLayout = TextLayout()
  ) {
    self.answer = answer
    self.agreement = agreement
    self.layout = layout
  }

  /// Both sides as one sentence that can be read aloud.
  public var headline: String { SLAWords(answer, agreement).headline }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    let words = SLAWords(answer, agreement)
    page.paragraph(words.headline, ink: .strong)
    marketing(words, &page)
    sales(words, &page)
    steps(words, &page)
    let notes = words.notes
    if answer.sales == nil, answer.marketing == nil {
      page.paragraph(
        "Write what was promised under sla in agreement.yaml, such as sla: {marketing: "
          + "{qualified_leads: 120 per month}, sales: {first_touch: 4 working hours}}."
      )
    }
    if !notes.isEmpty {
      page.heading("How it is counted")
      page.bullets(notes)
    }
    page.blank()
    for line in words.provenance.footer { page.paragraph(line, ink: .faint) }
    return page.text
  }

  private func marketing(_ words: SLAWords, _ page: inout TextPage) {
    guard let side = answer.marketing else { return }
    page.heading("Marketing: qualified leads delivered")
    var table = TextTable([
      .whole("period"), .number("delivered"), .number("promised"), .whole("state"),
      .wrapped("ideal customer", least: 14), .wrapped("factors filled in", least: 14),
    ])
    for period in side.periods {
      let isShort =
        period.isOver && period.isWhole && words.knowledge(of: period) == .whole
        && period.promised.map { period.leads.count < $0 } ?? false
      table.add(
        [
          words.periodName(period), words.delivered(period),
          period.promised.map { Format.count($0) } ?? Format.absent, words.state(period),
          words.share(period.ideal), words.share(period.factors),
        ],
        ink: isShort ? .bad : .plain
      )
    }
    page.table(table)
    if let forecast = words.forecast { page.paragraph(forecast, indent: 2) }
    for sentence in words.promisedShares { page.paragraph(sentence, indent: 2) }
  }

  private func sales(_ words: SLAWords, _ page: inout TextPage) {
    guard let side = answer.sales else { return }
    page.heading("Sales: leads handed over \(period(side))")
    let promises: [SLAStep.Promise] = [.firstTouch, .attempts, .disposition]
    page.bullets(
      promises.compactMap { promise in
        words.agreed(promise).map { "Agreed for \(Format.percent(target)): \($0)." }
      }
    )
    if !side.notRecorded.isEmpty {
      page.paragraph("Not judged: \(words.notRecorded(side.notRecorded)).", indent: 2)
    }
    if !side.all.promises.isEmpty {
      page.blank()
      var table = TextTable(
        [.text("promise")]
          + ["leads", "in time", "late", "never", "overdue", "not due", "gone", "not known"].map {
            .number($0)
          }
      )
      for promise in promises {
        guard let kept = side.all.promises[promise] else { continue }
        table.add(
          [words.word(promise)] + counts(kept),
          ink: kept.verdict == .below ? .bad : .plain
        )
      }
      page.table(table)
    }
    func fact(_ label: String, _ times: WaitingTimes?) {
      guard let times else { return }
      page.fact(label, words.waits(times) + ".", indent: 2, labelWidth: 14)
    }
    if side.all.waits != nil { page.blank() }
    let unit = side.isWorkingTime ? "working time only" : "all time"
    fact("Touched", side.all.waits)
    fact("  to assign", side.all.systemDelays)
    fact("  by people", side.all.humanDelays)
    if side.all.waits != nil {
      page.paragraph("Times from the hand-off on; they count \(unit).", indent: 2, ink: .faint)
    }
    if side.reassigned > 0 {
      page.paragraph(
        "\(Format.count(side.reassigned, "lead")) went to another owner before the first touch; each "
          + "owner's clock began anew.",
        indent: 2
      )
    }
    for split in side.splits { self.split(split, words, &page) }
    stale(side, words, &page)
  }

  private var target: Double {
    agreement.inForce(at: answer.asOf).salesSLA?.compliance ?? SalesSLA.usualCompliance
  }

  private func period(_ side: SalesSide) -> String {
    side.firstDay.map { "from \($0) to \(side.lastDay)" } ?? "to \(side.lastDay)"
  }

  private func counts(_ kept: SLACompliance) -> [String] {
    let tally = kept.tally
    return [
      Format.count(tally.total),
      kept.share.map { Format.percent($0, kept.interval) } ?? Format.absent,
    ]
      + [
        tally[.keptLate], tally[.closedLate], tally.overdue, tally[.dueSoon] + tally[.dueLater],
        tally[.closedBefore], tally[.unknown],
      ].map { Format.count($0) }
  }

  private func split(_ split: SLASplit, _ words: SLAWords, _ page: inout TextPage) {
    let groups = split.groups.filter { $0.promises[.firstTouch] != nil }
    guard !groups.isEmpty else { return }
    page.heading(words.title(split.dimension))
    var table = TextTable([
      .text("of"), .number("leads"), .number("settled"), .number("in time"),
      .number("half touched within"), .number("overdue"), .wrapped("state", least: 12),
    ])
    for group in groups {
      guard let kept = group.promises[.firstTouch] else { continue }
      table.add(
        [
          group.name.printable, Format.count(group.handOffs), Format.count(kept.tally.judged),
          kept.share.map { Format.percent($0, kept.interval) } ?? Format.absent,
          words.median(group.waits), Format.count(kept.tally.overdue), words.shortVerdict(kept),
        ],
        ink: kept.verdict == .below ? .bad : kept.verdict == .tooFew ? .faint : .plain
      )
    }
    page.table(table)
  }

  private func stale(_ side: SalesSide, _ words: SLAWords, _ page: inout TextPage) {
    guard !side.staleStages.isEmpty else { return }
    page.heading("Stages that leads must leave in time")
    page.bullets(
      side.staleStages.map(words.sentence)
    )
  }

  private func steps(_ words: SLAWords, _ page: inout TextPage) {
    guard !answer.steps.isEmpty else { return }
    page.heading("Open now: \(words.stepCounts)")
    var table = TextTable([
      .text("lead"), .text("whose", least: 8), .whole("promise"), .whole("step"), .whole("due"),
    ])
    for step in answer.steps.prefix(Self.shownSteps) {
      table.add(
        [
          step.lead.printable, step.owner.isEmpty ? "nobody's" : step.owner.printable,
          words.promise(step), words.word(step.step),
          Format.time(TimePoint(step.due), agreement.calendar),
        ],
        ink: step.step == .dueSoon ? .plain : .bad
      )
    }
    page.table(table)
    if answer.steps.count > Self.shownSteps {
      page.paragraph(
        "And \(Format.count(answer.steps.count - Self.shownSteps)) more; CSV and JSON list them all.",
        indent: 2
      )
    }
  }
}
