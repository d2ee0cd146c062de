/// When a lead that left the path gets a second chance, and where.
public struct RecycleRule: Hashable, Sendable {
  /// The detour that the lead took.
  public var detour: String
  /// The recorded reason, in the data's words; nil for any.
  public var reason: String?
  /// Days after leaving before the lead is taken up again, 0 or more.
  public var afterDays: Int
  /// The list that it goes to.
  public var list: String

  /// A rule.
  public init(detour: String, reason: String? = nil, afterDays: Int, list: String) {
    self.detour = detour
    self.reason = reason
    self.afterDays = afterDays
    self.list = list
  }
}

/// Who is left alone although a rule would take them up.
///
/// Customers and leads with an open deal always are.
public struct RecycleSuppression: Hashable, Sendable {
  /// Leads that somebody turned to, or that did something, within so many days.
  public var touchedWithinDays: Int
  /// Types of touch after which a lead is never written to again.
  public var unsubscribed: [String]

  /// Who is left alone.
  public init(
    touchedWithinDays: Int = 14,
    unsubscribed: [String] = ["unsubscribe", "unsubscribed", "spam_complaint", "hard_bounce"]
  ) {
    self.touchedWithinDays = touchedWithinDays
    self.unsubscribed = unsubscribed
  }
}
