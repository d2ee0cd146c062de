/// A lead's leaving of the path, with the reason on record.
public struct Departure: Hashable, Sendable {
  /// The lead's dense number.
  public var lead: Int
  /// The detour's position in the agreement.
  public var detour: Int
  /// Why, in the data's words; empty where nobody wrote that down.
  public var reason: String
  /// When; `undated` where nobody wrote that down.
  public var time: TimePoint
  /// When the lead came back on the path; `missing` where it has not.
  public var returned: TimePoint

  /// Whether the lead is back on the path.
  public var hasReturned: Bool { returned.isPresent }
}

/// Who left the path why, and what stands in the way of a second chance.
///
/// Reasons are those of stage events, and of lost deals where the agreement takes these for leaving.
public struct Departures: Sendable {
  /// A leaving as some fact tells it.
  private struct Told: Sendable {
    var lead: Int32
    var detour: Int32
    var time: TimePoint
    /// A code in the texts of the domain `other`.
    var reason: UInt32
    /// The id under which it was recorded: a code in the texts of leads.
    var id: UInt32
  }

  /// Leads with a deal that is neither won nor lost.
  public private(set) var openDealLeads: Set<Int> = []
  /// Leads that do not want to be written to, whether or not somebody recorded since when.
  public private(set) var unsubscribedLeads: Set<Int> = []
  private let texts: TextDictionaries
  private let register: LeadRegister
  private let calendar: LocalCalendar
  /// Ids that were merged into another, as codes.
  private var merged = CodeSet()
  private var told: [Told] = []
  private var starts: [Int]

  /// The leavings of a history's leads.
  ///
  /// - Parameters:
  ///   - ledger: Holds all deals, leads, merges and touches of the history.
  ///   - store: The store that the history was read from, for its stage events.
  ///   - history: The history.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(stage events + deals + leads + touches).
  init(
    _ ledger: Ledger,
    stageEventsOf store: some FactStore,
    for history: CompanyHistory,
    through last: Int?
  ) throws {
    self.init(ledger, history)
    let reader = EventReading(ledger, history, register)
    reader.readUnsubscribed(ledger[.touch]) { unsubscribedLeads.insert($0) }
    try store.forEachChunk(of: [.stageEvent], after: 0, through: last, selecting: nil) { chunk in
      reader.read(chunk.table) { told.append($0) }
    }
    close(leadCount: history.leads.ids.count)
  }

  /// The leavings in a ledger that holds all stage events, deals, leads, merges and touches of a
  /// history.
  public init(_ ledger: Ledger, for history: CompanyHistory) {
    self.init(ledger, history)
    let reader = EventReading(ledger, history, register)
    reader.read(ledger[.stageEvent]) { told.append($0) }
    reader.readUnsubscribed(ledger[.touch]) { unsubscribedLeads.insert($0) }
    close(leadCount: history.leads.ids.count)
  }

  private init(_ ledger: Ledger, _ history: CompanyHistory) {
    texts = ledger.texts
    register = LeadRegister(ledger)
    calendar = history.agreement.calendar
    starts = []
    let alias = ledger.texts[.other].code(of: LeadRegister.aliasReason).map(Int64.init)
    let merges = ledger[.merge]
    for (from, reason) in zip(merges["from"], merges["reason"]) where reason != alias {
      merged.insert(from)
    }
    readDeals(ledger, history)
  }

  /// The dense number of a lead by any of its ids; nil when the data know no such lead.
  public func number(ofLead id: String) -> Int? {
    texts[.lead].code(of: id).flatMap { $0 == 0 ? nil : register.number(of: Int64($0)) }
  }

  // MARK: Reading

  private struct EventReading {
    let register: LeadRegister
    let detourOfStage: [Int32]
    let calendar: LocalCalendar
    let asOf: Instant
    let leadCount: Int
    /// Codes of the types of touch after which a lead is left alone.
    var unsubscribed = CodeSet()

    init(_ ledger: Ledger, _ history: CompanyHistory, _ register: LeadRegister) {
      self.register = register
      calendar = history.agreement.calendar
      asOf = history.asOf
      leadCount = history.leads.ids.count
      let lexicon = StageLexicon(history.agreement)
      let stages = ledger.texts[.stage]
      detourOfStage = (0..<UInt32(stages.count)).map { code in
        if case .detour(let index) = lexicon.meaning(of: stages[code]) { Int32(index) } else { -1 }
      }
      let words = Set(history.agreementInForce.suppression.unsubscribed.map(WordKey.of))
      let texts = ledger.texts[.other]
      for code in 1..<max(1, UInt32(texts.count)) where words.contains(WordKey.of(texts[code])) {
        unsubscribed.insert(Int64(code))
      }
    }

    func readUnsubscribed(_ table: FactTable, _ take: (Int) -> Void) {
      guard !unsubscribed.isEmpty else { return }
      let (leads, kinds, times) = (table["lead"], table["kind"], table["at"])
      for row in 0..<table.rowCount where unsubscribed.contains(kinds[row]) {
        guard let lead = register.number(of: leads[row]), lead < leadCount else { continue }
        let time = calendar.rebased(TimePoint(rawValue: times[row]))
        if time.isDated, time.instant > asOf { continue }
        take(lead)
      }
    }

    func read(_ table: FactTable, _ take: (Told) -> Void) {
      let (leads, stages, times) = (table["lead"], table["stage"], table["at"])
      let reasons = table["reason"]
      for row in 0..<table.rowCount {
        let detour = detourOfStage[Int(stages[row])]
        guard detour >= 0, let lead = register.number(of: leads[row]), lead < leadCount else {
          continue
        }
        let time = calendar.rebased(TimePoint(rawValue: times[row]))
        if time.isDated, time.instant > asOf { continue }
        take(
          Told(
            lead: Int32(lead),
            detour: detour,
            time: time.isPresent ? time : .undated,
            reason: UInt32(reasons[row]),
            id: UInt32(leads[row])
          )
        )
      }
    }
  }

  private mutating func readDeals(_ ledger: Ledger, _ history: CompanyHistory) {
    let agreement = history.agreement
    let detour = agreement.detours.lastIndex { $0.evidence.contains(.dealLost) }
    let table = ledger[.deal]
    let (leads, outcomes, closings) = (table["lead"], table["outcome"], table["closed"])
    let (reasons, creations) = (table["reason"], table["created"])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else { continue }
      let creation = agreement.calendar.rebased(TimePoint(rawValue: creations[row]))
      if creation.isDated, creation.instant > history.asOf { continue }
      let closing = agreement.calendar.rebased(TimePoint(rawValue: closings[row]))
      let isLater = closing.isDated && closing.instant > history.asOf
      switch DealWords.outcome(texts[.other][UInt32(outcomes[row])]) {
      case .won where !isLater: break
      case .lost where !isLater:
        guard let detour else { break }
        told.append(
          Told(
            lead: Int32(lead),
            detour: Int32(detour),
            time: closing.isPresent ? closing : .undated,
            reason: UInt32(reasons[row]),
            id: UInt32(leads[row])
          )
        )
      case .won, .lost, .open, nil: openDealLeads.insert(lead)
      }
    }
  }

  /// Puts what is told into one list a lead.
  private mutating func close(leadCount: Int) {
    starts = Array(repeating: 0, count: leadCount + 1)
    told.removeAll { Int($0.lead) >= leadCount }
    for item in told { starts[Int(item.lead) + 1] += 1 }
    for lead in 0..<leadCount { starts[lead + 1] += starts[lead] }
    var next = starts
    var sorted = told
    for item in told {
      sorted[next[Int(item.lead)]] = item
      next[Int(item.lead)] += 1
    }
    told = sorted
  }

  private func told(of lead: Int) -> ArraySlice<Told> { told[starts[lead]..<starts[lead + 1]] }

  // MARK: What is told of one lead

  /// The reason on record for a leaving at a time; empty where there is none.
  ///
  /// One of the same day stands in where none is told for the time itself: what is known to the day
  /// only may be read as a later hour of it.
  func reason(of lead: Int, detour: Int, at time: TimePoint) -> String {
    let own = told(of: lead).filter {
      Int($0.detour) == detour && $0.reason != TextDictionary.missing
    }
    let item =
      own.last { $0.time == time }
      ?? own.last { other in
        time.isDated && other.time.isDated
          && calendar.day(of: other.time.instant) == calendar.day(of: time.instant)
      }
    return item.map { texts[.other][$0.reason] } ?? ""
  }

  /// What is told of leavings under ids that were merged into a lead.
  func mergedAway(into lead: Int) -> [(id: String, detour: Int, reason: String)] {
    told(of: lead).filter { merged.contains(Int64($0.id)) }.map {
      (texts[.lead][$0.id], Int($0.detour), texts[.other][$0.reason])
    }
  }

  /// A lead's last leaving; nil where it never left.
  ///
  /// Of a status that says again what is known already, the first time counts; another reason is
  /// another leaving. An undated one counts where no dated one stands.
  ///
  /// - Parameters:
  ///   - lead: The lead's dense number.
  ///   - events: The history's events.
  /// - Returns: The leaving.
  /// - Complexity: O(events of the lead x what is told of its leavings).
  func last(of lead: Int, _ events: CompanyHistory.Events) -> Departure? {
    let range = events.range(of: lead)
    let lastDated = range.last { events.times[$0].isDated && events.codes[$0].isDetour }
    let back = lastDated.flatMap { last in
      range[(last + 1)...].first { !events.codes[$0].isDetour }
    }
    if let lastDated, back == nil { return departure(lead, at: lastDated, range, events, .missing) }
    if let undated = range.first(where: {
      !events.times[$0].isDated && events.codes[$0].isDetour
    }), let detour = events.codes[undated].detourIndex {
      return Departure(
        lead: lead,
        detour: detour,
        reason: reason(of: lead, detour: detour, at: events.times[undated]),
        time: .undated,
        returned: .missing
      )
    }
    guard let lastDated, let back else { return nil }
    return departure(lead, at: lastDated, range, events, events.times[back])
  }

  private func departure(
    _ lead: Int,
    at last: Int,
    _ range: Range<Int>,
    _ events: CompanyHistory.Events,
    _ returned: TimePoint
  ) -> Departure? {
    guard let detour = events.codes[last].detourIndex else { return nil }
    var first = last
    var reason = ""
    for index in range[...last].reversed() {
      guard events.times[index].isDated, events.codes[index].detourIndex == detour else { break }
      let own = self.reason(of: lead, detour: detour, at: events.times[index])
      if reason.isEmpty {
        reason = own
      } else if !own.isEmpty, WordKey.of(own) != WordKey.of(reason) {
        break
      }
      first = index
    }
    return Departure(
      lead: lead,
      detour: detour,
      reason: reason,
      time: events.times[first],
      returned: returned
    )
  }
}
