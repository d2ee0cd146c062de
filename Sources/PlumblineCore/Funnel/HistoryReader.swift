/// Builds a `CompanyHistory` step by step; the order of steps matters: leads first, activities
/// after the events are sorted.
struct HistoryReader {
  let facts: HistoryFacts
  let agreement: Agreement
  let asOf: Instant
  /// The last packed time that counts.
  let lastTime: Int64
  var register: LeadRegister
  var history: CompanyHistory
  let gaps = GapCounter()
  var events = EventCollector()
  /// The statuses of leads that stream by, each the only one of its lead.
  private var onlyStatuses: [(lead: Int32, stage: Int32)] = []
  /// Leads about which something is dated after `asOf`.
  var isWaiting: [Bool] = []
  var days: DayRebaser
  let channelCodes: [UInt32]
  /// What each stage's text means, by its code, and each kind of evidence.
  let readings: StageReadings

  var ledger: Ledger { facts.ledger }
  var texts: TextDictionaries { facts.ledger.texts }

  init(_ facts: HistoryFacts, _ agreement: Agreement, _ asOf: Instant) {
    self.facts = facts
    self.agreement = agreement
    self.asOf = asOf
    let texts = facts.ledger.texts
    lastTime = asOf.seconds * 4 + 3
    register = LeadRegister(merges: facts.ledger[.merge], texts)
    history = CompanyHistory(agreement: agreement, asOf: asOf, texts: texts)
    days = DayRebaser(agreement.calendar)
    channelCodes = HistoryReader.agreedChannels(agreement, &history.texts)
    readings = StageReadings(agreement, words: texts[.stage])
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
  @inline(__always)
  mutating func time(_ rawValue: Int64) -> TimePoint { days.rebased(rawValue) }

  /// Whether a time counts; a later one is noted as a gap of a lead that waits for it.
  @inline(__always)
  mutating func counts(_ time: TimePoint, _ lead: Int) -> Bool {
    if time.rawValue <= lastTime { return true }
    return countsLate(time, lead)
  }

  private mutating func countsLate(_ time: TimePoint, _ lead: Int) -> Bool {
    guard time.isDated else { return false }
    isWaiting[lead] = true
    gaps.note(.eventAfterAsOf, leadID(lead))
    return false
  }

  mutating func add(_ lead: Int, _ code: EventCode, _ time: TimePoint) {
    events.add(Int32(lead), code, time)
  }

  func leadID(_ lead: Int) -> String { texts.text(register.idCodes[lead], of: .lead) }

  mutating func readLeads() throws {
    let facts = facts
    let isEachLeadOnce = facts.isEachLeadOnce
    try facts.forEachPiece(of: .lead) { table in
      register.add(ids: table["id"])
      readLeads(table)
      guard isEachLeadOnce else { return }
      for (id, status) in zip(table["id"], table["status"]) where status != 0 {
        guard let lead = register.number(of: id) else { continue }
        onlyStatuses.append((Int32(lead), Int32(status)))
      }
    }
    register.close()
    isWaiting = Array(repeating: false, count: register.count)
    history.leads.ids = register.idCodes
    history.mergedLeadCount = register.mergeCount
    events.open(leadCount: register.count)
    for _ in 0..<register.sharedAliasCount { gaps.note(.sharedOtherID) }
  }

  private mutating func readLeads(_ table: FactTable) {
    let (ids, created, channels) = (table["id"], table["created"], table["channel"])
    let (campaigns, segments, owners) = (table["campaign"], table["segment"], table["owner"])
    let scores = table["score_at_hand_off"]
    history.leads.grow(to: register.count)
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
  }

  mutating func readOwners() {
    let table = ledger[.owner]
    for (owner, zone) in zip(table["id"], table["zone"]) where zone != 0 {
      history.ownerZones[UInt32(owner)] = texts[.other][UInt32(zone)]
    }
  }

  mutating func readStageEvents() throws {
    let facts = facts
    var total = 0
    try facts.forEachPiece(of: .stageEvent) { table in
      let (leads, stages, times) = (table["lead"], table["stage"], table["at"])
      for row in 0..<table.rowCount {
        guard let lead = register.number(of: leads[row]) else {
          gaps.note(.eventOfUnknownLead, texts.text(UInt32(leads[row]), of: .lead))
          continue
        }
        let time = time(times[row])
        addMeaning(of: Int(stages[row]), lead, time.isPresent ? time : .undated)
      }
      total += table.rowCount
    }
    gaps.setTotal(.eventOfUnknownLead, total)
  }

  /// A status that changed at most a week after an export first showed the one before is dated by
  /// the later export; any other happened, but nobody knows when.
  ///
  /// An export older than the last says nothing of when the status that it shows came.
  mutating func readStatuses() {
    for (lead, stage) in onlyStatuses { addMeaning(of: Int(stage), Int(lead), .undated) }
    onlyStatuses = []
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

  @inline(__always)
  mutating func addMeaning(of stage: Int, _ lead: Int, _ time: TimePoint) {
    guard counts(time, lead) else { return }
    guard let code = readings.code(ofWord: stage, at: time) else { return noteUnread(stage, time) }
    // That a lead is in the first stage is known without a status; the day it began may be, too.
    if code == .stage(0), !time.isDated { return }
    add(lead, code, time)
  }

  private func noteUnread(_ stage: Int, _ time: TimePoint) {
    switch readings.problem(ofWord: stage, at: time) {
    case .retired(let id): gaps.note(.retiredStage, id)
    case .unknown:
      let word = texts[.stage][UInt32(stage)]
      // A word that no version knows needs no version to mend it.
      let isKnownNow = readings.code(ofWord: stage, at: .undated) != nil
      let version = isKnownNow ? readings.nameOfEarlierVersion(at: time) : nil
      gaps.note(.unknownStage, version.map { "\(word) (under version \($0))" } ?? word)
    }
  }

  /// Adds the event that a kind of evidence shows, if it shows any.
  @inline(__always)
  mutating func addEvidence(_ kind: Stage.Evidence, _ lead: Int, _ time: TimePoint) {
    let (code, retired) = readings.reading(of: kind, at: time)
    if let code { add(lead, code, time) }
    if let retired { gaps.note(.retiredStage, retired) }
  }

  mutating func finish() -> CompanyHistory {
    history.waitingLeads = isWaiting.indices.filter { isWaiting[$0] }.map(Int32.init)
    history.gaps = gaps.gaps
    return history
  }
}

extension CompanyHistory.Leads {
  /// Adds leads of whom nothing is known but that they are there.
  fileprivate mutating func grow(to count: Int) {
    let new = count - created.count
    guard new > 0 else { return }
    created.append(contentsOf: repeatElement(.undated, count: new))
    channels.append(contentsOf: repeatElement(0, count: new))
    campaigns.append(contentsOf: repeatElement(0, count: new))
    segments.append(contentsOf: repeatElement(0, count: new))
    owners.append(contentsOf: repeatElement(0, count: new))
    scoresAtHandOff.append(contentsOf: repeatElement(FactColumn.noNumber, count: new))
  }
}

/// Times known to the day only as the start of that day in an agreement's zone, each looked up
/// once.
struct DayRebaser: Sendable {
  private let calendar: LocalCalendar
  private var known: [Int64: Int64] = [:]
  private var newest: (from: Int64, to: Int64) = (.max, .max)

  init(_ calendar: LocalCalendar) { self.calendar = calendar }

  @inline(__always)
  mutating func rebased(_ rawValue: Int64) -> TimePoint {
    guard rawValue & 3 == Int64(TimePoint.Precision.day.rawValue) else {
      return TimePoint(rawValue: rawValue)
    }
    if rawValue == newest.from { return TimePoint(rawValue: newest.to) }
    return rebasedDay(rawValue)
  }

  private mutating func rebasedDay(_ rawValue: Int64) -> TimePoint {
    let rebased =
      known[rawValue] ?? calendar.rebased(TimePoint(rawValue: rawValue)).rawValue
    known[rawValue] = rebased
    newest = (rawValue, rebased)
    return TimePoint(rawValue: rebased)
  }
}
