/// What is asked of a budget.
public struct BudgetOptions: Hashable, Sendable {
  /// What money is moved between: channels or campaigns.
  public var by = FunnelDimension.channel
  /// The most to spend a month, minor units; as much as today when nil.
  public var budgetPerMonth: Double?
  /// How far spend may be moved, as a share of today's.
  public var move = 0.3
  /// The least to spend a month by name, minor units.
  public var least: [String: Double] = [:]
  /// The most to spend a month by name, minor units.
  public var most: [String: Double] = [:]
  /// The sales hours that a lead takes; from the agreement when nil.
  public var hoursPerLead: Double?
  /// The sales hours there are in a month; from the agreement when nil.
  public var hoursPerMonth: Double?
  /// Whether money is moved even where the data cannot tell, by what is usual elsewhere.
  public var movesAnyway = false
  /// The most weeks from which a response is read, the newest ones.
  public var mostWeeks = 52
  /// What the draws begin with.
  public var seed: UInt64 = 1
  /// How many times what is not known is drawn.
  public var draws = 4000

  /// How many whole weeks say what is spent today.
  public static let weeksOfToday = 4
  /// The weeks in a month: 365.2425 days over 12 months over 7 days.
  public static let weeksPerMonth = 365.2425 / 84

  /// The usual question: as much as today, moved by 30 % at most.
  public init() {}
}
