import PlumblineStatistics

/// Finds leaks: the crossed model of channels and owners over the leads handed to sales, and the
/// plain rates of every step beside it.
public struct DiagnosisBuilder: Sendable {
  private let agreement: Agreement
  private let source: any CellSource
  private let funnel: FunnelBuilder

  /// A builder that asks a source for cells.
  public init(_ agreement: Agreement, source: any CellSource) {
    self.agreement = agreement
    self.source = source
    funnel = FunnelBuilder(agreement, source: source)
  }

  /// The diagnosis of a question's episodes.
  ///
  /// - Parameters:
  ///   - filters: Conditions on the episodes.
  ///   - firstDay: The first day on which an episode may have begun.
  ///   - lastDay: The last such day.
  ///   - skips: The skip rule; the agreement's when nil.
  ///   - gaps: The capture gaps of the history, passed on.
  /// - Returns: Leaks with their party and price, and everything behind them.
  /// - Throws: What the source throws.
  public func diagnosis(
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil,
    gaps: [CaptureGap] = []
  ) throws -> Diagnosis {
    let question = funnel.question(
      by: [.channel, .owner],
      filters: filters,
      firstDay: firstDay,
      lastDay: lastDay,
      skips: skips
    )
    var byChannel = question
    byChannel.by = [.channel]
    let answer = try funnel.answer(byChannel)
    let comparisons = StepComparisons(
      agreement: agreement,
      stretches: funnel.stretches,
      horizons: answer.horizons,
      cells: try source.cells(for: question)
    ).all()
    let work = try source.work(for: question)
    let (verdict, attribution) = LeakJudge(
      work.cells,
      complianceTarget: complianceTarget(answer.asOf, lastDay),
      routing: agreement.routing,
      followUpIsRecorded: work.summary.followUpIsRecorded,
      thresholds: agreement.leakThresholds
    ).verdictWithAttribution()
    let crude = [FunnelDimension.channel, .owner].map {
      CrudeComparison(work.cells, by: $0, agreement.thresholds.forComparisons)
    }
    let meanDeal = answer.total.money.meanDeal
    let alike = crude.flatMap { $0.lookAlikes(verdict) }
    return Diagnosis(
      asOf: answer.asOf,
      question: byChannel,
      leaks: leaks(verdict, work.cells, comparisons, meanDeal),
      verdict: verdict,
      work: work.summary,
      lookAlikes: alike,
      channelRates: attribution?.channels ?? [],
      ownerRates: attribution?.owners ?? [],
      channelGaps: channelGaps(attribution, verdict, alike, work.cells.cells.count),
      spreads: crude.compactMap(\.spread),
      comparisons: comparisons,
      total: answer.total,
      channels: answer.rows,
      horizons: answer.horizons,
      meanDeal: meanDeal,
      drifts: try drifts(question),
      bulkExitDays: try source.bulkExitDays(),
      gaps: gaps
    )
  }

  // MARK: Attribution

  /// The share of leads to be followed up as agreed at the newest hand-off that can be among those
  /// asked for.
  private func complianceTarget(_ asOf: Instant, _ lastDay: CivilDate?) -> Double {
    let calendar = agreement.calendar
    let end = lastDay.map { calendar.instant(of: CivilDate(dayNumber: $0.dayNumber + 1)) }
    let newest = end.map { min(asOf, $0.advanced(bySeconds: -1)) } ?? asOf
    return agreement.inForce(at: newest).salesSLA?.compliance ?? SalesSLA.usualCompliance
  }

  /// What the gaps of channels that are named, or only look lower, are made of; at most four.
  private func channelGaps(
    _ attribution: LeakAttribution?,
    _ verdict: LeakVerdict,
    _ lookAlikes: [LookAlike],
    _ cellCount: Int
  ) -> [ChannelGap] {
    guard let attribution else { return [] }
    let units = verdict.parties.flatMap { $0.named + $0.withheld.map(\.unit) }
    var channels: [String] = []
    for channel in units.filter({ $0.kind == .channel }).compactMap(\.channel)
      + lookAlikes.filter({ $0.dimension == .channel }).map(\.unit)
    where !channels.contains(channel) {
      channels.append(channel)
    }
    // Each draw looks at every cell sixteen times.
    let draws = min(2_000, max(200, 4_000_000 / max(1, cellCount)))
    return channels.prefix(4).compactMap { attribution.gap(ofChannel: $0, draws: draws) }
  }

  // MARK: Drift

  /// The steps whose first two weeks convert differently from month to month.
  private func drifts(_ question: FunnelQuestion) throws -> [StepDrift] {
    let steps = agreement.path.indices.dropLast()
    let days = 14
    return try steps.compactMap { stage -> StepDrift? in
      var byMonth = question
      byMonth.by = [.cohort]
      byMonth.datedBy = stage
      byMonth.pairs = [StagePair(from: stage, to: stage + 1)]
      let cells = try source.cells(for: byMonth)
      let months = zip(cells.keys, cells.cells).filter { $0.0[0] != FunnelDimension.none }
      let trend = EarlyRateTrend(
        months.map { $0.1.pairs[0].lags },
        horizonInDays: days,
        level: 0.05 / Double(max(1, steps.count))
      )
      guard trend.verdict == .moves, months.indices.contains(trend.firstAlike) else { return nil }
      return StepDrift(
        fromStage: stage,
        withinDays: days,
        firstAlike: months[trend.firstAlike].0[0],
        pValue: trend.heterogeneity.pValue
      )
    }
  }

  // MARK: Leaks

  private func leaks(
    _ verdict: LeakVerdict,
    _ cells: WorkCells,
    _ comparisons: [UnitComparison],
    _ meanDeal: Double?
  ) -> [Leak] {
    let leaks = verdict.parties.flatMap(\.named).compactMap { unit -> Leak? in
      guard let evidence = verdict.evidence(of: unit) else { return nil }
      let rest = cells.sum { !unit.covers($0, in: cells) }
      let wins = evidence.recoverableWins ?? evidence.expectedWinsLost
      let badCase = evidence.badCaseShare.map { max(wins, $0 * verdict.expectedWins) }
      return Leak(
        evidence: evidence,
        disagreement: verdict.disagreements.first {
          unit.kind == .channelSplit && $0.channel == unit.channel && $0.effect == unit.effect
        },
        recoverable: Recoverable(
          wins: wins,
          winsBadCase: badCase,
          revenue: meanDeal.map { $0 * wins },
          revenueBadCase: meanDeal.flatMap { deal in badCase.map { deal * $0 } }
        ),
        restRate: rest.rate(of: unit.effect),
        restLeads: rest.leads,
        places: comparisons.filter { $0.judgement.verdict == .lower && $0.concerns(unit) }
      )
    }
    return leaks.sorted { $0.recoverable.wins > $1.recoverable.wins }
  }
}

extension UnitComparison {
  /// Whether the comparison is about a unit's own leads.
  fileprivate func concerns(_ unit: LeakUnit) -> Bool {
    switch unit.kind {
    case .channel, .channelSplit: dimension == .channel && self.unit == unit.channel
    case .owner: dimension == .owner && self.unit == unit.owner
    case .pair, .team: false
    }
  }
}
