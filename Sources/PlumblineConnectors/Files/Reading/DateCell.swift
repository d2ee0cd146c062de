import PlumblineCore

/// Which of the two numbers before the year comes first.
public enum DayMonthOrder: String, Sendable, Hashable, Codable, CaseIterable {
  /// `31/1/2026`
  case dayFirst = "day-first"
  /// `1/31/2026`
  case monthFirst = "month-first"
}

/// A date's cell taken apart; which number is the day is left open where the cell does not say.
///
/// Read are `2026-01-31`, `2026/01/31`, `20260131`, two numbers and a year of two or four digits
/// with slashes, points or hyphens, and English month names in either order; each alone or with a
/// time of day, fractions of a second, AM or PM, and an offset from UTC.
struct DateCell {
  /// The date as far as the cell says it.
  enum Day: Equatable {
    /// Order and all are clear.
    case clear(CivilDate)
    /// Two numbers before a year; at least one order makes a date.
    case either(dayFirst: CivilDate?, monthFirst: CivilDate?, hasPoints: Bool)
  }

  let day: Day
  /// Seconds since local midnight, nil when there is no time of day.
  let secondOfDay: Int?
  /// Seconds that the local clock is ahead of UTC, nil when the cell does not say.
  let zoneOffset: Int?

  /// Takes a cell apart, nil when it is no date, or a date that does not exist such as 31/02.
  ///
  /// - Parameter cell: The cell, already trimmed.
  init?(_ cell: UnsafeRawBufferPointer) {
    var cursor = DateCursor(cell)
    guard let day = cursor.day() else { return nil }
    self.day = day
    guard !cursor.isAtEnd else {
      secondOfDay = nil
      zoneOffset = nil
      return
    }
    guard cursor.gapBeforeTime(), let second = cursor.timeOfDay() else { return nil }
    secondOfDay = second
    if cursor.isAtEnd {
      zoneOffset = nil
    } else {
      guard let offset = cursor.offset(), cursor.isAtEnd else { return nil }
      zoneOffset = offset
    }
  }

  /// The date with an order for the numbers that leave it open; points without one mean day first.
  func date(_ order: DayMonthOrder?) -> CivilDate? {
    switch day {
    case .clear(let date): date
    case .either(let dayFirst, let monthFirst, let hasPoints):
      switch order ?? (hasPoints ? .dayFirst : nil) {
      case .dayFirst: dayFirst
      case .monthFirst: monthFirst
      case nil: nil
      }
    }
  }
}
