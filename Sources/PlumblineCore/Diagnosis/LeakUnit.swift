/// Something that may leak: a channel, an owner, a pair of both, a split team or the whole team.
public struct LeakUnit: Hashable, Sendable {
  /// What is looked at.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A channel, whoever works its leads.
    case channel
    /// An owner, whatever channel the leads come from.
    case owner
    /// One owner with one channel.
    case pair
    /// Part of the team with one channel.
    case channelSplit = "channel_split"
    /// Everybody.
    case team
  }

  /// By which way the unit loses wins.
  public enum Effect: String, Sendable, Codable, CaseIterable {
    /// Leads are won less often, however they were followed up.
    case direct
    /// Leads are followed up as agreed less often.
    case followUp = "follow_up"
  }

  /// What is looked at.
  public var kind: Kind
  /// By which way it loses wins.
  public var effect: Effect
  /// The channel's name, for channels, pairs and splits.
  public var channel: String?
  /// The owner's name, for owners and pairs.
  public var owner: String?

  /// A unit.
  public init(_ kind: Kind, _ effect: Effect, channel: String? = nil, owner: String? = nil) {
    self.kind = kind
    self.effect = effect
    self.channel = channel
    self.owner = owner
  }

  /// Whose the unit is to mend.
  public var party: Party {
    switch (kind, effect) {
    case (.channel, .direct): .marketing
    case (.owner, _), (.team, _): .sales
    case (.channel, .followUp), (.pair, _), (.channelSplit, _): .handOff
    }
  }
}
