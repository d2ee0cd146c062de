/// A number of a plan that opens to won deals.
public enum PlanNumber: String, Sendable, CaseIterable {
  /// The won deals that count towards the quota.
  case booked
  /// The wins whose amounts are the mean win.
  case wins
}
