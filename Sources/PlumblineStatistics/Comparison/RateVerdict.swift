/// What can be said of a group's rate next to the others'.
public enum RateVerdict: String, CaseIterable, Codable, Sendable {
  /// The group has no trials.
  case noData = "no_data"
  /// No other group has trials.
  case noComparison = "no_comparison"
  /// The group is too small for any answer.
  case tooFew = "too_few"
  /// Lower than the others by as much as matters, and not by chance.
  case lower
  /// Higher than the others by as much as matters, and not by chance.
  case higher
  /// Different and not by chance, but by less than matters.
  case slightlyDifferent = "slightly_different"
  /// Shown to be within what matters of the others.
  case same
  /// The data allow both a difference that matters and none.
  case cannotTell = "cannot_tell"
}

/// The limits by which rates are judged.
public struct ComparisonThresholds: Hashable, Sendable {
  /// The relative difference that matters: 0.2 looks for rates a fifth lower or higher.
  public var relevantDifference = 0.2
  /// The share of named differences that may be chance.
  public var falseDiscoveryRate = 0.05
  /// The fewest trials for any verdict.
  public var smallestSample = 20.0
  /// The fewest successes a group would have at the others' rate, for any verdict.
  public var fewestExpectedSuccesses = 5.0

  /// The standard limits.
  public init() {}
}

/// A verdict with what it rests on.
public struct RateJudgement: Hashable, Sendable {
  /// The verdict.
  public let verdict: RateVerdict
  /// The p-value adjusted for the family of comparisons; nil without a comparison.
  public let qValue: Double?
  /// The trials that would show a relevant difference, when there are too few to tell.
  ///
  /// Nil otherwise, and when nobody or everybody succeeds.
  public let needed: Int?
}
