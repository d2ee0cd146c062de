@testable import PlumblineCore
import PlumblineStatistics

/// Cells counted row by row with words for keys, to set the pass on codes against.
struct ReferenceCells {
  private let history: CompanyHistory
  private let rows: [ReferenceJourneys.Row]
  private let question: FunnelQuestion
  private let filters: [(dimension: FunnelDimension, values: Set<String>)]
  private var content: [[String]: FunnelCell] = [:]

  static func cells(_ history: CompanyHistory, for question: FunnelQuestion) -> FunnelCells {
    var reference = ReferenceCells(history, question)
    reference.countEpisodes()
    reference.addMoney()
    return FunnelCells(question, asOf: history.asOf, reference.content)
  }

  private init(_ history: CompanyHistory, _ question: FunnelQuestion) {
    self.history = history
    self.question = question
    rows = ReferenceJourneys(history, question.rule).rows
    filters = question.filters.map { ($0.dimension, Set($0.values.map { $0.lowercased() })) }
  }

  private func key(_ row: ReferenceJourneys.Row) -> [String]? {
    let entry = row.reached[question.datedBy]
    if question.firstDay != nil || question.lastDay != nil {
      guard entry.isDated else { return nil }
      let day = history.agreement.calendar.day(of: entry.instant).dayNumber
      if let first = question.firstDay, day < first { return nil }
      if let last = question.lastDay, day > last { return nil }
    }
    for filter in filters {
      guard filter.values.contains(value(filter.dimension, row).lowercased()) else { return nil }
    }
    return question.by.map { value($0, row) }
  }

  private func value(_ dimension: FunnelDimension, _ row: ReferenceJourneys.Row) -> String {
    let leads = history.leads
    func text(_ domain: TextDomain, _ code: UInt32) -> String {
      code == 0 ? FunnelDimension.none : history.texts[domain][code]
    }
    switch dimension {
    case .channel: return text(.channel, leads.channels[row.lead])
    case .campaign: return text(.campaign, leads.campaigns[row.lead])
    case .segment: return text(.segment, leads.segments[row.lead])
    case .owner: return text(.owner, leads.owners[row.lead])
    case .attempt: return row.attempt > 1 ? "2+" : "1"
    case .cohort, .week:
      let entry = row.reached[question.datedBy]
      guard entry.isDated else { return FunnelDimension.none }
      return period(dimension, of: history.agreement.calendar.day(of: entry.instant))
    }
  }

  private func period(_ dimension: FunnelDimension, of day: CivilDate) -> String {
    dimension == .week
      ? day.startOfWeek.description : String(day.startOfMonth.description.prefix(7))
  }

  private mutating func countEpisodes() {
    for row in rows {
      guard let key = key(row) else { continue }
      var cell = content[key] ?? FunnelCell(question, history.agreement)
      count(row, in: &cell)
      content[key] = cell
    }
  }

  private func isBefore(_ left: TimePoint, _ right: TimePoint) -> Bool {
    guard left.isDated, right.isDated, left.instant < right.instant else { return false }
    if left.precision == .exact, right.precision == .exact { return true }
    return history.lagInDays(from: right, to: left) < 0
  }

  private func count(_ row: ReferenceJourneys.Row, in cell: inout FunnelCell) {
    cell.episodes += 1
    if row.attempt == 1 { cell.leads += 1 }
    for stage in cell.reached.indices where row.reached[stage].isPresent {
      cell.reached[stage] += 1
    }
    func hasLeft(_ entered: TimePoint) -> Bool {
      guard row.exit.isPresent else { return false }
      return !(row.exit.isDated && entered.isDated && row.exit.instant < entered.instant)
    }
    for stage in cell.transitions.indices where row.reached[stage].isPresent {
      let (entered, next) = (row.reached[stage], row.reached[stage + 1])
      cell.transitions[stage].entered += 1
      if next.isPresent {
        if isBefore(next, entered) {
          cell.transitions[stage].residual += 1
        } else {
          cell.transitions[stage].advanced += 1
        }
      } else if hasLeft(entered) {
        cell.transitions[stage].detoured[row.detour] += 1
      } else {
        cell.transitions[stage].open += 1
      }
    }
    for (index, pair) in question.pairs.enumerated() where row.reached[pair.from].isPresent {
      let (entered, converted) = (row.reached[pair.from], row.reached[pair.to])
      var (outcome, end) = (LagOutcome.open, TimePoint(history.asOf))
      if converted.isPresent {
        (outcome, end) = (.converted, converted)
      } else if row.exit.isDated, hasLeft(entered) {
        (outcome, end) = (.exited, row.exit)
      }
      if entered.isDated, end.isDated {
        let lag = max(0, history.lagInDays(from: entered, to: end))
        cell.pairs[index].lags.add(outcome, lagInDays: lag)
      } else if outcome == .converted {
        cell.pairs[index].undatedConversions += 1
      } else {
        cell.pairs[index].undatedOthers += 1
      }
    }
  }

  private mutating func addMoney() {
    func key(ofLead lead: Int, at time: TimePoint) -> [String]? {
      let own = rows.filter { $0.lead == lead }
      let row =
        time.isDated
        ? own.last { $0.attempt == 1 || $0.reached[0].instant <= time.instant } : own.last
      return row.flatMap(self.key)
    }
    for meeting in history.meetings {
      guard let key = key(ofLead: meeting.lead, at: meeting.booked) else { continue }
      content[key]?.meetings[Int(meeting.outcome.rawValue)] += 1
    }
    for deal in history.wonDeals {
      guard let key = key(ofLead: deal.lead, at: deal.closed) else { continue }
      content[key]?.wonDeals += 1
      if let amount = deal.amount {
        content[key]?.revenue += amount
        content[key]?.squaredRevenue += Double(amount) * Double(amount)
      } else {
        content[key]?.wonDealsWithoutAmount += 1
      }
    }
    for activity in history.activities where !activity.isAutomated {
      guard let key = key(ofLead: activity.lead, at: activity.time) else { continue }
      content[key]?.activities += 1
    }
    addSpend()
  }

  private mutating func addSpend() {
    let known: Set<FunnelDimension> = [.channel, .campaign, .cohort, .week]
    let used = question.by + filters.map(\.dimension)
    guard question.datedBy == 0, used.allSatisfy(known.contains), !history.spend.isEmpty else {
      return
    }
    for key in content.keys { content[key]?.spend = 0 }
    let today = history.agreement.calendar.day(of: history.asOf).dayNumber
    for spend in history.spend {
      let first = spend.firstDay.dayNumber
      let days = spend.lastDay.dayNumber - first + 1
      let (share, rest) = spend.amount.quotientAndRemainder(dividingBy: Int64(days))
      for day in first..<first + days
      where day <= today && day >= question.firstDay ?? .min && day <= question.lastDay ?? .max {
        let extra = day - first < Int(abs(rest)) ? rest.signum() : 0
        add(share + extra, of: spend, on: CivilDate(dayNumber: day))
      }
    }
  }

  private mutating func add(_ amount: Int64, of spend: CompanyHistory.Spend, on day: CivilDate) {
    func value(_ dimension: FunnelDimension) -> String {
      switch dimension {
      case .channel:
        spend.channel == 0 ? FunnelDimension.none : history.texts[.channel][spend.channel]
      case .campaign:
        spend.campaign == 0 ? FunnelDimension.none : history.texts[.campaign][spend.campaign]
      default: period(dimension, of: day)
      }
    }
    for filter in filters where !filter.values.contains(value(filter.dimension).lowercased()) {
      return
    }
    let key = question.by.map(value)
    var cell = content[key] ?? FunnelCell(question, history.agreement)
    cell.spend = (cell.spend ?? 0) + amount
    content[key] = cell
  }
}

/// A cell whose every count can be compared.
struct ComparableCell: Equatable {
  var key: [String]
  var counts: [Int]
  var transitions: [TransitionCount]
  var lags: [LagCounts]
  var squaredRevenue: Double
  var spend: Int64?

  static func all(_ cells: FunnelCells) -> [ComparableCell] {
    zip(cells.keys, cells.cells).map { key, cell in
      ComparableCell(
        key: key,
        counts: [cell.episodes, cell.leads, cell.wonDeals, cell.wonDealsWithoutAmount]
          + [Int(cell.revenue), cell.activities] + cell.reached + cell.meetings
          + cell.pairs.flatMap { [$0.undatedConversions, $0.undatedOthers] },
        transitions: cell.transitions,
        lags: cell.pairs.map(\.lags),
        squaredRevenue: cell.squaredRevenue,
        spend: cell.spend
      )
    }
  }
}
