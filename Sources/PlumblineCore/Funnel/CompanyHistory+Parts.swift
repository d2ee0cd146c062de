// What a history is put together from when it was not read from facts.

extension CompanyHistory.Leads {
  /// No leads.
  package static let none = CompanyHistory.Leads()
}

extension CompanyHistory.Events {
  /// No events of no leads.
  package static let none = CompanyHistory.Events()

  /// Events from their columns.
  ///
  /// - Precondition: `starts` begins with 0, never falls, and ends with the count of the others.
  package init(listsFrom starts: [Int], _ times: [TimePoint], _ codes: [EventCode]) {
    precondition(starts.first == 0 && starts.last == times.count && times.count == codes.count)
    self.init(starts: starts, times: times, codes: codes)
  }
}

extension CompanyHistory.Meeting {
  /// A meeting of a lead.
  package init(of lead: Int, _ booked: TimePoint, _ starts: TimePoint, _ outcome: Outcome) {
    self.init(lead: lead, booked: booked, starts: starts, outcome: outcome)
  }
}

extension CompanyHistory.Spend {
  /// Money spent over some days.
  package init(
    on channel: UInt32,
    _ campaign: UInt32,
    _ days: ClosedRange<CivilDate>,
    _ amount: Int64
  ) {
    self.init(
      channel: channel,
      campaign: campaign,
      firstDay: days.lowerBound,
      lastDay: days.upperBound,
      amount: amount
    )
  }
}

extension CompanyHistory {
  /// Reads what hangs on all leads together after some of them have changed: spend, whose
  /// campaigns' channels are those of their leads.
  ///
  /// `gaps` are afterwards those of spend and of channels that look alike.
  ///
  /// - Parameter store: Facts that hold all spend and all exchange rates.
  /// - Throws: What the store throws.
  package mutating func readSpend(from store: some FactStore) throws {
    var reader = HistoryReader(try HistoryFacts(reading: store, through: nil), agreement, asOf)
    reader.history.leads = leads
    reader.readSpend()
    reader.noteLookAlikes()
    spend = reader.history.spend
    gaps = reader.gaps.gaps
  }

  /// The activities of a history that is known but for them.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - agreement: The history's agreement.
  ///   - asOf: The history's instant.
  ///   - last: The newest import that counts.
  /// - Returns: The activities, numbered as the history's leads.
  /// - Throws: What the store throws.
  package static func activities(
    reading store: some FactStore,
    under agreement: Agreement,
    asOf: Instant,
    through last: Int
  ) throws -> Activities {
    let facts = try HistoryFacts(reading: store, through: last)
    let loader = ActivityLoader(
      facts: facts,
      register: try LeadRegister(facts),
      lastTime: asOf.seconds * 4 + 3,
      calendar: agreement.calendar
    )
    return try loader.activities()
  }
}
