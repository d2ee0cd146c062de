/// A range of values that the data support.
public struct ConfidenceInterval: Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end; never below the lower one.
  public let upper: Double

  /// An interval between two ends.
  ///
  /// - Precondition: `lower` is not above `upper`.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "an interval's lower end is not above its upper end")
    self.lower = lower
    self.upper = upper
  }

  /// Every rate there can be: what is known of a rate without data.
  public static let anyRate = ConfidenceInterval(lower: 0, upper: 1)

  /// The distance between the ends.
  public var width: Double { upper - lower }

  /// Whether a value lies inside, the ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
