extension CompanyHistory {
  /// Reads a ledger under an agreement.
  ///
  /// - Parameters:
  ///   - ledger: All facts.
  ///   - agreement: What they mean.
  ///   - asOf: The instant up to which facts count; `defaultAsOf` when nil.
  /// - Complexity: O(facts), and each lead's events sorted.
  public init(_ ledger: Ledger, under agreement: Agreement, asOf: Instant? = nil) {
    do {
      try self.init(HistoryFacts(ledger), under: agreement, asOf: asOf)
    } catch {
      preconditionFailure("facts in memory cannot be read: \(error)")
    }
  }

  /// Reads a store under an agreement: what a ledger of it says, without holding the many facts
  /// of leads, stage events, activities and touches.
  ///
  /// Activities are read once to count them, and once more when somebody asks for them.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - agreement: What the facts mean.
  ///   - asOf: The instant up to which facts count; `defaultAsOf` when nil.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts), and each lead's events sorted.
  public init(
    reading store: some FactStore,
    under agreement: Agreement,
    asOf: Instant? = nil,
    through last: Int? = nil
  ) throws {
    try self.init(
      try HistoryFacts(reading: store, through: last),
      under: agreement,
      asOf: asOf
    )
  }

  private init(_ facts: HistoryFacts, under agreement: Agreement, asOf: Instant?) throws {
    let asOf = try asOf ?? Self.defaultAsOf(of: facts, calendar: agreement.calendar)
    var reader = HistoryReader(facts, agreement, asOf)
    try reader.readLeads()
    reader.readOwners()
    try reader.readStageEvents()
    reader.readStatuses()
    reader.readMeetings()
    reader.readDeals()
    reader.readSpend()
    reader.noteLookAlikes()
    reader.sortEvents()
    try reader.readActivities()
    try reader.readTouches()
    self = reader.finish()
  }

  /// The instant up to which a ledger's facts go: when the newest files were exported if somebody
  /// said so, else the newest thing that had happened when they were imported.
  ///
  /// A newest thing known only to the day counts to the end of that day. The closing day of a deal
  /// that is neither won nor lost is an expectation, not something that happened.
  public static func defaultAsOf(of ledger: Ledger, calendar: LocalCalendar) -> Instant {
    do {
      return try defaultAsOf(of: HistoryFacts(ledger), calendar: calendar)
    } catch {
      preconditionFailure("facts in memory cannot be read: \(error)")
    }
  }

  /// The instant up to which a store's facts go, see `defaultAsOf(of:calendar:)`.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - calendar: The agreement's days.
  ///   - last: The newest import that counts; all when nil.
  /// - Returns: The instant.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts of imports of which nobody said when they were exported), without a
  ///   look at the bulk of facts where all were told.
  public static func defaultAsOf(
    reading store: some FactStore,
    calendar: LocalCalendar,
    through last: Int? = nil
  ) throws -> Instant {
    try defaultAsOf(of: try HistoryFacts(reading: store, through: last), calendar: calendar)
  }

  private static func defaultAsOf(
    of facts: HistoryFacts,
    calendar: LocalCalendar
  ) throws -> Instant {
    let ledger = facts.ledger
    let seen = ledger.imports.map(\.seenAt).max() ?? 0
    let isTold = ledger.imports.map { $0.exportedAt != nil }
    let told = ledger.imports.compactMap(\.exportedAt)
    let changed = ledger.statuses.filter { $0.previousSeenAt != nil }.map(\.seenAt.seconds)
    var newest = Int64.min
    if isTold.contains(false) {
      var hasFacts = false
      for (kind, column) in [
        (FactKind.lead, "created"), (.stageEvent, "at"), (.activity, "at"), (.touch, "at"),
        (.meeting, "booked"), (.deal, "created"), (.deal, "closed"),
      ] {
        let isDecided = column == "closed" ? HistoryReader.decidedDeals(ledger) : nil
        try facts.forEachTimes(of: kind, column) { times, positions in
          hasFacts = hasFacts || !times.isEmpty
          if positions.count == 1, isTold[Int(positions[0])] { return }
          for row in times.indices where times[row] > newest {
            let time = TimePoint(rawValue: times[row])
            guard time.isDated, time.instant.seconds <= seen, isDecided?[row] ?? true,
              !isTold[Int(positions[positions.count == 1 ? 0 : row])]
            else { continue }
            newest = times[row]
          }
        }
      }
      if !hasFacts { newest = try newestSpend(facts, seen: seen, isTold) ?? newest }
    }
    let found =
      newest == .min
      ? [] : [end(of: calendar.rebased(TimePoint(rawValue: newest)), calendar).seconds]
    return Instant(seconds: (told + changed + found).max() ?? seen)
  }

  /// The last day of spend, where nothing else is on record that could say how far facts go.
  private static func newestSpend(
    _ facts: HistoryFacts,
    seen: Int64,
    _ isTold: [Bool]
  ) throws -> Int64? {
    var newest: Int64?
    for column in ["from", "to"] {
      try facts.forEachTimes(of: .spend, column) { times, positions in
        for row in times.indices where times[row] > newest ?? .min {
          let time = TimePoint(rawValue: times[row])
          guard time.isDated, time.instant.seconds <= seen,
            !isTold[Int(positions[positions.count == 1 ? 0 : row])]
          else { continue }
          newest = times[row]
        }
      }
    }
    return newest
  }

  /// The instant itself, or the end of the day of a time known to the day only.
  private static func end(of time: TimePoint, _ calendar: LocalCalendar) -> Instant {
    guard time.precision != .exact else { return time.instant }
    let day = calendar.day(of: time.instant).dayNumber
    return calendar.instant(of: CivilDate(dayNumber: day + 1)).advanced(bySeconds: -1)
  }
}
