/// The days of whole months, and which of them are the last working days of their month.
struct PeriodDays {
  /// How many working days at the end of a month are looked at.
  static let endingDays = 3
  /// Who records once a week has recorded the rush of a month's end so many days after it.
  static let daysOfDelay = 7

  /// A few days that stand together.
  struct Window {
    /// Positions of days.
    var days: Range<Int>
    /// The month's position.
    var month: Int
  }

  /// The number of the first day.
  let firstDay: Int
  /// For each day its weekday, 0 for Monday.
  let weekdays: [Int]
  /// For each month its last working days, and the days off after them.
  let ends: [Window]
  /// For each month its days.
  let wholeMonths: [Window]
  /// For each month how many working days it has.
  let workingDays: [Int]
  /// For each month whether a quarter of the calendar year ends with it.
  let isQuarterEnd: [Bool]
  /// The other days, in windows of as many working days; the rest of a month is left out.
  let others: [Window]
  /// For each day whether it is one of the last.
  let isEnd: [Bool]
  /// For each day its month's position.
  let months: [Int]

  /// The whole months from the one that begins with or after a day to the last that is over.
  ///
  /// - Parameters:
  ///   - first: The day of the first record.
  ///   - last: The last day that is over.
  ///   - workingTime: On which days people work.
  init(from first: CivilDate, through last: CivilDate, _ workingTime: WorkingTime) {
    var (year, month, day) = first.components
    if day > 1 { (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1) }
    day = 1
    var weekdays: [Int] = []
    var (ends, others, wholeMonths): ([Window], [Window], [Window]) = ([], [], [])
    var workingDays: [Int] = []
    var (isQuarterEnd, isEnd, months): ([Bool], [Bool], [Int]) = ([], [], [])
    let start = CivilDate(year: year, month: month, day: 1)?.dayNumber ?? first.dayNumber
    firstDay = start
    var begin = start
    while true {
      let (nextYear, nextMonth) = month == 12 ? (year + 1, 1) : (year, month + 1)
      guard let next = CivilDate(year: nextYear, month: nextMonth, day: 1)?.dayNumber,
        next - 1 <= last.dayNumber
      else { break }
      var working = 0
      var end = next
      while end > begin, working < Self.endingDays {
        end -= 1
        if workingTime.isWorkingDay(CivilDate(dayNumber: end)) { working += 1 }
      }
      let position = ends.count
      ends.append(Window(days: end - start..<next - start, month: position))
      isQuarterEnd.append(month % 3 == 0)
      wholeMonths.append(Window(days: begin - start..<next - start, month: position))
      workingDays.append(
        (begin..<next).count { workingTime.isWorkingDay(CivilDate(dayNumber: $0)) }
      )
      var (from, count) = (begin, 0)
      for number in begin..<next {
        let date = CivilDate(dayNumber: number)
        weekdays.append(date.weekday)
        isEnd.append(number >= end)
        months.append(position)
        guard number < end, workingTime.isWorkingDay(date) else { continue }
        count += 1
        if count == Self.endingDays {
          others.append(Window(days: from - start..<number + 1 - start, month: position))
          (from, count) = (number + 1, 0)
        }
      }
      (year, month, begin) = (nextYear, nextMonth, next)
    }
    self.weekdays = weekdays
    self.ends = ends
    self.wholeMonths = wholeMonths
    self.workingDays = workingDays
    self.isQuarterEnd = isQuarterEnd
    self.others = others
    self.isEnd = isEnd
    self.months = months
  }

  /// The last days of a month with those in which a weekly habit records them.
  func delayed(_ month: Int) -> Range<Int> {
    let days = ends[month].days
    return days.lowerBound..<min(days.upperBound + Self.daysOfDelay, weekdays.count)
  }
}
