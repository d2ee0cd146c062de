import PlumblineCore

/// Dates as mails write them: `Sat, 31 Jan 2026 09:05:00 +0100`.
///
/// - SeeAlso: RFC 5322, section 3.3.
enum MailDate {
  /// An instant on the clock of a calendar's zone.
  static func text(_ instant: Instant, _ calendar: LocalCalendar) -> String {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let offset = Int(calendar.offset(at: instant))
    let day = calendar.day(of: instant)
    let (year, month, dayOfMonth) = day.components
    let local = instant.seconds + Int64(offset)
    let second = Int(((local % 86_400) + 86_400) % 86_400)
    let time = [second / 3600, second / 60 % 60, second % 60].map(digits).joined(separator: ":")
    let minutes = abs(offset) / 60
    let zone = "\(offset < 0 ? "-" : "+")\(digits(minutes / 60))\(digits(minutes % 60))"
    return "\(days[day.weekday]), \(dayOfMonth) \(months[month - 1]) \(year) \(time) \(zone)"
  }

  private static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
