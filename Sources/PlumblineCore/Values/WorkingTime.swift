/// When people work: days of the week, hours of the day by the wall clock, and days off.
///
/// The same rule may be read in the zone of each owner, see `BusinessClock`.
public struct WorkingTime: Hashable, Sendable {
  /// A stretch of every working day, by the wall clock.
  public struct Shift: Hashable, Sendable {
    /// The minutes after midnight at which it begins, 0..<1440.
    public let startMinute: Int
    /// The minutes after midnight at which it ends, at most 1440; that minute is no longer in it.
    public let endMinute: Int

    /// A stretch of a day; what lies outside the day is cut off.
    public init(startMinute: Int, endMinute: Int) {
      self.startMinute = min(max(0, startMinute), 1440)
      self.endMinute = min(max(self.startMinute, endMinute), 1440)
    }
  }

  /// The days of the week on which people work, 0 for Monday to 6 for Sunday.
  public let weekdays: Set<Int>
  /// The hours of a working day, in order; they neither touch nor overlap.
  public let shifts: [Shift]
  /// Days on which nobody works, whatever day of the week they are.
  public let holidays: Set<CivilDate>

  /// Working time; shifts that touch or overlap become one, empty ones are left out.
  public init(weekdays: Set<Int>, shifts: [Shift], holidays: Set<CivilDate> = []) {
    self.weekdays = weekdays.intersection(0...6)
    self.holidays = holidays
    var joined: [Shift] = []
    let ordered = shifts.filter { $0.startMinute < $0.endMinute }
      .sorted { ($0.startMinute, $0.endMinute) < ($1.startMinute, $1.endMinute) }
    for shift in ordered {
      if let last = joined.last, shift.startMinute <= last.endMinute {
        joined[joined.count - 1] = Shift(
          startMinute: last.startMinute,
          endMinute: max(last.endMinute, shift.endMinute)
        )
      } else {
        joined.append(shift)
      }
    }
    self.shifts = joined
  }

  /// Monday to Friday, 09:00 to 17:00, no days off: what holds when an agreement does not say.
  public static let usual = WorkingTime(
    weekdays: Set(0...4),
    shifts: [Shift(startMinute: 540, endMinute: 1020)]
  )

  /// Whether there is no working time at all.
  public var isEmpty: Bool { weekdays.isEmpty || shifts.isEmpty }

  /// Whether people work on a day.
  public func isWorkingDay(_ day: CivilDate) -> Bool {
    weekdays.contains(day.weekday) && !holidays.contains(day)
  }
}
