/// Whether owners were given leads of unlike promise within the same channel.
public struct RoutingTest: Hashable, Sendable {
  /// Pearson's chi-square of owner by score band, summed over channels.
  public var chiSquare: Double
  /// Its degrees of freedom.
  public var degreesOfFreedom: Int
  /// The chance of as much unevenness when leads are routed without regard to their promise.
  public var pValue: Double
  /// Whether that chance is below the threshold.
  public var isUneven: Bool
}
