/// A span of whole days whose revenue is looked at.
public struct GapPeriod: Hashable, Sendable {
  /// The first day.
  public let first: CivilDate
  /// The last day, not before the first.
  public let last: CivilDate

  /// A period; days in the wrong order are exchanged.
  public init(first: CivilDate, last: CivilDate) {
    self.first = min(first, last)
    self.last = max(first, last)
  }

  /// The calendar quarter in which a day lies.
  public static func quarter(of day: CivilDate) -> GapPeriod {
    let start = monthStart(of: day, monthsLater: -((day.components.month - 1) % 3))
    return GapPeriod(first: start, last: dayBefore(monthStart(of: start, monthsLater: 3)))
  }

  /// The calendar month in which a day lies.
  public static func month(of day: CivilDate) -> GapPeriod {
    let start = day.startOfMonth
    return GapPeriod(first: start, last: dayBefore(monthStart(of: start, monthsLater: 1)))
  }

  /// How many days it has.
  public var days: Int { last.dayNumber - first.dayNumber + 1 }

  /// How many months it has: whole calendar months as they are, else a year's twelfth, 30.436875
  /// days, at a time.
  public var months: Double { wholeMonths.map { Double($0) } ?? Double(days) / 30.436_875 }

  /// How many whole calendar months it is made of; nil when it begins or ends within one.
  public var wholeMonths: Int? {
    let (start, end) = (first.components, GapPeriod.dayAfter(last).components)
    guard start.day == 1, end.day == 1 else { return nil }
    return (end.year - start.year) * 12 + end.month - start.month
  }

  /// The period just before: as many calendar months where it is made of whole ones, else as many
  /// days.
  public var previous: GapPeriod {
    let end = GapPeriod.dayBefore(first)
    if let months = wholeMonths {
      return GapPeriod(first: GapPeriod.monthStart(of: first, monthsLater: -months), last: end)
    }
    return GapPeriod(first: CivilDate(dayNumber: first.dayNumber - days), last: end)
  }

  /// `2026 Q1` for a quarter, `2026` for a year, `2026-01` for a month; nil for anything else.
  public var name: String? {
    let (year, month, _) = first.components
    switch wholeMonths {
    case 12 where month == 1: return "\(year)"
    case 3 where month % 3 == 1: return "\(year) Q\((month + 2) / 3)"
    case 1: return String(first.description.prefix(7))
    default: return nil
    }
  }

  private static func dayBefore(_ day: CivilDate) -> CivilDate {
    CivilDate(dayNumber: day.dayNumber - 1)
  }

  private static func dayAfter(_ day: CivilDate) -> CivilDate {
    CivilDate(dayNumber: day.dayNumber + 1)
  }

  private static func monthStart(of day: CivilDate, monthsLater: Int) -> CivilDate {
    let (year, month, _) = day.components
    let months = year * 12 + month - 1 + monthsLater
    let floored = months >= 0 ? months / 12 : (months - 11) / 12
    return CivilDate(year: floored, month: months - floored * 12 + 1, day: 1) ?? day.startOfMonth
  }
}
