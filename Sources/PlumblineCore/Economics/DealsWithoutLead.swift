public import PlumblineStatistics

/// Won deals of which nobody knows the lead: customers that no channel can be asked about.
public struct DealsWithoutLead: Hashable, Sendable {
  /// Their ids, in the order of the facts.
  public let ids: [String]
  /// Their sizes, of those with an amount.
  public let deals: AmountSummary
  /// Those without an amount, or without a rate into the agreement's currency.
  public let withoutAmount: Int

  /// Their amounts together, minor units of the agreement's currency.
  public var amount: Int64 { Int64(deals.sum) }

  init(_ deals: [DealRecords.Deal]) {
    ids = deals.map(\.id)
    let amounts = deals.compactMap { $0.amount.map(Double.init) }
    self.deals = AmountSummary(amounts.sorted())
    withoutAmount = deals.count - amounts.count
  }

  /// Their line in the cash view.
  var row: EconomicsRow {
    var row = EconomicsRow(.dealsWithoutLead, FunnelDimension.none)
    row.wins = CompletedWins(counted: ids.count)
    row.deals = deals
    row.dealsWithoutAmount = withoutAmount
    return row
  }
}
