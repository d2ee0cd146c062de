/// A month of the calendar, as `2026-02`.
public struct PlanMonth: Hashable, Comparable, Sendable {
  /// Months since January of the year 0.
  public let number: Int

  /// The month so many months after January of the year 0.
  public init(number: Int) { self.number = number }

  /// The month of a day.
  public init(of day: CivilDate) {
    let parts = day.components
    number = parts.year * 12 + parts.month - 1
  }

  /// The first day of the month.
  public var firstDay: CivilDate {
    let year = Int((Double(number) / 12).rounded(.down))
    let start = CivilDate(year: year, month: number - year * 12 + 1, day: 1)
    return start ?? CivilDate(dayNumber: 0)
  }

  /// The month so many months later.
  public func advanced(by months: Int) -> PlanMonth { PlanMonth(number: number + months) }

  /// Orders months by the calendar.
  public static func < (left: PlanMonth, right: PlanMonth) -> Bool { left.number < right.number }
}

extension PlanMonth: LosslessStringConvertible {
  /// The month written as `2026-02`, or nil for any other text.
  public init?(_ description: String) {
    guard let day = CivilDate(description + "-01") else { return nil }
    self.init(of: day)
  }

  /// The month as `2026-02`.
  public var description: String { String(firstDay.description.dropLast(3)) }
}
