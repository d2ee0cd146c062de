extension CompanyHistory {
  /// Reads a ledger under an agreement.
  ///
  /// - Parameters:
  ///   - ledger: All facts.
  ///   - agreement: What they mean.
  ///   - asOf: The instant up to which facts count; `defaultAsOf` when nil.
  /// - Complexity: O(facts log facts).
  public init(_ ledger: Ledger, under agreement: Agreement, asOf: Instant? = nil) {
    let asOf = asOf ?? Self.defaultAsOf(of: ledger, calendar: agreement.calendar)
    var reader = HistoryReader(ledger, agreement, asOf)
    reader.readLeads()
    reader.readOwners()
    reader.readStageEvents()
    reader.readStatuses()
    reader.readMeetings()
    reader.readDeals()
    reader.readActivitiesAndTouches()
    reader.readSpend()
    self = reader.finish()
  }

  /// The instant up to which a ledger's facts go: when the newest files were exported if somebody
  /// said so, else the newest thing that had happened when they were imported.
  ///
  /// A newest thing known only to the day counts to the end of that day. The closing day of a deal
  /// that is neither won nor lost is an expectation, not something that happened.
  public static func defaultAsOf(of ledger: Ledger, calendar: LocalCalendar) -> Instant {
    let seen = Instant(seconds: ledger.imports.map(\.seenAt).max() ?? 0)
    let isTold = ledger.imports.map { $0.exportedAt != nil }
    var newest: TimePoint?
    for (kind, column) in [
      (FactKind.lead, "created"), (.stageEvent, "at"), (.activity, "at"), (.touch, "at"),
      (.meeting, "booked"), (.deal, "created"), (.deal, "closed"),
    ] {
      let table = ledger[kind]
      let imports = ledger.importPositions(of: kind)
      let isDecided = column == "closed" ? HistoryReader.decidedDeals(ledger) : nil
      for (row, raw) in table[column].enumerated() {
        let time = TimePoint(rawValue: raw)
        guard time.isDated, time.instant <= seen, newest.map({ $0 < time }) ?? true,
          isDecided?[row] ?? true, !isTold[Int(imports[row])]
        else { continue }
        newest = time
      }
    }
    let told = ledger.imports.compactMap(\.exportedAt)
    let changed = ledger.statuses.filter { $0.previousSeenAt != nil }.map(\.seenAt.seconds)
    let found = newest.map { end(of: calendar.rebased($0), calendar).seconds }
    return Instant(seconds: (told + changed + [found].compactMap { $0 }).max() ?? seen.seconds)
  }

  /// The instant itself, or the end of the day of a time known to the day only.
  private static func end(of time: TimePoint, _ calendar: LocalCalendar) -> Instant {
    guard time.precision != .exact else { return time.instant }
    let day = calendar.day(of: time.instant).dayNumber
    return calendar.instant(of: CivilDate(dayNumber: day + 1)).advanced(bySeconds: -1)
  }
}

/// Builds a `CompanyHistory` step by step; the order of steps matters: leads first.
struct HistoryReader {
  let ledger: Ledger
  let agreement: Agreement
  let asOf: Instant
  let register: LeadRegister
  var history: CompanyHistory
  let gaps = GapCounter()
  var pending: [(lead: Int32, code: EventCode, time: TimePoint)] = []
  var channelCodes: [UInt32]
  let stagesByEvidence: [Stage.Evidence: EventCode]
  let meaningOfStage: [StageLexicon.Meaning?]

  init(_ ledger: Ledger, _ agreement: Agreement, _ asOf: Instant) {
    self.ledger = ledger
    self.agreement = agreement
    self.asOf = asOf
    register = LeadRegister(ledger)
    history = CompanyHistory(agreement: agreement, asOf: asOf, texts: ledger.texts)
    channelCodes = HistoryReader.agreedChannels(agreement, &history.texts)
    var evidence: [Stage.Evidence: EventCode] = [:]
    for (index, stage) in agreement.detours.enumerated() {
      for kind in stage.evidence { evidence[kind] = .detour(index) }
    }
    for (index, stage) in agreement.path.enumerated() {
      for kind in stage.evidence { evidence[kind] = .stage(index) }
    }
    stagesByEvidence = evidence
    let lexicon = StageLexicon(agreement)
    meaningOfStage = (0..<UInt32(ledger.texts[.stage].count)).map {
      lexicon.meaning(of: ledger.texts[.stage][$0])
    }
  }

  /// For each channel code of the ledger, the code of the agreed name.
  static func agreedChannels(_ agreement: Agreement, _ texts: inout TextDictionaries) -> [UInt32] {
    var agreed: [String: UInt32] = [:]
    for channel in agreement.channels {
      let code = texts[.channel].intern(channel.name)
      for name in [channel.name] + channel.aliases { agreed[WordKey.of(name)] = code }
    }
    return (0..<UInt32(texts[.channel].count)).map {
      agreed[WordKey.of(texts[.channel][$0])] ?? $0
    }
  }

  func channel(_ code: Int64) -> UInt32 { channelCodes[Int(code)] }

  /// A time of a fact, days as the agreement's time zone has them.
  func time(_ rawValue: Int64) -> TimePoint {
    agreement.calendar.rebased(TimePoint(rawValue: rawValue))
  }

  /// Whether a time counts; a later one is noted as a gap.
  func counts(_ time: TimePoint, _ example: @autoclosure () -> String) -> Bool {
    guard time.isDated, time.instant > asOf else { return time.isPresent }
    gaps.note(.eventAfterAsOf, example())
    return false
  }

  mutating func add(_ lead: Int, _ code: EventCode, _ time: TimePoint) {
    pending.append((Int32(lead), code, time))
  }

  func leadID(_ lead: Int) -> String { ledger.texts[.lead][register.idCodes[lead]] }

  mutating func readLeads() {
    let table = ledger[.lead]
    let (ids, created, channels) = (table["id"], table["created"], table["channel"])
    let (campaigns, segments, owners) = (table["campaign"], table["segment"], table["owner"])
    let scores = table["score_at_hand_off"]
    let count = register.count
    history.leads.ids = register.idCodes
    history.leads.created = Array(repeating: .undated, count: count)
    history.leads.channels = Array(repeating: 0, count: count)
    history.leads.campaigns = Array(repeating: 0, count: count)
    history.leads.segments = Array(repeating: 0, count: count)
    history.leads.owners = Array(repeating: 0, count: count)
    history.leads.scoresAtHandOff = Array(repeating: FactColumn.noNumber, count: count)
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: ids[row]) else { continue }
      let isSurvivor = UInt32(ids[row]) == register.idCodes[lead]
      let time = time(created[row])
      if time.isDated {
        let known = history.leads.created[lead]
        history.leads.created[lead] = known.isDated ? min(known, time) : time
      }
      // The survivor of a merge keeps its own words; the merged lead fills only what it lacks.
      if isSurvivor || history.leads.channels[lead] == 0, channels[row] != 0 {
        history.leads.channels[lead] = channel(channels[row])
      }
      if isSurvivor || history.leads.campaigns[lead] == 0, campaigns[row] != 0 {
        history.leads.campaigns[lead] = UInt32(campaigns[row])
      }
      if isSurvivor || history.leads.segments[lead] == 0, segments[row] != 0 {
        history.leads.segments[lead] = UInt32(segments[row])
      }
      if isSurvivor || history.leads.owners[lead] == 0, owners[row] != 0 {
        history.leads.owners[lead] = UInt32(owners[row])
      }
      if isSurvivor || history.leads.scoresAtHandOff[lead] == FactColumn.noNumber,
        scores[row] != FactColumn.noNumber
      {
        history.leads.scoresAtHandOff[lead] = scores[row]
      }
    }
    history.mergedLeadCount = register.mergeCount
    for _ in 0..<register.sharedAliasCount { gaps.note(.sharedOtherID) }
  }

  mutating func readOwners() {
    let table = ledger[.owner]
    for (owner, zone) in zip(table["id"], table["zone"]) where zone != 0 {
      history.ownerZones[UInt32(owner)] = ledger.texts[.other][UInt32(zone)]
    }
  }

  mutating func readStageEvents() {
    let table = ledger[.stageEvent]
    let (leads, stages, times) = (table["lead"], table["stage"], table["at"])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.eventOfUnknownLead, ledger.texts[.lead][UInt32(leads[row])])
        continue
      }
      let time = time(times[row])
      addMeaning(of: Int(stages[row]), lead, time.isPresent ? time : .undated)
    }
    gaps.setTotal(.eventOfUnknownLead, table.rowCount)
  }

  /// A status that changed at most a week after an export first showed the one before is dated by
  /// the later export; any other happened, but nobody knows when.
  ///
  /// An export older than the last says nothing of when the status that it shows came.
  mutating func readStatuses() {
    for change in ledger.statuses {
      guard let lead = register.number(of: Int64(change.lead)) else { continue }
      var time = TimePoint.undated
      if let previous = change.previousSeenAt,
        (0...7 * 86_400).contains(change.seenAt.seconds - previous.seconds)
      {
        time = TimePoint(change.seenAt, precision: .betweenExports)
      }
      addMeaning(of: Int(change.stage), lead, time)
    }
  }

  mutating func addMeaning(of stage: Int, _ lead: Int, _ time: TimePoint) {
    guard counts(time, leadID(lead)) else { return }
    switch meaningOfStage[stage] {
    // That a lead is in the first stage is known without a status; the day it began may be, too.
    case .stage(0) where !time.isDated: break
    case .stage(let index): add(lead, .stage(index), time)
    case .detour(let index): add(lead, .detour(index), time)
    case .reopened: add(lead, .reopened, time)
    case nil: gaps.note(.unknownStage, ledger.texts[.stage][UInt32(stage)])
    }
  }
}
