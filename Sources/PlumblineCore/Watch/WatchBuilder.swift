import PlumblineStatistics

/// Watches weekly shares and says when one has become worse than it was.
public struct WatchBuilder: Sendable {
  /// The days within which a step may be watched: short, so that news is fresh, and whole weeks.
  public static let lagsInDays = [7, 14, 28]

  private let agreement: Agreement
  private let source: any CellSource

  /// A builder that asks a source for cells.
  public init(_ agreement: Agreement, source: any CellSource) {
    self.agreement = agreement
    self.source = source
  }

  /// The state of every series.
  ///
  /// - Parameters:
  ///   - options: How alerts are given.
  ///   - additional: Series counted elsewhere, such as deadlines kept; they share the budget.
  ///   - filters: Conditions on the leads of the conversion series.
  ///   - firstDay: The first day of weeks that count in the conversion series.
  ///   - lastDay: The last such day; only weeks wholly inside count.
  ///   - skips: The skip rule; the agreement's when nil.
  /// - Returns: All series, judged or not.
  /// - Throws: What the source throws.
  public func answer(
    _ options: WatchOptions = WatchOptions(),
    additional: [WeeklySeries] = [],
    filters: [DimensionFilter] = [],
    firstDay: CivilDate? = nil,
    lastDay: CivilDate? = nil,
    skips: SkipRule? = nil
  ) throws -> WatchAnswer {
    let rule = agreement.journeyRule.with(skips)
    let pairs = agreement.path.indices.dropLast().map { StagePair(from: $0, to: $0 + 1) }
    var question = FunnelQuestion(filters: filters, rule: rule, pairs: Array(pairs))
    let pooled = try source.cells(for: question)
    question.firstDay = firstDay?.dayNumber
    question.lastDay = lastDay?.dayNumber
    let tomorrow = agreement.calendar.day(of: pooled.asOf.advanced(bySeconds: 1))
    var series: [WeeklySeries] = []
    var undated: [Int] = []
    for pair in pairs {
      guard let total = pooled.total?.pairs[pair.from] else { continue }
      if Self.isUndated(total) {
        undated.append(pair.from)
        continue
      }
      let weeks = ConversionWeeks(
        pair: pair,
        withinDays: Self.lag(total.lags),
        tomorrow: tomorrow,
        options: options
      )
      series += try conversions(weeks, question)
    }
    let judge = WatchJudge(options, tomorrow: tomorrow)
    let (watched, factor) = judge.judge(series + additional)
    return WatchAnswer(
      asOf: pooled.asOf,
      question: question,
      options: options,
      series: watched,
      limitFactor: factor,
      undatedSteps: undated
    )
  }

  /// Too many dates missing for a rate within days to mean anything.
  private static func isUndated(_ pair: PairCount) -> Bool {
    let undated = pair.undatedConversions + pair.undatedOthers
    return Double(undated) > 0.05 * Double(pair.lags.total + undated)
  }

  /// The shortest of the fixed lags by which three quarters of those who go on have gone on, else
  /// the longest.
  private static func lag(_ lags: LagCounts) -> Int {
    let days = CumulativeIncidence(lags).daysUntilConverted(share: 0.75) ?? .infinity
    return lagsInDays.first { Double($0) >= days } ?? lagsInDays[lagsInDays.count - 1]
  }

  /// All leads, each channel, and each owner where sales decides.
  private func conversions(
    _ weeks: ConversionWeeks,
    _ question: FunnelQuestion
  ) throws -> [WeeklySeries] {
    var question = question
    question.datedBy = weeks.pair.from
    question.pairs = [weeks.pair]
    let span = WholeWeeks(
      from: question.firstDay.map { CivilDate(dayNumber: $0) },
      to: question.lastDay.map { CivilDate(dayNumber: $0) }
    )
    question.firstDay = max(span.firstDay ?? weeks.firstDay, weeks.firstDay).dayNumber
    question.lastDay = min(span.lastDay ?? weeks.lastDay, weeks.lastDay).dayNumber
    let step = "\(agreement.path[weeks.pair.from].id)-\(agreement.path[weeks.pair.to].id)"
    func series(
      _ dimension: FunnelDimension?,
      _ unit: String,
      _ counts: [CivilDate: WeeklySeries.Week]
    ) -> WeeklySeries {
      WeeklySeries(
        kind: .conversion,
        id: dimension.map { "\($0.rawValue)/\(unit)/\(step)" } ?? "all/\(step)",
        dimension: dimension,
        unit: unit,
        fromStage: weeks.pair.from,
        stage: agreement.path[weeks.pair.from].id,
        withinDays: weeks.withinDays,
        weeks: counts.values.sorted { $0.start < $1.start }
      )
    }
    question.by = [.channel, .week]
    let channels = weeks.counts(try source.cells(for: question))
    var all: [CivilDate: WeeklySeries.Week] = [:]
    for week in channels.values.flatMap(\.values) {
      all[week.start, default: .init(start: week.start, items: 0, met: 0)].items += week.items
      all[week.start]?.met += week.met
    }
    guard !all.isEmpty else { return [] }
    var found = [series(nil, "", all)]
    for (channel, counts) in channels.sorted(by: { $0.key < $1.key })
    where channel != FunnelDimension.none {
      found.append(series(.channel, channel, counts))
    }
    guard isSales(weeks.pair.from) else { return found }
    question.by = [.owner, .week]
    for (owner, counts) in weeks.counts(try source.cells(for: question)).sorted(by: {
      $0.key < $1.key
    })
    where owner != FunnelDimension.none {
      found.append(series(.owner, owner, counts))
    }
    return found
  }

  /// Whether sales decides who leaves a stage: from the hand-off on, unless the agreement says that
  /// marketing does.
  private func isSales(_ stage: Int) -> Bool {
    stage >= agreement.handOffStage && agreement.path[stage + 1].owner != .marketing
  }
}

/// Which weeks of a step are whole and old enough, and what happened in them.
struct ConversionWeeks {
  let pair: StagePair
  let withinDays: Int
  /// The first day that a watch can need.
  let firstDay: CivilDate
  /// The last day whose leads are all old enough, a Sunday.
  let lastDay: CivilDate

  init(pair: StagePair, withinDays: Int, tomorrow: CivilDate, options: WatchOptions) {
    self.pair = pair
    self.withinDays = withinDays
    let end = CivilDate(dayNumber: tomorrow.dayNumber - withinDays).startOfWeek
    lastDay = CivilDate(dayNumber: end.dayNumber - 1)
    let watched = CivilDate(dayNumber: end.dayNumber - 7 * options.weeks)
    let baselineEnd = min(options.baselineEnd?.startOfWeek ?? watched, end)
    firstDay = CivilDate(dayNumber: baselineEnd.dayNumber - 7 * options.mostBaselineWeeks)
  }

  /// Leads that entered the stage and those of them that went on in time, by unit and week.
  ///
  /// The cells are split by a unit and by week, in this order.
  func counts(_ cells: FunnelCells) -> [String: [CivilDate: WeeklySeries.Week]] {
    var counts: [String: [CivilDate: WeeklySeries.Week]] = [:]
    for (key, cell) in zip(cells.keys, cells.cells) {
      guard let start = CivilDate(key[1]) else { continue }
      let lags = cell.pairs[0].lags
      guard lags.total > 0 else { continue }
      let last = lags.buckets.bucket(ofHorizonInDays: withinDays)
      counts[key[0], default: [:]][start] = WeeklySeries.Week(
        start: start,
        items: lags.total,
        met: lags[.converted].prefix(last + 1).reduce(0, +)
      )
    }
    return counts
  }
}
