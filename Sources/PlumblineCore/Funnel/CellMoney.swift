/// Meetings, won deals and spend of the cells of a pass.
struct CellMoney {
  /// What falls into one cell, besides meetings.
  private struct Sums {
    var wonDeals = 0
    var wonDealsWithoutAmount = 0
    var revenue: Int64 = 0
    var squaredRevenue: Double = 0
    var spend: Int64 = 0
    /// Whether there was any spend, were it of nothing.
    var isSpentOn = false
  }

  private let hasSpend: Bool
  /// By cell, as far as there is anything.
  private var sums: [Sums] = []
  /// By cell, then by outcome.
  private var meetings: [Int: [Int]] = [:]

  /// What falls into the cells of a tally, which may get cells where nothing but money was spent.
  ///
  /// In the order of the history, so that sums of fractions do not depend on how episodes were
  /// divided.
  ///
  /// - Parameters:
  ///   - tally: The tally.
  ///   - changed: Episodes of leads that do not have those of the pass.
  init(_ tally: inout CellTally, changed: Journeys? = nil) {
    let (pass, history) = (tally.pass, tally.pass.history)
    hasSpend = pass.question.isSpendKnown && !history.spend.isEmpty
    addEvents(changed, &tally)
    if hasSpend { addSpend(&tally) }
  }

  /// Adds the sums of a cell.
  func add(_ slot: Int, to cell: inout FunnelCell) {
    if hasSpend { cell.spend = 0 }
    if let meetings = meetings[slot] { cell.meetings = meetings }
    guard slot < sums.count else { return }
    let sums = sums[slot]
    cell.wonDeals = sums.wonDeals
    cell.wonDealsWithoutAmount = sums.wonDealsWithoutAmount
    cell.revenue = sums.revenue
    cell.squaredRevenue = sums.squaredRevenue
    if hasSpend { cell.spend = sums.spend }
  }

  /// Whether money was spent on a cell, or at least a spend of nothing is on record.
  func isSpentOn(_ slot: Int) -> Bool { slot < sums.count && sums[slot].isSpentOn }

  private mutating func grow(to slot: Int) {
    while sums.count <= slot { sums.append(Sums()) }
  }

  /// Adds meetings and won deals to the cells of the episodes they fall in.
  private mutating func addEvents(_ changed: Journeys?, _ tally: inout CellTally) {
    let pass = tally.pass
    let others = changed ?? pass.journeys
    pass.withReader { reader in
      pass.journeys.withColumns { columns in
        others.withColumns { otherColumns in
          addEvents(
            pass,
            reader,
            columns,
            changed == nil ? nil : Changed(journeys: others, columns: otherColumns),
            &tally
          )
        }
      }
    }
  }

  /// Episodes of leads that do not have those of the pass.
  private struct Changed {
    let journeys: Journeys
    let columns: EpisodeColumns
  }

  private mutating func addEvents(
    _ pass: CellPass,
    _ reader: EpisodeReader,
    _ columns: EpisodeColumns,
    _ changed: Changed?,
    _ tally: inout CellTally
  ) {
    let datedBy = pass.question.datedBy
    let values = ScratchColumn<Int>(pass.dimensions.count)
    let (own, others) = (pass.journeys, changed?.journeys ?? pass.journeys)
    let (isAnyChanged, otherColumns) = (changed != nil, changed?.columns ?? columns)
    func slot(ofLead lead: Int, at time: TimePoint) -> Int? {
      // Read where it is needed only: leads follow each other in no order here.
      let isChanged = isAnyChanged && !others.rows(ofLead: lead).isEmpty
      let found = isChanged ? others.row(ofLead: lead, at: time) : own.row(ofLead: lead, at: time)
      guard let row = found else { return nil }
      let columns = isChanged ? otherColumns : columns
      let (attempt, entry) = (Int(columns.attempts[row]), columns.stages[datedBy][row])
      guard reader.isWanted(lead, attempt, entry) else { return nil }
      reader.values(lead, attempt, entry, into: values.base)
      return tally.slot(values.base)
    }
    let noMeetings = [Int](repeating: 0, count: CompanyHistory.Meeting.Outcome.allCases.count)
    for meeting in pass.history.meetings {
      guard let slot = slot(ofLead: meeting.lead, at: meeting.booked) else { continue }
      meetings[slot, default: noMeetings][Int(meeting.outcome.rawValue)] += 1
    }
    for deal in pass.history.wonDeals {
      guard let slot = slot(ofLead: deal.lead, at: deal.closed) else { continue }
      grow(to: slot)
      sums[slot].wonDeals += 1
      if let amount = deal.amount {
        sums[slot].revenue += amount
        sums[slot].squaredRevenue += Double(amount) * Double(amount)
      } else {
        sums[slot].wonDealsWithoutAmount += 1
      }
    }
  }

  private mutating func addSpend(_ tally: inout CellTally) {
    let (pass, history) = (tally.pass, tally.pass.history)
    let today = history.agreement.calendar.day(of: history.asOf).dayNumber
    let isByDay = pass.all.contains(where: \.isPeriod)
    for spend in history.spend {
      guard let span = SpendSpan(spend, pass.question, lastDay: today) else { continue }
      if isByDay {
        for day in span.days { add(span.amount(on: day...day), of: spend, on: day, &tally) }
      } else {
        add(span.amount(on: span.days), of: spend, on: span.days.lowerBound, &tally)
      }
    }
  }

  private mutating func add(
    _ amount: Int64,
    of spend: CompanyHistory.Spend,
    on day: Int,
    _ tally: inout CellTally
  ) {
    guard let numbers = tally.pass.numbers(of: spend, on: day) else { return }
    let slot = numbers.withAddress { tally.slot($0) }
    grow(to: slot)
    sums[slot].spend += amount
    sums[slot].isSpentOn = true
  }
}
