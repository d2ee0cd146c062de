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
  ///   - bulkExitDays: The days on which somebody tidied up, passed on.
  /// - Returns: Leaks with their party and price, and everything behind them.
  /// - Throws: What the source throws.
  public func diagnosis(
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil,
    gaps: [CaptureGap] = [],
    bulkExitDays: [BulkExitDay] = []
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
    let verdict = LeakJudge(
      work.cells,
      complianceTarget: (agreement.salesSLA ?? SalesSLA()).compliance,
      routing: agreement.routing,
      followUpIsRecorded: work.summary.followUpIsRecorded,
      thresholds: agreement.leakThresholds
    ).verdict()
    let crude = [FunnelDimension.channel, .owner].map {
      CrudeComparison(work.cells, by: $0, agreement.thresholds.forComparisons)
    }
    let meanDeal = answer.total.money.meanDeal
    let alike = crude.flatMap { lookAlikes(verdict, $0) }
    let attribution =
      verdict.grid.pairs.isEmpty
      ? nil
      : LeakAttribution(
        work.cells,
        complianceTarget: (agreement.salesSLA ?? SalesSLA()).compliance,
        followUpIsRecorded: work.summary.followUpIsRecorded
      )
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
      bulkExitDays: bulkExitDays,
      gaps: gaps
    )
  }

  // MARK: Attribution

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
      let rest = cells.counts { !unit.covers($0, in: cells) }
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

  // MARK: Look-alikes

  /// Units lower by plain counts, in the very leads that the model looks at, and not named.
  private func lookAlikes(_ verdict: LeakVerdict, _ crude: CrudeComparison) -> [LookAlike] {
    let named = Set(verdict.parties.flatMap { $0.named + $0.withheld.map(\.unit) })
    return zip(crude.names.indices, crude.comparison.judgements()).compactMap {
      index,
      judgement -> LookAlike? in
      let units = [LeakUnit.Effect.direct, .followUp].map { effect in
        crude.dimension == .channel
          ? LeakUnit(.channel, effect, channel: crude.names[index])
          : LeakUnit(.owner, effect, owner: crude.names[index])
      }
      guard judgement.verdict == .lower, !units.contains(where: named.contains) else { return nil }
      let evidence = verdict.evidence(of: units[0])
      return LookAlike(
        dimension: crude.dimension,
        unit: crude.names[index],
        sample: crude.samples[index],
        rest: crude.comparison.groups[index].rest,
        evidence: evidence,
        isExplained: (evidence?.largeProbability ?? 1) <= verdict.thresholds.clearedProbability
      )
    }
  }
}

/// Channels, or owners, by plain counts over the leads behind a verdict.
private struct CrudeComparison {
  let dimension: FunnelDimension
  let names: [String]
  let samples: [RateSample]
  let comparison: RateComparison

  init(_ cells: WorkCells, by dimension: FunnelDimension, _ thresholds: ComparisonThresholds) {
    self.dimension = dimension
    names = dimension == .channel ? cells.channels : cells.owners
    var sums = names.map { _ in WorkCells.Counts() }
    for cell in cells.cells {
      let index = dimension == .channel ? cell.channel : cell.owner
      sums[index].leads += cell.leads
      sums[index].wins += cell.wins
    }
    samples = sums.map(\.sample)
    comparison = RateComparison(samples, countsAreExact: true, thresholds: thresholds)
  }

  /// The spread; nil where fewer than two have leads.
  var spread: UnitSpread? {
    let rated = names.indices.filter { samples[$0].trials > 0 }.map { index in
      UnitSpread.Unit(
        name: names[index],
        sample: samples[index],
        shrunk: comparison.groups[index].shrunk.mean
      )
    }
    guard rated.count >= 2,
      let lowest = rated.min(by: { ($0.sample.rate ?? 0) < ($1.sample.rate ?? 0) }),
      let highest = rated.max(by: { ($0.sample.rate ?? 0) < ($1.sample.rate ?? 0) })
    else { return nil }
    return UnitSpread(
      dimension: dimension,
      count: rated.count,
      lowest: lowest,
      highest: highest,
      pValue: comparison.heterogeneity.pValue
    )
  }
}

extension WorkCells {
  /// What some cells hold together.
  struct Counts {
    var leads = 0
    var wins = 0
    var followedUp = 0

    func rate(of effect: LeakUnit.Effect) -> Double? {
      leads > 0 ? Double(effect == .direct ? wins : followedUp) / Double(leads) : nil
    }

    var sample: RateSample {
      (try? RateSample(successes: Double(wins), trials: Double(leads))) ?? .noTrials
    }
  }

  /// The counts of the cells that meet a condition.
  func counts(where isWanted: (Cell) -> Bool) -> Counts {
    cells.reduce(into: Counts()) { sum, cell in
      guard isWanted(cell) else { return }
      sum.leads += cell.leads
      sum.wins += cell.wins
      if cell.isFollowedUp { sum.followedUp += cell.leads }
    }
  }
}

extension LeakUnit {
  /// Whether a cell's leads are the unit's.
  func covers(_ cell: WorkCells.Cell, in cells: WorkCells) -> Bool {
    (channel == nil || channel == cells.channels[cell.channel])
      && (owner == nil || owner == cells.owners[cell.owner])
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
