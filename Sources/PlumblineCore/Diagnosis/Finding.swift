public import PlumblineStatistics

/// Whose a leak is to mend.
public enum Party: String, Sendable, Codable, CaseIterable {
  /// The leads of a channel do worse whoever works them.
  case marketing
  /// An owner does worse whatever channel the leads come from.
  case sales
  /// The owners disagree about a channel: what one of them makes of it, another does not.
  case handOff = "hand_off"
  /// The data cannot tell whose it is.
  case undetermined
}

/// One comparison of a channel or an owner with all the others, at one step of the path.
public struct UnitComparison: Sendable {
  /// What kind of unit is compared: `channel` or `owner`.
  public var dimension: FunnelDimension
  /// The channel's or owner's name.
  public var unit: String
  /// The stage entered, by position in the path.
  public var fromStage: Int
  /// Days within which a step counts.
  public var withinDays: Int
  /// The unit's own rate.
  public var own: RateEstimate
  /// The rate of all the others together, 0...1.
  public var restRate: Double?
  /// How many leads the rate of the others stands on.
  public var restEntered: Int
  /// The unit's rate after allowing for how few leads it may stand on.
  public var shrunk: ShrunkRate
  /// The verdict, with a q-value over every comparison of the diagnosis.
  public var judgement: RateJudgement
  /// The unit against the others as if both had the same mix of the other dimension.
  ///
  /// Channels over owners, owners over channels; nil where the two were never crossed.
  public var standardized: StandardizedComparison?
  /// For a channel: the chance that owners who do equally well with it differ this much.
  public var disagreementPValue: Double?
}

/// What a leak costs, as what would come of mending it.
public struct Recoverable: Hashable, Sendable {
  /// Customers more, over the leads of the diagnosis; leaks add up.
  public var wins: Double
  /// The cautious end: the unit's rate at the upper end of its range.
  public var winsLow: Double
  /// The other end.
  public var winsHigh: Double
  /// Revenue of those customers at the mean won deal, minor units; nil without amounts.
  public var revenue: Double?
  /// The cautious end of the revenue.
  public var revenueLow: Double?
  /// The other end of the revenue.
  public var revenueHigh: Double?
}

/// A leak that the data name.
public struct Finding: Sendable {
  /// Why a leak is laid at a party's door.
  public enum Reason: String, Sendable, Codable {
    /// The gap stays when owners' shares are made equal, and owners do alike with the channel.
    case channelWhoeverWorksIt = "channel_whoever_works_it"
    /// The gap stays when channels' shares are made equal.
    case ownerWhateverTheChannel = "owner_whatever_the_channel"
    /// Owners differ about the channel more than chance explains.
    case ownersDisagree = "owners_disagree"
    /// Too few owners share the channel with others, or channels the owner, to compare.
    case notCrossed = "not_crossed"
  }

  /// The comparison that shows it.
  public var comparison: UnitComparison
  /// Whose it is.
  public var party: Party
  /// Why.
  public var reason: Reason
  /// What it costs.
  public var recoverable: Recoverable

  /// A stable name: dimension, unit and stage, such as `channel/Meta/opportunity`.
  public func id(_ agreement: Agreement) -> String {
    "\(comparison.dimension.rawValue)/\(comparison.unit)/\(agreement.path[comparison.fromStage].id)"
  }
}

/// What the data say about a party as a whole.
public struct PartyVerdict: Hashable, Sendable {
  /// The closed list of answers.
  public enum Answer: String, Sendable, Codable {
    case yes, no, undetermined
  }
  /// The party.
  public var party: Party
  /// Whether a leak is theirs.
  public var answer: Answer
  /// How many comparisons could not tell.
  public var openComparisons: Int
  /// How many comparisons were made.
  public var comparisons: Int
}

/// The whole answer of `plumbline diagnose`.
public struct Diagnosis: Sendable {
  /// The instant up to which facts count.
  public var asOf: Instant
  /// The question whose episodes were looked at.
  public var question: FunnelQuestion
  /// Leaks, most recoverable money first.
  public var findings: [Finding]
  /// Units that look worse by plain counts but not once the mix of the other dimension is equal,
  /// and owners who do worse only with a channel that owners disagree about.
  public var explainedByMix: [UnitComparison]
  /// Every comparison made, in the order of the path.
  public var comparisons: [UnitComparison]
  /// Marketing, sales and the hand-off.
  public var parties: [PartyVerdict]
  /// The funnel of everything looked at.
  public var total: FunnelRow
  /// The funnel by channel.
  public var channels: [FunnelRow]
  /// The horizons used.
  public var horizons: [StretchHorizon]
  /// The mean won deal used to price leaks, minor units.
  public var meanDeal: Double?
  /// What nobody recorded; never part of a leak.
  public var gaps: [CaptureGap]
}
