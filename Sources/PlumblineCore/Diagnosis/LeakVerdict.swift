/// An answer to "is the leak yours?".
public enum LeakAnswer: String, Sendable, Codable, CaseIterable {
  /// Something of the party's is named, and it costs enough.
  case yes
  /// Everything of the party's was judged, and nothing that matters is likely.
  case no
  /// The data cannot tell; reasons are given.
  case undetermined
}

/// Whose leak it is: what the crossed model of channels and owners says of each party.
///
/// Everything is association in the company's own history, after allowing for who worked the
/// leads, which segment they came from and whether they were followed up in time.
public struct LeakVerdict: Sendable {
  /// What is said of one party.
  public struct PartyAnswer: Sendable {
    /// The party; never `undetermined`.
    public var party: Party
    /// The answer.
    public var answer: LeakAnswer
    /// Why the answer is `undetermined`, the weightiest first; empty otherwise.
    public var reasons: [LeakReason]
    /// The units that are named, the costliest first.
    public var named: [LeakUnit]
    /// The units that would be named but for something that could explain them just as well.
    public var withheld: [WithheldLeak]
    /// What the named units cost together, as a share of all expected wins.
    public var lossShare: Double
    /// What would settle an `undetermined`.
    public var remedies: [LeakRemedy]
  }

  /// Marketing, sales and the hand-off, in this order.
  public var parties: [PartyAnswer]
  /// Every unit that was judged, in order of channels, owners, pairs, splits and the team.
  public var evidence: [LeakEvidence]
  /// The evidence of owners who may disagree about a channel.
  public var disagreements: [LeakDisagreement]
  /// What following up as agreed goes with; nil where it is not recorded or nothing was judged.
  public var followUpEffect: FollowUpEffect?
  /// Whether owners got leads of unlike promise; nil without score bands.
  public var routing: RoutingTest?
  /// How leads are routed by the agreement; nil where it does not say.
  public var routingRule: RoutingRule?
  /// Whether the verdict holds only if leads reach owners regardless of their promise.
  public var assumesRoutingRegardlessOfPromise: Bool
  /// Whether the data say which leads were followed up.
  public var followUpIsRecorded: Bool
  /// The compliance with the follow-up target over all leads, 0...1; nil where not recorded.
  public var compliance: Double?
  /// The agreement's target for the compliance, 0...1.
  public var complianceTarget: Double
  /// The leads behind the verdict.
  public var leads: Int
  /// The wins among them.
  public var wins: Int
  /// The wins that the model expects of them; the base of every share of loss.
  public var expectedWins: Double
  /// The parts in which channels and owners are joined by leads in common, the largest first.
  public var parts: [LeakPart]
  /// How each model was fitted, for those who look behind the verdict.
  public var fits: [LeakFit]
  /// The thresholds that were used.
  public var thresholds: LeakThresholds
  /// The channels, owners and pairs of both as the model of winning sees them; none without a fit.
  public var grid = LeakGrid()

  /// What is said of a party; nil for `undetermined`, which is not one.
  public subscript(party: Party) -> PartyAnswer? { parties.first { $0.party == party } }

  /// The evidence of a unit; nil where it was not judged.
  public func evidence(of unit: LeakUnit) -> LeakEvidence? { evidence.first { $0.unit == unit } }
}
