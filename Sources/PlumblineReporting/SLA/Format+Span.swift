import PlumblineCore
import PlumblineStatistics

extension Format {
  /// A time that passed: `40 s`, `12 min`, `5 h 20 min`, `212 h`, and days where they all count.
  ///
  /// - Parameters:
  ///   - seconds: The time.
  ///   - isWorkingTime: Whether only working time was counted; a working day has no fixed length.
  /// - Returns: The words.
  static func duration(_ seconds: Int64, isWorkingTime: Bool) -> String {
    if seconds < 60 { return "\(seconds) s" }
    let minutes = (seconds + 30) / 60
    if minutes < 60 { return "\(minutes) min" }
    if minutes < 48 * 60 {
      return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }
    let hours = Double(seconds) / 3600
    return isWorkingTime
      ? "\(fixed(hours, decimals: 0)) h" : "\(fixed(hours / 24, decimals: 1)) days"
  }

  /// A span as agreements write it: `4 working hours`, `30 minutes`, `2 days`.
  static func span(_ span: SalesSLA.Span) -> String {
    let word = span.isWorkingTime ? "working " : ""
    let units: [(Int64, String)] =
      span.isWorkingTime
      ? [(3600, "hour"), (60, "minute")] : [(86_400, "day"), (3600, "hour"), (60, "minute")]
    for (length, unit) in units where span.seconds >= length && span.seconds % length == 0 {
      return count(Int(span.seconds / length), word + unit)
    }
    return count(Int(span.seconds), word + "second")
  }
}
