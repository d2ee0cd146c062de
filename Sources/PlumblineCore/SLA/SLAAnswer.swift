public import PlumblineStatistics

/// What an answer about the agreement's promises looks at.
public struct SLAOptions: Hashable, Sendable {
  /// Something by which the sales' side can be split.
  public enum Dimension: String, Sendable, CaseIterable, Codable {
    case owner, channel
    /// Hot leads and the others.
    case `class`
    /// The Monday of the week of the hand-off.
    case week
  }

  /// How many weeks of hand-offs are counted, the present one included, unless days are given.
  public var weeks: Int
  /// The first local day of the hand-offs counted; that of `weeks` when nil.
  public var firstDay: CivilDate?
  /// The last such day; the present one when nil.
  public var lastDay: CivilDate?
  /// Conditions on the leads.
  public var filters: [DimensionFilter]
  /// The skip rule; the agreement's when nil.
  public var skips: SkipRule?
  /// How the sales' side is split.
  public var by: [Dimension]

  /// Options; the defaults are those of the command's page.
  public init(
    weeks: Int = 13,
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    filters: [DimensionFilter] = [],
    skips: SkipRule? = nil,
    by: [Dimension] = []
  ) {
    self.weeks = weeks
    self.by = by
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.filters = filters
    self.skips = skips
  }
}

/// Whether a share of promises kept is what was agreed.
public enum SLAVerdict: String, Sendable, CaseIterable, Codable {
  /// The share is at or above the one agreed.
  case met
  /// The share is below, and by more than chance among so many groups makes.
  case below
  /// The share is below, but chance may have made it so.
  case unclear
  /// Too few are settled to say anything.
  case tooFew = "too_few"
}

/// How one promise was kept for some leads.
public struct SLACompliance: Hashable, Sendable {
  /// How many stand how.
  public var tally: SLATally
  /// The share agreed at the newest hand-off, 0...1.
  public var target: Double
  /// Whether other shares were agreed at other hand-offs.
  public var hasOtherTargets = false
  /// Whether the share is what was agreed.
  public var verdict: SLAVerdict

  /// The share kept of those settled; nil where none is.
  public var share: Double? {
    tally.judged > 0 ? Double(tally[.kept]) / Double(tally.judged) : nil
  }

  /// The Wilson interval of the share.
  public var interval: ConfidenceInterval {
    .wilson(successes: Double(tally[.kept]), trials: Double(tally.judged))
  }
}

/// The promises about some leads, and how long they waited.
public struct SLAGroup: Sendable {
  /// The group's name; empty for all leads, `FunnelDimension.none` where nobody said.
  public var name: String
  /// How many hand-offs are in it; for owners, those of which the owner had a clock.
  public var handOffs: Int
  /// Each promise that is agreed and on record.
  public var promises: [SLAStep.Promise: SLACompliance]
  /// How long the first touch took, those still waiting included; nil where it is not on record.
  public var waits: WaitingTimes?
  /// How long it took to assign leads to somebody; nil where that is not on record.
  public var systemDelays: WaitingTimes?
  /// How long it took from then to the first touch; nil where that is not on record.
  public var humanDelays: WaitingTimes?
}

/// The sales' side split by one dimension.
public struct SLASplit: Sendable {
  /// What it is split by.
  public var dimension: SLAOptions.Dimension
  /// The groups in order of names, weeks in order of time.
  public var groups: [SLAGroup]
}

/// Leads that sit in a stage.
public struct SLAStaleStage: Hashable, Sendable {
  /// The stage's position in the path.
  public var stage: Int
  /// The days after which a lead in it is stale, as agreed last.
  public var staleAfterDays: Int
  /// Other numbers of days that hold for leads in it, agreed upon when they entered.
  public var otherLimits: Set<Int> = []
  /// Leads that are in it now.
  public var leads: Int
  /// Leads among them that have been for too long: dense numbers, longest first.
  public var stale: [Int]
  /// Leads among them of whom nobody knows since when.
  public var undated: Int
}

/// The sales' side: what was done for the leads handed over.
public struct SalesSide: Sendable {
  /// The stage that hands leads to sales: its position in the path.
  public var stage: Int
  /// The first local day of the hand-offs counted; nil when they count from the beginning.
  public var firstDay: CivilDate?
  /// The last.
  public var lastDay: CivilDate
  /// Every hand-off that the question asks for, of any day, in order of leads.
  public var records: [SLARecord]
  /// Positions in `records` of those that are counted.
  public var counted: [Int]
  /// The counted, split as asked for.
  public var splits: [SLASplit]
  /// Hand-offs without a date; in no period.
  public var undated: Int
  /// All counted together.
  public var all: SLAGroup
  /// Promises that are agreed, but of which nothing is on record.
  public var notRecorded: [SLAStep.Promise]
  /// Leads in stages that they must leave in time.
  public var staleStages: [SLAStaleStage]
  /// Counted hand-offs that were assigned to somebody at a time on record.
  public var withAssignment: Int
  /// Counted hand-offs of which a second owner had a clock.
  public var reassigned: Int
  /// Counted hand-offs judged by whole days.
  public var byDay: Int
  /// Owners whose records name a time zone that does not exist; the agreement's holds for them.
  public var ownersWithUnknownZone: Int
  /// The newest attempt of a person on record.
  public var newestContact: Instant?
  /// Whether the times are working time, on each owner's clock.
  public var isWorkingTime: Bool
}

/// The whole answer of `plumbline sla`: both sides of the agreement, as of one instant.
public struct SLAAnswer: Sendable {
  /// The instant as of which promises stand.
  public var asOf: Instant
  /// How far facts go, where that is before the day as of which promises stand; nil where they go
  /// far enough.
  ///
  /// Of what fell due since then nobody knows whether it was done.
  public var factsUntil: Instant?
  /// What was looked at.
  public var options: SLAOptions
  /// How events were read.
  public var rule: JourneyRule
  /// The sales' side; nil when sales promised nothing.
  public var sales: SalesSide?
  /// Marketing's side; nil when marketing promised nothing.
  public var marketing: MarketingSide?
  /// Everything of which somebody should be told, the gravest first.
  public var steps: [SLAStep]
  /// Every open promise about a lead that was handed over, also those that are not due soon, in the
  /// order in which it does most good to keep them, see `SLAQueueEntry`.
  public var queue: [SLAQueueEntry] = []
  /// Leads of which sales said something after the instant as of which promises stand, with when.
  public var saidSince: [String: Instant] = [:]
  let history: CompanyHistory

  /// The id of a lead as its source writes it.
  public func id(ofLead number: Int) -> String { history.id(ofLead: number) }

  /// The name of an owner, empty for nobody.
  public func name(ofOwner code: UInt32) -> String {
    code == 0 ? "" : history.texts[.owner][code]
  }
}
