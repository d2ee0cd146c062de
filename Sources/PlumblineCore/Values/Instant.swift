/// A point in time as whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable, Codable {
  /// Seconds since 1970-01-01T00:00:00Z; negative before.
  public let seconds: Int64

  /// The instant so many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// Orders instants by time.
  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  /// The instant `seconds` later (earlier when negative).
  public func advanced(bySeconds seconds: Int64) -> Instant {
    Instant(seconds: self.seconds + seconds)
  }
}
