/// A week from Monday to Sunday, numbered as ISO 8601 does: `2026-W47`.
///
/// The first week of a year is the one that holds its first Thursday.
public struct CalendarWeek: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The week's Monday.
  public let start: CivilDate

  /// The week that holds a day.
  public init(holding day: CivilDate) { start = day.startOfWeek }

  /// The year that the week belongs to, and its number 1...53 in it.
  public var components: (year: Int, week: Int) {
    let thursday = CivilDate(dayNumber: start.dayNumber + 3)
    let year = thursday.components.year
    let first = CivilDate(year: year, month: 1, day: 1)?.dayNumber ?? thursday.dayNumber
    return (year, (thursday.dayNumber - first) / 7 + 1)
  }

  /// The week as `2026-W47`.
  public var description: String {
    let (year, week) = components
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (week < 10 ? "-W0" : "-W") + String(week)
  }

  /// The week written as `2026-W47`, or nil for any other text, and for a week that its year does
  /// not have.
  public init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].first == "W", let year = Int(parts[0]),
      let week = Int(parts[1].dropFirst()), (1...53).contains(week),
      let fourth = CivilDate(year: year, month: 1, day: 4)
    else { return nil }
    // The fourth of January lies in the first week.
    let monday = CivilDate(dayNumber: fourth.startOfWeek.dayNumber + 7 * (week - 1))
    self.init(holding: monday)
    guard self.description == description else { return nil }
  }

  /// Orders weeks by the calendar.
  public static func < (left: CalendarWeek, right: CalendarWeek) -> Bool {
    left.start < right.start
  }
}
