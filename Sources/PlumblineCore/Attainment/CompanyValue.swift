/// What the company got in a period for what it spent: its customers' worth less their price.
public struct CompanyValue: Hashable, Sendable {
  /// The wins that the period's leads bring, those still to come included; nil where nothing says.
  public var wins: Double?
  /// The mean amount of a won deal, minor units; nil without any.
  public var meanDeal: Double?
  /// What a customer brings over its life, minor units; nil without a margin.
  public var lifetimeValue: Double?
  /// What media worked in the period cost, minor units: the spend, unless a carry-over is agreed;
  /// nil where none is on record.
  public var spend: Double?

  /// What the customers bring less what was spent; nil where a part of it is not known.
  ///
  /// Only media, as the scorecard's `cost_per_win`; people and overhead change neither with the
  /// number of leads nor with what becomes of them.
  public var value: Double? {
    guard let wins, let lifetimeValue else { return nil }
    return wins * lifetimeValue - (spend ?? 0)
  }
}
