import PlumblineStatistics

/// The share of opportunities that were won, counted in the ways that circulate.
///
/// Ours is a rate of leads that came in in the period. Deals closed, and all deals created: the
/// summary formulas `WON:SUM/CLOSED:SUM` and `WON:SUM/RowCount` of Salesforce's help (article
/// 000387867). By amount: `win_percent` of the dbt package that Fivetran publishes for Salesforce
/// (`salesforce__owner_performance`).
struct WinRateReconciliation {
  let scope: ReconcileScope
  let deals: [DealRecords.Deal]
  let pair: StagePair
  let horizon: StretchHorizon

  private var history: CompanyHistory { scope.history }

  /// The stretch that a win rate is about: from the stage that an opened deal shows to the last,
  /// else from where a lead is closed; nil on a path of one stage.
  static func pair(of agreement: Agreement) -> StagePair? {
    let last = agreement.path.count - 1
    guard last > 0 else { return nil }
    let opened = agreement.path.firstIndex { $0.evidence.contains(.dealCreated) }
    let from = opened.flatMap { $0 < last ? $0 : nil } ?? Stretches(agreement).closingStage ?? 0
    return StagePair(from: from, to: last)
  }

  /// The definitions, ours first.
  func definitions() -> [ReconciledDefinition] {
    let (ours, trunk) = scope.trunk(pair, horizon)
    let passages = scope.passages(under: scope.rule)
    var decided = CountedRecords(.leads, .leads, count: scope.leadCount)
    for row in passages.rows {
      guard let wait = passages.journeys.wait(for: pair, row: row, in: history) else { continue }
      let lead = Int(passages.journeys.leads[row])
      let isWon = wait.outcome == .converted
      // One that left on an unknown day counts as open in a rate, but it is decided.
      let exit = passages.journeys.exits[row]
      if isWon || wait.outcome == .exited || (exit.isPresent && !exit.isDated) {
        decided.add(lead, above: isWon ? 1 : 0, below: 1)
      }
    }
    var decidedLeads = trunk
    decidedLeads.move(to: decided, .undecidedLeads, name: scope.id)

    let created = created(from: trunk, inCohort: isInCohort(passages))
    var createdDecided = created
    createdDecided.move(
      to: counted { isDated($0.created) && $0.outcome != .open },
      .openDeals,
      name: name
    )
    let closed = closed(from: createdDecided)
    return [
      ours, scope.firstPass(ours, pair, horizon), decidedLeads.definition(.decidedLeads),
      created.definition(.createdDeals), createdDecided.definition(.createdDecidedDeals),
      closed.definition(.closedDeals), byAmount(closed).definition(.closedAmount),
      byAmount(created).definition(.createdAmount),
    ]
  }

  private func name(_ deal: Int) -> String { deals[deal].id }

  /// Whether a deal counts by a day of its own; without a period all do, undated ones too.
  private func isDated(_ time: TimePoint) -> Bool { !scope.hasDays || scope.contains(time) }

  private func isInCohort(_ passages: Passages) -> [Bool] {
    var isInCohort = Array(repeating: false, count: scope.leadCount)
    for row in passages.rows { isInCohort[Int(passages.journeys.leads[row])] = true }
    return isInCohort
  }

  /// Whether conditions let a deal through: its lead's; without any, every deal.
  private func passes() -> (DealRecords.Deal) -> Bool {
    let leads = scope.leadsThatPass()
    let hasFilters = !scope.filters.isEmpty
    return { deal in deal.lead.map { leads[$0] } ?? !hasFilters }
  }

  /// One a deal, won ones above the line.
  private func counted(where isWanted: (DealRecords.Deal) -> Bool) -> CountedRecords {
    let passes = passes()
    var counted = CountedRecords(.deals, .deals, count: deals.count)
    for (number, deal) in deals.enumerated() where passes(deal) && isWanted(deal) {
      counted.add(number, above: deal.outcome == .won ? 1 : 0, below: 1)
    }
    return counted
  }

  /// From leads to their deals, then to all deals created in the period.
  private func created(from trunk: CountBridge, inCohort: [Bool]) -> CountBridge {
    let own = counted { deal in deal.lead.map { inCohort[$0] } ?? false }
    var byLead = CountedRecords(.leads, .leads, count: scope.leadCount)
    for (number, deal) in deals.enumerated() {
      guard let lead = deal.lead else { continue }
      byLead.add(lead, above: own.above[number], below: own.below[number])
    }
    var bridge = trunk
    // By lead, the same sums: so the leads that count otherwise can be named.
    let changed = trunk.counted.changes(to: byLead).map(scope.id)
    bridge.exchange(.perDeal, to: own, recordIDs: changed)
    let created = counted { isDated($0.created) }
    bridge.move(
      to: created,
      [.dealsWithoutLead, .createdInPeriod, .createdOutside],
      name: name
    ) { number in
      deals[number].lead == nil
        ? .dealsWithoutLead : own.below[number] == 0 ? .createdInPeriod : .createdOutside
    }
    return bridge
  }

  /// From deals created in the period to those closed in it.
  private func closed(from created: CountBridge) -> CountBridge {
    var bridge = created
    let closed = counted { $0.outcome != .open && isDated($0.closed) }
    let before = created.counted
    bridge.move(to: closed, [.closedInPeriod, .closedOutside], name: name) {
      before.below[$0] == 0 ? .closedInPeriod : .closedOutside
    }
    return bridge
  }

  /// From a count of deals to the sum of their amounts.
  private func byAmount(_ bridge: CountBridge) -> CountBridge {
    var bridge = bridge
    var known = bridge.counted
    for number in deals.indices where deals[number].amount == nil { known.clear(number) }
    bridge.move(to: known, .withoutAmount, name: name)
    var weighed = CountedRecords(.deals, .money, count: deals.count)
    for (number, deal) in deals.enumerated() {
      let amount = deal.amount ?? 0
      weighed.add(
        number,
        above: known.above[number] * amount,
        below: known.below[number] * amount
      )
    }
    let counted = deals.indices.filter { known.below[$0] != 0 }
    bridge.exchange(.byAmount, to: weighed, recordIDs: counted.map(name))
    return bridge
  }
}
