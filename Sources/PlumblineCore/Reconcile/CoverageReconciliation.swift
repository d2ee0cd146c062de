/// A quota with the days that it is for.
public struct QuotaChoice: Hashable, Sendable {
  /// Where it is written.
  public enum Origin: String, Sendable, Codable {
    /// Among the agreement's goals.
    case goals
    /// Among the facts.
    case facts
  }

  /// Where it is written.
  public var origin: Origin
  /// Its days.
  public var days: ClosedRange<CivilDate>
  /// How many people's quotas were added up; 0 where it is one for all.
  public var people: Int
  /// Minor units of the agreement's currency.
  public var amount: Int64
}

/// How often the pipeline holds the quota, counted in the ways that circulate.
///
/// Ours sets the deals that can still be won against what is still to be won. A deal is left out
/// when its expected closing day has passed or its lead has left the path.
struct CoverageReconciliation {
  let scope: ReconcileScope
  let deals: DealRecords

  private var history: CompanyHistory { scope.history }

  /// The definitions, ours first, and the quota.
  func definitions() -> (definitions: [ReconciledDefinition], quota: QuotaChoice?) {
    guard let quota = quota() else {
      let nothing = MetricReading(.money, 0, 0, records: 0, absence: .noQuota)
      return ([ReconciledDefinition(name: .ours, reading: nothing, steps: [])], nil)
    }
    let hasLeft = leadsThatLeft()
    let today = history.agreement.calendar.day(of: history.asOf)
    func isOverdue(_ deal: DealRecords.Deal) -> Bool {
      deal.closed.isDated && history.agreement.calendar.day(of: deal.closed.instant) < today
    }
    let open = deals.deals.indices.filter { deals.deals[$0].outcome == .open }
    func worth(_ numbers: [Int]) -> Int128 {
      numbers.reduce(0) { $0 + Int128(deals.deals[$1].amount ?? 0) }
    }
    let active = open.filter { number in
      !isOverdue(deals.deals[number]) && deals.deals[number].lead.map { !hasLeft[$0] } ?? true
    }
    let won = deals.deals.indices.filter { number in
      let deal = deals.deals[number]
      return deal.outcome == .won && deal.closed.isDated
        && quota.days.contains(history.agreement.calendar.day(of: deal.closed.instant))
    }
    let left = Int128(quota.amount) - worth(won)
    func reading(_ numbers: [Int], _ base: Int128) -> MetricReading {
      MetricReading(
        .money,
        worth(numbers),
        max(0, base),
        records: numbers.count,
        absence: base > 0 ? nil : .quotaReached
      )
    }
    var steps: [BridgeStep] = []
    var last = reading(active, left)
    let ours = ReconciledDefinition(name: .ours, reading: last, steps: [])
    func move(_ rule: ReconcileRule, to next: MetricReading, _ numbers: [Int]) {
      if numbers.isEmpty, next == last { return }
      steps.append(
        BridgeStep(
          rule: rule,
          before: last,
          after: next,
          recordIDs: numbers.map { deals.deals[$0].id }.sorted()
        )
      )
      last = next
    }
    let whole = Int128(quota.amount)
    move(.wonAlready, to: reading(active, whole), won)
    let overWhole = ReconciledDefinition(name: .activeOverQuota, reading: last, steps: steps)
    let overdue = open.filter { isOverdue(deals.deals[$0]) }
    move(.overdueDeals, to: reading(active + overdue, whole), overdue)
    let known = Set(active + overdue)
    move(.dealsOffThePath, to: reading(open, whole), open.filter { !known.contains($0) })
    return (
      [ours, overWhole, ReconciledDefinition(name: .openOverQuota, reading: last, steps: steps)],
      quota
    )
  }

  /// The leads that have left the path and not come back.
  private func leadsThatLeft() -> [Bool] {
    let journeys = scope.source.journeys(under: scope.rule)
    return (0..<scope.leadCount).map { lead in
      journeys.rows(ofLead: lead).last.map { journeys.exits[$0].isPresent } ?? false
    }
  }

  /// The quota whose days hold the last day asked about, or today: the shortest such; everybody's
  /// together before the sum of people's, the agreement's before the facts'.
  private func quota() -> QuotaChoice? {
    let agreement = history.agreement
    let today = agreement.calendar.day(of: history.asOf)
    let day = scope.lastDay.map { min($0, today) } ?? today
    let goals = agreement.goals.filter { $0.measure == .quota && $0.days.contains(day) }
    if let choice = choice(.goals, goals.map { ($0.owner, $0.days, $0.amount) }) { return choice }
    let facts = deals.quotas.filter { $0.days.contains(day) }
    return choice(
      .facts,
      facts.compactMap { quota in
        quota.amount.map { (quota.owner.isEmpty ? nil : quota.owner, quota.days, $0) }
      }
    )
  }

  private func choice(
    _ origin: QuotaChoice.Origin,
    _ entries: [(owner: String?, days: ClosedRange<CivilDate>, amount: Int64)]
  ) -> QuotaChoice? {
    func length(_ days: ClosedRange<CivilDate>) -> Int {
      days.upperBound.dayNumber - days.lowerBound.dayNumber
    }
    guard let shortest = entries.map(\.days).min(by: { length($0) < length($1) }) else {
      return nil
    }
    let own = entries.filter { $0.days == shortest }
    if let all = own.first(where: { $0.owner == nil }) {
      return QuotaChoice(origin: origin, days: shortest, people: 0, amount: all.amount)
    }
    return QuotaChoice(
      origin: origin,
      days: shortest,
      people: own.count,
      amount: own.reduce(0) { $0 + $1.amount }
    )
  }
}
