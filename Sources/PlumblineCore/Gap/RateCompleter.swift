import PlumblineStatistics

/// Rates of a cohort within each step's horizon, completed where the cohort is too young.
///
/// A raw share would make the newest period always look worst.
struct RateCompleter {
  let horizons: [StretchHorizon]
  /// Everything on record, by group, to complete young cohorts from.
  let record: [String: FunnelCell]
  private let pooled: FunnelCell?

  init(horizons: [StretchHorizon], record: [String: FunnelCell]) {
    self.horizons = horizons
    self.record = record
    var pooled: FunnelCell?
    for cell in record.sorted(by: { $0.key < $1.key }).map(\.value) {
      if pooled == nil { pooled = cell } else { pooled? += cell }
    }
    self.pooled = pooled
  }

  /// The rate of the step that leaves a stage.
  ///
  /// - Parameters:
  ///   - cell: The cohort; nil has no leads.
  ///   - group: The cohort's group in the record; nil for all of it.
  ///   - stage: The stage left.
  /// - Returns: The rate with what it stands on.
  func rate(_ cell: FunnelCell?, of group: String?, from stage: Int) -> GapRate {
    let days = horizons[stage].days
    let pair = cell?.pairs[stage]
    let lags = pair?.lags ?? LagCounts()
    let undatedConversions = pair?.undatedConversions ?? 0
    let undated = undatedConversions + (pair?.undatedOthers ?? 0)
    let entered = lags.total + undated
    let last = lags.buckets.bucket(ofHorizonInDays: days)
    let converted = lags[.converted].prefix(last + 1).reduce(0, +)
    var answer = GapRate(
      basis: .nobody,
      withinDays: days,
      entered: entered,
      converted: converted + undatedConversions
    )
    guard entered > 0 else { return answer }
    let estimate = CumulativeIncidence(lags).estimate(withinDays: days)
    answer.maturity = Double(estimate.known + undatedConversions) / Double(entered)
    let isUndated = Double(undated) > 0.05 * Double(entered)
    if !isUndated, let own = estimate.rate,
      estimate.isSupported || (estimate.maturity ?? 0) >= RowBuilder.settledShare
    {
      answer.basis = .observed
      answer.rate = own
      answer.effectiveSampleSize = estimate.effectiveSampleSize
      return answer
    }
    let (toGo, isSupported) = chances(of: group, from: stage)
    let open = Array(lags[.open])
    guard let completed = try? toGo.complete(converted: converted, open: open) else {
      return answer
    }
    answer.basis = isUndated ? .undated : isSupported ? .completed : .tooYoung
    // With few undated, a rate stands on the dated alone, as everywhere else.
    let base = isUndated ? Double(entered) : Double(max(lags.total, 1))
    let wins = completed.expected + (isUndated ? Double(undatedConversions) : 0)
    answer.rate = min(max(wins / base, 0), 1)
    answer.effectiveSampleSize = Double(max(estimate.known, 1))
    return answer
  }

  /// What those still open may yet do: from the group's own record where it reaches the horizon,
  /// else from everybody's.
  private func chances(of group: String?, from stage: Int) -> (ConversionToGo, isSupported: Bool) {
    let days = horizons[stage].days
    let candidates = [group.flatMap { record[$0] }, pooled].compactMap { $0 }
    let curves = candidates.map { CumulativeIncidence($0.pairs[stage].lags) }
    let supported = curves.first { curve in
      let estimate = curve.estimate(withinDays: days)
      return estimate.isSupported || (estimate.maturity ?? 0) >= RowBuilder.settledShare
    }
    let curve = supported ?? curves.last ?? CumulativeIncidence(LagCounts())
    return (ConversionToGo(history: curve, horizonInDays: days), supported != nil)
  }
}
