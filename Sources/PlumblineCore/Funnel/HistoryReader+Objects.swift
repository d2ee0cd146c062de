extension HistoryReader {
  mutating func readMeetings() {
    let table = ledger[.meeting]
    let (leads, booked, starts) = (table["lead"], table["booked"], table["starts"])
    let (outcomes, owners) = (table["outcome"], table["owner"])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.meetingWithoutLead, ledger.texts[.other][UInt32(table["id"][row])])
        continue
      }
      let start = time(starts[row])
      var booking = time(booked[row])
      if !booking.isPresent { booking = start.isPresent ? start : .undated }
      guard counts(booking, leadID(lead)) else { continue }
      adoptOwner(UInt32(owners[row]), lead)
      let word = ledger.texts[.other][UInt32(outcomes[row])]
      let outcome = meetingOutcome(word, start)
      let beginning = start.isPresent ? max(start, booking) : booking
      history.meetings.append(
        .init(lead: lead, booked: booking, starts: beginning, outcome: outcome)
      )
      if outcome == .unconfirmed { gaps.note(.meetingWithoutOutcome, leadID(lead)) }
      if let code = stagesByEvidence[.meetingBooked] { add(lead, code, booking) }
      if outcome == .held, let code = stagesByEvidence[.meetingHeld] {
        add(lead, code, beginning)
      }
    }
    gaps.setTotal(.meetingWithoutLead, table.rowCount)
    gaps.setTotal(.meetingWithoutOutcome, history.meetings.count)
  }

  private func meetingOutcome(
    _ word: String,
    _ start: TimePoint
  ) -> CompanyHistory.Meeting.Outcome {
    if start.isDated, start.instant > asOf { return .upcoming }
    return switch WordKey.of(word) {
    case "held", "completed", "attended", "showed", "done": .held
    case "no show", "noshow": .noShow
    case "cancelled", "canceled": .cancelled
    case "rescheduled": .rescheduled
    default: .unconfirmed
    }
  }

  mutating func adoptOwner(_ owner: UInt32, _ lead: Int) {
    if history.leads.owners[lead] == 0 { history.leads.owners[lead] = owner }
  }

  mutating func readDeals() {
    let table = ledger[.deal]
    let (leads, created, closed) = (table["lead"], table["created"], table["closed"])
    let (outcomes, owners, channels) = (table["outcome"], table["owner"], table["channel"])
    let rates = currencyTable()
    var deals: [[Deal]] = Array(repeating: [], count: register.count)
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.dealWithoutLead, ledger.texts[.other][UInt32(table["id"][row])])
        continue
      }
      let creation = time(created[row])
      guard counts(creation.isPresent ? creation : .undated, leadID(lead)) else { continue }
      adoptOwner(UInt32(owners[row]), lead)
      if history.leads.channels[lead] == 0, channels[row] != 0 {
        history.leads.channels[lead] = channel(channels[row])
      }
      var deal = Deal(row: row, created: creation.isPresent ? creation : .undated)
      deal.closed = time(closed[row])
      deal.outcome = Self.dealOutcome(ledger.texts[.other][UInt32(outcomes[row])])
      if deal.outcome == nil {
        gaps.note(.dealWithoutOutcome, leadID(lead))
        deal.outcome = .open
      }
      if deal.closed.isDated, deal.closed.instant > asOf { deal.outcome = .open }
      if !deal.closed.isPresent { deal.closed = .undated }
      if let code = stagesByEvidence[.dealCreated] { add(lead, code, deal.created) }
      deals[lead].append(deal)
    }
    gaps.setTotal(.dealWithoutLead, table.rowCount)
    for lead in deals.indices where !deals[lead].isEmpty { close(deals[lead], lead, table, rates) }
  }

  struct Deal {
    enum Outcome { case open, won, lost }
    var row: Int
    var created: TimePoint
    var closed = TimePoint.missing
    var outcome: Outcome?
  }

  /// For each deal of a ledger, whether it is won or lost.
  static func decidedDeals(_ ledger: Ledger) -> [Bool] {
    ledger[.deal]["outcome"].map { code in
      switch dealOutcome(ledger.texts[.other][UInt32(code)]) {
      case .won, .lost: true
      case .open, nil: false
      }
    }
  }

  private static func dealOutcome(_ word: String) -> Deal.Outcome? {
    switch WordKey.of(word) {
    case "won", "closed won": .won
    case "lost", "closed lost": .lost
    case "open": .open
    default: nil
    }
  }

  /// A lead is lost with its last open deal, not with the first of several.
  private mutating func close(
    _ deals: [Deal],
    _ lead: Int,
    _ table: FactTable,
    _ rates: CurrencyTable
  ) {
    for deal in deals {
      switch deal.outcome {
      case .won:
        if let code = stagesByEvidence[.dealWon] { add(lead, code, deal.closed) }
        history.wonDeals.append(
          .init(lead: lead, closed: deal.closed, amount: amount(of: deal, table, rates))
        )
      case .lost:
        let isStillWorked = deals.contains { other in
          other.row != deal.row && other.created <= deal.closed
            && (other.outcome != .lost || other.closed > deal.closed)
        }
        if !isStillWorked, let code = stagesByEvidence[.dealLost] { add(lead, code, deal.closed) }
      case .open, nil: break
      }
    }
  }

  private func amount(
    of deal: Deal,
    _ table: FactTable,
    _ rates: CurrencyTable
  ) -> Int64? {
    let amount = table["amount"][deal.row]
    guard amount != FactColumn.noNumber else { return nil }
    return converted(amount, UInt32(table["currency"][deal.row]), deal.closed, rates)
  }

  /// An amount in the agreement's currency; a missing rate is noted and gives nil.
  func converted(
    _ amount: Int64,
    _ currency: UInt32,
    _ time: TimePoint,
    _ rates: CurrencyTable
  ) -> Int64? {
    let code = ledger.texts[.currency][currency]
    let day = time.isDated ? time.instant : asOf
    let from = code.isEmpty ? agreement.currency : code
    if let value = rates.convert(
      minorUnits: amount,
      from: from,
      into: agreement.currency,
      on: day
    ) {
      return value
    }
    gaps.note(.amountWithoutRate, "\(from) on \(agreement.calendar.day(of: day))")
    return nil
  }

  func currencyTable() -> CurrencyTable {
    let table = ledger[.currencyRate]
    var rates = CurrencyTable()
    for row in 0..<table.rowCount where table["rate"][row] != FactColumn.noNumber {
      let day = time(table["day"][row])
      rates.add(
        from: ledger.texts[.currency][UInt32(table["from"][row])],
        into: ledger.texts[.currency][UInt32(table["to"][row])],
        day: day.isDated ? day.instant : Instant(seconds: 0),
        millionths: table["rate"][row]
      )
    }
    rates.sort()
    return rates
  }

  mutating func readActivitiesAndTouches() {
    let table = ledger[.activity]
    let (leads, times, automated) = (table["lead"], table["at"], table["automated"])
    let (owners, kinds, outcomes) = (table["owner"], table["kind"], table["outcome"])
    var meanings = ActivityMeanings(ledger.texts[.other])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.activityWithoutLead)
        continue
      }
      let time = time(times[row])
      guard counts(time.isPresent ? time : .undated, leadID(lead)) else { continue }
      let meaning = meanings.meaning(kind: UInt32(kinds[row]), outcome: UInt32(outcomes[row]))
      history.activities.append(
        .init(
          lead: lead,
          time: time,
          owner: UInt32(owners[row]),
          isAutomated: automated[row] == 1,
          isAttempt: meaning.isAttempt,
          isReached: meaning.isReached
        )
      )
    }
    gaps.setTotal(.activityWithoutLead, table.rowCount)
    let touches = ledger[.touch]
    for lead in touches["lead"] where register.number(of: lead) == nil {
      gaps.note(.touchWithoutLead)
    }
    gaps.setTotal(.touchWithoutLead, touches.rowCount)
  }

  mutating func readSpend() {
    let table = ledger[.spend]
    let rates = currencyTable()
    let channelOfCampaign = channelsByCampaign()
    for row in 0..<table.rowCount where table["amount"][row] != FactColumn.noNumber {
      let from = time(table["from"][row])
      let to = time(table["to"][row])
      guard from.isDated, from.instant <= asOf else { continue }
      guard
        let amount = converted(
          table["amount"][row],
          UInt32(table["currency"][row]),
          from,
          rates
        )
      else { continue }
      let first = agreement.calendar.day(of: from.instant)
      let last = to.isDated ? max(first, agreement.calendar.day(of: to.instant)) : first
      let campaign = UInt32(table["campaign"][row])
      var channel = channel(table["channel"][row])
      if channel == 0 { channel = channelOfCampaign[campaign] ?? 0 }
      if channel == 0 {
        gaps.note(.spendWithoutChannel, ledger.texts[.campaign][campaign])
      }
      history.spend.append(
        .init(
          channel: channel,
          campaign: campaign,
          firstDay: first,
          lastDay: last,
          amount: amount
        )
      )
    }
    gaps.setTotal(.spendWithoutChannel, table.rowCount)
  }

  /// The channel of each campaign whose leads all name the same one.
  private func channelsByCampaign() -> [UInt32: UInt32] {
    var channels: [UInt32: UInt32] = [:]
    for lead in 0..<register.count {
      let (campaign, channel) = (history.leads.campaigns[lead], history.leads.channels[lead])
      guard campaign != 0, channel != 0 else { continue }
      if let known = channels[campaign], known != channel {
        channels[campaign] = 0
      } else if channels[campaign] == nil {
        channels[campaign] = channel
      }
    }
    return channels
  }

  mutating func finish() -> CompanyHistory {
    adoptBeginnings()
    noteLeadGaps()
    sortEvents()
    history.gaps = gaps.gaps
    return history
  }

  /// A dated event of the first stage says when a lead came into being, where nothing else does.
  private mutating func adoptBeginnings() {
    var beginnings: [Int: TimePoint] = [:]
    for (lead, code, time) in pending where code.stageIndex == 0 && time.isDated {
      let lead = Int(lead)
      guard !history.leads.created[lead].isDated, time.precision != .betweenExports
      else { continue }
      beginnings[lead] = min(beginnings[lead] ?? time, time)
    }
    for (lead, time) in beginnings { history.leads.created[lead] = time }
  }

  private mutating func noteLeadGaps() {
    for lead in 0..<register.count {
      if !history.leads.created[lead].isDated { gaps.note(.leadWithoutDate, leadID(lead)) }
      if history.leads.channels[lead] == 0 { gaps.note(.leadWithoutChannel, leadID(lead)) }
      if history.leads.owners[lead] == 0 { gaps.note(.leadWithoutOwner, leadID(lead)) }
    }
    var lookAlikes: [String: Set<String>] = [:]
    for code in Set(history.leads.channels).union(history.spend.map(\.channel)) {
      let name = history.texts[.channel][code]
      lookAlikes[WordKey.of(name), default: []].insert(name)
    }
    for kind in [
      CaptureGap.Kind.leadWithoutDate, .leadWithoutChannel, .leadWithoutOwner,
    ] { gaps.setTotal(kind, register.count) }
    for names in lookAlikes.values.filter({ $0.count > 1 }).map({ $0.sorted() }).sorted(by: {
      $0[0] < $1[0]
    }) {
      gaps.note(.lookAlikeChannels, names.map { "\"\($0)\"" }.joined(separator: " and "))
    }
  }

  /// Puts each lead's events in order; an event known to the day only, on the day the lead came
  /// into being, is not before the lead.
  ///
  /// A lead with a stage dated before its creation was there by then: it begins once, with that
  /// stage, however late it was entered.
  private mutating func sortEvents() {
    var beginnings = history.leads.created
    for index in pending.indices {
      let (lead, code, time) = pending[index]
      let created = history.leads.created[Int(lead)]
      guard time.isDated, created.isDated, time < created else { continue }
      if time.precision != .exact || created.precision != .exact,
        history.lagInDays(from: time, to: created) == 0
      {
        pending[index].time = TimePoint(created.instant, precision: time.precision)
      } else {
        gaps.note(.eventBeforeLead, leadID(Int(lead)))
        if code.stageIndex != nil { beginnings[Int(lead)] = min(beginnings[Int(lead)], time) }
      }
    }
    var dropped = Set<Int32>()
    for lead in 0..<register.count {
      let created = history.leads.created[lead]
      if created.isDated, created.instant > asOf {
        dropped.insert(Int32(lead))
        gaps.note(.eventAfterAsOf, leadID(lead))
      } else {
        add(lead, .stage(0), beginnings[lead])
      }
    }
    pending.sort { left, right in
      if left.lead != right.lead { return left.lead < right.lead }
      if left.time.sortKey != right.time.sortKey {
        return left.time.sortKey < right.time.sortKey
      }
      return left.code < right.code
    }
    history.events.starts = Array(repeating: 0, count: register.count + 1)
    for (lead, code, time) in pending where !dropped.contains(lead) {
      history.events.starts[Int(lead) + 1] += 1
      history.events.times.append(time)
      history.events.codes.append(code)
    }
    for lead in 0..<register.count {
      history.events.starts[lead + 1] += history.events.starts[lead]
      noteUndated(lead)
    }
  }

  /// An undated stage is a gap when no dated event shows the same or a later stage.
  private mutating func noteUndated(_ lead: Int) {
    var furthestDated = 0
    var furthestUndated = 0
    for index in history.events.range(of: lead) {
      let stage = history.events.codes[index].stageIndex ?? 0
      if history.events.times[index].isDated {
        furthestDated = max(furthestDated, stage)
      } else {
        furthestUndated = max(furthestUndated, stage)
      }
    }
    if furthestUndated > furthestDated { gaps.note(.eventWithoutDate, leadID(lead)) }
  }
}

/// What activities' words mean, each pair of words looked at once.
private struct ActivityMeanings {
  private let texts: TextDictionary
  private var known: [UInt64: (isAttempt: Bool, isReached: Bool)] = [:]

  init(_ texts: TextDictionary) { self.texts = texts }

  mutating func meaning(kind: UInt32, outcome: UInt32) -> (isAttempt: Bool, isReached: Bool) {
    let key = UInt64(kind) << 32 | UInt64(outcome)
    if let meaning = known[key] { return meaning }
    let (kind, outcome) = (texts[kind], texts[outcome])
    let meaning = (
      isAttempt: ActivityWords.isAttempt(kind: kind),
      isReached: ActivityWords.isReached(outcome: outcome, kind: kind)
    )
    known[key] = meaning
    return meaning
  }
}

extension TimePoint {
  /// Orders by instant alone, so that events of one instant are ordered by what they are.
  var sortKey: Int64 { isDated ? rawValue >> 2 : (isPresent ? .min : .max) }
}
