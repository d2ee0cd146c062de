/// Answers one question under every definition that circulates, with exact bridges between them.
public struct Reconciler: Sendable {
  private let history: CompanyHistory
  private let source: EmbeddedCells
  private let deals: DealRecords
  private let records: (@Sendable () throws -> EconomicsRecords)?

  /// A reconciler.
  ///
  /// - Parameters:
  ///   - history: What happened, under the agreement.
  ///   - source: The engine over the same history.
  ///   - deals: The deals of the same history.
  ///   - records: What costs stand on, read only for a payback; where nil, a payback has no number of
  ///     our own.
  public init(
    _ history: CompanyHistory,
    source: EmbeddedCells,
    deals: DealRecords,
    records: (@Sendable () throws -> EconomicsRecords)? = nil
  ) {
    self.records = records
    self.history = history
    self.source = source
    self.deals = deals
  }

  /// A metric under every definition.
  ///
  /// - Parameters:
  ///   - metric: Which.
  ///   - filters: Conditions on leads, all of which must hold.
  ///   - firstDay: The first day on which a lead may have come in, or a deal be dated.
  ///   - lastDay: The last such day.
  ///   - skips: The skip rule in place of the agreement's.
  /// - Returns: The definitions, ours first.
  /// - Throws: What the source throws.
  /// - Complexity: O(events x stages), once for each way to read journeys, and O(activities).
  public func answer(
    _ metric: ReconcileMetric,
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) throws -> ReconcileAnswer {
    let scope = ReconcileScope(
      history: history,
      source: source,
      filters: filters,
      firstDay: firstDay,
      lastDay: lastDay,
      rule: history.agreement.journeyRule.with(skips)
    )
    var answer = ReconcileAnswer(
      metric: metric,
      firstDay: firstDay,
      lastDay: lastDay,
      filters: filters,
      asOf: history.asOf,
      definitions: [],
      untimedCount: 0
    )
    switch metric {
    case .stageRate(let from):
      let pair = StagePair(from: from, to: from + 1)
      let horizon = try horizon(of: pair, scope)
      (answer.pair, answer.horizon) = (pair, horizon)
      answer.definitions = StageRateReconciliation(scope: scope, pair: pair, horizon: horizon)
        .definitions()
    case .winRate:
      guard let pair = WinRateReconciliation.pair(of: history.agreement) else { break }
      let horizon = try horizon(of: pair, scope)
      (answer.pair, answer.horizon) = (pair, horizon)
      answer.definitions = WinRateReconciliation(
        scope: scope,
        deals: deals.deals,
        pair: pair,
        horizon: horizon
      ).definitions()
    case .speedToLead:
      (answer.definitions, answer.untimedCount) = SpeedReconciliation(scope).definitions()
    case .coverage:
      (answer.definitions, answer.quota) = CoverageReconciliation(scope: scope, deals: deals)
        .definitions()
    case .payback:
      answer.definitions = try PaybackReconciliation(scope: scope, records: try records?())
        .definitions()
    }
    return answer
  }

  private func horizon(of pair: StagePair, _ scope: ReconcileScope) throws -> StretchHorizon {
    try FunnelBuilder(history.agreement, source: source).horizon(of: pair, rule: scope.rule)
  }
}
