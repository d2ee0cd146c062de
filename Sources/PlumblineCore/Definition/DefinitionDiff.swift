public import PlumblineStatistics

/// Two definitions measured on the same facts: which leads change, and what that would mean.
///
/// Counts are of passes: one lead along the path once. A lead that came back counts once a pass, as
/// in every funnel.
public struct DefinitionDiff: Sendable {
  /// The first definition, alone: as if it had held all the time.
  public var before: Agreement
  /// The second definition, alone.
  public var after: Agreement
  /// The instant up to which facts count.
  public var asOf: Instant
  /// What the agreements say differently.
  public var changes: [AgreementChange]
  /// The stages of both paths: those of the second in order, with those that only the first has
  /// where they stood.
  public var stages: [StageDiff]
  /// How many passes went from one class to another; those that stay are listed too.
  public var transitions: [ClassTransition]
  /// The whole months over which monthly numbers are taken; nil where the facts hold none.
  public var months: ClosedRange<CivilDate>?
  /// The work for sales.
  public var workload: WorkloadDiff
  /// The promises to follow leads up.
  public var promises: PromiseDiff
  /// Leads that reach the score for the hand-off without one.
  public var scoreWithoutHandOff: ScoreWithoutHandOff
  /// The passes that differ, by lead and pass.
  public var passes: [PassDiff]
  /// What the second definition could not test; see `CaptureGap`.
  public var gaps: [CaptureGap]

  /// How many passes have another class than before, those that only one definition knows
  /// included.
  public var changedClass: Int {
    transitions.reduce(0) { $0 + ($1.before == $1.after ? 0 : $1.count) }
  }

  /// How many passes there are under either definition.
  public var allPasses: Int { transitions.reduce(0) { $0 + $1.count } }

  /// The ids of the leads that gain, lose or move in a stage, sorted, each once.
  public func leadIDs(_ kind: StageChange.Kind, stage: String) -> [String] {
    ids { $0.stages.contains { $0.stage == stage && $0.kind == kind } }
  }

  /// The ids of the leads that change class, sorted, each once.
  public var leadIDsOfChangedClass: [String] { ids { $0.before != $0.after } }

  private func ids(where isWanted: (PassDiff) -> Bool) -> [String] {
    Set(passes.filter(isWanted).map(\.id)).sorted()
  }
}

/// Leads whose score reaches the gate of the hand-off or of a later stage and that nobody handed
/// over, under two definitions: they gain no stage by it.
public struct ScoreWithoutHandOff: Hashable, Sendable {
  /// Under the first definition.
  public var before: Int
  /// Under the second definition.
  public var after: Int
}

/// Where a pass stands: the furthest stage it reached, and the detour it ended in.
public struct DefinitionClass: Hashable, Sendable {
  /// The furthest stage's id.
  public var stage: String
  /// The detour's id; nil where the pass did not end in one.
  public var exit: String?
}

/// How many passes went from one class to another.
public struct ClassTransition: Hashable, Sendable {
  /// The class under the first definition; nil where it knows no such pass.
  public var before: DefinitionClass?
  /// The class under the second definition; nil where it knows no such pass.
  public var after: DefinitionClass?
  /// How many passes.
  public var count: Int
}

/// What becomes of one stage of one pass.
public struct StageChange: Hashable, Sendable {
  /// What becomes of it.
  public enum Kind: String, Sendable, CaseIterable, Codable {
    /// Reached under the second definition only.
    case gained
    /// Reached under the first definition only.
    case lost
    /// Reached under both, at different times.
    case moved
  }

  /// The stage's id.
  public var stage: String
  /// What becomes of it.
  public var kind: Kind
  /// When it was reached under the first definition; `missing` where it was not.
  public var before: TimePoint
  /// When it is reached under the second definition; `missing` where it is not.
  public var after: TimePoint
}

/// A pass that differs.
public struct PassDiff: Hashable, Sendable {
  /// The lead's id as its source writes it.
  public var id: String
  /// 1 for the lead's first pass, then 2 and so on.
  public var attempt: Int
  /// Its class under the first definition; nil where that knows no such pass.
  public var before: DefinitionClass?
  /// Its class under the second definition; nil where that knows no such pass.
  public var after: DefinitionClass?
  /// The stages that differ, in order.
  public var stages: [StageChange]
}

/// One stage under two definitions.
public struct StageDiff: Sendable {
  /// The stage's id.
  public var id: String
  /// Passes that reached it under the first definition; nil where its path has no such stage.
  public var before: Int?
  /// Passes that reach it under the second definition; nil where its path has no such stage.
  public var after: Int?
  /// Passes that reach it under the second definition only.
  public var gained: Int
  /// Passes that reach it under the first definition only.
  public var lost: Int
  /// Passes that reach it under both, at different times.
  public var moved: Int
  /// Passes among the moved that reach it earlier under the second definition.
  public var earlier: Int
  /// Passes among the moved that reach it later under the second definition.
  public var later: Int
  /// Entries a month under the first definition; nil without whole months.
  public var perMonthBefore: Double?
  /// Entries a month under the second definition; nil without whole months.
  public var perMonthAfter: Double?
  /// What the passes that gain the stage, or reach it earlier, were worth; nil for the first and the
  /// last stage.
  ///
  /// Those that reach it earlier belong here: where a later stage implies this one, a pass that goes
  /// on reaches it under either definition, and only what came of nothing would be left.
  public var gainedWorth: PassWorth?
  /// What the passes that lose the stage, or reach it later, were worth; nil for the first and the
  /// last stage.
  public var lostWorth: PassWorth?
}

/// What a group of passes brought, and what those too young to tell may bring.
public struct PassWorth: Sendable {
  /// Where the chance of winning of young passes comes from.
  public enum RateSource: String, Sendable, Codable, CaseIterable {
    /// From the old passes of the same group.
    case group
    /// From all old passes that reach the stage under the same definition.
    case stage
  }

  /// How many passes; the next four add up to it.
  public var passes: Int
  /// Passes that entered the stage so long ago that they had their time to win.
  public var old: Int
  /// Passes that had not.
  public var young: Int
  /// Passes of which nobody knows when they entered the stage, or won.
  public var undated: Int
  /// Passes that nobody worked, so that their outcome is not what work would have made of it.
  public var untested: Int
  /// The days from the stage to the win that count.
  public var horizonInDays: Int
  /// Old passes that were won within the horizon.
  public var won: Int
  /// The range of the chance of winning that `won` of `old` supports; nil without old passes.
  public var interval: ConfidenceInterval?
  /// What their won deals brought, minor units of the agreement's currency.
  public var revenue: Int64
  /// Their won deals without an amount.
  public var dealsWithoutAmount: Int
  /// Where the chance of the young ones comes from; nil without young ones, or where nothing tells.
  public var rateSource: RateSource?
  /// How many old passes that chance rests on.
  public var rateBase: Int
  /// The chance of winning of the young ones; nil without one.
  public var youngRate: Double?
  /// Wins to expect of old and young ones together; nil where nothing tells.
  public var expectedWins: Estimated?
  /// Revenue to expect of them, minor units, each win still to come at the mean size; nil where
  /// nothing tells.
  public var expectedRevenue: Estimated?

  /// A number with the range that the data support.
  public struct Estimated: Hashable, Sendable {
    /// The number.
    public var value: Double
    /// Its range, at 95 %.
    public var interval: ConfidenceInterval
  }
}

/// The work for sales under two definitions, a month.
public struct WorkloadDiff: Sendable {
  /// The work under one definition.
  public struct Side: Hashable, Sendable {
    /// The stage that hands leads to sales.
    public var stage: String
    /// Hand-offs over the months.
    public var handOffs: Int
    /// Hand-offs a month; nil without whole months.
    public var handOffsPerMonth: Double?
    /// The attempts agreed for each; nil where they are not agreed.
    public var attempts: Int?
    /// Attempts a month where every lead is tried as often as agreed; nil where that is not known.
    public var attemptsPerMonth: Double?
    /// The reps with a hand-off in the months; 0 where nobody says whose they are.
    public var reps: Int
    /// Hand-offs a month for each of them; nil without reps or months.
    public var handOffsPerRep: Double?
  }

  /// Under the first definition.
  public var before: Side
  /// Under the second definition.
  public var after: Side
}

/// The promises to follow leads up, under two definitions.
public struct PromiseDiff: Sendable {
  /// What became of the promises under one definition.
  public struct Side: Hashable, Sendable {
    /// How follow-up was judged.
    public var record: WorkSummary.FollowUpRecord
    /// Hand-offs whose promise has fallen due and could be judged; nil where follow-up is not told.
    public var judged: Int?
    /// Promises among them that were broken.
    public var broken: Int?
  }

  /// Under the first definition.
  public var before: Side
  /// Under the second definition.
  public var after: Side
  /// The leads whose promise would be broken under the second definition only, sorted; a lead
  /// stands here once for each such pass.
  public var newlyBroken: [String]
  /// The leads whose promise was broken under the first definition only, sorted.
  public var noLongerBroken: [String]
}
