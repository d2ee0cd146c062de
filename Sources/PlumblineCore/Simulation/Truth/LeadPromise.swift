/// How promising each lead is, beyond what channel and segment tell.
///
/// The promise is a standard normal number for each lead; one unit adds 0.7 to the log-odds of
/// winning.
public struct LeadPromise: Hashable, Sendable {
  /// Whether promising leads are also followed up sooner, by as much.
  public var speedsFollowUp = false
  /// How strongly better owners get more promising leads: log-odds of getting one lead rather
  /// than another, for each unit of promise and each standard deviation of skill.
  public var routing = 0.0
  /// The share of the promise's variance that the score at hand-off explains; nil without a score.
  public var explainedByScore: Double?

  /// A promise.
  public init(
    speedsFollowUp: Bool = false,
    routing: Double = 0,
    explainedByScore: Double? = nil
  ) {
    self.speedsFollowUp = speedsFollowUp
    self.routing = routing
    self.explainedByScore = explainedByScore
  }

  /// What one unit of promise adds to the log-odds of winning.
  static let effect = 0.7
}
