import PlumblineStatistics

extension QuotaPlanBuilder {
  /// What is booked in the period up to the as-of instant.
  func booked(_ question: QuotaQuestion) -> BookedRevenue {
    var booked = BookedRevenue()
    var leads: Set<Int> = []
    booked.undated = wonDeals(question).count { !$0.closed.isDated }
    for deal in bookedDeals(question) {
      booked.deals += 1
      booked.amount += deal.amount ?? 0
      if deal.amount == nil { booked.withoutAmount += 1 }
      if question.namesLeads { leads.insert(deal.lead) }
    }
    booked.leadIDs = leads.map(history.id(ofLead:)).sorted()
    return booked
  }

  /// The won deals that pass the question's conditions.
  private func wonDeals(_ question: QuotaQuestion) -> [CompanyHistory.WonDeal] {
    guard !question.filters.isEmpty else { return history.wonDeals }
    let wanted = Set(wantedRows(question))
    return history.wonDeals.filter { deal in
      journeys.row(ofLead: deal.lead, at: deal.closed).map(wanted.contains) ?? false
    }
  }

  /// Those of them that were won in the period up to the as-of instant.
  private func bookedDeals(_ question: QuotaQuestion) -> [CompanyHistory.WonDeal] {
    let first = calendar.instant(of: question.since)
    return wonDeals(question).filter { deal in
      deal.closed.isDated && deal.closed.instant >= first && deal.closed.instant <= history.asOf
    }
  }

  /// The money booked by the end of each day since the period began, ascending.
  func bookings(_ question: QuotaQuestion) -> [(day: CivilDate, amount: Int64)] {
    var byDay: [CivilDate: Int64] = [:]
    for deal in bookedDeals(question) {
      guard let amount = deal.amount else { continue }
      byDay[calendar.day(of: deal.closed.instant), default: 0] += amount
    }
    return byDay.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// How large wins are, all that are on record.
  func winSizes(_ question: QuotaQuestion) -> WinSizes {
    winSizes(rows: wantedRows(question))
  }

  /// How large the wins among some episodes are.
  func winSizes(rows: [Int]) -> WinSizes {
    var sizes = WinSizes()
    var amounts: [Double] = []
    forEachWin(of: rows) { _, deals, amount in
      if deals > 1 { sizes.withSeveral += 1 }
      if let amount { amounts.append(Double(amount)) } else { sizes.withoutAmount += 1 }
    }
    amounts.sort()
    sizes.amounts = AmountSummary(amounts)
    if !amounts.isEmpty {
      let middle = amounts.count / 2
      sizes.median =
        amounts.count % 2 == 1 ? amounts[middle] : (amounts[middle - 1] + amounts[middle]) / 2
    }
    return sizes
  }

  /// Calls `body` with every win among some episodes: its row, how many deals it has, and what they
  /// come to, which is nil where one of them has no amount or there is none.
  private func forEachWin(of rows: [Int], _ body: (Int, Int, Int64?) -> Void) {
    let deals = dealsByRow()
    for row in rows where journeys.reached[lastStage][row].isPresent {
      let own = deals[row] ?? []
      let known = own.compactMap(\.self)
      let isWhole = !own.isEmpty && known.count == own.count
      body(row, own.count, isWhole ? known.reduce(0, +) : nil)
    }
  }

  /// The records behind a number of a plan.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - question: What was asked.
  /// - Returns: The records: for the mean win, each win with all its deals together.
  /// - Complexity: O(episodes + deals).
  public func records(behind number: PlanNumber, _ question: QuotaQuestion) -> NumberRecords {
    switch number {
    case .booked:
      return .deals(bookedDeals(question))
    case .wins:
      var wins: [CompanyHistory.WonDeal] = []
      forEachWin(of: wantedRows(question)) { row, _, amount in
        guard let amount else { return }
        wins.append(
          CompanyHistory.WonDeal(
            lead: Int(journeys.leads[row]),
            closed: journeys.reached[lastStage][row],
            amount: amount,
            rawAmount: nil,
            currency: 0
          )
        )
      }
      return .deals(wins)
    }
  }

  /// The amounts of won deals by the episode they were won in.
  private func dealsByRow() -> [Int: [Int64?]] {
    var byRow: [Int: [Int64?]] = [:]
    for deal in history.wonDeals {
      guard let row = journeys.row(ofLead: deal.lead, at: deal.closed) else { continue }
      byRow[row, default: []].append(deal.amount)
    }
    return byRow
  }

  /// How many leads came in each of the last weeks of seven whole days.
  func volume(_ question: QuotaQuestion) -> LeadVolume? {
    // A day counts as whole when the as-of instant is its last second.
    let tomorrow = calendar.day(of: history.asOf.advanced(bySeconds: 1)).dayNumber
    var byDay: [Int: Int] = [:]
    var returnedByDay: [Int: Int] = [:]
    var first = Int.max
    for row in wantedRows(question) {
      let entered = journeys.reached[0][row]
      guard entered.isDated else { continue }
      let day = calendar.day(of: entered.instant).dayNumber
      first = min(first, day)
      guard day < tomorrow, day >= tomorrow - 7 * LeadVolume.mostWeeks else { continue }
      byDay[day, default: 0] += 1
      if journeys.attempts[row] > 1 { returnedByDay[day, default: 0] += 1 }
    }
    guard first < tomorrow else { return nil }
    let whole = min(LeadVolume.mostWeeks, (tomorrow - first) / 7)
    var weeks: [Int] = []
    var returned = 0
    for week in (0..<whole).reversed() {
      let days = tomorrow - 7 * (week + 1)..<tomorrow - 7 * week
      weeks.append(days.reduce(0) { $0 + (byDay[$1] ?? 0) })
      returned += days.reduce(0) { $0 + (returnedByDay[$1] ?? 0) }
    }
    return LeadVolume(
      weeks: weeks,
      returned: returned,
      lastDay: CivilDate(dayNumber: tomorrow - 1)
    )
  }
}
