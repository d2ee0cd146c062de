import PlumblineStatistics

/// A calendar day on which more than a fifth of its quarter's exits were recorded.
public struct BulkExitDay: Hashable, Sendable {
  /// The day, in the agreement's time zone.
  public let day: CivilDate
  /// Exits recorded on it.
  public let exits: Int
  /// Exits recorded in its quarter.
  public let quarterExits: Int
}

extension Journeys {
  /// The days on which somebody seems to have tidied up, oldest first.
  ///
  /// Looks at the quarters from the first entry to the as-of day; see `BulkExits` for what is not
  /// judged.
  ///
  /// - Parameter history: The history that the journeys were read from.
  /// - Returns: The days.
  /// - Complexity: O(episodes + days).
  public func bulkExitDays(in history: CompanyHistory) -> [BulkExitDay] {
    let calendar = history.agreement.calendar
    let exitDays = exits.filter(\.isDated).map { calendar.day(of: $0.instant).dayNumber }
    guard let firstExit = exitDays.min() else { return [] }
    let firstEntry = reached[0].lazy.filter(\.isDated).min()
    let begin = firstEntry.map { calendar.day(of: $0.instant).dayNumber } ?? firstExit
    let first = min(begin, firstExit)
    let last = max(calendar.day(of: history.asOf).dayNumber, exitDays.max() ?? firstExit)
    var counts = Array(repeating: 0, count: last - first + 1)
    for day in exitDays { counts[day - first] += 1 }
    let quarters = (first...last).map { number in
      let (year, month, _) = CivilDate(dayNumber: number).components
      return year * 4 + (month - 1) / 3
    }
    return BulkExits.find(exitsByDay: counts, periods: quarters).map { found in
      BulkExitDay(
        day: CivilDate(dayNumber: first + found.position),
        exits: found.exits,
        quarterExits: found.periodExits
      )
    }
  }
}
