import PlumblineStatistics

extension QuotaPlanBuilder {
  /// What is booked in the period up to the as-of instant.
  func booked(_ question: QuotaQuestion) -> BookedRevenue {
    var booked = BookedRevenue()
    let first = calendar.instant(of: question.since)
    let wanted = question.filters.isEmpty ? nil : Set(wantedRows(question))
    var leads: Set<Int> = []
    for deal in history.wonDeals {
      let row = journeys.row(ofLead: deal.lead, at: deal.closed)
      if let wanted { guard let row, wanted.contains(row) else { continue } }
      guard deal.closed.isDated else {
        booked.undated += 1
        continue
      }
      guard deal.closed.instant >= first, deal.closed.instant <= history.asOf else { continue }
      booked.deals += 1
      booked.amount += deal.amount ?? 0
      if deal.amount == nil { booked.withoutAmount += 1 }
      if question.namesLeads { leads.insert(deal.lead) }
    }
    booked.leadIDs = leads.map(history.id(ofLead:)).sorted()
    return booked
  }

  /// The money booked by the end of each day since the period began, ascending.
  func bookings(_ question: QuotaQuestion) -> [(day: CivilDate, amount: Int64)] {
    let first = calendar.instant(of: question.since)
    let wanted = question.filters.isEmpty ? nil : Set(wantedRows(question))
    var byDay: [CivilDate: Int64] = [:]
    for deal in history.wonDeals where deal.closed.isDated {
      guard deal.closed.instant >= first, deal.closed.instant <= history.asOf,
        let amount = deal.amount
      else { continue }
      if let wanted {
        guard let row = journeys.row(ofLead: deal.lead, at: deal.closed), wanted.contains(row)
        else { continue }
      }
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
    let deals = dealsByRow()
    var amounts: [Double] = []
    for row in rows where journeys.reached[lastStage][row].isPresent {
      let own = deals[row] ?? []
      if own.count > 1 { sizes.withSeveral += 1 }
      let known = own.compactMap(\.self)
      if known.count < own.count || own.isEmpty {
        sizes.withoutAmount += 1
      } else {
        amounts.append(Double(known.reduce(0, +)))
      }
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
