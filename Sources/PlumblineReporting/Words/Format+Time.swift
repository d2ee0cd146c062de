public import PlumblineCore

extension Format {
  /// A number of days: `1 day`, `63 days`.
  public static func days(_ days: Int) -> String { count(days, "day") }

  /// A span of days rounded to whole ones; `under 1 day` below.
  public static func days(_ days: Double) -> String {
    guard days.isFinite else { return absent }
    return days > 0 && days < 0.5 ? "under 1 day" : self.days(Int(days.rounded()))
  }

  /// An instant on the clock of a calendar's zone: `2026-07-01 02:00 Europe/Berlin (+02:00)`.
  public static func instant(_ instant: Instant, _ calendar: LocalCalendar) -> String {
    "\(clock(instant, calendar)) \(calendar.zoneName) (\(offset(at: instant, calendar)))"
  }

  /// An instant in ISO 8601 with the offset of a calendar's zone: `2026-07-01T02:00:00+02:00`.
  public static func iso8601(_ instant: Instant, _ calendar: LocalCalendar) -> String {
    let time = timeOfDay(instant, calendar, withSeconds: true)
    return "\(calendar.day(of: instant))T\(time)\(offset(at: instant, calendar))"
  }

  /// A time as exactly as it is known.
  ///
  /// - Parameters:
  ///   - time: The time, or what stands for a missing one.
  ///   - calendar: The zone on whose clock it is shown.
  /// - Returns: A day, a day with a time, or words.
  public static func time(_ time: TimePoint, _ calendar: LocalCalendar) -> String {
    guard time.isPresent else { return absent }
    guard time.isDated else { return "no date" }
    switch time.precision {
    case .exact: return clock(time.instant, calendar)
    case .day: return calendar.day(of: time.instant).description
    case .betweenExports: return "by \(clock(time.instant, calendar))"
    }
  }

  private static func clock(_ instant: Instant, _ calendar: LocalCalendar) -> String {
    let local = instant.seconds + calendar.offset(at: instant)
    return "\(calendar.day(of: instant)) "
      + timeOfDay(instant, calendar, withSeconds: local % 60 != 0)
  }

  private static func timeOfDay(
    _ instant: Instant,
    _ calendar: LocalCalendar,
    withSeconds: Bool
  ) -> String {
    let local = instant.seconds + calendar.offset(at: instant)
    let second = Int(((local % 86_400) + 86_400) % 86_400)
    let minutes = "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
    return withSeconds ? "\(minutes):\(twoDigits(second % 60))" : minutes
  }

  private static func offset(at instant: Instant, _ calendar: LocalCalendar) -> String {
    let offset = Int(calendar.offset(at: instant))
    let minutes = abs(offset) / 60
    return "\(offset < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
