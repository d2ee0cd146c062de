/// An open promise about one lead, as its owner works it off.
///
/// First comes what can still be done in time, by deadline, hot leads before others due at the same
/// time. Then what is overdue: the latest first, for these leads are the warmest.
public struct SLAQueueEntry: Hashable, Sendable {
  /// The lead's id.
  public var lead: String
  /// Whose it is; empty for nobody's.
  public var owner: String
  /// What was promised.
  public var promise: SLAStep.Promise
  /// How it stands.
  public var status: SLAStatus
  /// When it was due, or will be.
  public var due: Instant
  /// The seconds left, below 0 once it is overdue, as the promise counts time.
  public var secondsLeft: Int64
  /// Whether they are working time, on the owner's clock.
  public var isWorkingTime: Bool
  /// Whether the promise for hot leads holds.
  public var isHot: Bool

  /// Whether it can still be done in time.
  public var isInTime: Bool { status == .dueSoon || status == .dueLater }
}

extension SLAQueueEntry: Comparable {
  /// Orders entries as they are best worked off.
  public static func < (left: SLAQueueEntry, right: SLAQueueEntry) -> Bool {
    if left.isInTime != right.isInTime { return left.isInTime }
    if left.due != right.due { return left.isInTime ? left.due < right.due : left.due > right.due }
    if left.isHot != right.isHot { return left.isHot }
    if left.lead != right.lead { return left.lead < right.lead }
    return left.promise.rawValue < right.promise.rawValue
  }
}
