/// What an answer about costs needs beyond cells: who did what for whom, and the ad reports.
public struct EconomicsRecords: Sendable {
  let facts: HistoryFacts
  private let register: LeadRegister
  let activities: PeoplesActivities

  /// The records of a history, from the store that it was read from.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts), activities only where the agreement says what a rep costs.
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    through last: Int? = nil
  ) throws {
    try self.init(try HistoryFacts(reading: store, through: last), for: history)
  }

  /// The records of a history, from the ledger that it was read from.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    do {
      try self.init(HistoryFacts(ledger), for: history)
    } catch {
      preconditionFailure("facts in memory cannot be read: \(error)")
    }
  }

  private init(_ facts: HistoryFacts, for history: CompanyHistory) throws {
    self.facts = facts
    register = try LeadRegister(facts)
    activities =
      history.agreement.economics.repMonthCost == nil
      ? PeoplesActivities() : try PeoplesActivities(facts, register, for: history)
  }

  /// What the ad reports claim on some local days, on all when nil, of some channels or campaigns.
  func claims(
    _ history: CompanyHistory,
    on days: ClosedRange<Int>?,
    by dimension: FunnelDimension,
    where filters: [DimensionFilter]
  ) -> AdClaims {
    var reader = HistoryReader(facts, history.agreement, history.asOf)
    return reader.adClaims(on: days, by: dimension, where: filters)
  }

  /// The won deals of nobody's leads that were closed on some local days; on any when nil.
  func dealsWithoutLead(
    _ history: CompanyHistory,
    on days: ClosedRange<Int>?
  ) -> DealsWithoutLead {
    guard facts.ledger[.deal].rowCount > 0 else { return DealsWithoutLead([]) }
    let calendar = history.agreement.calendar
    let records = DealRecords(facts.ledger, register: register, for: history)
    let deals = records.wonWithoutLead.filter { deal in
      guard let days else { return true }
      return deal.closed.isDated && days.contains(calendar.day(of: deal.closed.instant).dayNumber)
    }
    return DealsWithoutLead(deals)
  }
}
