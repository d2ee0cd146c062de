/// On which days an owner records, as the days that are not last in their month show it.
struct OwnerCalendar {
  /// Records a day.
  let counts: [Int]
  /// Records before each day; one more than there are days.
  private let sums: [Int]
  /// What the owner's weekdays and months lead to expect of a day, before each day.
  private let expectedSums: [Double]
  /// Records of the days of each month that are not last.
  let inMonth: [Double]

  init(_ positions: [Int], _ days: PeriodDays) {
    var counts = Array(repeating: 0, count: days.weekdays.count)
    for day in positions { counts[day] += 1 }
    var byWeekday = Array(repeating: 0.0, count: 7)
    var weekdays = Array(repeating: 0.0, count: 7)
    var inMonth = Array(repeating: 0.0, count: days.ends.count)
    for day in counts.indices where !days.isEnd[day] {
      weekdays[days.weekdays[day]] += 1
      byWeekday[days.weekdays[day]] += Double(counts[day])
      inMonth[days.months[day]] += Double(counts[day])
    }
    let usual = (0..<7).map { weekdays[$0] > 0 ? byWeekday[$0] / weekdays[$0] : 0 }
    var expectedInMonth = Array(repeating: 0.0, count: days.ends.count)
    for day in counts.indices where !days.isEnd[day] {
      expectedInMonth[days.months[day]] += usual[days.weekdays[day]]
    }
    // A month is as busy as its own days say, drawn towards the others by two records.
    let levels = zip(inMonth, expectedInMonth).map { ($0 + 2) / ($1 + 2) }
    sums = counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    expectedSums = counts.indices.reduce(into: [0.0]) { sums, day in
      sums.append(sums[sums.count - 1] + usual[days.weekdays[day]] * levels[days.months[day]])
    }
    self.counts = counts
    self.inMonth = inMonth
  }

  /// The records of some days.
  func count(_ days: Range<Int>) -> Int { sums[days.upperBound] - sums[days.lowerBound] }

  /// What the owner's calendar leads to expect of a working day of a month, whatever weekday it is.
  func daily(_ month: Int, _ days: PeriodDays) -> Double {
    usual(days.wholeMonths[month].days) / Double(max(1, days.workingDays[month]))
  }

  /// What the owner's calendar leads to expect of them.
  func usual(_ days: Range<Int>) -> Double {
    expectedSums[days.upperBound] - expectedSums[days.lowerBound]
  }
}

/// The calendars of all owners together.
struct CalendarSum {
  private let sums: [Int]
  private let usualSums: [Double]

  init(_ calendars: [OwnerCalendar], _ days: PeriodDays) {
    var (sums, usualSums) = ([0], [0.0])
    for day in days.weekdays.indices {
      sums.append(sums[day] + calendars.reduce(0) { $0 + $1.counts[day] })
      usualSums.append(usualSums[day] + calendars.reduce(0) { $0 + $1.usual(day..<day + 1) })
    }
    self.sums = sums
    self.usualSums = usualSums
  }

  /// Everybody's records of some days.
  func count(_ days: Range<Int>) -> Int { sums[days.upperBound] - sums[days.lowerBound] }

  /// What everybody's calendars lead to expect of them.
  func usual(_ days: Range<Int>) -> Double {
    usualSums[days.upperBound] - usualSums[days.lowerBound]
  }

  /// What an owner's calendar leads to expect of some days once everybody else's rush of these very
  /// days is taken into account.
  ///
  /// - Returns: The count, and the relative variance of the rush, which few others tell poorly.
  func expected(
    _ own: OwnerCalendar,
    _ window: PeriodDays.Window
  ) -> (
    count: Double, error: Double
  ) {
    let days = window.days
    let others = count(days) - own.count(days)
    let usual = usual(days) - own.usual(days)
    let rush = (Double(others) + 1) / (max(0, usual) + 1)
    return (own.usual(days) * rush, 1 / (Double(others) + 1))
  }
}

extension CalendarSum {
  /// How many working days' worth of records everybody else makes on top at the ends of months, be
  /// it in the last days or in the week after, when those catch up who record once a week.
  func extraDays(besides own: OwnerCalendar, _ ends: [Int], _ days: PeriodDays) -> Double {
    var (extra, daily) = (0.0, 0.0)
    for month in ends {
      let range = days.delayed(month)
      let whole = days.wholeMonths[month].days
      extra +=
        Double(count(range) - own.count(range)) - (usual(range) - own.usual(range))
      daily += (usual(whole) - own.usual(whole)) / Double(max(1, days.workingDays[month]))
    }
    return daily > 0 ? max(0, extra / daily) : 0
  }
}

/// How much more than Poisson numbers records clump in windows of days that are not last in their
/// month: the relative variance, an owner's own or everybody's, whichever is larger.
struct Clumping {
  private let values: [Double]

  init(_ calendars: [OwnerCalendar], _ all: CalendarSum, _ days: PeriodDays) {
    // A month's windows share its level, so that they differ less from it than from the truth.
    let months = Double(max(1, Set(days.others.map(\.month)).count))
    let windows = Double(days.others.count)
    let correction = windows > months ? windows / (windows - months) : 1
    var (squares, means) = (0.0, 0.0)
    var own: [Double] = []
    for calendar in calendars {
      var (excess, mean) = (0.0, 0.0)
      for window in days.others {
        let (expected, error) = all.expected(calendar, window)
        let residual = Double(calendar.count(window.days)) - expected
        excess += residual * residual * correction - expected - expected * expected * error
        mean += expected * expected
      }
      own.append(mean > 0 ? excess / mean : 0)
      squares += excess
      means += mean
    }
    let pooled = means > 0 ? max(0, squares / means) : 0
    values = own.map { max($0, pooled) }
  }

  subscript(owner: Int) -> Double { values[owner] }
}
