/// A clock that runs only while people work in one time zone, exact to the second.
///
/// It is working time when the wall clock of the zone shows a minute of a shift on a working day.
/// So a shift over the hour that the clocks skip in spring is an hour shorter, and one over the
/// hour that occurs twice in autumn is an hour longer, as it is for the people in it.
public struct BusinessClock: Sendable {
  /// When people work.
  public let workingTime: WorkingTime
  /// The zone's days.
  public let calendar: LocalCalendar
  /// Where each stretch of working time begins, ends, and how much lies before it.
  private let starts: [Int64]
  private let ends: [Int64]
  private let sums: [Int64]
  /// The seconds for which the table above holds.
  private let covered: Range<Int64>

  /// Years 1 to 9999: outside, the clock stands still.
  private static let bounds: Range<Int64> = -62_135_596_800..<253_402_300_800

  /// A clock with a table of the days that will be asked for.
  ///
  /// Any other day is answered as well, only more slowly.
  ///
  /// - Parameters:
  ///   - workingTime: When people work.
  ///   - calendar: The zone in which they do.
  ///   - firstDay: The first day of the table.
  ///   - lastDay: The last day of the table; at most 200 years later, else later days are left out.
  /// - Complexity: O(days of the table).
  public init(
    _ workingTime: WorkingTime,
    calendar: LocalCalendar,
    firstDay: CivilDate = CivilDate(dayNumber: 0),
    lastDay: CivilDate = CivilDate(dayNumber: -1)
  ) {
    self.workingTime = workingTime
    self.calendar = calendar
    let first = firstDay.dayNumber.clamped(to: -719_162...2_932_895)
    let last = lastDay.dayNumber.clamped(to: first - 1...min(first + 73_049, 2_932_895))
    let start = calendar.instant(of: CivilDate(dayNumber: first)).seconds
    let end = calendar.instant(of: CivilDate(dayNumber: last + 1)).seconds
    covered = start..<max(start, end)
    var (starts, ends, sums): ([Int64], [Int64], [Int64]) = ([], [], [])
    var sum: Int64 = 0
    Self.forEachStretch(of: workingTime, calendar, in: covered) { stretch in
      starts.append(stretch.lowerBound)
      ends.append(stretch.upperBound)
      sums.append(sum)
      sum += stretch.upperBound - stretch.lowerBound
      return true
    }
    (self.starts, self.ends, self.sums) = (starts, ends, sums)
  }

  /// The working seconds between two instants; negative when the second comes first.
  ///
  /// - Parameters:
  ///   - start: From when on.
  ///   - end: Until when.
  ///   - enough: Counting may stop when there are so many, forward or back; then at least as many
  ///     are returned.
  /// - Returns: The seconds.
  /// - Complexity: O(log days of the table); O(days) outside of it.
  public func workingSeconds(
    from start: Instant,
    to end: Instant,
    enough: Int64 = .max
  ) -> Int64 {
    if end < start { return -workingSeconds(from: end, to: start, enough: enough) }
    if covered.contains(start.seconds), end.seconds <= covered.upperBound {
      return sum(until: end.seconds) - sum(until: start.seconds)
    }
    var total: Int64 = 0
    forEachStretch(from: start.seconds, to: end.seconds) { stretch in
      total += stretch.upperBound - stretch.lowerBound
      return total < enough
    }
    return total
  }

  /// The instant by which so many working seconds have passed: the deadline of what takes so long.
  ///
  /// A deadline that falls on the end of a shift is that end, not the beginning of the next.
  ///
  /// - Parameters:
  ///   - start: The instant at which the clock starts.
  ///   - workingSeconds: How long.
  /// - Returns: The first such instant, `start` itself for no seconds; nil when so much working time
  ///   never comes.
  /// - Complexity: O(log days of the table); from a start in it, O(days of the answer after its
  ///   end); O(days of the answer) else.
  public func deadline(after start: Instant, workingSeconds: Int64) -> Instant? {
    guard workingSeconds > 0 else { return start }
    guard !workingTime.isEmpty else { return nil }
    var (left, first) = (workingSeconds, start.seconds)
    if covered.contains(start.seconds) {
      let (wanted, overflow) = sum(until: start.seconds).addingReportingOverflow(workingSeconds)
      // The last stretch with less before it than is wanted holds the deadline, if it is long
      // enough; the last of the table may not be.
      let index = sums.partitioningIndex(after: wanted - 1) - 1
      if !overflow, index >= 0, starts[index] + wanted - sums[index] <= ends[index] {
        return Instant(seconds: starts[index] + wanted - sums[index])
      }
      left -= sum(until: covered.upperBound) - sum(until: start.seconds)
      first = covered.upperBound
    }
    var deadline: Instant?
    forEachStretch(from: first, to: Self.bounds.upperBound) { stretch in
      let length = stretch.upperBound - stretch.lowerBound
      if length >= left { deadline = Instant(seconds: stretch.lowerBound + left) }
      left -= length
      return deadline == nil
    }
    return deadline
  }

  /// The working seconds from the beginning of the table to an instant of it.
  private func sum(until second: Int64) -> Int64 {
    let index = starts.partitioningIndex(after: second) - 1
    return index < 0 ? 0 : sums[index] + min(second, ends[index]) - starts[index]
  }

  private func forEachStretch(
    from start: Int64,
    to end: Int64,
    _ body: (Range<Int64>) -> Bool
  ) {
    let start = start.clamped(to: Self.bounds.lowerBound...Self.bounds.upperBound)
    let end = end.clamped(to: start...Self.bounds.upperBound)
    Self.forEachStretch(of: workingTime, calendar, in: start..<end, body)
  }

  /// Calls `body` with each stretch of working time in a range, in order, until it returns false.
  private static func forEachStretch(
    of workingTime: WorkingTime,
    _ calendar: LocalCalendar,
    in range: Range<Int64>,
    _ body: (Range<Int64>) -> Bool
  ) {
    guard !workingTime.isEmpty else { return }
    for part in calendar.evenParts(of: range) {
      let firstDay = (part.range.lowerBound + part.offset).flooredDivision(by: 86_400)
      let lastDay = (part.range.upperBound - 1 + part.offset).flooredDivision(by: 86_400)
      for day in firstDay...max(firstDay, lastDay)
      where workingTime.isWorkingDay(CivilDate(dayNumber: Int(day))) {
        let midnight = day * 86_400 - part.offset
        for shift in workingTime.shifts {
          let start = max(part.range.lowerBound, midnight + Int64(shift.startMinute) * 60)
          let end = min(part.range.upperBound, midnight + Int64(shift.endMinute) * 60)
          if start < end, !body(start..<end) { return }
        }
      }
    }
  }
}

extension Int64 {
  /// The quotient rounded down, also for negative numbers; `divisor` is positive.
  func flooredDivision(by divisor: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}

extension Comparable {
  /// The value itself, or the nearest of a range.
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
