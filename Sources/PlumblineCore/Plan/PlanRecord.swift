import PlumblineStatistics

/// The waits of all leads of a plan, by stretch of the path and channel.
struct PlanRecord {
  /// All leads: each stretch's waits.
  private let pairs: [StagePair: PairCount]
  /// The waits from the first stage to the last, by channel.
  let channels: [(name: String, cell: FunnelCell)]
  /// The recorded curve from the first stage to the last.
  let curve: RecordedCurve
  private let horizons: [StagePair: StretchHorizon]
  /// The stretch from the first stage to the last.
  let wholePair: StagePair

  init(_ builder: QuotaPlanBuilder, _ question: QuotaQuestion) {
    let last = builder.lastStage
    let whole = StagePair(from: 0, to: last)
    var wanted = [whole]
    for stage in 0..<last {
      for pair in [
        StagePair(from: stage, to: stage + 1), StagePair(from: 0, to: stage),
        StagePair(from: stage, to: last),
      ] where pair.from < pair.to && !wanted.contains(pair) { wanted.append(pair) }
    }
    let asked = FunnelQuestion(
      by: [.channel],
      filters: question.filters,
      firstDay: question.ratesSince,
      rule: builder.journeys.rule,
      pairs: wanted
    )
    let cells = builder.source.cells(for: asked)
    let total = cells.total ?? FunnelCell(asked, builder.agreement)
    pairs = Dictionary(uniqueKeysWithValues: zip(wanted, total.pairs))
    channels = cells.grouped(by: .channel).map { ($0.key, $0.cell) }.filter {
      $0.cell.pairs[0].lags.total > 0
    }
    let path = builder.agreement.path
    func horizon(_ pair: StagePair, _ lags: LagCounts) -> StretchHorizon {
      let (from, to) = (path[pair.from].id, path[pair.to].id)
      let agreed = builder.agreement.horizonsInDays["\(from)-\(to)"]
      let days = agreed ?? CumulativeIncidence(lags).defaultHorizonInDays() ?? 182
      return StretchHorizon(from: from, to: to, days: days, isAgreed: agreed != nil)
    }
    horizons = Dictionary(
      uniqueKeysWithValues: zip(wanted, total.pairs).map { ($0, horizon($0, $1.lags)) }
    )
    wholePair = whole
    let count = total.pairs[0]
    curve = RecordedCurve(
      incidence: CumulativeIncidence(count.lags),
      leads: count.lags.total,
      wins: count.lags.total(.converted),
      undated: count.undatedConversions + count.undatedOthers,
      horizon: horizon(whole, count.lags)
    )
  }

  /// The waits from the first stage to the last.
  var whole: PairCount { self[wholePair.from, wholePair.to] }

  /// The waits of a stretch.
  subscript(from: Int, to: Int) -> PairCount {
    pairs[StagePair(from: from, to: to)] ?? PairCount()
  }

  /// The days within which a stretch is judged.
  func horizon(from: Int, to: Int) -> StretchHorizon? {
    horizons[StagePair(from: from, to: to)]
  }
}
