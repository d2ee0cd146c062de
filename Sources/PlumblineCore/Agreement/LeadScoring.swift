/// How leads are scored: what they are and what they did, kept apart.
public struct LeadScoring: Hashable, Sendable {
  /// Points for what a lead is.
  public struct FitRule: Hashable, Sendable {
    /// Which values of which attribute.
    public var criterion: AttributeCriterion
    /// The points; below 0 for what speaks against the lead.
    public var points: Int

    /// A rule.
    public init(_ criterion: AttributeCriterion, points: Int) {
      self.criterion = criterion
      self.points = points
    }
  }

  /// Points for what a lead did.
  public struct EngagementRule: Hashable, Sendable {
    /// The type of touch, as facts of the kind `touch` carry it.
    public var touch: String
    /// The points of each such touch; below 0 for what speaks against the lead.
    public var points: Int
    /// The most points, by amount, that such touches bring together; nil for no limit.
    public var most: Int?

    /// A rule.
    public init(touch: String, points: Int, most: Int? = nil) {
      self.touch = touch
      self.points = points
      self.most = most
    }
  }

  /// Points for what leads are; of the rules for one attribute the first that fits counts.
  public var fit: [FitRule]
  /// Points for what leads did.
  public var engagement: [EngagementRule]
  /// The days after which a touch's points count half; nil when they do not fade.
  public var halfLifeInDays: Double?
  /// The score, fit and engagement together, from which a lead is an MQL; nil when not agreed.
  public var threshold: Int?

  /// Scoring rules.
  public init(
    fit: [FitRule] = [],
    engagement: [EngagementRule] = [],
    halfLifeInDays: Double? = nil,
    threshold: Int? = nil
  ) {
    self.fit = fit
    self.engagement = engagement
    self.halfLifeInDays = halfLifeInDays
    self.threshold = threshold
  }

  /// Whether there is anything to compute a score from; else only recorded scores are known.
  public var hasRules: Bool { !fit.isEmpty || !engagement.isEmpty }
}

/// What must be true of a lead for a stage to count.
///
/// What nobody recorded stands in nobody's way: the stage counts, and the missing fact is a capture
/// gap.
public struct StageGate: Hashable, Sendable {
  /// The least score at that time; nil when no score is asked for.
  public var score: Int?
  /// How many qualifying factors must be answered yes; nil when none.
  public var factors: Int?
  /// The team that must have accepted the lead, by a disposition that counts as accepted.
  public var acceptedBy: Stage.Team?

  /// A gate.
  public init(score: Int? = nil, factors: Int? = nil, acceptedBy: Stage.Team? = nil) {
    self.score = score
    self.factors = factors
    self.acceptedBy = acceptedBy
  }
}

/// Something sales must know of a lead to call it qualified: budget, authority, need, timing.
public struct QualifyingFactor: Hashable, Sendable {
  /// What marketing or sales found out about a factor.
  public enum Answer: String, Sendable, CaseIterable, Codable {
    case yes, no
    /// Nobody asked, or nobody wrote it down.
    case notAsked = "not_asked"
  }

  /// The factor's id, and the name of the attribute that holds the answer.
  public var id: String
  /// What it means, in a sentence.
  public var meaning: String
  /// Words that mean yes, besides the usual ones; where there are any, only they do.
  public var yes: [String]
  /// Words that mean no, besides the usual ones.
  public var no: [String]

  /// A factor.
  public init(id: String, meaning: String = "", yes: [String] = [], no: [String] = []) {
    self.id = id
    self.meaning = meaning
    self.yes = yes
    self.no = no
  }

  /// Budget, authority, need and timing: what is asked when an agreement does not say.
  public static let usual = ["budget", "authority", "need", "timing"].map {
    QualifyingFactor(id: $0)
  }

  /// What a recorded value means.
  ///
  /// Without words of its own for yes, any value that does not mean no or unknown is a yes: a budget
  /// of "50k" was asked for and is there.
  public func answer(_ value: String?) -> Answer {
    let word = value.map(WordKey.of) ?? ""
    if word.isEmpty { return .notAsked }
    if yes.contains(where: { WordKey.of($0) == word }) { return .yes }
    if no.contains(where: { WordKey.of($0) == word }) || Self.noWords.contains(word) { return .no }
    if Self.unknownWords.contains(word) { return .notAsked }
    return yes.isEmpty || Self.yesWords.contains(word) ? .yes : .no
  }

  private static let yesWords: Set<String> = Set(
    ["yes", "y", "true", "1", "ja", "oui"].map(WordKey.of)
  )
  private static let noWords: Set<String> = Set(
    ["no", "n", "false", "0", "none", "nein", "non"].map(WordKey.of)
  )
  private static let unknownWords: Set<String> = Set(
    ["unknown", "not asked", "n/a", "na", "?", "-", "--", "select"].map(WordKey.of)
  )
}
