import PlumblineCore

/// Reads the plain forms of dates, word by word: `2026-01-31`, with a time of day or not, with a
/// fraction of a second, `Z` or an offset behind it or not.
///
/// All of them mean one instant whatever the column's format is, as long as it is not a count of
/// seconds. Agrees with `DateColumnParser` on every cell that it reads.
struct PlainDates: ~Copyable {
  private struct Day {
    /// The ten bytes of the day as written.
    var head: UInt64 = 0
    var tail: UInt16 = 0
    var number: Int32 = 0
    /// Seconds since 1970 at which the local clock shows the day's midnight; nil where the clock
    /// changes near that day.
    var midnight: Int64?
  }

  private let calendar: LocalCalendar
  private let days: UnsafeMutablePointer<Day>
  private static let dayBits = 9

  init(_ calendar: LocalCalendar) {
    self.calendar = calendar
    days = .allocate(capacity: 1 << Self.dayBits)
    days.initialize(repeating: Day(), count: 1 << Self.dayBits)
  }

  deinit { days.deallocate() }

  /// The raw value of a cell's time point, nil when the cell is written in another way.
  @inline(__always)
  func time(_ cell: UnsafeRawPointer, count: Int) -> Int64? {
    guard count >= 10 else { return nil }
    let head = cell.loadUnaligned(as: UInt64.self)
    let tail = cell.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    let mixed = (head ^ UInt64(tail) &<< 40) &* 0x9E37_79B9_7F4A_7C15
    let slot = Int(truncatingIfNeeded: mixed &>> UInt64(64 - Self.dayBits))
    if days[slot].head != head || days[slot].tail != tail {
      guard let day = day(cell) else { return nil }
      days[slot] = day
    }
    if count == 10 { return instant(days[slot], 0) &* 4 &+ 1 }
    guard count >= 19, let second = Self.secondOfDay(cell) else { return nil }
    if count == 19 { return instant(days[slot], second) &* 4 }
    guard let offset = Self.ending(UnsafeRawBufferPointer(start: cell + 19, count: count &- 19))
    else { return nil }
    guard let offset else { return instant(days[slot], second) &* 4 }
    return (Int64(days[slot].number) &* 86_400 &+ Int64(second) &- Int64(offset)) &* 4
  }

  /// The instant of a local time; the calendar is asked on days near a clock change.
  @inline(__always)
  private func instant(_ day: Day, _ second: Int) -> Int64 {
    if let midnight = day.midnight { return midnight &+ Int64(second) }
    let date = CivilDate(dayNumber: Int(day.number))
    return calendar.instant(of: date, secondOfDay: second).seconds
  }

  /// The day in the first ten bytes, nil when they are not `2026-01-31`.
  private func day(_ cell: UnsafeRawPointer) -> Day? {
    let bytes = UnsafeRawBufferPointer(start: cell, count: 10)
    guard bytes[4] == Ascii.minus, bytes[7] == Ascii.minus else { return nil }
    func number(_ positions: [Int]) -> Int? {
      positions.reduce(Int?(0)) { value, position in
        guard let value, Ascii.isDigit(bytes[position]) else { return nil }
        return value * 10 + Int(bytes[position] - Ascii.zero)
      }
    }
    guard let year = number([0, 1, 2, 3]), let month = number([5, 6]), let day = number([8, 9]),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    let midnight = Int64(date.dayNumber) * 86_400
    let before = calendar.offset(at: Instant(seconds: midnight - 86_400))
    let after = calendar.offset(at: Instant(seconds: midnight + 172_800))
    return Day(
      head: cell.loadUnaligned(as: UInt64.self),
      tail: cell.loadUnaligned(fromByteOffset: 8, as: UInt16.self),
      number: Int32(date.dayNumber),
      midnight: before == after ? midnight - before : nil
    )
  }

  /// The seconds since midnight in the bytes from 10 to 18, nil when they are not ` 10:00:00`.
  @inline(__always)
  private static func secondOfDay(_ cell: UnsafeRawPointer) -> Int? {
    let gap = cell.load(fromByteOffset: 10, as: UInt8.self)
    guard gap == Ascii.space || gap == 0x54 else { return nil }
    let word = cell.loadUnaligned(fromByteOffset: 11, as: UInt64.self).littleEndian
    let colons: UInt64 = 0x0000_FF00_00FF_0000
    guard word & colons == 0x0000_3A00_003A_0000 else { return nil }
    let digits = (word & ~colons) ^ 0x3030_0030_3000_3030
    // A byte above 9 sets its highest bit by the addition or has it set.
    let wrong = ((digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | digits
    guard wrong & 0x8080_8080_8080_8080 == 0 else { return nil }
    @inline(__always)
    func pair(_ shift: UInt64) -> Int {
      Int(truncatingIfNeeded: digits &>> shift & 0xF) &* 10
        &+ Int(truncatingIfNeeded: digits &>> (shift &+ 8) & 0xF)
    }
    let (hour, minute, second) = (pair(0), pair(24), pair(48))
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return hour &* 3600 &+ minute &* 60 &+ second
  }

  /// The offset in seconds that stands behind the seconds, a fraction before it or not: `.some(nil)`
  /// when there is none, nil when something else stands there.
  private static func ending(_ text: UnsafeRawBufferPointer) -> Int?? {
    var rest = text[...]
    if rest.first == Ascii.point || rest.first == Ascii.comma {
      let digits = rest.dropFirst().prefix(while: Ascii.isDigit)
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
    }
    guard let sign = rest.first else { return .some(nil) }
    if sign == 0x5A, rest.count == 1 { return 0 }
    guard sign == Ascii.plus || sign == Ascii.minus else { return nil }
    let start = rest.startIndex + 1
    let hasColon = rest.count == 6 && text[start + 2] == Ascii.colon
    guard hasColon || rest.count == 5 else { return nil }
    func pair(_ index: Int) -> Int? {
      guard Ascii.isDigit(text[index]), Ascii.isDigit(text[index + 1]) else { return nil }
      return Int(text[index] - Ascii.zero) * 10 + Int(text[index + 1] - Ascii.zero)
    }
    guard let hours = pair(start), let minutes = pair(start + (hasColon ? 3 : 2)), hours <= 14,
      minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == Ascii.minus ? -seconds : seconds
  }
}
