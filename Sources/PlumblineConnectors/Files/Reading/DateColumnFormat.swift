public import PlumblineCore

/// What a column of dates counts, when it holds bare numbers since 1970.
public enum EpochUnit: String, Sendable, Hashable, Codable, CaseIterable {
  /// Seconds since 1970-01-01T00:00:00Z.
  case seconds
  /// Milliseconds since 1970-01-01T00:00:00Z.
  case milliseconds
}

/// How a column writes its dates.
public struct DateColumnFormat: Sendable, Hashable, Codable {
  /// Which number comes first where two stand before the year; nil when no cell has such a form.
  public var order: DayMonthOrder?
  /// The unit of bare numbers; nil when the column holds none.
  public var epoch: EpochUnit?

  /// A format.
  public init(order: DayMonthOrder? = nil, epoch: EpochUnit? = nil) {
    self.order = order
    self.epoch = epoch
  }
}

/// Reads the dates of one column; remembers what it has worked out for the days it has met.
public struct DateColumnParser: Sendable {
  private let format: DateColumnFormat
  private let calendar: LocalCalendar
  /// For the day `key`, what to subtract from local seconds, or `nil` on a day near a clock change.
  private var days: [CachedDay]

  private struct CachedDay {
    var key: Int = .min
    var offset: Int64?
  }

  private static let cacheSize = 2048

  /// A reader of a column.
  ///
  /// - Parameters:
  ///   - format: The column's format.
  ///   - calendar: The time zone of times without an offset, and of days.
  public init(_ format: DateColumnFormat, calendar: LocalCalendar) {
    self.format = format
    self.calendar = calendar
    days = Array(repeating: CachedDay(), count: Self.cacheSize)
  }

  /// A cell's time: `.day` when it has only a date, otherwise `.exact`; `TimePoint.missing` for an
  /// empty cell or a word that says so.
  ///
  /// - Parameter cell: The cell's UTF-8 bytes; blanks at its ends do not matter.
  /// - Returns: The time, or nil when the cell is no date in this column's format or names a day
  ///   that does not exist.
  public mutating func parse(_ cell: UnsafeRawBufferPointer) -> TimePoint? {
    if format.epoch == nil, let plain = plainDate(cell) { return plain }
    let cell = TextBytes.trimmed(cell)
    if MissingMark.matches(cell) { return .missing }
    if let unit = format.epoch { return EpochCell.time(cell, unit) }
    guard let parts = DateCell(cell), let date = parts.date(format.order) else { return nil }
    guard let second = parts.secondOfDay else {
      return TimePoint(instant(date.dayNumber, 0), precision: .day)
    }
    if let offset = parts.zoneOffset {
      return TimePoint(
        Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(second) - Int64(offset))
      )
    }
    return TimePoint(instant(date.dayNumber, second))
  }

  /// The common case `2026-01-31` or `2026-01-31 10:00:00` (also with `T`, and `Z` behind).
  private mutating func plainDate(_ cell: UnsafeRawBufferPointer) -> TimePoint? {
    let count = cell.count
    guard count == 10 || count == 19 || count == 20, cell[4] == Ascii.minus,
      cell[7] == Ascii.minus
    else { return nil }
    var wrong: UInt8 = 0
    @inline(__always)
    func pair(_ index: Int) -> Int {
      let tens = cell[index] &- Ascii.zero
      let ones = cell[index &+ 1] &- Ascii.zero
      wrong |= (tens > 9 ? 1 : 0) | (ones > 9 ? 1 : 0)
      return Int(tens) &* 10 &+ Int(ones)
    }
    let year = pair(0) * 100 + pair(2)
    let month = pair(5)
    let day = pair(8)
    guard wrong == 0, let date = CivilDate(year: year, month: month, day: day) else { return nil }
    if count == 10 { return TimePoint(instant(date.dayNumber, 0), precision: .day) }
    guard cell[10] == Ascii.space || cell[10] == 0x54, cell[13] == Ascii.colon,
      cell[16] == Ascii.colon
    else { return nil }
    let hour = pair(11)
    let minute = pair(14)
    let second = pair(17)
    guard wrong == 0, hour < 24, minute < 60, second < 60 else { return nil }
    let secondOfDay = hour * 3600 + minute * 60 + second
    if count == 19 { return TimePoint(instant(date.dayNumber, secondOfDay)) }
    guard cell[19] == 0x5A else { return nil }
    return TimePoint(Instant(seconds: Int64(date.dayNumber) * 86_400 + Int64(secondOfDay)))
  }

  /// The instant of a local time; a table look-up unless the clocks change within a day of it.
  private mutating func instant(_ day: Int, _ second: Int) -> Instant {
    let slot = day & (Self.cacheSize - 1)
    if days[slot].key != day {
      let midnight = Int64(day) * 86_400
      let before = calendar.offset(at: Instant(seconds: midnight - 86_400))
      let after = calendar.offset(at: Instant(seconds: midnight + 172_800))
      days[slot] = CachedDay(key: day, offset: before == after ? before : nil)
    }
    guard let offset = days[slot].offset else {
      return calendar.instant(of: CivilDate(dayNumber: day), secondOfDay: second)
    }
    return Instant(seconds: Int64(day) * 86_400 + Int64(second) - offset)
  }
}

/// Bare numbers since 1970.
enum EpochCell {
  /// The time of a cell, nil when it is not a number between the years 1 and 9999.
  static func time(_ cell: UnsafeRawBufferPointer, _ unit: EpochUnit) -> TimePoint? {
    let isNegative = cell.first == Ascii.minus
    let digits = UnsafeRawBufferPointer(rebasing: cell.dropFirst(isNegative ? 1 : 0))
    guard !digits.isEmpty, digits.count <= 15, digits.allSatisfy(Ascii.isDigit) else { return nil }
    let magnitude = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - Ascii.zero) }
    var seconds = isNegative ? -magnitude : magnitude
    if unit == .milliseconds { seconds = (seconds - (isNegative ? 999 : 0)) / 1000 }
    guard (-62_135_596_800...253_402_300_799).contains(seconds) else { return nil }
    return TimePoint(Instant(seconds: seconds))
  }
}
