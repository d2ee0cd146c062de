public import PlumblineStatistics

/// What the data say of one unit.
public struct LeakEvidence: Sendable {
  /// The unit.
  public var unit: LeakUnit
  /// The unit against the mean of the comparable others, in log-odds; nil for splits and the team.
  public var contrast: LeakContrast?
  /// The probability that names: of odds `namedOdds` times lower (for follow-up, also that
  /// following up matters); for a split the posterior of disagreement; for the team that it is
  /// short of its target.
  public var probability: Double
  /// The probability of odds `clearedOdds` times lower; nil for splits and the team.
  public var largeProbability: Double?
  /// The wins lost to the unit, as a share of all expected wins.
  public var lossShare: Double
  /// The same at the 5 % point of the contrast; nil for splits and the team.
  public var badCaseShare: Double?
  /// The expected wins lost to the unit.
  public var expectedWinsLost: Double
  /// An owner's contrast before leads' scores are allowed for; nil elsewhere.
  public var unadjustedContrast: Double?
  /// How many times as strong as the score what it missed would have to be to explain the rest of
  /// the contrast; nil where the score did not move it upwards.
  public var stability: Double?
  /// The unit's leads.
  public var leads: Int
  /// The unit's rate as counted: of wins, or of leads followed up; nil without leads.
  public var rawRate: Double?
  /// How many others the unit is compared with.
  public var comparableUnits: Int
  /// For a named contrast: how strongly something unmeasured would have to go with both the unit
  /// and the outcome, as risk ratios, to explain it away; nil elsewhere.
  public var eValue: Double?
  /// Whether the unit is named.
  public var isNamed: Bool
  /// For a named unit: its part of the wins that mending all named units together would bring, so
  /// that parts add up; nil elsewhere.
  public var recoverableWins: Double?
}

/// A difference in log-odds: a mixture of normal distributions, summed up.
public struct LeakContrast: Hashable, Sendable {
  /// The mean.
  public var mean: Double
  /// The standard deviation.
  public var standardDeviation: Double
  /// The middle 90 %.
  public var interval90: ConfidenceInterval
  /// The middle 95 %.
  public var interval95: ConfidenceInterval
}
