/// What would settle a question that is open.
public enum LeakRemedy: Hashable, Sendable {
  /// Let owners share a channel's leads who do not work it now, so that both can be compared.
  case shareChannel(channel: String, owners: [String])
  /// Route a channel's leads by lot among these owners for some weeks: do they still differ?
  case routeByLot(channel: String, owners: [String])
  /// Route all leads by lot for some weeks.
  case routeAllByLot
  /// Wait for, or give the unit, so many more leads.
  case collectLeads(unit: LeakUnit, needed: Int)
  /// Record first touches and attempts.
  case recordFollowUp
  /// Record each lead's score at the hand-off.
  case recordScore
}
