/// A unit that would be named but for something that could explain it just as well.
public struct WithheldLeak: Hashable, Sendable {
  /// What stands against naming the unit.
  public enum Cause: Hashable, Sendable {
    /// Owners may disagree about the channel: its leads cannot be blamed.
    case ownersMayDisagree(posterior: Double)
    /// Leads are routed unevenly, and what the score missed could explain the contrast.
    case unevenRouting(stability: Double)
    /// Owners choose their leads, and no score shows which.
    case ownersChoose
    /// Leads are routed by a score that the data do not hold.
    case scoreNotRecorded
    /// Whether leads were followed up is not recorded: it may be the leads or the hand-off.
    case followUpNotRecorded
  }

  /// The unit.
  public var unit: LeakUnit
  /// What stands against naming it.
  public var cause: Cause

  /// A unit and what stands against naming it.
  public init(unit: LeakUnit, cause: Cause) {
    self.unit = unit
    self.cause = cause
  }
}
