/// The win rates of a channel, or of an owner, as worked and under other circumstances.
///
/// Each is the model's expected rate, 0...1, at posterior means.
///
/// - SeeAlso: Robins (1986), doi:10.1016/0270-0255(86)90088-6, for the g-formula.
public struct StandardizedWinRates: Hashable, Sendable {
  /// The channel's or owner's name.
  public var unit: String
  /// The leads behind the rates.
  public var leads: Int
  /// As its leads were worked.
  public var asWorked: Double
  /// With the average partner: a channel's leads shared among owners as all leads are; an owner
  /// with the channels and segments of all leads.
  public var averagePartner: Double
  /// If all its leads had been followed up as agreed; nil where follow-up is not recorded.
  public var allFollowedUp: Double?
  /// If its compliance had been at least on target; nil where follow-up is not recorded.
  public var followedUpOnTarget: Double?
}
