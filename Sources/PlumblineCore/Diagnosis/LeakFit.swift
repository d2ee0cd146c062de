/// How a model was fitted.
public struct LeakFit: Hashable, Sendable {
  /// What a model explains.
  public enum Model: String, Sendable, Codable {
    /// Winning.
    case outcome
    /// Being followed up as agreed.
    case followUp = "follow_up"
    /// Winning, among leads of the same score band.
    case outcomeByScore = "outcome_by_score"
  }

  /// The model.
  public var model: Model
  /// How many combinations of spreads were tried.
  public var evaluatedNodes: Int
  /// How many of them have weight.
  public var keptNodes: Int
  /// The likeliest spread between channels, in log-odds.
  public var channelSpread: Double
  /// The likeliest spread between owners.
  public var ownerSpread: Double
  /// The likeliest spread between pairs of a channel and an owner.
  public var pairSpread: Double
}
