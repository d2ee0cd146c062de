import PlumblineCore
import PlumblineYAML

extension AgreementCheck {
  /// Working time that never comes, ends before it begins, or comes twice.
  static let workingTime = AgreementCheck(code: "agreement.working-time") { draft, report in
    guard let time = draft.workingTime else { return }
    if let days = time.days, days.value.isEmpty {
      report(
        "\"days\" names no day.",
        at: days.position,
        remedy: "Write the days on which people work, such as mon-fri."
      )
    }
    guard let hours = time.hours else { return }
    if hours.isEmpty {
      report(
        "\"hours\" names no hours.",
        at: time.hoursPosition ?? YAMLPosition(line: 1, column: 1),
        remedy: "Write the hours of a working day, such as [\"09:00-17:00\"]."
      )
    }
    for shift in hours where shift.value.start >= shift.value.end {
      report(
        "the hours \"\(shift.value.text.shownInMessage)\" end before they begin.",
        at: shift.position,
        remedy: "Write hours over midnight as two: [\"22:00-24:00\", \"00:00-06:00\"]."
      )
    }
    let ordered = hours.filter { $0.value.start < $0.value.end }
      .sorted { ($0.value.start, $0.position) < ($1.value.start, $1.position) }
    for (shift, next) in zip(ordered, ordered.dropFirst()) where next.value.start < shift.value.end
    {
      report(
        "the hours \"\(next.value.text.shownInMessage)\" overlap "
          + "\"\(shift.value.text.shownInMessage)\".",
        at: max(shift.position, next.position),
        remedy: "Give each hour once."
      )
    }
  }
}
