extension HistoryReader {
  mutating func readMeetings() {
    let table = ledger[.meeting]
    let (leads, booked, starts) = (table["lead"], table["booked"], table["starts"])
    let (ids, outcomes, owners) = (table["id"], table["outcome"], table["owner"])
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.meetingWithoutLead, texts[.other][UInt32(ids[row])])
        continue
      }
      let start = time(starts[row])
      var booking = time(booked[row])
      if !booking.isPresent { booking = start.isPresent ? start : .undated }
      guard counts(booking, lead) else { continue }
      adoptOwner(UInt32(owners[row]), lead)
      let word = texts[.other][UInt32(outcomes[row])]
      let outcome = meetingOutcome(word, start)
      if outcome == .upcoming { isWaiting[lead] = true }
      let beginning = start.isPresent ? max(start, booking) : booking
      history.meetings.append(
        .init(lead: lead, booked: booking, starts: beginning, outcome: outcome)
      )
      if outcome == .unconfirmed { gaps.note(.meetingWithoutOutcome, leadID(lead)) }
      addEvidence(.meetingBooked, lead, booking)
      if outcome == .held { addEvidence(.meetingHeld, lead, beginning) }
    }
    gaps.setTotal(.meetingWithoutLead, table.rowCount)
    gaps.setTotal(.meetingWithoutOutcome, history.meetings.count)
  }

  private func meetingOutcome(
    _ word: String,
    _ start: TimePoint
  ) -> CompanyHistory.Meeting.Outcome {
    if start.isDated, start.instant > asOf { return .upcoming }
    return MeetingWords.outcome(word) ?? .unconfirmed
  }

  mutating func adoptOwner(_ owner: UInt32, _ lead: Int) {
    if history.leads.owners[lead] == 0 { history.leads.owners[lead] = owner }
  }

  mutating func readDeals() {
    let table = ledger[.deal]
    let (leads, created, closed) = (table["lead"], table["created"], table["closed"])
    let (outcomes, owners, channels) = (table["outcome"], table["owner"], table["channel"])
    let (ids, amounts, currencies) = (table["id"], table["amount"], table["currency"])
    var words = OutcomeWords(texts[.other])
    var deals: [Deal] = []
    for row in 0..<table.rowCount {
      guard let lead = register.number(of: leads[row]) else {
        gaps.note(.dealWithoutLead, texts[.other][UInt32(ids[row])])
        continue
      }
      let creation = time(created[row])
      guard counts(creation.isPresent ? creation : .undated, lead) else { continue }
      adoptOwner(UInt32(owners[row]), lead)
      if history.leads.channels[lead] == 0, channels[row] != 0 {
        history.leads.channels[lead] = channel(channels[row])
      }
      var deal = Deal(
        lead: lead,
        created: creation.isPresent ? creation : .undated,
        closed: time(closed[row]),
        outcome: words.outcome(outcomes[row]),
        amount: amounts[row] == FactColumn.noNumber ? nil : amounts[row],
        currency: UInt32(currencies[row])
      )
      if deal.outcome == nil {
        gaps.note(.dealWithoutOutcome, leadID(lead))
        deal.outcome = .open
      }
      if deal.closed.isDated, deal.closed.instant > asOf {
        deal.outcome = .open
        isWaiting[lead] = true
      }
      if !deal.closed.isPresent { deal.closed = .undated }
      addEvidence(.dealCreated, lead, deal.created)
      deals.append(deal)
    }
    gaps.setTotal(.dealWithoutLead, table.rowCount)
    closeAll(deals)
  }

  struct Deal {
    typealias Outcome = DealWords.Outcome
    var lead: Int
    var created: TimePoint
    var closed: TimePoint
    var outcome: Outcome?
    var amount: Int64?
    var currency: UInt32
  }

  /// For each deal of a ledger, whether it is won or lost.
  static func decidedDeals(_ ledger: Ledger) -> [Bool] {
    var words = OutcomeWords(ledger.texts[.other])
    return ledger[.deal]["outcome"].map { code in
      switch words.outcome(code) {
      case .won, .lost: true
      case .open, nil: false
      }
    }
  }

  /// What the words for the outcomes of deals mean, each looked at once.
  private struct OutcomeWords {
    private let texts: TextDictionary
    private var known: [Int64: Deal.Outcome?] = [:]

    init(_ texts: TextDictionary) { self.texts = texts }

    mutating func outcome(_ code: Int64) -> Deal.Outcome? {
      if let outcome = known[code] { return outcome }
      let outcome = DealWords.outcome(texts[UInt32(code)])
      known[code] = .some(outcome)
      return outcome
    }
  }

  /// Closes deals lead by lead, each lead's in the order of the facts.
  private mutating func closeAll(_ deals: [Deal]) {
    let rates = currencyTable()
    var ends = [Int32](repeating: 0, count: register.count + 1)
    for deal in deals { ends[deal.lead + 1] += 1 }
    for lead in 0..<register.count { ends[lead + 1] += ends[lead] }
    var order = [Int32](repeating: 0, count: deals.count)
    // Afterwards each lead's entry says where its deals end.
    for index in deals.indices {
      let lead = deals[index].lead
      order[Int(ends[lead])] = Int32(index)
      ends[lead] += 1
    }
    var start = 0
    for lead in 0..<register.count {
      let end = Int(ends[lead])
      if end > start { close(order[start..<end], deals, lead, rates) }
      start = end
    }
  }

  /// A lead is lost with its last open deal, not with the first of several.
  private mutating func close(
    _ own: ArraySlice<Int32>,
    _ deals: [Deal],
    _ lead: Int,
    _ rates: CurrencyTable
  ) {
    for position in own {
      let deal = deals[Int(position)]
      switch deal.outcome {
      case .won:
        addEvidence(.dealWon, lead, deal.closed)
        history.wonDeals.append(
          .init(
            lead: lead,
            closed: deal.closed,
            amount: amount(of: deal, rates),
            rawAmount: deal.amount,
            currency: deal.currency
          )
        )
      case .lost:
        let isStillWorked = own.contains { other in
          let other = (position: other, deal: deals[Int(other)])
          return other.position != position && other.deal.created <= deal.closed
            && (other.deal.outcome != .lost || other.deal.closed > deal.closed)
        }
        if !isStillWorked { addEvidence(.dealLost, lead, deal.closed) }
      case .open, nil: break
      }
    }
  }

  private mutating func amount(of deal: Deal, _ rates: CurrencyTable) -> Int64? {
    guard let amount = deal.amount else { return nil }
    // The rate of an unknown day is that of the last day that counts.
    if !deal.closed.isDated, deal.currency != 0 { isWaiting[deal.lead] = true }
    return converted(amount, deal.currency, deal.closed, rates)
  }

  /// An amount in the agreement's currency; a missing rate is noted and gives nil.
  func converted(
    _ amount: Int64,
    _ currency: UInt32,
    _ time: TimePoint,
    _ rates: CurrencyTable
  ) -> Int64? {
    let code = texts[.currency][currency]
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

  mutating func currencyTable() -> CurrencyTable {
    let table = ledger[.currencyRate]
    var rates = CurrencyTable()
    for row in 0..<table.rowCount where table["rate"][row] != FactColumn.noNumber {
      let day = time(table["day"][row])
      rates.add(
        from: texts[.currency][UInt32(table["from"][row])],
        into: texts[.currency][UInt32(table["to"][row])],
        day: day.isDated ? day.instant : Instant(seconds: 0),
        millionths: table["rate"][row]
      )
    }
    rates.sort()
    return rates
  }

  mutating func readSpend() {
    let spent = countedSpend()
    let channelOfCampaign = spent.contains { $0.channel == 0 } ? channelsByCampaign() : [:]
    for own in spent {
      var channel = own.channel
      if channel == 0 { channel = channelOfCampaign[own.campaign] ?? 0 }
      if channel == 0 { gaps.note(.spendWithoutChannel, texts[.campaign][own.campaign]) }
      history.spend.append(
        .init(
          channel: channel,
          campaign: own.campaign,
          firstDay: own.days.lowerBound,
          lastDay: own.days.upperBound,
          amount: own.amount
        )
      )
    }
    gaps.setTotal(.spendWithoutChannel, ledger[.spend].rowCount)
  }

  /// A row of spend that counts.
  struct CountedSpend {
    /// Its place in the ledger.
    let row: Int
    /// The channel that the row names, 0 where it names none.
    let channel: UInt32
    let campaign: UInt32
    let days: ClosedRange<CivilDate>
    /// Minor units of the agreement's currency.
    let amount: Int64
  }

  /// The rows of spend that have an amount, a rate and a day that counts, in the ledger's order.
  mutating func countedSpend() -> [CountedSpend] {
    let table = ledger[.spend]
    let (amounts, currencies) = (table["amount"], table["currency"])
    let (firsts, lasts) = (table["from"], table["to"])
    let (channels, campaigns) = (table["channel"], table["campaign"])
    let rates = currencyTable()
    var counted: [CountedSpend] = []
    for row in 0..<table.rowCount where amounts[row] != FactColumn.noNumber {
      let from = time(firsts[row])
      let to = time(lasts[row])
      guard from.isDated, from.instant <= asOf,
        let amount = converted(amounts[row], UInt32(currencies[row]), from, rates)
      else { continue }
      let first = agreement.calendar.day(of: from.instant)
      let last = to.isDated ? max(first, agreement.calendar.day(of: to.instant)) : first
      counted.append(
        CountedSpend(
          row: row,
          channel: channel(channels[row]),
          campaign: UInt32(campaigns[row]),
          days: first...last,
          amount: amount
        )
      )
    }
    return counted
  }

  /// The channel of each campaign whose leads all name the same one.
  private func channelsByCampaign() -> [UInt32: UInt32] {
    var channels: [UInt32: UInt32] = [:]
    for lead in history.leads.ids.indices {
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

  /// Channels whose names differ in nothing that a reader would see.
  mutating func noteLookAlikes() {
    var isUsed = CodeSet()
    for code in history.leads.channels { isUsed.insert(Int64(code)) }
    for spend in history.spend { isUsed.insert(Int64(spend.channel)) }
    var lookAlikes: [String: Set<String>] = [:]
    for code in 0..<UInt32(history.texts[.channel].count) where isUsed.contains(Int64(code)) {
      let name = history.texts[.channel][code]
      lookAlikes[WordKey.of(name), default: []].insert(name)
    }
    let groups = lookAlikes.values.filter { $0.count > 1 }.map { $0.sorted() }
    for names in groups.sorted(by: { $0[0] < $1[0] }) {
      gaps.note(.lookAlikeChannels, names.map { "\"\($0)\"" }.joined(separator: " and "))
    }
  }
}

extension TimePoint {
  /// Orders by instant alone, so that events of one instant are ordered by what they are.
  var sortKey: Int64 { isDated ? rawValue >> 2 : (isPresent ? .min : .max) }
}
