/// A lead's score at one instant: what the lead is and what it did, kept apart.
public struct LeadScore: Hashable, Sendable {
  /// Points for what the lead is.
  public var fit: Int
  /// Points for what the lead did, faded to the instant and limited as agreed.
  public var engagement: Double
  /// The attributes that fit rules ask for and of which nothing was known.
  public var missingAttributes: Int
  /// The attributes that fit rules ask for.
  public var askedAttributes: Int

  /// A score.
  public init(fit: Int, engagement: Double, missingAttributes: Int, askedAttributes: Int) {
    self.fit = fit
    self.engagement = engagement
    self.missingAttributes = missingAttributes
    self.askedAttributes = askedAttributes
  }

  /// Fit and engagement together, unrounded: what thresholds are compared with.
  public var total: Double { Double(fit) + engagement }

  /// The total as people read it: whole points, halves up.
  public var shown: Int { Int((total + 0.5).rounded(.down)) }

  /// The share of the attributes asked for of which nothing was known; nil when none is asked for.
  public var missingShare: Double? {
    askedAttributes > 0 ? Double(missingAttributes) / Double(askedAttributes) : nil
  }

  /// A difference in points that only arithmetic makes.
  static let tolerance = 1e-9

  /// Whether the total is at least a threshold; a billionth of a point makes no difference.
  public func reaches(_ threshold: Int) -> Bool {
    total >= Double(threshold) - Self.tolerance
  }
}

/// Why a lead has its score: one rule, with what it brought.
public struct ScoreReason: Hashable, Sendable {
  /// What a rule looks at.
  public enum Subject: Hashable, Sendable {
    /// What the lead is: an attribute's name, and its value as the source writes it; nil where
    /// nothing was known.
    case attribute(String, value: String?)
    /// What the lead did: the type of touch, and how often.
    case touches(String, count: Int)
  }

  /// What the rule looks at.
  public var subject: Subject
  /// The points that it brought; below 0 for what speaks against the lead.
  public var points: Double
  /// What it would have brought without a limit; the same as `points` where the limit did not
  /// matter.
  public var pointsWithoutLimit: Double
}
