import PlumblineStatistics

/// The embedded engine: cells by one pass over journeys.
public struct EmbeddedCells: CellSource {
  let history: CompanyHistory
  private let journeys: [SkipRule: Journeys]

  /// An engine over a history; makes the journeys of all three skip rules.
  ///
  /// - Complexity: O(events).
  public init(_ history: CompanyHistory) {
    self.history = history
    journeys = Dictionary(
      uniqueKeysWithValues: SkipRule.allCases.map { ($0, Journeys(history, skips: $0)) }
    )
  }

  /// The cells that answer a question.
  ///
  /// - Complexity: O(episodes x stages).
  public func cells(for question: FunnelQuestion) -> FunnelCells {
    let pass = CellPass(history, journeys(under: question.skips), question)
    pass.countEpisodes()
    pass.addMoney()
    return pass.finish()
  }

  /// The ids of the leads behind one number of a cell, sorted.
  ///
  /// - Complexity: O(episodes).
  public func leadIDs(for question: RecordQuestion) -> [String] {
    let journeys = journeys(under: question.question.skips)
    let pass = CellPass(history, journeys, question.question)
    var ids = Set<String>()
    for row in 0..<journeys.count where pass.key(ofRow: row) != nil {
      let isWanted =
        switch question.number {
        case .reached(let stage): journeys.reached[stage][row].isPresent
        case .advanced(let stage): pass.outcome(from: stage, row: row) == .advanced
        case .detoured(let stage):
          if case .detoured = pass.outcome(from: stage, row: row) { true } else { false }
        case .open(let stage): pass.outcome(from: stage, row: row) == .open
        case .residual(let stage): pass.outcome(from: stage, row: row) == .residual
        }
      if isWanted { ids.insert(history.id(ofLead: Int(journeys.leads[row]))) }
    }
    return ids.sorted()
  }

  /// The journeys under a skip rule.
  public func journeys(under skips: SkipRule) -> Journeys {
    journeys[skips] ?? Journeys(history, skips: skips)
  }
}

/// One pass over journeys for one question.
///
/// A class, because its parts are used for every episode and copies of them would cost more than
/// the counting.
final class CellPass {
  enum Outcome: Equatable { case notEntered, advanced, open, residual, detoured(Int) }

  let history: CompanyHistory
  let journeys: Journeys
  let question: FunnelQuestion
  private let filters: [(dimension: FunnelDimension, values: Set<String>)]
  private var content: [[String]: FunnelCell] = [:]
  private var firstRowOfLead: [Int32]

  init(_ history: CompanyHistory, _ journeys: Journeys, _ question: FunnelQuestion) {
    self.history = history
    self.journeys = journeys
    self.question = question
    filters = question.filters.map { ($0.dimension, Set($0.values.map { $0.lowercased() })) }
    firstRowOfLead = Array(repeating: -1, count: history.leads.ids.count)
    for row in 0..<journeys.count where firstRowOfLead[Int(journeys.leads[row])] < 0 {
      firstRowOfLead[Int(journeys.leads[row])] = Int32(row)
    }
  }

  /// The cell of an episode, or nil when the question leaves it out.
  func key(ofRow row: Int) -> [String]? {
    let entry = journeys.reached[question.datedBy][row]
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

  private func value(_ dimension: FunnelDimension, _ row: Int) -> String {
    let lead = Int(journeys.leads[row])
    let leads = history.leads
    func text(_ domain: TextDomain, _ code: UInt32) -> String {
      code == 0 ? FunnelDimension.none : history.texts[domain][code]
    }
    switch dimension {
    case .channel: return text(.channel, leads.channels[lead])
    case .campaign: return text(.campaign, leads.campaigns[lead])
    case .segment: return text(.segment, leads.segments[lead])
    case .owner: return text(.owner, leads.owners[lead])
    case .attempt: return journeys.attempts[row] > 1 ? "2+" : "1"
    case .cohort, .week:
      let entry = journeys.reached[question.datedBy][row]
      guard entry.isDated else { return FunnelDimension.none }
      return Self.period(dimension, of: history.agreement.calendar.day(of: entry.instant))
    }
  }

  /// The name of the month or week on which a day falls.
  static func period(_ dimension: FunnelDimension, of day: CivilDate) -> String {
    dimension == .week
      ? day.startOfWeek.description : String(day.startOfMonth.description.prefix(7))
  }

  /// What became of an episode after a stage.
  func outcome(from stage: Int, row: Int) -> Outcome {
    let entered = journeys.reached[stage][row]
    guard entered.isPresent else { return .notEntered }
    let next = journeys.reached[stage + 1][row]
    if next.isPresent {
      let isBackwards = entered.isDated && next.isDated && isBefore(next, entered)
      return isBackwards ? .residual : .advanced
    }
    return journeys.exits[row].isPresent ? .detoured(Int(journeys.detours[row])) : .open
  }

  private func isBefore(_ left: TimePoint, _ right: TimePoint) -> Bool {
    guard left.instant < right.instant else { return false }
    if left.precision == .exact, right.precision == .exact { return true }
    return history.lagInDays(from: right, to: left) < 0
  }

  func countEpisodes() {
    for row in 0..<journeys.count {
      guard let key = key(ofRow: row) else { continue }
      count(row, in: &content[key, default: FunnelCell(question, history.agreement)])
    }
  }

  private func count(_ row: Int, in cell: inout FunnelCell) {
    cell.episodes += 1
    if journeys.attempts[row] == 1 { cell.leads += 1 }
    for stage in cell.reached.indices where journeys.reached[stage][row].isPresent {
      cell.reached[stage] += 1
    }
    for stage in cell.transitions.indices {
      let outcome = outcome(from: stage, row: row)
      if outcome == .notEntered { continue }
      cell.transitions[stage].entered += 1
      switch outcome {
      case .advanced: cell.transitions[stage].advanced += 1
      case .detoured(let detour): cell.transitions[stage].detoured[detour] += 1
      case .open: cell.transitions[stage].open += 1
      case .residual: cell.transitions[stage].residual += 1
      case .notEntered: break
      }
    }
    for (index, pair) in question.pairs.enumerated() {
      observe(pair, row, in: &cell.pairs[index])
    }
  }

  private func observe(_ pair: StagePair, _ row: Int, in count: inout PairCount) {
    guard let wait = journeys.wait(for: pair, row: row, in: history) else { return }
    if let lag = wait.lagInDays {
      count.lags.add(wait.outcome, lagInDays: lag)
    } else if wait.outcome == .converted {
      count.undatedConversions += 1
    } else {
      count.undatedOthers += 1
    }
  }

  /// Adds meetings, won deals, activities and spend to the cells of the episodes they fall in.
  func addMoney() {
    for meeting in history.meetings {
      guard let row = row(ofLead: meeting.lead, at: meeting.booked), let key = key(ofRow: row)
      else { continue }
      content[key]?.meetings[Int(meeting.outcome.rawValue)] += 1
    }
    for deal in history.wonDeals {
      guard let row = row(ofLead: deal.lead, at: deal.closed), let key = key(ofRow: row)
      else { continue }
      content[key]?.wonDeals += 1
      if let amount = deal.amount {
        content[key]?.revenue += amount
        content[key]?.squaredRevenue += Double(amount) * Double(amount)
      } else {
        content[key]?.wonDealsWithoutAmount += 1
      }
    }
    for activity in history.activities where !activity.isAutomated {
      guard let row = row(ofLead: activity.lead, at: activity.time), let key = key(ofRow: row)
      else { continue }
      content[key]?.activities += 1
    }
    addSpend()
  }

  /// The episode of a lead during which something happened: the last that began by then; the last
  /// of all, where the lead is now, for what happened on an unknown day.
  private func row(ofLead lead: Int, at time: TimePoint) -> Int? {
    let first = Int(firstRowOfLead[lead])
    guard first >= 0 else { return nil }
    var row = first
    while row + 1 < journeys.count, Int(journeys.leads[row + 1]) == lead,
      !time.isDated || journeys.reached[0][row + 1].instant <= time.instant
    {
      row += 1
    }
    return row
  }

  /// Spend is known by channel, campaign and day only: a question that splits or filters by
  /// anything else, or dates leads by a later stage, has none.
  private func addSpend() {
    let known: Set<FunnelDimension> = [.channel, .campaign, .cohort, .week]
    let used = question.by + filters.map(\.dimension)
    guard question.datedBy == 0, used.allSatisfy(known.contains), !history.spend.isEmpty else {
      return
    }
    for key in content.keys { content[key]?.spend = 0 }
    let earliest = question.firstDay ?? .min
    let latest = min(
      history.agreement.calendar.day(of: history.asOf).dayNumber,
      question.lastDay ?? .max
    )
    for spend in history.spend {
      let first = spend.firstDay.dayNumber
      let days = spend.lastDay.dayNumber - first + 1
      let (share, rest) = spend.amount.quotientAndRemainder(dividingBy: Int64(days))
      let last = min(spend.lastDay.dayNumber, latest)
      for day in stride(from: max(first, earliest), through: last, by: 1) {
        // The first days take one minor unit more, so that the days add up to the amount exactly.
        let extra = day - first < Int(abs(rest)) ? rest.signum() : 0
        add(share + extra, of: spend, on: CivilDate(dayNumber: day))
      }
    }
  }

  private func add(
    _ amount: Int64,
    of spend: CompanyHistory.Spend,
    on day: CivilDate
  ) {
    func value(_ dimension: FunnelDimension) -> String {
      switch dimension {
      case .channel:
        spend.channel == 0 ? FunnelDimension.none : history.texts[.channel][spend.channel]
      case .campaign:
        spend.campaign == 0 ? FunnelDimension.none : history.texts[.campaign][spend.campaign]
      default: Self.period(dimension, of: day)
      }
    }
    for filter in filters where !filter.values.contains(value(filter.dimension).lowercased()) {
      return
    }
    let key = question.by.map(value)
    content[key, default: FunnelCell(question, history.agreement)].spend =
      (content[key]?.spend ?? 0) + amount
  }

  func finish() -> FunnelCells { FunnelCells(question, asOf: history.asOf, content) }
}
