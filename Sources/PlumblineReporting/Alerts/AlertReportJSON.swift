public import PlumblineCore

/// What a run of the deliverer did, as JSON; every key is documented in `Documentation/alerts.md`.
public struct AlertReportJSON: Sendable {
  private let wire: AlertReportWire

  /// A report to be written.
  public init(_ report: AlertReport, under agreement: Agreement) {
    wire = AlertReportWire(report, agreement)
  }

  /// The JSON, ending in a line break.
  ///
  /// - Throws: `EncodingError` for a number that is not finite.
  public func text() throws -> String { try JSONText.text(wire) }
}

/// A report in JSON.
private struct AlertReportWire: Encodable {
  struct Step: Encodable {
    let key: String
    let lead: String
    let owner: String
    let promise: SLAStep.Promise
    let step: SLAStep.Step
    let due: String
    @OrNull var stage: String?

    init(_ step: SLAStep, _ calendar: LocalCalendar) {
      (key, lead, owner) = (step.key, step.lead, step.owner)
      (promise, self.step) = (step.promise, step.step)
      due = Format.iso8601(step.due, calendar)
      _stage = OrNull(wrappedValue: step.stage)
    }
  }

  struct Message: Encodable {
    let destination: String
    let outcome: String
    @OrNull var reason: String?
    @OrNull var retryAt: String?
    let steps: [Step]
  }

  struct Held: Encodable {
    let destination: String
    let reason: String
    @OrNull var until: String?
    let step: Step
  }

  let agreement: AgreementWire
  let asOf: String
  let format: Int
  let isDryRun: Bool
  let steps: Int
  let messages: [Message]
  let held: [Held]
  let unwanted: [Step]
  let abandoned: Int
  let problems: [Diagnostic]

  init(_ report: AlertReport, _ agreement: Agreement) {
    let calendar = agreement.calendar
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(report.asOf, calendar)
    format = JSONText.format
    isDryRun = report.isRehearsal
    steps = report.stepCount
    messages = report.messages.map { message in
      let (outcome, reason, retryAt) = Self.outcome(message.outcome)
      return Message(
        destination: message.destination,
        outcome: outcome,
        reason: reason,
        retryAt: retryAt.map { Format.iso8601($0, calendar) },
        steps: message.steps.map { Step($0, calendar) }
      )
    }
    held = report.held.map { held in
      let (reason, until) = Self.reason(held.reason)
      return Held(
        destination: held.destination,
        reason: reason,
        until: until.map { Format.iso8601($0, calendar) },
        step: Step(held.step, calendar)
      )
    }
    unwanted = report.unwanted.map { Step($0, calendar) }
    abandoned = report.abandoned
    problems = report.problems
  }

  private static func outcome(_ outcome: AlertOutcome?) -> (String, String?, Instant?) {
    switch outcome {
    case nil: ("would_be_sent", nil, nil)
    case .delivered: ("delivered", nil, nil)
    case .failed(let retryAt, let reason): ("failed", reason, retryAt)
    case .unknown(let reason): ("unknown", reason, nil)
    }
  }

  private static func reason(_ reason: AlertReport.Held) -> (String, Instant?) {
    switch reason {
    case .told: ("told", nil)
    case .inProgress: ("in_progress", nil)
    case .unknown: ("unknown", nil)
    case .backOff(let until): ("back_off", until)
    case .outOfHours(let until): ("out_of_hours", until)
    case .tooOld: ("too_old", nil)
    case .nextRun: ("next_run", nil)
    case .noRecipient: ("no_recipient", nil)
    case .unusable: ("unusable", nil)
    }
  }
}
