/// Whether the owners make something different of one channel.
public struct LeakDisagreement: Hashable, Sendable {
  /// The channel's name.
  public var channel: String
  /// In what they differ.
  public var effect: LeakUnit.Effect
  /// The probability that they differ (for follow-up, also that following up matters).
  public var posterior: Double
  /// The wins lost by the lower half, as a share of all expected wins.
  public var lossShare: Double
  /// The expected wins lost by the lower half.
  public var expectedWinsLost: Double
  /// The gap between the means of both halves, in log-odds.
  public var gap: Double
  /// The owners of the better half, best first.
  public var betterOwners: [String]
  /// The owners of the lower half, best first.
  public var lowerOwners: [String]
  /// Whether the disagreement is named.
  public var isNamed: Bool
}
