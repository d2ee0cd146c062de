import PlumblineCore

/// Finds what new facts change of a kept history by reading anew what concerns the leads that they
/// touch.
struct HistoryUpdate {
  let agreement: Agreement
  /// The store's imports.
  let records: [ImportRecord]
  /// The store's texts with the agreed channels behind them, see `KeptTexts`.
  let texts: KeptTexts
  /// The largest share of all leads with which this is cheaper than reading all facts.
  var largestShare = 0.125

  /// Why nothing short of reading all facts will do.
  enum Refusal: Error, Hashable, Sendable {
    case merges, rates, tooMany, laterInstant
    /// The default instant may have moved back, or an older fact may say it now.
    case unknownInstant
    /// Known leads would get other numbers.
    case order
  }

  /// What all facts of a store change of a history as of an instant.
  ///
  /// - Parameters:
  ///   - kept: The outline of the history with older facts, as of an earlier instant or the same; its
  ///     leads become those with all facts.
  ///   - meetingCount: How many meetings its leads have.
  ///   - store: The store.
  ///   - asOf: The instant; the default one when nil.
  /// - Returns: The leads that were read anew, and what is said of the whole company now.
  /// - Throws: `Refusal`, or what the store throws.
  func patch(
    of kept: inout KeptHistory,
    meetingCount: Int,
    from store: some FactStore,
    asOf: Instant?
  ) throws -> HistoryPatch {
    let touched = try touchedLeads(of: kept, store)
    let sequence = kept.key.sequence
    let before = try FactTally(reading: touched.facts, through: sequence)
    let after = try FactTally(reading: touched.facts)
    let seen = records.map(\.seenAt).max() ?? 0
    let tally = kept.notes.tally.replacing(before, by: after, seen: seen)
    let usual = tally.flatMap { $0.isEmpty ? nil : $0.defaultAsOf(records, agreement.calendar) }
    guard let instant = asOf ?? usual, let tally else {
      throw Refusal.unknownInstant
    }
    guard instant.seconds >= kept.key.asOf else { throw Refusal.laterInstant }
    let old = try history(touched.facts, Instant(seconds: kept.key.asOf), through: sequence)
    let new = try history(touched.facts, instant, through: nil)
    let targets = try targets(of: new, in: kept)
    var key = kept.key
    key.sequence = records.last?.sequence ?? 0
    key.asOf = instant.seconds
    kept.leads.ids.replace(by: new.leads.ids, at: targets)
    kept.leads.channels.replace(by: new.leads.channels, at: targets)
    kept.leads.campaigns.replace(by: new.leads.campaigns, at: targets)
    var patch = KeptHistory(new, Journeys(new, rule: agreement.journeyRule), key, tally, texts)
    try patch.readCompanywide(
      after: kept.notes,
      leads: kept.leads,
      meetingCount: meetingCount - old.meetings.count + new.meetings.count,
      change: (new, old),
      touched.facts,
      texts.agreed
    )
    return HistoryPatch(targets, patch)
  }

  private func touchedLeads(
    of kept: KeptHistory,
    _ store: some FactStore
  ) throws -> TouchedLeads {
    do {
      return try TouchedLeads(
        store,
        after: kept.key.sequence,
        waiting: kept.waitingLeads.map { kept.leads.ids[Int($0)] },
        among: kept.leads.ids,
        mostLeads: Int(Double(kept.leads.ids.count) * largestShare),
        records,
        texts.stored
      )
    } catch let refusal as TouchedLeads.Refusal {
      throw switch refusal {
      case .merges: Refusal.merges
      case .rates: Refusal.rates
      case .tooMany: Refusal.tooMany
      }
    }
  }

  private func history(
    _ facts: SelectedFacts,
    _ asOf: Instant,
    through last: Int?
  ) throws -> CompanyHistory {
    try CompanyHistory(reading: facts, under: agreement, asOf: asOf, through: last)
  }

  /// The number among all leads of each lead that was read anew.
  private func targets(of new: CompanyHistory, in kept: KeptHistory) throws -> [Int32] {
    var wanted = CodeSet()
    for code in new.leads.ids { wanted.insert(Int64(code)) }
    var numbers: [UInt32: Int32] = [:]
    numbers.reserveCapacity(new.leads.ids.count)
    for (number, code) in kept.leads.ids.enumerated() where wanted.contains(Int64(code)) {
      numbers[code] = Int32(number)
    }
    var next = Int32(kept.leads.ids.count)
    var last: Int32 = -1
    return try new.leads.ids.map { code in
      var target = numbers[code] ?? -1
      if target < 0 {
        target = next
        next += 1
      }
      guard target > last else { throw Refusal.order }
      last = target
      return target
    }
  }
}
