import PlumblineCore

/// An instant as it stands in signed files: `2026-01-15T09:30:00Z`.
enum SignedTime {
  /// The text of an instant.
  static func text(_ instant: Instant) -> String {
    let day = LocalCalendar.utc.day(of: instant)
    let second = Int(instant.seconds - Int64(day.dayNumber) * 86_400)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(day)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// The instant of a text; nil for any other spelling.
  static func instant(_ text: String) -> Instant? {
    let units = Array(text.utf8)
    guard units.count == 20, units[10] == UInt8(ascii: "T"),
      let day = CivilDate(String(decoding: units[0..<10], as: UTF8.self))
    else { return nil }
    let parts = [11, 14, 17].map { Int(String(decoding: units[$0..<$0 + 2], as: UTF8.self)) }
    guard let hour = parts[0], let minute = parts[1], let second = parts[2] else { return nil }
    let instant = Instant(
      seconds: Int64(day.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    )
    return Self.text(instant) == text ? instant : nil
  }
}
