import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A promise of sales that everybody or nobody keeps, or that contradicts itself.
  static let sla = AgreementCheck(code: "agreement.sla") { draft, report in
    guard let sla = draft.salesSLA else { return }
    if let compliance = sla.compliance,
      !(compliance.value.value > 0 && compliance.value.value <= 1)
    {
      report(
        "\"compliance\" must be above 0 and at most 1, not \(compliance.value).",
        at: compliance.position,
        remedy: ExactDecimal.percent("\(compliance.value) %").flatMap {
          $0.significand > 0 ? "Write \(compliance.value) % as \($0)." : nil
        }
      )
    }
    if let hot = sla.hot, let usual = sla.firstTouch,
      hot.value.isWorkingTime == usual.value.isWorkingTime,
      hot.value.seconds > usual.value.seconds
    {
      report(
        "\"hot\" gives hot leads more time than \"default\" gives the others.",
        at: hot.position,
        remedy: "Give hot leads less time, or leave \"hot\" out."
      )
    }
    if let hotFrom = sla.hotFrom, sla.hot == nil {
      report(
        "\"hot_from\" has no meaning without \"hot\".",
        at: hotFrom.position,
        remedy: "Add \"hot\" with the time for hot leads, such as 1 working hour, or remove it."
      )
    }
    if let hot = sla.hot, sla.hotFrom == nil {
      report.note(
        "no lead is hot: \"hot_from\" does not say from which score at hand-off on.",
        at: hot.position,
        remedy: "Add \"hot_from\" with the score from which leads are hot."
      )
    }
    checkReminder(sla, report)
  }

  /// Notes reminders and escalations that would come too early, or for nothing.
  private static func checkReminder(_ sla: AgreementDraft.SalesSLAEntry, _ report: Report) {
    let deadlines = [
      ("hot", sla.hot), ("default", sla.firstTouch), ("disposition", sla.disposition),
    ]
    if let remind = sla.remindBefore {
      if deadlines.allSatisfy({ $0.1 == nil }) {
        report(
          "\"remind_before\" has no meaning without a deadline.",
          at: remind.position,
          remedy: "Add \"first_touch\" or \"disposition\", or remove it."
        )
      }
      let shorter = deadlines.first { _, span in
        guard let span else { return false }
        return span.value.isWorkingTime == remind.value.isWorkingTime
          && span.value.seconds <= remind.value.seconds
      }
      if let shorter {
        report(
          "\"remind_before\" would remind of \"\(shorter.0)\" before a lead is handed over.",
          at: remind.position,
          remedy: "Write a time shorter than that of \"\(shorter.0)\"."
        )
      }
    }
    if let escalate = sla.escalateAfter, sla.attempts == nil,
      deadlines.allSatisfy({ $0.1 == nil })
    {
      report(
        "\"escalate_after\" has no meaning without a promise.",
        at: escalate.position,
        remedy: "Add \"first_touch\", \"attempts\" or \"disposition\", or remove it."
      )
    }
  }
}
