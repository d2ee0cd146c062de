import PlumblineCore

/// Alerts in words.
struct AlertWords {
  let agreement: Agreement

  /// Steps counted: `1 escalated, 3 missed, 2 due soon`.
  static func counts(_ steps: [SLAStep]) -> String {
    let parts = SLAStep.Step.allCases.reversed().compactMap { step -> String? in
      let count = steps.count { $0.step == step }
      return count > 0 ? "\(Format.count(count)) \(word(step))" : nil
    }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  /// A step in a word or two.
  static func word(_ step: SLAStep.Step) -> String {
    switch step {
    case .dueSoon: "due soon"
    case .breached: "missed"
    case .escalated: "escalated"
    }
  }

  /// What was promised.
  static func promise(_ step: SLAStep) -> String {
    let name = name(step.promise)
    return step.stage.map { "\(name) in \(StageWords.usualLabel($0))" } ?? name
  }

  /// A promise without its stage.
  static func name(_ promise: SLAStep.Promise) -> String {
    switch promise {
    case .firstTouch: "first touch"
    case .attempts: "attempts"
    case .disposition: "disposition"
    case .stale: "stale"
    }
  }

  /// What is to be done.
  static func remedy(_ promise: SLAStep.Promise) -> String {
    switch promise {
    case .firstTouch: "Turn to the lead, and note it in the CRM."
    case .attempts: "Try again, or note the attempts that were made."
    case .disposition: "Say what became of the lead, with a reason."
    case .stale: "Move the lead on, or close it with a reason."
    }
  }

  /// Whose the lead is.
  static func owner(_ step: SLAStep) -> String { step.owner.isEmpty ? "nobody" : step.owner }

  /// When it was due, on the agreement's clock.
  func due(_ step: SLAStep) -> String { Format.time(TimePoint(step.due), agreement.calendar) }

  /// The line at the foot: what the alerts rest on.
  func foot(_ asOf: Instant) -> String {
    let hash = agreement.hash.prefix(12)
    return "Agreement \(agreement.version)\(hash.isEmpty ? "" : " (\(hash))"), "
      + "as of \(Format.instant(asOf, agreement.calendar)). Each alert is sent once."
  }

  /// The promises of some steps with what is to be done, each once.
  static func remedies(_ steps: [SLAStep]) -> [(promise: SLAStep.Promise, text: String)] {
    let present = Set(steps.map(\.promise))
    return SLAStep.Promise.allCases.filter(present.contains).map { ($0, remedy($0)) }
  }
}
