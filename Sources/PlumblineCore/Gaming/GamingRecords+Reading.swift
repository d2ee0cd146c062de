import PlumblineStatistics

extension GamingRecords {
  /// The kinds of fact that a ledger must hold for the detectors.
  public static let kinds: Set<FactKind> = [
    .deal, .disposition, .lead, .meeting, .merge, .stageEvent,
  ]

  /// A lead that leaves the path within so many days undoes what was recorded of it.
  static let reversalDays = 45
  /// A lead is won within so many days, or that is not yet known.
  static let outcomeDays = 90

  /// What a store says of a history's leads.
  ///
  /// - Parameters:
  ///   - store: The store that the history was read from.
  ///   - history: The history.
  ///   - journeys: Its journeys under the agreement's rule.
  ///   - last: The newest import that counts; all when nil.
  /// - Throws: What the store throws.
  /// - Complexity: O(facts log facts).
  public init(
    reading store: some FactStore,
    for history: CompanyHistory,
    _ journeys: Journeys,
    through last: Int? = nil
  ) throws {
    try history.load([.activities])
    self.init(
      try Ledger(reading: store, through: last, kinds: Self.kinds),
      for: history,
      journeys
    )
  }

  /// What a ledger of all leads, merges and the other `kinds` says of a history's leads.
  ///
  /// - Precondition: The history's activities can be read.
  public init(_ ledger: Ledger, for history: CompanyHistory, _ journeys: Journeys) {
    let agreement = history.agreementInForce
    self.init(
      calendar: agreement.calendar,
      workingTime: agreement.workingTime,
      asOf: history.asOf,
      scoreLine: Self.scoreLine(agreement)
    )
    let reader = GamingReader(ledger, history, journeys)
    edits = reader.stages() + reader.closings() + reader.words() + reader.creations()
    scores = reader.scores(scoreLine)
    meetings = reader.meetings()
    touches = reader.touches()
  }

  /// The score from which leads pass: that of an MQL, else the first that a stage asks for.
  static func scoreLine(_ agreement: Agreement) -> Int? {
    agreement.scoring?.threshold ?? agreement.path.lazy.compactMap { $0.gate?.score }.first
  }
}

/// Reads what the detectors look at.
private struct GamingReader {
  private typealias Edit = GamingRecords.Edit

  let ledger: Ledger
  let history: CompanyHistory
  let journeys: Journeys
  private let register: LeadRegister
  private let contacts: ContactIndex
  private let meanings: [StageLexicon.Meaning?]

  init(_ ledger: Ledger, _ history: CompanyHistory, _ journeys: Journeys) {
    self.ledger = ledger
    self.history = history
    self.journeys = journeys
    register = LeadRegister(ledger)
    contacts = ContactIndex(history)
    let lexicon = StageLexicon(history.agreement)
    let texts = ledger.texts[.stage]
    meanings = (0..<UInt32(texts.count)).map { lexicon.meaning(of: texts[$0]) }
  }

  private var asOf: Instant { history.asOf }

  private func lead(_ code: Int64) -> Int? {
    register.number(of: code).flatMap { $0 < history.leads.ids.count ? $0 : nil }
  }

  /// A dated time that is not in the future.
  private func time(_ value: Int64) -> TimePoint? {
    let time = history.agreement.calendar.rebased(TimePoint(rawValue: value))
    return time.isDated && time.instant <= asOf ? time : nil
  }

  private func owner(_ code: Int64, _ lead: Int?) -> UInt32 {
    code != 0 ? UInt32(code) : lead.map { history.leads.owners[$0] } ?? 0
  }

  /// Whether a lead left the path soon after a time; nil while nobody can know.
  private func isReversed(_ lead: Int, _ time: TimePoint) -> Bool? {
    let end = time.instant.advanced(bySeconds: Int64(GamingRecords.reversalDays) * 86_400)
    let isFound = journeys.rows(ofLead: lead).contains { row in
      let exit = journeys.exits[row]
      return exit.isDated && exit.instant > time.instant && exit.instant <= end
    }
    return isFound ? true : end <= asOf ? false : nil
  }

  /// Whether a lead was won soon after a time; nil while nobody can know.
  private func isWon(_ lead: Int, after time: TimePoint) -> Bool? {
    guard time.isDated, let last = journeys.reached.last else { return nil }
    let end = time.instant.advanced(bySeconds: Int64(GamingRecords.outcomeDays) * 86_400)
    for row in journeys.rows(ofLead: lead) where last[row].isPresent {
      if !last[row].isDated { return nil }
      if last[row].instant >= time.instant, last[row].instant <= end { return true }
    }
    return end <= asOf ? false : nil
  }

  // MARK: Records of a day

  func stages() -> [GamingRecords.Edit] {
    let table = ledger[.stageEvent]
    let (leads, words, times) = (table["lead"], table["stage"], table["at"])
    let owners = table["owner"]
    return (0..<table.rowCount).compactMap { row in
      guard let lead = lead(leads[row]), let time = time(times[row]) else { return nil }
      let isForward: Bool
      switch meanings[Int(words[row])] {
      case .stage(let index): isForward = index > 0
      case .detour: isForward = false
      case .reopened, nil: return nil
      }
      return Edit(
        kind: .stage,
        owner: owner(owners[row], lead),
        lead: lead,
        time: time,
        isReversed: isForward ? isReversed(lead, time) : nil
      )
    }
  }

  func closings() -> [GamingRecords.Edit] {
    let table = ledger[.deal]
    let (leads, outcomes, times) = (table["lead"], table["outcome"], table["closed"])
    let owners = table["owner"]
    return (0..<table.rowCount).compactMap { row in
      let word = ledger.texts[.other][UInt32(outcomes[row])]
      guard DealWords.isDecided(word), let time = time(times[row]) else { return nil }
      let lead = lead(leads[row])
      let isWon = DealWords.outcome(word) == .won
      return Edit(
        kind: .closing,
        owner: owner(owners[row], lead),
        lead: lead ?? -1,
        time: time,
        isReversed: isWon ? lead.flatMap { isReversed($0, time) } : nil
      )
    }
  }

  func words() -> [GamingRecords.Edit] {
    let dispositions = Dispositions(ledger, for: history)
    let first = contacts.first?.instant
    return dispositions.entries.compactMap { entry in
      if let reason = entry.reason, dispositions.reasons[reason].isDefault { return nil }
      guard entry.time.isDated else { return nil }
      var isUntouched: Bool?
      if let first, first <= entry.time.instant {
        let touch = history.leads.firstAttempts[entry.lead]
        // A touch that nobody dated may have come before.
        isUntouched = !touch.isPresent || (touch.isDated && touch.instant > entry.time.instant)
      }
      return Edit(
        kind: .disposition,
        owner: owner(Int64(entry.owner), entry.lead),
        lead: entry.lead,
        time: entry.time,
        isUntouched: isUntouched
      )
    }
  }

  func creations() -> [GamingRecords.Edit] {
    history.leads.created.indices.compactMap { lead in
      let time = history.leads.created[lead]
      guard time.isDated else { return nil }
      return Edit(
        kind: .creation,
        owner: history.leads.owners[lead],
        lead: lead,
        time: time
      )
    }
  }

  // MARK: Scores

  /// Leads with scores, of the times in which the line was the same as today.
  func scores(_ line: Int?) -> [GamingRecords.ScoredLead] {
    let table = ledger[.lead]
    var newest: [Int: Int64] = [:]
    let (ids, values) = (table["id"], table["score"])
    for row in 0..<table.rowCount where values[row] != FactColumn.noNumber {
      if let lead = lead(ids[row]) { newest[lead] = values[row] }
    }
    let timeline = AgreementTimeline(history.agreement)
    let handOff = journeys.reached[history.agreement.handOffStage]
    return history.leads.ids.indices.compactMap { lead in
      let kept = history.leads.scoresAtHandOff[lead]
      let score = newest[lead]
      guard score != nil || kept != FactColumn.noNumber else { return nil }
      let row = journeys.rows(ofLead: lead).first { handOff[$0].isPresent }
      let time = row.map { handOff[$0] } ?? history.leads.created[lead]
      if time.isDated {
        let version = timeline.versions[timeline.index(at: time.instant.seconds)]
        guard GamingRecords.scoreLine(version) == line else { return nil }
      }
      return GamingRecords.ScoredLead(
        lead: lead,
        owner: history.leads.owners[lead],
        time: time,
        score: score.map { Int(clamping: $0) },
        scoreAtHandOff: kept == FactColumn.noNumber ? nil : Int(clamping: kept),
        isWon: row == nil ? nil : isWon(lead, after: time)
      )
    }
  }

  // MARK: Meetings

  func meetings() -> [GamingRecords.Meeting] {
    let table = ledger[.meeting]
    let (leads, booked, starts) = (table["lead"], table["booked"], table["starts"])
    let (owners, outcomes) = (table["owner"], table["outcome"])
    let imports = ledger.importPositions(of: .meeting)
    let traces = Traces(history)
    return (0..<table.rowCount).compactMap { row in
      guard let lead = lead(leads[row]) else { return nil }
      let outcome = MeetingWords.outcome(ledger.texts[.other][UInt32(outcomes[row])])
      guard outcome == .held || outcome == .noShow else { return nil }
      let booking = history.agreement.calendar.rebased(TimePoint(rawValue: booked[row]))
      let start = history.agreement.calendar.rebased(TimePoint(rawValue: starts[row]))
      let time = start.isDated ? start : booking
      guard !time.isDated || time.instant <= asOf else { return nil }
      let seen = ledger.imports[Int(imports[row])].exportedAt
      return GamingRecords.Meeting(
        lead: lead,
        owner: owner(owners[row], lead),
        channel: history.leads.channels[lead],
        booked: booking.isDated ? booking : .undated,
        starts: start.isDated ? start : .undated,
        isHeld: outcome == .held,
        wasHeldBefore: outcome == .held && start.isDated && start.precision == .exact
          && (seen.map { $0 < start.instant.seconds } ?? false),
        hasTrace: time.isDated ? traces.isAny(of: lead, around: time, asOf) : nil,
        isWon: isWon(lead, after: time)
      )
    }
  }

  // MARK: First touches

  func touches() -> [GamingRecords.FirstTouch] {
    let stage = history.agreement.handOffStage
    let entries = journeys.reached[stage]
    let rows = journeys.leads.indices.filter {
      journeys.attempts[$0] == 1 && entries[$0].isDated && entries[$0].precision == .exact
    }
    guard let first = rows.map({ entries[$0].instant }).min(), let start = contacts.first else {
      return []
    }
    let clocks = OwnerClocks(
      history.agreementInForce.workingTime,
      OwnerZones(history),
      history,
      first: first
    )
    return rows.compactMap { row in
      let (lead, handedOff) = (Int(journeys.leads[row]), entries[row].instant)
      let contact = contacts.contacts(of: lead).first
      // One who was touched before tells nothing of the hand-off, nor does a day.
      guard handedOff >= start.instant,
        contact.map({ $0.time.precision == .exact && $0.time.instant >= handedOff }) ?? true
      else { return nil }
      let owner = contact.map(\.owner).flatMap { $0 == 0 ? nil : $0 } ?? history.leads.owners[lead]
      let working = clocks.clock(of: owner).workingSeconds(
        from: handedOff,
        to: handedOff.advanced(bySeconds: 1)
      )
      return GamingRecords.FirstTouch(
        lead: lead,
        owner: owner,
        handedOff: handedOff,
        touched: contact?.time.instant,
        isInWorkingTime: working > 0
      )
    }
  }
}

/// What people did for each lead, notes included, by time.
private struct Traces {
  /// How long before a meeting begins something counts, and how long after.
  private static let secondsBefore: Int64 = 3600
  private static let secondsAfter: Int64 = 3 * 86_400

  private var times: [Int: [Instant]] = [:]
  private var first: Instant?

  init(_ history: CompanyHistory) {
    let activities = history.activities
    for index in activities.indices
    where activities.times[index].isDated && !activities.marks[index].contains(.automated) {
      let time = activities.times[index].instant
      times[Int(activities.leads[index]), default: []].append(time)
      first = min(first ?? time, time)
    }
  }

  /// Whether anything is on record around a meeting; nil where nobody wrote anything down by then, or
  /// may still do so.
  func isAny(of lead: Int, around time: TimePoint, _ asOf: Instant) -> Bool? {
    let start = time.instant
    let end = start.advanced(
      bySeconds: Self.secondsAfter + (time.precision == .exact ? 0 : 86_400)
    )
    guard let first, first <= start, end <= asOf else { return nil }
    let begin = start.advanced(bySeconds: -Self.secondsBefore)
    return (times[lead] ?? []).contains { $0 >= begin && $0 <= end }
  }
}
