import PlumblineStatistics

/// Chooses what the two teams should talk about.
///
/// Candidates are of five kinds: broken promises, alarms, leaks, disagreements, forgotten leads. Of
/// each kind the one with most at stake is kept, and of those the three with most at stake.
///
/// At stake are, for leads that wait, their number times what a lead at their stage is worth on
/// average; for an alarm the leads that would have met their mark if all were as usual, at the worth
/// of a lead that did; for a leak what mending it would bring, for as many days as the page is
/// about. With nothing to price them, or equally much at stake, more leads come first, then the
/// order of the kinds above.
struct AgendaBuilder {
  /// Days without any sign of work after which a lead counts as forgotten, where the agreement does
  /// not say how long leads may stay at the hand-off.
  static let daysUntilForgotten = 30

  let context: WeeklyContext
  let loop: ClosedLoop
  let beliefs: BeliefTable
  let watch: WatchAnswer
  let diagnosis: Diagnosis

  private var history: CompanyHistory { context.history }
  private var agreement: Agreement { context.agreement }

  func agenda() -> WeeklyAgenda {
    let forgotten = forgottenEntries()
    let items = [
      brokenPromises(besides: Set(forgotten)), alarm(), leak(), disagreement(),
      forgottenItem(forgotten),
    ].compactMap { $0 }.filter { !$0.leads.isEmpty }
    let ranked = items.sorted(by: Self.precedes)
    return WeeklyAgenda(
      items: Array(ranked.prefix(WeeklyAgenda.most)),
      leftOut: max(0, ranked.count - WeeklyAgenda.most),
      leadValue: value(atStage: agreement.handOffStage)
    )
  }

  private static func precedes(_ left: AgendaItem, _ right: AgendaItem) -> Bool {
    let (first, second) = (left.stake ?? 0, right.stake ?? 0)
    if first != second { return first > second }
    if left.leads.count != right.leads.count { return left.leads.count > right.leads.count }
    return left.rank < right.rank
  }

  // MARK: What a lead is worth

  /// What a lead that reached a stage is worth on average; nil without won deals.
  ///
  /// The share won of hand-offs old enough, times the mean deal, carried to other stages by how many
  /// reach them.
  private func value(atStage stage: Int) -> Double? {
    let work = diagnosis.work
    let reached = diagnosis.total.reached
    guard let deal = diagnosis.meanDeal, work.leads > 0, reached.indices.contains(stage),
      reached[stage] > 0
    else { return nil }
    let atHandOff = deal * Double(work.wins) / Double(work.leads)
    return atHandOff * Double(reached[agreement.handOffStage]) / Double(reached[stage])
  }

  private func stake(of entries: [ClosedLoop.Entry]) -> Double? {
    let values = entries.map { entry -> Double? in
      if case .reached(let stage) = entry.fate { return value(atStage: stage) }
      return value(atStage: agreement.handOffStage)
    }
    return values.contains { $0 == nil } ? nil : values.compactMap { $0 }.reduce(0, +)
  }

  // MARK: Leads that wait

  private func brokenPromises(besides forgotten: Set<ClosedLoop.Entry>) -> AgendaItem? {
    let broken = loop.entries.filter { entry in
      guard !forgotten.contains(entry) else { return false }
      return entry.isStale || entry.fate == .neverTouched || entry.fate == .openPastPromise
    }
    guard !broken.isEmpty else { return nil }
    return AgendaItem(
      subject: .brokenPromises(
        neverTouched: broken.count { $0.fate == .neverTouched },
        late: broken.count { $0.fate == .openPastPromise },
        stale: broken.count { $0.fate != .neverTouched && $0.fate != .openPastPromise }
      ),
      party: .sales,
      leads: broken.map(\.id).sorted(),
      owners: owners(of: broken),
      stake: stake(of: broken),
      others: 0
    )
  }

  private var daysUntilForgotten: (days: Int, isAgreed: Bool) {
    AgreedOverTime(history).staleAfterDays(agreement.handOffStage).map { ($0, true) }
      ?? (Self.daysUntilForgotten, false)
  }

  /// Leads handed over longer ago than that, not given back since, and to which nobody has turned,
  /// nor accepted them, for as long.
  private func forgottenEntries() -> [ClosedLoop.Entry] {
    guard context.isFollowUpJudged else { return [] }
    let days = daysUntilForgotten.days
    let now = TimePoint(history.asOf)
    return loop.entries.filter { entry in
      guard entry.fate.isWaiting || entry.fate == .accepted,
        history.lagInDays(from: entry.handedOver, to: now) > days
      else { return false }
      let accepted = context.records.dispositions?
        .words(on: entry.lead, since: entry.handedOver, agreement.calendar).last?.time
      let signs = [context.contacts.contacts(of: entry.lead).last?.time, accepted]
      return signs.compactMap { $0 }.allSatisfy {
        !$0.isDated || history.lagInDays(from: $0, to: now) > days
      }
    }
  }

  private func forgottenItem(_ entries: [ClosedLoop.Entry]) -> AgendaItem? {
    guard !entries.isEmpty else { return nil }
    let limit = daysUntilForgotten
    return AgendaItem(
      subject: .forgotten(days: limit.days, isAgreed: limit.isAgreed),
      party: .handOff,
      leads: entries.map(\.id).sorted(),
      owners: owners(of: entries),
      stake: stake(of: entries),
      others: 0
    )
  }

  private func owners(of entries: [ClosedLoop.Entry]) -> [AgendaItem.Owner] {
    Dictionary(grouping: entries, by: \.owner)
      .map { AgendaItem.Owner(name: $0, leads: $1.count) }
      .sorted { $0.leads != $1.leads ? $0.leads > $1.leads : $0.name < $1.name }
  }

  // MARK: Alarms

  private func alarm() -> AgendaItem? {
    let items = watch.alerts.map(item)
    guard var first = items.min(by: Self.precedes) else { return nil }
    first.others = items.count - 1
    return first
  }

  private func item(_ watched: WatchedSeries) -> AgendaItem {
    let since = Self.start(of: watched) ?? context.period.firstDay
    let points = watched.points.filter { $0.start >= since }.map(\.point)
    let rate = watched.baseline?.rate ?? 0
    let missing = max(0, points.reduce(0) { $0 + rate * Double($1.items) - Double($1.met) })
    let stage = watched.series.fromStage.map { $0 + 1 } ?? agreement.handOffStage
    let party: Party =
      switch watched.series.fromStage {
      case let from? where from < agreement.handOffStage: .marketing
      case _? where watched.series.dimension == .channel: .handOff
      default: .sales
      }
    return AgendaItem(
      subject: .alarm(watched, missing: missing),
      party: party,
      leads: missed(watched, since: since),
      owners: [],
      stake: value(atStage: stage).map { $0 * missing },
      others: 0
    )
  }

  /// The first week of an open alert.
  static func start(of watched: WatchedSeries) -> CivilDate? {
    switch watched.state {
    case .alarm(let since): since
    case .shock(let week): week
    case .quiet, .tooLittleData: nil
    }
  }

  /// The leads that did not meet their mark in the weeks since, by id.
  private func missed(_ watched: WatchedSeries, since: CivilDate) -> [String] {
    let weeks = Set(watched.points.map(\.start).filter { $0 >= since })
    let calendar = agreement.calendar
    func isIn(_ instant: Instant) -> Bool {
      weeks.contains(calendar.day(of: instant).startOfWeek)
    }
    let series = watched.series
    guard let stage = series.fromStage, let days = series.withinDays else {
      return context.work.handOffs.filter { handOff in
        guard let followUp = handOff.followUp, !followUp.isMetAtDeadline else { return false }
        return isIn(followUp.deadline) && isOf(series, handOff.lead)
      }
      .map { history.id(ofLead: $0.lead) }.sorted()
    }
    let journeys = context.journeys
    let pair = StagePair(from: stage, to: stage + 1)
    return journeys.leads.indices.filter { row in
      let entered = journeys.reached[stage][row]
      guard entered.isDated, isIn(entered.instant), isOf(series, Int(journeys.leads[row])),
        let wait = journeys.wait(for: pair, row: row, in: history), let lag = wait.lagInDays
      else { return false }
      return wait.outcome != .converted || lag >= days
    }
    .map { history.id(ofLead: Int(journeys.leads[$0])) }.sorted()
  }

  private func isOf(_ series: WeeklySeries, _ lead: Int) -> Bool {
    func name(_ code: UInt32, _ domain: TextDomain) -> String {
      code == 0 ? FunnelDimension.none : history.texts[domain][code]
    }
    switch series.dimension {
    case .channel: return name(history.leads.channels[lead], .channel) == series.unit
    case .owner: return name(history.leads.owners[lead], .owner) == series.unit
    default: return true
    }
  }

  // MARK: Leaks and disagreements

  private func leak() -> AgendaItem? {
    guard let leak = diagnosis.leaks.first else { return nil }
    let counted = context.work.handOffs.filter { $0.standing == .counted }.map(\.time)
    let days =
      counted.min().flatMap { first in
        counted.max().map { history.lagInDays(from: first, to: $0) + 1 }
      } ?? 1
    let share = Double(context.period.dayCount) / Double(max(days, context.period.dayCount))
    return AgendaItem(
      subject: .leak(leak),
      party: leak.party,
      leads: context.work.leadIDs(
        channel: leak.unit.channel,
        owner: leak.unit.owner,
        isFollowedUp: leak.unit.effect == .followUp ? false : nil,
        isWon: leak.unit.effect == .direct ? false : nil
      ),
      owners: [],
      stake: leak.recoverable.revenue.map { $0 * share },
      others: diagnosis.leaks.count - 1
    )
  }

  private func disagreement() -> AgendaItem? {
    let leads = beliefs.contradictedLeads
    guard !leads.isEmpty else { return nil }
    return AgendaItem(
      subject: .disagreement,
      party: .handOff,
      leads: leads,
      owners: [],
      stake: value(atStage: agreement.handOffStage).map { $0 * Double(leads.count) },
      others: 0
    )
  }
}
