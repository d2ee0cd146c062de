/// The whole weeks, Monday to Sunday, inside a span of days that may be open at either end.
struct WholeWeeks: Hashable, Sendable {
  /// The first Monday; nil where the span has no first day.
  let firstDay: CivilDate?
  /// The last Sunday, before the first Monday where no whole week fits; nil where the span has no
  /// last day.
  let lastDay: CivilDate?

  /// The whole weeks from one day to another, both included.
  init(from first: CivilDate?, to last: CivilDate?) {
    firstDay = first.map { CivilDate(dayNumber: $0.dayNumber + 6).startOfWeek }
    lastDay = last.map {
      let nextMonday = CivilDate(dayNumber: $0.dayNumber + 1).startOfWeek
      return CivilDate(dayNumber: nextMonday.dayNumber - 1)
    }
  }

  /// Whether the week that begins on a Monday is one of them.
  func contains(weekOf monday: CivilDate) -> Bool {
    if let firstDay, monday < firstDay { return false }
    if let lastDay, monday.dayNumber + 6 > lastDay.dayNumber { return false }
    return true
  }
}
