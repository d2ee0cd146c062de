import PlumblineStatistics

/// Tests an agreement's score, threshold and qualifying factors against what leads became.
public struct BacktestBuilder {
  /// What is asked for besides the cohort.
  public struct Options: Hashable, Sendable {
    /// Which leads.
    public var cohort: BacktestCohort.Options
    /// What a win brings, minor units; from won deals and the gross margin when nil.
    public var valuePerWin: Double?
    /// What working a lead costs, minor units; from what reps cost when nil.
    public var costPerLead: Double?
    /// How many leads sales can work a month; nil when not said.
    public var capacityPerMonth: Double?

    /// Options.
    public init(
      cohort: BacktestCohort.Options = BacktestCohort.Options(),
      valuePerWin: Double? = nil,
      costPerLead: Double? = nil,
      capacityPerMonth: Double? = nil
    ) {
      self.cohort = cohort
      self.valuePerWin = valuePerWin
      self.costPerLead = costPerLead
      self.capacityPerMonth = capacityPerMonth
    }
  }

  /// From so many leads on a range of scores counts as tested.
  private static let fewestTested = 20

  let history: CompanyHistory
  private let journeys: Journeys
  private let options: Options

  /// A builder for a history with its journeys under the agreement's rule.
  public init(_ history: CompanyHistory, _ journeys: Journeys, options: Options = Options()) {
    self.history = history
    self.journeys = journeys
    self.options = options
  }

  /// The test.
  ///
  /// - Parameters:
  ///   - horizonInDays: How long a lead may take to be won and count.
  ///   - attributes: What is said of the leads.
  ///   - score: The score of a lead at an instant; nil when nobody knows it.
  /// - Returns: The test; what cannot be said is in `Backtest.missing`.
  /// - Complexity: O(episodes log episodes).
  public func backtest(
    horizonInDays: Int,
    attributes: LeadAttributes,
    score: (_ lead: Int, _ at: TimePoint) -> Double?
  ) -> Backtest {
    let cohort = BacktestCohort(
      history,
      journeys,
      horizonInDays: horizonInDays,
      options: options.cohort,
      score: score
    )
    let (choosing, judging) = (cohort.choosing, cohort.judging)
    var test = Backtest(
      cohort: cohort,
      choosing: Backtest.Count(choosing),
      judging: Backtest.Count(judging)
    )
    price(&test)
    guard !cohort.cases.isEmpty else {
      test.missing.append(.scores)
      return test
    }
    for count in [test.choosing, test.judging]
    where min(count.won, count.leads - count.won) < Backtest.fewestOutcomes {
      test.missing.append(
        .outcomes(won: count.won, lost: count.leads - count.won, need: Backtest.fewestOutcomes)
      )
    }
    let isEnough = !test.missing.contains { if case .outcomes = $0 { true } else { false } }
    let before = ScoreHistogram(choosing)
    let now = ScoreHistogram(judging)
    noteTested(cohort, &test)
    if isEnough {
      test.area = AreaUnderCurve(now)
      test.lift = now.lift(ofBest: 0.1)
      test.model = ScoreModel(before)
      if let model = test.model {
        test.calibration = try? Calibration(
          probabilities: now.bins.map { model.probability(at: $0.score) },
          won: now.bins.map(\.won),
          lost: now.bins.map(\.lost)
        )
      }
    }
    test.bands = bands(judging, now, test.model)
    chooseThresholds(before, judging, isEnough, &test)
    if isEnough { test.factors = factors(cohort, test, attributes) }
    watch(before, cohort, isEnough, &test)
    return test
  }

  // MARK: Money

  private func price(_ test: inout Backtest) {
    let economics = history.agreement.economics
    let amounts = history.wonDeals.compactMap(\.amount)
    test.valuePerWin =
      options.valuePerWin
      ?? AmountSummary(amounts.lazy.map { Double($0) }).mean
      .flatMap(economics.lifetimeValue(ofDeal:))
    test.costPerLead = options.costPerLead
    if test.costPerLead == nil, let repMonth = economics.repMonthCost {
      // Months in which each rep was given leads, times what one costs, over all leads given.
      struct Month: Hashable { var owner: UInt32, month: Int }
      var months: Set<Month> = []
      var given = 0
      for row in 0..<journeys.count {
        let time = journeys.reached[test.cohort.stage][row]
        let owner = history.leads.owners[Int(journeys.leads[row])]
        guard time.isDated, owner != 0 else { continue }
        let parts = history.agreement.calendar.day(of: time.instant).components
        months.insert(Month(owner: owner, month: parts.year * 12 + parts.month))
        given += 1
      }
      if given > 0 {
        test.costPerLead = Double(months.count) * Double(repMonth) / Double(given)
        test.isCostFromReps = true
      }
    }
    if test.valuePerWin == nil { test.missing.append(.value) }
    if test.costPerLead == nil { test.missing.append(.cost) }
    if let perWin = test.valuePerWin, let perCase = test.costPerLead {
      test.value = try? WorkValue(perWin: perWin, perCase: perCase)
    }
  }

  // MARK: Thresholds

  /// The lowest score with enough worked leads at or below it.
  private func noteTested(_ cohort: BacktestCohort, _ test: inout Backtest) {
    let ordered = cohort.cases.sorted { $0.score < $1.score }
    var worked = 0
    for one in ordered {
      if one.isWorked { worked += 1 }
      if worked >= Self.fewestTested {
        test.lowestTested = ordered.first { $0.isWorked }?.score
        break
      }
    }
    guard let agreed = agreedThreshold else { return }
    let below = ordered.filter { $0.score < Double(agreed) }
    let workedBelow = below.count(where: \.isWorked)
    if workedBelow < Self.fewestTested {
      test.lowestTested = Double(agreed)
      test.isLowUnworked = true
    } else {
      test.isLowUnworked = workedBelow * 2 < below.count
    }
  }

  private var agreedThreshold: Int? {
    let agreement = history.agreement
    return agreement.scoring?.threshold ?? agreement.path.lazy.compactMap(\.gate?.score).first
  }

  private func chooseThresholds(
    _ before: ScoreHistogram,
    _ judging: [BacktestCase],
    _ isEnough: Bool,
    _ test: inout Backtest
  ) {
    if let agreed = agreedThreshold {
      test.thresholds.append(threshold(.agreed, Double(agreed), judging, test))
    } else {
      test.missing.append(.threshold)
    }
    let isOrdered = test.area.map { !$0.interval().contains(0.5) } ?? false
    if isEnough, !isOrdered { test.missing.append(.order) }
    if isEnough, isOrdered, let value = test.value, let model = test.model {
      if let score = model.threshold(value: value) {
        test.thresholds.append(threshold(.recommended, score, judging, test))
      } else {
        test.missing.append(model.slopePerTen > 0 ? .nowhere : .slope)
      }
      if let best = before.bestThreshold(value: value) {
        test.thresholds.append(threshold(.hindsight, best.threshold, judging, test))
      }
    }
    test.difference = difference(judging, test)
    if let capacity = options.capacityPerMonth, let span = months(of: judging) {
      let fits = ScoreHistogram(judging).threshold(capacity: capacity * span)
      if let score = fits.score {
        test.thresholds.append(threshold(.capacity, score, judging, test))
      }
    }
    if let lowest = judging.map(\.score).min() {
      test.thresholds.append(threshold(.everybody, lowest, judging, test))
    }
  }

  /// The recommended threshold against the agreed one.
  private func difference(_ judging: [BacktestCase], _ test: Backtest) -> Backtest.Difference? {
    guard let value = test.value,
      let agreed = test.thresholds.first(where: { $0.kind == .agreed })?.score,
      let recommended = test.thresholds.first(where: { $0.kind == .recommended })?.score,
      agreed != recommended
    else { return nil }
    let span = min(agreed, recommended)..<max(agreed, recommended)
    let between = Backtest.Count(judging.filter { span.contains($0.score) })
    guard let interval = between.interval else { return nil }
    let leads = Double(between.leads)
    // A lower threshold works the leads between, a higher one spares them.
    let sign: Double = recommended < agreed ? 1 : -1
    let ends = [interval.lower, interval.upper].map {
      sign * value.net(won: $0 * leads, total: leads)
    }
    return Backtest.Difference(
      between: between,
      net: sign * value.net(won: Double(between.won), total: leads),
      range: ConfidenceInterval(lower: min(ends[0], ends[1]), upper: max(ends[0], ends[1]))
    )
  }

  private func threshold(
    _ kind: Backtest.Threshold.Kind,
    _ score: Double,
    _ judging: [BacktestCase],
    _ test: Backtest
  ) -> Backtest.Threshold {
    let worked = Backtest.Count(judging.filter { $0.score >= score })
    return Backtest.Threshold(
      kind: kind,
      score: score,
      worked: worked,
      all: test.judging,
      net: test.value?.net(won: Double(worked.won), total: Double(worked.leads)),
      isBelowTested: test.lowestTested.map { score < $0 } ?? true
    )
  }

  /// The months that leads span, at least one; nil when they are not dated.
  private func months(of cases: [BacktestCase]) -> Double? {
    let days = cases.filter(\.entered.isDated).map {
      history.agreement.calendar.day(of: $0.entered.instant).dayNumber
    }
    guard let first = days.min(), let last = days.max() else { return nil }
    return max(1, Double(last - first + 1) / 30.4375)
  }

  // MARK: Bands

  /// Judging leads in up to ten bands of about as many leads each; equal scores stay together.
  private func bands(
    _ judging: [BacktestCase],
    _ histogram: ScoreHistogram,
    _ model: ScoreModel?
  ) -> [Backtest.Band] {
    guard !judging.isEmpty else { return [] }
    let isotonic = IsotonicRates.rates(histogram)
    let wanted = max(1.0, histogram.total / 10)
    var bands: [Backtest.Band] = []
    var (first, leads, won, promise, pooled) = (0, 0.0, 0.0, 0.0, 0.0)
    for (index, bin) in histogram.bins.enumerated() {
      leads += bin.total
      won += bin.won
      promise += (model?.probability(at: bin.score) ?? 0) * bin.total
      pooled += (isotonic?[index] ?? 0) * bin.total
      guard leads >= wanted || index == histogram.bins.count - 1 else { continue }
      bands.append(
        Backtest.Band(
          scores: histogram.bins[first].score...bin.score,
          judged: Backtest.Count(leads: Int(leads), won: Int(won)),
          promised: model == nil ? nil : promise / leads,
          isotonic: isotonic == nil ? nil : pooled / leads
        )
      )
      (first, leads, won, promise, pooled) = (index + 1, 0, 0, 0, 0)
    }
    return bands
  }

  // MARK: Drift

  private func watch(
    _ before: ScoreHistogram,
    _ cohort: BacktestCohort,
    _ isEnough: Bool,
    _ test: inout Backtest
  ) {
    guard isEnough, let model = test.model, !cohort.isUndated else { return }
    func periods(
      _ cases: [BacktestCase],
      _ length: Int,
      _ name: (Int) -> String
    ) -> [Backtest.Period] {
      let groups = Dictionary(grouping: cases.filter { $0.month != nil }) {
        ($0.month ?? 0) / length
      }
      let keys = groups.keys.sorted()
      let drift = ScoreDrift(
        baseline: before,
        periods: keys.map { ScoreHistogram(groups[$0] ?? []) },
        classes: Self.classes(before),
        promise: model.probability
      )
      return zip(keys, drift.periods).map { key, period in
        Backtest.Period(
          name: name(key),
          count: Backtest.Count(groups[key] ?? []),
          stability: period.stability,
          calibration: period.calibration,
          area: period.area
        )
      }
    }
    test.months = periods(cohort.judging, 1) { month in
      let number = month % 12 + 1
      return "\(month / 12)-\(number < 10 ? "0" : "")\(number)"
    }
    test.quarters = periods(cohort.cases, 3) { "\($0 / 4)-Q\($0 % 4 + 1)" }
    test.standing = standing(of: test)
  }

  /// The scores that parts of about a tenth of the choosing leads begin at.
  private static func classes(_ histogram: ScoreHistogram) -> [Double] {
    var classes: [Double] = []
    var below = 0.0
    for bin in histogram.bins {
      if below >= histogram.total / 10 * Double(classes.count + 1), classes.count < 9 {
        classes.append(bin.score)
      }
      below += bin.total
    }
    return classes
  }

  /// Refit where promises are off beyond doubt or other leads come; keep where nothing leans against
  /// it and there was enough to see it.
  private func standing(of test: Backtest) -> Backtest.Standing {
    let regression = test.calibration?.regression
    let drifted = test.months.contains { month in
      guard let stability = month.stability else { return false }
      return stability.needsLook && stability.index > 3 * stability.expectedByChance
    }
    if drifted || (regression?.pValue).map({ $0 < 0.01 }) ?? false { return .refit }
    guard let regression, let area = test.area,
      regression.pValue >= 0.05, regression.slopeStandardError < 0.35,
      area.interval().lower > 0.5, area.interval().width < 0.2
    else { return .undetermined }
    return .keep
  }
}
