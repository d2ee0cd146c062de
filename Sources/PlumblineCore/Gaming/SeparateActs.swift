/// Keeps one act of somebody, however many records it left, from counting as many.
///
/// A list that is cleaned up, a calendar that is read in or a fair that is entered makes dozens of
/// records at once. Tests take records as independent, which those are not. So a sign must have shown
/// on at least three separate days, or in three weeks, and what is left of it without the largest two
/// days, or with each week counted once, must be enough.
enum SeparateActs {
  /// A sign must have shown on so many days, or in so many weeks.
  static let fewest = 3
  /// So many days with the most of it do not count.
  static let daysLeftOut = 2

  /// The records of the days that hold the most; all where there are fewer than three days.
  ///
  /// - Parameters:
  ///   - found: Records that show the sign.
  ///   - day: The day of each, nil where nobody knows: those count as one day.
  /// - Returns: What does not count.
  static func ofLargestDays(_ found: [Int], day: (Int) -> Int?) -> Set<Int> {
    let byDay = Dictionary(grouping: found, by: day)
    guard byDay.count >= fewest else { return Set(found) }
    let largest = byDay.values.sorted {
      ($0.count, $1.first ?? 0) > ($1.count, $0.first ?? 0)
    }
    return Set(largest.prefix(daysLeftOut).joined())
  }

  /// All but the first record of each week; all where there are fewer than three weeks.
  ///
  /// - Parameters:
  ///   - found: Records that show the sign.
  ///   - day: The day of each, nil where nobody knows: those count as one week.
  /// - Returns: What does not count.
  static func repeatedInWeek(_ found: [Int], day: (Int) -> Int?) -> Set<Int> {
    var first: [Int64?: Int] = [:]
    for record in found {
      let week = day(record).map(week)
      if first[week] == nil { first[week] = record }
    }
    guard first.count >= fewest else { return Set(found) }
    return Set(found).subtracting(first.values)
  }

  /// In how many weeks there are some records.
  static func weeks(_ records: [Int], day: (Int) -> Int) -> Int {
    Set(records.map { week(day($0)) }).count
  }

  /// The week of a day, from Monday on: day 0, the first of 1970, was a Thursday.
  private static func week(_ day: Int) -> Int64 { Int64(day + 3).flooredDivision(by: 7) }
}
