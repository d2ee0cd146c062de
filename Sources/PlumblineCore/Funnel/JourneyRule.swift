/// How the events of a lead are read as journeys: what a question may change without any fact
/// changing.
public struct JourneyRule: Hashable, Sendable, Codable {
  /// How a stage that was passed over is counted.
  public var skips: SkipRule
  /// What a return after leaving the path is.
  public var returns: ReturnRule
  /// Stages that count only when a later one follows in time.
  public var confirmations: [Confirmation]

  /// A rule.
  public init(
    skips: SkipRule,
    returns: ReturnRule = .newEpisode,
    confirmations: [Confirmation] = []
  ) {
    self.skips = skips
    self.returns = returns
    self.confirmations = confirmations
  }

  /// The rule with another skip rule, where one is given.
  public func with(_ skips: SkipRule?) -> JourneyRule {
    JourneyRule(skips: skips ?? self.skips, returns: returns, confirmations: confirmations)
  }
}

/// What it is when a lead that left the path comes back.
public enum ReturnRule: String, Sendable, CaseIterable, Codable {
  /// The return begins another episode, and only the present one goes on.
  case newEpisode = "new_episode"
  /// The lead has one journey, and leaving the path is something that happens on the way.
  case sameEpisode = "same_episode"
}

/// A stage whose event counts only when another stage's event follows within a time: an MQL that
/// sales accepted within 30 days.
public struct Confirmation: Hashable, Sendable, Codable {
  /// The position of the stage that needs confirming; never the first.
  public var stage: Int
  /// The position of the stage that confirms.
  public var by: Int
  /// The time within which it must follow, in days of 24 hours; calendar days where one of the two
  /// is known to the day only.
  public var withinDays: Int

  /// A condition.
  public init(stage: Int, by: Int, withinDays: Int) {
    self.stage = stage
    self.by = by
    self.withinDays = withinDays
  }
}
