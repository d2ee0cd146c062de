/// A day on which suspiciously many entries left: somebody tidied up.
///
/// Such a day says when a list was cleaned, not when entries were lost; rates at horizons shorter
/// than the time until the cleaning are too low around it.
public struct BulkExits: Hashable, Sendable {
  /// The day's position in the list of days.
  public let position: Int
  /// Exits on the day.
  public let exits: Int
  /// Exits in the day's period.
  public let periodExits: Int

  /// The day's share of its period's exits.
  public var share: Double { Double(exits) / Double(periodExits) }

  /// A day with more than this share of its period's exits is flagged.
  public static let largestShare = 0.2
  /// Periods with fewer exits are not judged: one day's share of a handful means nothing.
  public static let fewestPeriodExits = 20
  /// Periods of which fewer days have been seen are not judged: of four days, one always has a
  /// quarter.
  public static let fewestPeriodDays = 28

  /// The days with more than a fifth of their period's exits.
  ///
  /// - Parameters:
  ///   - exitsByDay: Exits on successive calendar days, days without any included.
  ///   - periods: Each day's period, such as the number of its quarter; equal numbers stand
  ///     together.
  /// - Returns: The flagged days in their order.
  /// - Precondition: The lists are equally long.
  /// - Complexity: O(days).
  public static func find(exitsByDay: [Int], periods: [Int]) -> [BulkExits] {
    precondition(exitsByDay.count == periods.count, "every day has its period")
    var found: [BulkExits] = []
    var start = 0
    while start < periods.count {
      let end = periods[start...].firstIndex { $0 != periods[start] } ?? periods.count
      let total = exitsByDay[start..<end].reduce(0, +)
      if total >= fewestPeriodExits, end - start >= fewestPeriodDays {
        for position in start..<end
        where Double(exitsByDay[position]) > largestShare * Double(total) {
          found.append(
            BulkExits(position: position, exits: exitsByDay[position], periodExits: total)
          )
        }
      }
      start = end
    }
    return found
  }
}
