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
  /// The instant from which on the condition holds for what happens; nil when it always did.
  public var from: Instant?
  /// The instant from which on it holds no more; nil when it still holds, also for what nobody
  /// dated.
  public var until: Instant?

  /// A condition; it holds at all times unless said otherwise.
  public init(
    stage: Int,
    by: Int,
    withinDays: Int,
    from: Instant? = nil,
    until: Instant? = nil
  ) {
    self.stage = stage
    self.by = by
    self.withinDays = withinDays
    self.from = from
    self.until = until
  }

  /// Whether the condition holds for an event of its stage: the agreement of that time asks for it.
  public func holds(at time: TimePoint) -> Bool {
    guard time.isDated else { return until == nil }
    return (from.map { $0 <= time.instant } ?? true) && (until.map { time.instant < $0 } ?? true)
  }
}
