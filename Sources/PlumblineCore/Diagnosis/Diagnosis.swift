public import PlumblineStatistics

/// Whose a leak is to mend.
public enum Party: String, Sendable, Codable, CaseIterable {
  /// The leads of a channel are won less often whoever works them.
  case marketing
  /// An owner wins or follows up less, whatever channel the leads come from; or the whole team.
  case sales
  /// What happens between the two: a channel that waits, owners who disagree about a channel.
  case handOff = "hand_off"
  /// The data cannot tell whose it is.
  case undetermined
}

/// A leak that the data name.
public struct Leak: Sendable {
  /// The evidence that names it.
  public var evidence: LeakEvidence
  /// For owners who disagree about a channel: who does well with it and who does not.
  public var disagreement: LeakDisagreement?
  /// What mending it would bring; leaks add up.
  public var recoverable: Recoverable
  /// The rate of everybody else, as counted, 0...1: of wins, or of leads followed up.
  public var restRate: Double?
  /// How many leads that rate stands on.
  public var restLeads: Int
  /// The steps of the path at which the unit is lower than the others, as plain rates.
  public var places: [UnitComparison]

  /// The unit.
  public var unit: LeakUnit { evidence.unit }
  /// Whose it is.
  public var party: Party { evidence.unit.party }
}

extension LeakUnit {
  /// A stable name, such as `channel/Meta/direct` or `team/follow_up`.
  public var id: String {
    ([kind.rawValue] + [channel, owner].compactMap(\.self) + [effect.rawValue])
      .joined(separator: "/")
  }
}

/// What a leak costs, over the leads behind the verdict.
public struct Recoverable: Hashable, Sendable {
  /// Customers more if the unit were like the others.
  public var wins: Double
  /// The same if the unit is as much worse as the data allow at 5 %; nil for splits and the team.
  public var winsBadCase: Double?
  /// Revenue of those customers at the mean won deal, minor units; nil without amounts.
  public var revenue: Double?
  /// The bad case of the revenue.
  public var revenueBadCase: Double?
}

/// A unit that plain counts show lower and that the model does not name.
public struct LookAlike: Sendable {
  /// What kind of unit it is: `channel` or `owner`.
  public var dimension: FunnelDimension
  /// The unit's name.
  public var unit: String
  /// Its leads, and the wins among them.
  public var sample: RateSample
  /// The leads and wins of all the others.
  public var rest: RateSample
  /// What the model says of it; nil where it was not judged.
  public var evidence: LeakEvidence?
  /// Whether the model rules a difference that matters out; otherwise it cannot tell.
  public var isExplained: Bool
}

/// How much channels, or owners, differ by plain counts, and what chance makes of equal ones.
public struct UnitSpread: Sendable {
  /// One unit with its counts and its rate after allowing for few leads.
  public struct Unit: Sendable {
    /// The unit's name.
    public var name: String
    /// Its leads, and the wins among them.
    public var sample: RateSample
    /// The share won after allowing for how few leads it may stand on, 0...1.
    public var shrunk: Double
  }

  /// What kind of units: `channel` or `owner`.
  public var dimension: FunnelDimension
  /// How many have leads.
  public var count: Int
  /// The one with the lowest rate as counted.
  public var lowest: Unit
  /// The one with the highest.
  public var highest: Unit
  /// The chance that equal ones differ as much.
  public var pValue: Double
}

/// A step of the path whose early rate has changed from month to month.
public struct StepDrift: Hashable, Sendable {
  /// The stage entered, by position in the path.
  public var fromStage: Int
  /// The days that were looked at.
  public var withinDays: Int
  /// The first month of the longest newest stretch that converts alike, as `2026-01`.
  public var firstAlike: String
  /// The chance that months which are alike differ as much.
  public var pValue: Double
}

/// The whole answer of `plumbline diagnose`.
public struct Diagnosis: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The question whose episodes were looked at.
  public var question: FunnelQuestion
  /// Named leaks, the costliest first.
  public var leaks: [Leak]
  /// What the model says of each party, with all evidence.
  public var verdict: LeakVerdict
  /// The leads behind the verdict: who counts, who does not, and how follow-up was judged.
  public var work: WorkSummary
  /// Units that look worse by plain counts and are not named.
  public var lookAlikes: [LookAlike]
  /// Win rates of channels under other circumstances; none without a fit.
  public var channelRates: [StandardizedWinRates]
  /// Win rates of owners under other circumstances; none without a fit.
  public var ownerRates: [StandardizedWinRates]
  /// What the gaps of channels that are named, or only look lower, are made of.
  public var channelGaps: [ChannelGap]
  /// How much channels, and owners, differ by plain counts over the leads behind the verdict.
  public var spreads: [UnitSpread]
  /// Every channel and owner against the others at each step, in the order of the path.
  public var comparisons: [UnitComparison]
  /// The funnel of everything looked at.
  public var total: FunnelRow
  /// The funnel by channel.
  public var channels: [FunnelRow]
  /// The horizons used.
  public var horizons: [StretchHorizon]
  /// The mean won deal used to price leaks, minor units.
  public var meanDeal: Double?
  /// Steps whose early rate has changed: older months say little about the newest.
  public var drifts: [StepDrift]
  /// Days on which somebody seems to have tidied up: exits are dated too late there.
  public var bulkExitDays: [BulkExitDay]
  /// What nobody recorded; never part of a leak.
  public var gaps: [CaptureGap]
}
