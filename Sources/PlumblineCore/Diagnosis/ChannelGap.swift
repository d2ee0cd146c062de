public import PlumblineStatistics

/// What a channel's gap to the others is made of.
///
/// The reference is a channel with the others' mean lead quality, segments, owners and follow-up.
/// The parts add up to the gap. Intervals are too short for the lead quality of a lone bad channel,
/// whose distance from the others the model understates: say "at least".
public struct ChannelGap: Sendable {
  /// In what a channel may differ from the others.
  public enum Factor: String, Sendable, Codable, CaseIterable {
    /// How good its leads are, all else equal.
    case leadQuality = "lead_quality"
    /// Which segments its leads come from.
    case segmentMix = "segment_mix"
    /// Which owners work its leads.
    case ownerAllocation = "owner_allocation"
    /// How often its leads are followed up, whoever works them.
    case followUp = "follow_up"
  }

  /// A factor's share of the gap.
  public struct Part: Sendable {
    /// The factor.
    public var factor: Factor
    /// What the rate would gain if the factor were as with the others; parts add up to the gap.
    public var value: Double
    /// The middle 90 % of the posterior draws.
    public var interval90: ConfidenceInterval
  }

  /// The channel's name.
  public var channel: String
  /// Its expected win rate as worked, 0...1.
  public var rate: Double
  /// The expected win rate of the reference, 0...1.
  public var reference: Double
  /// Reference less rate: positive where the channel does worse.
  public var gap: Double
  /// The middle 90 % of the posterior draws of the gap.
  public var gapInterval90: ConfidenceInterval
  /// The parts, in the order of `Factor.allCases`.
  public var parts: [Part]
  /// How many posterior draws the intervals stand on.
  public var draws: Int
  /// The seed of the draws.
  public var seed: UInt64
}
