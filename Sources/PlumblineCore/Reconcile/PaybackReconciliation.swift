import PlumblineStatistics

/// The months until a customer has paid back what it cost to win, counted in the ways that
/// circulate.
///
/// Ours is that of `plumbline economics`: all costs over all wins, with churn, in whole months. The
/// others are CAC over monthly revenue, a deal's amount being earned evenly over the months that it
/// covers, without churn and over the wins so far; wins, spend and amounts are those of the funnel.
struct PaybackReconciliation {
  let scope: ReconcileScope
  let records: EconomicsRecords?

  /// The definitions, ours first.
  ///
  /// - Throws: What the source throws.
  func definitions() throws -> [ReconciledDefinition] {
    let agreement = scope.history.agreement
    let answer = try FunnelBuilder(agreement, source: scope.source).answer(
      FunnelQuestion(
        filters: scope.filters,
        firstDay: scope.firstDay,
        lastDay: scope.lastDay,
        rule: scope.rule,
        pairs: Stretches(agreement).pairs
      )
    )
    let money = answer.total.money
    let margin = agreement.economics.grossMargin
    let ours = try allCosts()
    let base = reading(money, cost: money.spend, margin: margin, needsMargin: true)
    let wins = winners()
    let plain = reading(money, cost: money.spend, margin: nil, needsMargin: false)
    let loaded = money.loadedCAC.map { Int64(($0 * Double(money.wins)).rounded()) }
    var whole = reading(money, cost: loaded ?? money.spend, margin: margin, needsMargin: true)
    if loaded == nil, whole.absence == nil { whole.absence = .noSalesCost }
    let media = BridgeStep(rule: .mediaOnly, before: ours, after: base, recordIDs: wins)
    return [
      ReconciledDefinition(name: .ours, reading: ours, steps: []),
      ReconciledDefinition(name: .mediaOnly, reading: base, steps: [media]),
      definition(.withoutMargin, .withoutMargin, media, to: plain),
      definition(.withSalesCost, .withSalesCost, media, to: whole),
    ]
  }

  /// The payback of `plumbline economics` over the same leads.
  private func allCosts() throws -> MetricReading {
    var reading = MetricReading(.months, 0, 0, records: 0)
    reading.isEstimated = true
    let economics = scope.history.agreement.economics
    guard economics.valueTerms != nil else {
      reading.absence =
        economics.dealCoversMonths ?? economics.horizonInMonths == nil
        ? .noHorizon : .noMargin
      return reading
    }
    let question = EconomicsQuestion(
      filters: scope.filters,
      firstDay: scope.firstDay,
      lastDay: scope.lastDay,
      skips: scope.rule.skips
    )
    guard let records, question.fault == nil else {
      // Spend is known by channel, campaign and day only.
      reading.absence = .noSpend
      return reading
    }
    let total = try EconomicsBuilder(scope.source, records).answer(question).total
    reading.records = total.wins.counted
    guard total.wins.counted > 0 else {
      reading.absence = .nothingToCount
      return reading
    }
    guard total.cost > 0, let costs = total.economics else {
      reading.absence = .noSpend
      return reading
    }
    guard total.deals.count > 0 else {
      reading.absence = .noRevenue
      return reading
    }
    guard let months = costs.paybackInMonths else {
      reading.absence = .neverPaidBack
      return reading
    }
    reading.absence = nil
    reading.estimate = Double(months)
    if let shortest = costs.shortestPaybackInMonths, let longest = costs.longestPaybackInMonths {
      reading.interval = ConfidenceInterval(lower: Double(shortest), upper: Double(longest))
    }
    return reading
  }

  /// A variant of media alone: two steps from ours.
  private func definition(
    _ name: ReconciledDefinition.Name,
    _ rule: ReconcileRule,
    _ media: BridgeStep,
    to reading: MetricReading
  ) -> ReconciledDefinition {
    ReconciledDefinition(
      name: name,
      reading: reading,
      steps: [
        media,
        BridgeStep(
          rule: rule,
          before: media.after,
          after: reading,
          recordIDs: media.recordIDs
        ),
      ]
    )
  }

  private func winners() -> [String] {
    let last = scope.history.agreement.path.count - 1
    return scope.source.leadIDs(
      for: RecordQuestion(scope.question(scope.rule), number: .reached(stage: last))
    )
  }

  /// Cost a win over monthly income a win: (cost / wins) / (revenue / deals / months x margin).
  private func reading(
    _ money: MoneyAnswer,
    cost: Int64?,
    margin: Double?,
    needsMargin: Bool
  ) -> MetricReading {
    let deals = money.wonDeals - money.wonDealsWithoutAmount
    let economics = scope.history.agreement.economics
    let months = economics.dealCoversMonths ?? economics.horizonInMonths
    func none(_ absence: MetricReading.Absence) -> MetricReading {
      MetricReading(.months, 0, 0, records: money.wins, absence: absence)
    }
    guard money.wins > 0 else { return none(.nothingToCount) }
    guard let cost, cost > 0 else { return none(.noSpend) }
    guard deals > 0, money.revenue > 0 else { return none(.noRevenue) }
    guard let months else { return none(.noHorizon) }
    if needsMargin, margin ?? 0 <= 0 { return none(.noMargin) }
    // A margin is agreed to the millionth at most.
    let millionths = Int128((((needsMargin ? margin : nil) ?? 1) * 1_000_000).rounded())
    guard millionths > 0 else { return none(.noMargin) }
    let above = Int128(cost) * Int128(deals) * Int128(months) * 1_000_000
    let below = Int128(money.wins) * Int128(money.revenue) * millionths
    let value = Double(above) / Double(below)
    // The wins are what is uncertain most, see `ConfidenceInterval.garwood(count:level:)`.
    let wins = ConfidenceInterval.garwood(count: money.wins)
    return MetricReading(
      .months,
      above,
      below,
      records: money.wins,
      interval: ConfidenceInterval(
        lower: value * Double(money.wins) / wins.upper,
        upper: value * Double(money.wins) / max(wins.lower, .leastNonzeroMagnitude)
      )
    )
  }
}
