/// The week or the month that a page for both teams is about.
public struct WeeklyPeriod: Hashable, Sendable {
  /// How long it is.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// Monday to Sunday.
    case week
    /// A month of the calendar.
    case month
  }

  /// How long it is.
  public let kind: Kind
  /// The first day.
  public let firstDay: CivilDate
  /// The last day.
  public let lastDay: CivilDate

  /// The week or the month that a day lies in.
  public init(_ kind: Kind, of day: CivilDate) {
    self.kind = kind
    switch kind {
    case .week:
      firstDay = day.startOfWeek
      lastDay = CivilDate(dayNumber: firstDay.dayNumber + 6)
    case .month:
      firstDay = day.startOfMonth
      let (year, month, _) = day.components
      lastDay = CivilDate(
        dayNumber: firstDay.dayNumber + CivilDate.days(inMonth: month, of: year) - 1
      )
    }
  }

  /// The last one that was over at an instant.
  ///
  /// - Parameters:
  ///   - kind: A week or a month.
  ///   - instant: The instant.
  ///   - calendar: The zone in which days begin.
  /// - Returns: The one before that in which the second after the instant lies.
  public static func lastWhole(
    _ kind: Kind,
    by instant: Instant,
    _ calendar: LocalCalendar
  ) -> WeeklyPeriod {
    WeeklyPeriod(kind, of: calendar.day(of: instant.advanced(bySeconds: 1))).previous
  }

  /// The one before.
  public var previous: WeeklyPeriod {
    WeeklyPeriod(kind, of: CivilDate(dayNumber: firstDay.dayNumber - 1))
  }

  /// How many days it has.
  public var dayCount: Int { lastDay.dayNumber - firstDay.dayNumber + 1 }

  /// Whether a day lies in it.
  public func contains(_ day: CivilDate) -> Bool { firstDay <= day && day <= lastDay }

  /// The instants from its beginning to its end, in seconds since 1970.
  public func seconds(_ calendar: LocalCalendar) -> Range<Int64> {
    let end = calendar.instant(of: CivilDate(dayNumber: lastDay.dayNumber + 1))
    return calendar.instant(of: firstDay).seconds..<end.seconds
  }
}

extension WeeklyPeriod: LosslessStringConvertible {
  /// The name as `2026-W07`, the week of ISO 8601, or `2026-02`.
  public var description: String {
    switch kind {
    case .month: return String(firstDay.description.prefix(7))
    case .week:
      // A week belongs to the year of its Thursday.
      let thursday = CivilDate(dayNumber: firstDay.dayNumber + 3)
      let year = thursday.components.year
      guard let newYear = CivilDate(year: year, month: 1, day: 1) else { return "" }
      let week = (thursday.dayNumber - newYear.dayNumber) / 7 + 1
      return "\(thursday.description.prefix(4))-W\(week < 10 ? "0" : "")\(week)"
    }
  }

  /// A week written as `2026-W07` or a month as `2026-02`; nil for any other text.
  public init?(_ description: String) {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, let year = Self.number(parts[0]) else {
      return nil
    }
    if parts[1].hasPrefix("W"), parts[1].utf8.count == 3,
      let week = Self.number(parts[1].dropFirst()), week >= 1,
      let fourth = CivilDate(year: year, month: 1, day: 4)
    {
      // The fourth of January always lies in the first week.
      let monday = fourth.startOfWeek.dayNumber + 7 * (week - 1)
      self.init(.week, of: CivilDate(dayNumber: monday))
      guard self.description == description else { return nil }
    } else if parts[1].utf8.count == 2, let month = Self.number(parts[1]),
      let first = CivilDate(year: year, month: month, day: 1)
    {
      self.init(.month, of: first)
    } else {
      return nil
    }
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.utf8.allSatisfy { (48...57).contains($0) } ? Int(digits) : nil
  }
}
