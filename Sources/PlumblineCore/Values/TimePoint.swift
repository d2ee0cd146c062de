/// When something happened, together with how exactly that is known.
///
/// Packed into one 64-bit word (the seconds times four, plus the precision) so that columns of
/// them stay plain integers and sort by time.
public struct TimePoint: Hashable, Comparable, Sendable {
  /// How exactly a time is known.
  public enum Precision: UInt8, Sendable, CaseIterable {
    /// To the second, as a system recorded it.
    case exact = 0
    /// Only the day is known; the instant is the start of that day in the source's time zone.
    case day = 1
    /// Seen changed between two exports; the instant is the later export.
    case betweenExports = 2
  }

  /// The packed word: seconds times four plus the precision, or `missing` or `undated`.
  public let rawValue: Int64

  /// A time point read back from a column.
  public init(rawValue: Int64) { self.rawValue = rawValue }

  /// A time point at an instant.
  public init(_ instant: Instant, precision: Precision = .exact) {
    rawValue = instant.seconds * 4 + Int64(precision.rawValue)
  }

  /// Not there: the thing did not happen, or nobody said that it did.
  public static let missing = TimePoint(rawValue: .max)

  /// It happened, but nobody recorded when.
  ///
  /// Sorts before every dated point.
  public static let undated = TimePoint(rawValue: .min)

  /// Whether this is an actual time, neither missing nor undated.
  public var isDated: Bool { rawValue != .max && rawValue != .min }

  /// Whether the thing happened, dated or not.
  public var isPresent: Bool { rawValue != .max }

  /// The instant; meaningful only when `isDated`.
  public var instant: Instant { Instant(seconds: rawValue >> 2) }

  /// How exactly the instant is known; meaningful only when `isDated`.
  public var precision: Precision { Precision(rawValue: UInt8(rawValue & 3)) ?? .exact }

  /// The day of a time known to the day only, whatever zone's midnight it is; meaningful only when
  /// `isDated`.
  ///
  /// Holds for zones less than twelve hours from Greenwich: their midnights are nearer to that
  /// day's midnight in Greenwich than to any other.
  public var sourceDay: CivilDate {
    let shifted = instant.seconds + 43_200
    return CivilDate(
      dayNumber: Int(shifted >= 0 ? shifted / 86_400 : (shifted - 86_399) / 86_400)
    )
  }

  /// Orders by time; undated points first, missing ones last.
  public static func < (left: TimePoint, right: TimePoint) -> Bool {
    left.rawValue < right.rawValue
  }
}
