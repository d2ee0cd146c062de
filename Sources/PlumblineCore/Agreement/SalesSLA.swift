/// What sales promised about following up the leads that it is given.
public struct SalesSLA: Hashable, Sendable {
  /// A span of time, counted while people work or all the time.
  public struct Span: Hashable, Sendable {
    /// How long, in seconds.
    public var seconds: Int64
    /// Whether only working time counts.
    public var isWorkingTime: Bool

    /// A span of time.
    public init(seconds: Int64, isWorkingTime: Bool) {
      self.seconds = seconds
      self.isWorkingTime = isWorkingTime
    }
  }

  /// How soon somebody must first turn to a lead.
  public struct FirstTouch: Hashable, Sendable {
    /// For most leads.
    public var usual: Span
    /// For hot leads, if the agreement tells them apart.
    public var hot: Span?
    /// The score at hand-off from which a lead is hot; nil when no lead is.
    public var hotFromScore: Int?

    /// How soon a lead must be touched.
    public init(usual: Span, hot: Span? = nil, hotFromScore: Int? = nil) {
      self.usual = usual
      self.hot = hot
      self.hotFromScore = hotFromScore
    }

    /// The span for a lead; nil stands for a lead without a score, which is not hot.
    public func span(forScore score: Int?) -> Span {
      guard let hot, let hotFromScore, let score, score >= hotFromScore else { return usual }
      return hot
    }
  }

  /// How often somebody must try to reach a lead that does not answer.
  public struct Attempts: Hashable, Sendable {
    /// How often at least.
    public var count: Int
    /// Within how many days from the hand-off, days off included.
    public var withinDays: Int

    /// A number of attempts.
    public init(count: Int, withinDays: Int) {
      self.count = count
      self.withinDays = withinDays
    }
  }

  /// How soon a lead must be touched; nil where that is not agreed.
  public var firstTouch: FirstTouch?
  /// How often it must be tried; nil where that is not agreed.
  public var attempts: Attempts?
  /// The share of leads for which this must be kept, above 0 and at most 1.
  public var compliance: Double
  /// How soon after the hand-off sales says what became of a lead; nil where that is not agreed.
  public var disposition: Span?
  /// How long before a deadline it is due soon; nil for the last quarter of the time.
  public var remindBefore: Span?
  /// How long after a breach it is escalated; nil when it never is.
  public var escalateAfter: Span?

  /// The target for the share when an agreement does not say.
  public static let usualCompliance = 0.8

  /// What sales promised.
  public init(
    firstTouch: FirstTouch? = nil,
    attempts: Attempts? = nil,
    compliance: Double = SalesSLA.usualCompliance,
    disposition: Span? = nil,
    remindBefore: Span? = nil,
    escalateAfter: Span? = nil
  ) {
    self.disposition = disposition
    self.remindBefore = remindBefore
    self.escalateAfter = escalateAfter
    self.firstTouch = firstTouch
    self.attempts = attempts
    self.compliance = compliance
  }

  /// Whether there is anything by which a follow-up can be judged.
  public var isJudgeable: Bool { firstTouch != nil || attempts != nil }
}
