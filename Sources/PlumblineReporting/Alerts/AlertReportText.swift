public import PlumblineCore

/// What a run of the deliverer did, as text for people.
public struct AlertReportText: Sendable {
  private let report: AlertReport
  private let words: AlertWords
  private let layout: TextLayout

  /// A report to be shown.
  ///
  /// - Parameters:
  ///   - report: What the run did.
  ///   - agreement: The agreement whose clock is used.
  ///   - layout: How wide, and whether for a terminal.
  public init(_ report: AlertReport, under agreement: Agreement, layout: TextLayout = TextLayout())
  {
    self.report = report
    words = AlertWords(agreement: agreement)
    self.layout = layout
  }

  /// The text, each line ending in a line break.
  public var text: String {
    var page = TextPage(layout)
    page.paragraph(headline, ink: report.hasFailures ? .bad : .strong)
    if !report.messages.isEmpty {
      page.blank()
      var table = TextTable([
        .text("destination"), .number("alerts"), .wrapped("what", least: 20),
        .wrapped("what became of it", least: 20),
      ])
      for message in report.messages {
        table.add([
          message.destination, Format.count(message.steps.count), AlertWords.counts(message.steps),
          words.outcome(message.outcome),
        ])
      }
      page.table(table)
    }
    let notes = notes
    if !notes.isEmpty {
      page.heading("Not sent")
      page.bullets(notes)
    }
    page.blank()
    page.paragraph(words.foot(report.asOf), ink: .faint)
    return page.text
  }

  /// The run as one sentence.
  public var headline: String {
    guard report.stepCount > 0 else {
      return "No promise to a lead is near its deadline or missed."
    }
    let steps = Format.count(report.stepCount, "step")
    if report.isRehearsal {
      let count = report.messages.reduce(0) { $0 + $1.steps.count }
      return "\(steps) of open promises; \(Format.count(count, "alert")) would be sent. "
        + "Nothing was sent or noted."
    }
    func sum(_ matches: (AlertOutcome) -> Bool) -> Int {
      report.messages.reduce(0) { $0 + ($1.outcome.map(matches) == true ? $1.steps.count : 0) }
    }
    let sent = sum { $0 == .delivered }
    let unknown = sum { if case .unknown = $0 { true } else { false } }
    let failed = sum { if case .failed = $0 { true } else { false } }
    var text = "\(steps) of open promises; \(Format.count(sent, "alert")) sent"
    if failed > 0 { text += ", \(Format.count(failed)) not delivered" }
    if unknown > 0 { text += ", \(Format.count(unknown)) of which nobody knows" }
    return text + "."
  }

  private var notes: [String] {
    var counts: [(text: String, count: Int)] = []
    for held in report.held {
      let text = "\(held.destination.printable): \(words.reason(held.reason))"
      if let index = counts.firstIndex(where: { $0.text == text }) {
        counts[index].count += 1
      } else {
        counts.append((text, 1))
      }
    }
    var notes = counts.map { "\($0.text): \(Format.count($0.count, "alert"))." }
    if !report.unwanted.isEmpty {
      notes.append(
        "No destination wants them: \(AlertWords.counts(report.unwanted))."
      )
    }
    if report.abandoned > 0 {
      notes.append(
        "An earlier run was stopped while it was sending \(Format.count(report.abandoned, "alert")): "
          + "whether it arrived is unknown. See plumbline alerts list --state unknown."
      )
    }
    return notes
  }
}

extension AlertWords {
  /// What became of a message.
  func outcome(_ outcome: AlertOutcome?) -> String {
    switch outcome {
    case nil: "would be sent"
    case .delivered: "sent"
    case .failed(let retryAt, let reason): "\(reason); again from \(time(retryAt))"
    case .unknown(let reason): "\(reason); it may have arrived, not sent again"
    }
  }

  /// Why something was not sent.
  func reason(_ reason: AlertReport.Held) -> String {
    switch reason {
    case .told: "sent before"
    case .inProgress: "being sent by another run"
    case .unknown: "may have arrived, waits for plumbline alerts release"
    case .backOff(let until): "failed, again from \(time(until))"
    case .outOfHours(let until): "waits for working time, \(time(until))"
    case .tooOld: "late for too long"
    case .nextRun: "follows with the next run"
    case .noRecipient: "nobody to send it to"
    case .unusable: "the destination cannot be used"
    }
  }

  /// An instant on the agreement's clock.
  func time(_ instant: Instant) -> String { Format.time(TimePoint(instant), agreement.calendar) }
}
