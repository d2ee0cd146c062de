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
/// when its expected closing day has passed or its lead has left the path. A forecast weighs every
/// open deal by its probability instead.
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
    let open = OpenDeals(
      deals,
      history,
      journeys: scope.source.journeys(under: scope.rule),
      leadCount: scope.leadCount
    )
    let all = deals.deals
    let pipeline = Pipeline(
      active: open.active,
      overdue: open.overdue,
      offThePath: open.offThePath,
      won: all.indices.filter { number in
        all[number].outcome == .won && all[number].closed.isDated
          && quota.days.contains(history.agreement.calendar.day(of: all[number].closed.instant))
      }
    )
    return (definitions(of: pipeline, against: Int128(quota.amount)), quota)
  }

  /// The places of deals that can still be won, apart by what may speak against it, and of those
  /// won in the quota's days.
  private struct Pipeline {
    var active: [Int]
    var overdue: [Int]
    /// Not overdue, but the lead has left the path.
    var offThePath: [Int]
    var won: [Int]
  }

  private func definitions(
    of pipeline: Pipeline,
    against whole: Int128
  ) -> [ReconciledDefinition] {
    let active = pipeline.active
    let left = pipeline.won.reduce(whole) { $0 - Int128(deals.deals[$1].amount ?? 0) }
    var bridge = PipelineBridge(deals.deals, from: active, over: left)
    var definitions = [bridge.definition(.ours)]
    bridge.move(.wonAlready, to: active, over: whole, changed: pipeline.won)
    definitions.append(bridge.definition(.activeOverQuota))
    addOpen(pipeline, over: whole, to: &bridge)
    definitions.append(bridge.definition(.openOverQuota))
    definitions.append(weighted(pipeline, over: left))
    return definitions
  }

  private func addOpen(_ pipeline: Pipeline, over base: Int128, to bridge: inout PipelineBridge) {
    let (active, overdue) = (pipeline.active, pipeline.overdue)
    bridge.move(.overdueDeals, to: active + overdue, over: base, changed: overdue)
    bridge.move(
      .dealsOffThePath,
      to: active + overdue + pipeline.offThePath,
      over: base,
      changed: pipeline.offThePath
    )
  }

  /// What open deals are worth by their probability, over what is still to be won.
  ///
  /// It has no number where no open deal says how likely it is.
  private func weighted(_ pipeline: Pipeline, over left: Int128) -> ReconciledDefinition {
    let open = pipeline.active + pipeline.overdue + pipeline.offThePath
    let likely = open.filter { deals.deals[$0].probability != nil }
    let absence: MetricReading.Absence? =
      likely.isEmpty && !open.isEmpty ? .noProbability : nil
    var bridge = PipelineBridge(deals.deals, from: pipeline.active, over: left)
    addOpen(pipeline, over: left, to: &bridge)
    bridge.move(
      .withoutProbability,
      to: likely,
      over: left,
      changed: open.filter { deals.deals[$0].probability == nil },
      absence: absence
    )
    bridge.move(
      .byProbability,
      to: likely,
      over: left,
      changed: likely.filter { deals.deals[$0].weightedAmount != deals.deals[$0].amount },
      isWeighted: true,
      absence: absence
    )
    return bridge.definition(.weightedPipeline)
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
