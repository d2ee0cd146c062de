/// What a page for both teams rests on besides the history itself; nil where it was not read.
public struct WeeklyRecords: Sendable {
  /// What sales said of the leads that it was given.
  public var dispositions: Dispositions?
  /// What is known of leads: company sizes, qualifying factors.
  public var attributes: LeadAttributes?
  /// Why leads left the path.
  public var exitReasons: ExitReasons?
  /// Who owned leads from when on.
  public var assignments: LeadAssignments?
  /// What the teams say of each other, by question; empty where nobody was asked.
  public var pulse: [PulseLine] = []

  /// Records.
  public init(
    dispositions: Dispositions? = nil,
    attributes: LeadAttributes? = nil,
    exitReasons: ExitReasons? = nil,
    assignments: LeadAssignments? = nil,
    pulse: [PulseLine] = []
  ) {
    self.dispositions = dispositions
    self.attributes = attributes
    self.exitReasons = exitReasons
    self.assignments = assignments
    self.pulse = pulse
  }

  /// The kinds of fact that a ledger must hold for these records.
  public static let kinds: Set<FactKind> = [
    .attribute, .deal, .disposition, .lead, .merge, .stageEvent,
  ]

  /// What a store says of a history's leads besides the history itself.
  ///
  /// - Parameters:
  ///   - store: The store that the history was read from.
  ///   - ledger: Its facts of `kinds` at least, where somebody has read them already.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts of the kinds that it reads).
  public init(
    reading store: some FactStore,
    _ ledger: Ledger? = nil,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    let ledger = try ledger ?? Ledger(reading: store, through: last, kinds: Self.kinds)
    self.init(
      dispositions: Dispositions(ledger, for: history),
      attributes: LeadAttributes(ledger, asOf: history.asOf),
      exitReasons: ExitReasons(ledger, for: history),
      assignments: try LeadAssignments(
        reading: store,
        register: LeadRegister(ledger),
        for: history,
        through: last
      )
    )
  }
}

/// What one team answered to one question of a pulse survey, as far as it may be shown.
public struct PulseLine: Hashable, Sendable {
  /// The question.
  public var question: String
  /// The team that answered.
  public var team: String
  /// How many answered; nil where the group is too small to be shown.
  public var answers: Int?
  /// The mean on the question's scale; nil where it may not be shown.
  public var mean: Double?
  /// The greatest answer that there is.
  public var scale: Int?

  /// A line.
  public init(question: String, team: String, answers: Int?, mean: Double?, scale: Int? = nil) {
    self.question = question
    self.team = team
    self.answers = answers
    self.mean = mean
    self.scale = scale
  }
}
