/// Channels and owners that share leads, directly or through others.
public struct LeakPart: Hashable, Sendable {
  /// The channels, in the cells' order.
  public var channels: [String]
  /// The owners, in the cells' order.
  public var owners: [String]
}
