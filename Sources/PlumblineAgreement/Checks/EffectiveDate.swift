import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// A first day that is not a date.
  static let effectiveDate = AgreementCheck(code: "agreement.effective-date") { draft, report in
    guard let effective = draft.effective, CivilDate(effective.value) == nil else { return }
    report(
      "\"effective\" must be a date, not \"\(effective.value.shownInMessage)\".",
      at: effective.position,
      remedy: "Write year, month and day, such as 2026-01-31."
    )
  }
}
