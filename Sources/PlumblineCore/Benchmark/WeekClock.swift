/// Working seconds where every week is like any other: no days off, no change of the clocks.
///
/// Much quicker than `BusinessClock`, with which it agrees wherever it exists.
struct WeekClock: Sendable {
  /// For each minute of the week from Monday on: the working seconds before it, times two, and one
  /// more where it is worked itself.
  private let minutes: [UInt32]
  private let secondsAWeek: Int64
  private let offset: Int64

  /// 1970-01-01 was a Thursday.
  private static let secondsFromMonday: Int64 = 3 * 86_400

  /// A clock for a range of instants, or nil where weeks differ.
  init?(_ workingTime: WorkingTime, calendar: LocalCalendar, over range: Range<Int64>) {
    guard workingTime.holidays.isEmpty else { return nil }
    let parts = calendar.evenParts(of: range)
    guard parts.count <= 1 else { return nil }
    offset = parts.first?.offset ?? 0
    var minutes: [UInt32] = []
    minutes.reserveCapacity(10_080)
    var sum: UInt32 = 0
    for minute in 0..<10_080 {
      let minuteOfDay = minute % 1440
      let isWorked =
        workingTime.weekdays.contains(minute / 1440)
        && workingTime.shifts.contains { ($0.startMinute..<$0.endMinute).contains(minuteOfDay) }
      minutes.append(sum << 1 | (isWorked ? 1 : 0))
      if isWorked { sum += 60 }
    }
    self.minutes = minutes
    secondsAWeek = Int64(sum)
  }

  /// The working seconds between two instants, given as seconds since 1970.
  func workingSeconds(from start: Int64, to end: Int64) -> Int64 {
    total(until: end) - total(until: start)
  }

  /// The working seconds since a Monday long ago.
  @inline(__always)
  private func total(until second: Int64) -> Int64 {
    let local = second &+ offset &+ Self.secondsFromMonday
    // A constant divisor needs no division.
    var week = local / 604_800
    var rest = local &- week &* 604_800
    if rest < 0 {
      week &-= 1
      rest &+= 604_800
    }
    let minute = rest / 60
    let entry = Int64(minutes[Int(minute)])
    return week &* secondsAWeek &+ entry >> 1 &+ (entry & 1) &* (rest &- minute &* 60)
  }
}
