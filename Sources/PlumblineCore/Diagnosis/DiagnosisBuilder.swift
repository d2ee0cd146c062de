import PlumblineStatistics

/// Finds leaks: every channel and every owner against the others at every step, with the false
/// alarms of all comparisons kept in check together.
///
/// A first honest rule, not yet the full model: a channel is blamed when its gap stays with
/// owners' shares made equal and the owners do alike with it; an owner when the gap stays with
/// channels' shares made equal; otherwise nobody is.
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
  /// - Returns: Leaks with their party and price, and every comparison behind them.
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
    let crossed = CrossedCells(
      try source.cells(for: question),
      agreement,
      funnel.stretches,
      answer.horizons
    )
    let comparisons = compare(crossed)
    let (named, explained) = decide(comparisons, crossed)
    let prices = RecoverableWins(crossed, named.map(\.comparison))
    let findings = zip(named, prices.shares(meanDeal: answer.total.money.meanDeal)).map {
      Finding(
        comparison: $0.comparison,
        party: $0.party,
        reason: $0.reason,
        recoverable: $1
      )
    }
    return Diagnosis(
      asOf: answer.asOf,
      question: byChannel,
      findings: findings.sorted { $0.recoverable.wins > $1.recoverable.wins },
      explainedByMix: explained,
      comparisons: comparisons,
      parties: partyVerdicts(findings, comparisons),
      total: answer.total,
      channels: answer.rows,
      horizons: answer.horizons,
      meanDeal: answer.total.money.meanDeal,
      gaps: gaps
    )
  }

  // MARK: Comparing

  private func compare(_ crossed: CrossedCells) -> [UnitComparison] {
    var drafts: [(comparison: RateComparison, units: [UnitComparison])] = []
    for stage in 0..<max(0, agreement.path.count - 1) {
      for dimension in [FunnelDimension.channel, .owner] where isJudged(dimension, leaving: stage) {
        if let draft = compare(dimension, stage, crossed) { drafts.append(draft) }
      }
    }
    // One family: whoever looks in sixty places must allow for sixty.
    var rest = BenjaminiHochberg.qValues(drafts.flatMap(\.comparison.pValues))[...]
    return drafts.flatMap { draft in
      let own = Array(rest.prefix(draft.units.count))
      rest = rest.dropFirst(draft.units.count)
      return zip(draft.units, draft.comparison.judgements(qValues: own)).map {
        var unit = $0
        unit.judgement = $1
        return unit
      }
    }
  }

  /// Owners are not judged on a step that marketing decides.
  private func isJudged(_ dimension: FunnelDimension, leaving stage: Int) -> Bool {
    dimension == .channel || agreement.path[stage + 1].owner != .marketing
  }

  private func compare(
    _ dimension: FunnelDimension,
    _ stage: Int,
    _ crossed: CrossedCells
  ) -> (RateComparison, [UnitComparison])? {
    let groups = crossed.groups(dimension).filter { $0.unit != FunnelDimension.none }
    let rates = groups.map { crossed.rate($0.cell, stage) }
    // Where too many have no dates, those groups that have them are no fair picture of the rest.
    let isUndated = rates.contains { $0.status == .undated } && crossed.isUndated(stage)
    guard !isUndated, rates.contains(where: { $0.status == .supported }) else { return nil }
    let samples = rates.map { CrossedCells.sample($0) }
    var thresholds = ComparisonThresholds()
    thresholds.relevantDifference = agreement.thresholds.relativeDifference
    thresholds.falseDiscoveryRate = agreement.thresholds.falseDiscoveryRate
    thresholds.smallestSample = Double(agreement.thresholds.minimumLeads)
    let comparison = RateComparison(
      samples,
      countsAreExact: rates.allSatisfy { $0.maturity == 1 || $0.entered == 0 },
      thresholds: thresholds
    )
    let judgements = comparison.judgements()
    let entered = rates.reduce(0) { $0 + $1.entered }
    let units = groups.indices.map { index in
      UnitComparison(
        dimension: dimension,
        unit: groups[index].unit,
        fromStage: stage,
        withinDays: rates[index].withinDays,
        own: rates[index],
        restRate: comparison.groups[index].rest.rate,
        restEntered: entered - rates[index].entered,
        shrunk: comparison.groups[index].shrunk,
        judgement: judgements[index],
        standardized: crossed.standardized(dimension, groups[index].unit, stage),
        disagreementPValue: dimension == .channel
          ? crossed.disagreement(aboutChannel: groups[index].unit, stage) : nil
      )
    }
    return (comparison, units)
  }

  // MARK: Deciding

  private struct Named {
    var comparison: UnitComparison
    var party: Party
    var reason: Finding.Reason
  }

  private func decide(
    _ comparisons: [UnitComparison],
    _ crossed: CrossedCells
  ) -> ([Named], [UnitComparison]) {
    var named: [Named] = []
    var explained: [UnitComparison] = []
    for unit in comparisons where unit.judgement.verdict == .lower {
      guard let standardized = unit.standardized, standardized.comparableShare >= 0.5 else {
        // A channel and the one owner who works it are the same leads: named once.
        let isNamed = named.contains {
          $0.reason == .notCrossed && $0.comparison.fromStage == unit.fromStage
            && crossed.share(
              ofChannel: $0.comparison.unit,
              amongLeadsOf: unit.unit,
              unit.fromStage
            ) > 0.5
        }
        if unit.dimension == .owner, isNamed { continue }
        named.append(Named(comparison: unit, party: .undetermined, reason: .notCrossed))
        continue
      }
      guard standardized.interval.upper < 0 else {
        explained.append(unit)
        continue
      }
      if unit.dimension == .owner {
        guard isWorse(unit, standardized, comparisons, crossed) else {
          explained.append(unit)
          continue
        }
        named.append(Named(comparison: unit, party: .sales, reason: .ownerWhateverTheChannel))
      } else if isDisputed(unit) {
        named.append(Named(comparison: unit, party: .handOff, reason: .ownersDisagree))
      } else {
        named.append(Named(comparison: unit, party: .marketing, reason: .channelWhoeverWorksIt))
      }
    }
    return (named, explained)
  }

  /// Whether owners differ about a low channel more than chance explains.
  private func isDisputed(_ unit: UnitComparison) -> Bool {
    unit.judgement.verdict == .lower && unit.dimension == .channel
      && (unit.disagreementPValue ?? 1) < 0.01
  }

  /// Standard normal quantile of 99 %: a person is named on stronger evidence than a channel.
  private static let zForPeople = 2.575_829_303_5

  /// Whether an owner does worse whatever the channel: not only with channels that owners disagree
  /// about, and still at least half as much worse whichever single channel is left out.
  private func isWorse(
    _ owner: UnitComparison,
    _ full: StandardizedComparison,
    _ comparisons: [UnitComparison],
    _ crossed: CrossedCells
  ) -> Bool {
    let disputed = Set(
      comparisons.filter { $0.fromStage == owner.fromStage && isDisputed($0) }.map(\.unit)
    )
    func gap(without omitted: Set<String>) -> StandardizedComparison? {
      crossed.standardized(
        .owner,
        owner.unit,
        owner.fromStage,
        without: omitted,
        z: Self.zForPeople
      )
    }
    guard let undisputed = gap(without: disputed), undisputed.interval.upper < 0 else {
      return false
    }
    let channels = crossed.groups(.channel).map(\.unit).filter { !disputed.contains($0) }
    return channels.allSatisfy { channel in
      gap(without: disputed.union([channel])).map { $0.difference <= full.difference / 2 } ?? true
    }
  }

  private func partyVerdicts(
    _ findings: [Finding],
    _ comparisons: [UnitComparison]
  ) -> [PartyVerdict] {
    [Party.marketing, .sales, .handOff].map { party in
      let dimension: FunnelDimension = party == .sales ? .owner : .channel
      let own = comparisons.filter { $0.dimension == dimension }
      let open = own.filter {
        [.cannotTell, .tooFew, .noData, .noComparison].contains($0.judgement.verdict)
      }
      var answer = PartyVerdict.Answer.undetermined
      if findings.contains(where: { $0.party == party }) {
        answer = .yes
      } else if party != .handOff, !own.isEmpty, open.isEmpty,
        !findings.contains(where: { $0.party == .undetermined })
      {
        answer = .no
      }
      return PartyVerdict(
        party: party,
        answer: answer,
        openComparisons: open.count,
        comparisons: own.count
      )
    }
  }
}
