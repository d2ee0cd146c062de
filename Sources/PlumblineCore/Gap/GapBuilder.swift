import PlumblineStatistics

/// Says which channels and which steps a period's revenue fell short by, against the period before,
/// the plan or the best channel.
///
/// Revenue is what the period's leads are expected to bring: total volume x each channel's share x
/// the rate of each step within its horizon x the mean deal. Rates of leads too young are
/// completed, never raw.
public struct GapBuilder: Sendable {
  /// The seed of the draws behind the intervals.
  public static let seed: UInt64 = 1953
  /// The row that stands for all channels where the plan names none.
  public static let allChannels = "(all channels)"
  /// The row of the channels that the plan does not name.
  public static let otherChannels = "(other channels)"

  let agreement: Agreement
  let source: any CellSource
  let funnel: FunnelBuilder

  /// A builder that asks a source for cells.
  public init(_ agreement: Agreement, source: any CellSource) {
    self.agreement = agreement
    self.source = source
    funnel = FunnelBuilder(agreement, source: source)
  }

  /// The gap of a period.
  ///
  /// - Parameters:
  ///   - benchmark: What the period is compared with.
  ///   - asked: The days on which leads came in; the newest whole quarter of which enough is known
  ///     when nil.
  ///   - filters: Conditions on the leads, on both sides.
  ///   - skips: The skip rule; the agreement's when nil.
  /// - Returns: The gap divided among channels and factors.
  /// - Throws: `InputError` where the period asked for is not over, where there is no plan, no best
  ///   channel or no period to choose; what the source throws.
  public func answer(
    against benchmark: GapBenchmark,
    period asked: GapPeriod? = nil,
    filters: [DimensionFilter] = [],
    skips: SkipRule? = nil
  ) throws -> GapAnswer {
    let everything = funnel.question(by: [.channel], filters: filters, skips: skips)
    let record = try source.cells(for: everything)
    if let asked { try checkIsOver(asked, record.asOf) }
    let horizons = try funnel.horizons(rule: everything.rule)
    let completer = RateCompleter(
      horizons: horizons,
      record: Dictionary(
        uniqueKeysWithValues: record.grouped(by: .channel).map { ($0.key, $0.cell) }
      )
    )
    let choice = try asked == nil ? choose(everything, benchmark, record.asOf, completer) : nil
    guard let period = asked ?? choice?.period else { throw Self.noPeriod }
    var question = everything
    question.firstDay = period.first.dayNumber
    question.lastDay = period.last.dayNumber
    let actual = try channels(question)
    var comparison = try compare(actual, with: benchmark, period, question, record, completer)
    let unit = price(&comparison.rows)
    let divided = GapDivision(
      comparison.rows,
      unit: unit,
      hasCommonBase: benchmark == .best,
      agreement
    )
    let pooled = Self.sum(actual.map(\.cell))
    return GapAnswer(
      asOf: record.asOf,
      question: question,
      benchmark: benchmark,
      period: period,
      isChosenPeriod: asked == nil,
      passedOver: choice?.passedOver,
      basePeriod: comparison.basePeriod,
      baseRecordBegins: try comparison.basePeriod.flatMap {
        try recordBegins(after: $0, everything.rule)
      },
      best: comparison.best,
      unit: unit,
      minorUnits: divided.minorUnits,
      factors: [.volume, .mix] + steps.map { .rate(from: $0) } + [.deal],
      channels: divided.channels,
      factorTotals: divided.factorTotals,
      total: divided.total,
      base: divided.channels.reduce(0) { $0 + $1.base.expected },
      actual: divided.channels.reduce(0) { $0 + $1.actual.expected },
      steps: zip(steps, comparison.baseRates).map { stage, base in
        GapStep(from: stage, base: base, actual: completer.rate(pooled, of: nil, from: stage))
      },
      mixRate: divided.mixRate,
      horizons: horizons,
      wonDealsWithoutAmount: comparison.rows.flatMap { [$0.base.cell, $0.actual.cell] }
        .reduce(0) { $0 + ($1?.wonDealsWithoutAmount ?? 0) },
      seed: Self.seed,
      draws: ProductGap.drawCount
    )
  }

  /// What a period is set against, channel by channel.
  private struct Comparison {
    var rows: [GapRow]
    /// The base's rates over all channels; nil for a plan by channel.
    var baseRates: [GapRate?]
    var basePeriod: GapPeriod?
    var best: GapBest?
  }

  private func compare(
    _ actual: [Named],
    with benchmark: GapBenchmark,
    _ period: GapPeriod,
    _ question: FunnelQuestion,
    _ record: FunnelCells,
    _ completer: RateCompleter
  ) throws -> Comparison {
    switch benchmark {
    case .previous:
      let before = period.previous
      var question = question
      question.firstDay = before.first.dayNumber
      question.lastDay = before.last.dayNumber
      let base = try channels(question)
      let pooled = Self.sum(base.map(\.cell))
      return Comparison(
        rows: rows(base: base, actual: actual, completer),
        baseRates: steps.map { completer.rate(pooled, of: nil, from: $0) },
        basePeriod: before
      )
    case .plan:
      guard let plan = agreement.plan else { throw Self.noPlan }
      let rows = rows(plan: plan, actual: actual, period, completer)
      let isInTotal = rows.count == 1 && rows[0].name == Self.allChannels
      return Comparison(
        rows: rows,
        baseRates: steps.map { isInTotal ? rows[0].base.rates[$0] : nil }
      )
    case .best:
      let (best, rates) = try best(record, completer)
      return Comparison(
        rows: rows(best: rates, actual: actual, completer),
        baseRates: rates,
        best: best
      )
    }
  }

  /// The channels with leads.
  private func channels(_ question: FunnelQuestion) throws -> [Named] {
    try source.cells(for: question).grouped(by: .channel).compactMap {
      $0.cell.episodes > 0 ? ($0.key, $0.cell) : nil
    }
  }

  var steps: Range<Int> { 0..<max(0, agreement.path.count - 1) }

  private func choose(
    _ everything: FunnelQuestion,
    _ benchmark: GapBenchmark,
    _ asOf: Instant,
    _ completer: RateCompleter
  ) throws -> GapPeriodChoice? {
    var byMonth = everything
    byMonth.by = [.cohort]
    let months = try source.cells(for: byMonth).grouped(by: .cohort).map { ($0.key, $0.cell) }
    return GapPeriodChoice(
      months: Dictionary(uniqueKeysWithValues: months),
      tomorrow: agreement.calendar.day(of: asOf.advanced(bySeconds: 1)),
      needsPrevious: benchmark == .previous,
      completer: completer
    )
  }

  /// Refuses a period that ends after the last day of which anything can be known.
  private func checkIsOver(_ period: GapPeriod, _ asOf: Instant) throws {
    let today = agreement.calendar.day(of: asOf)
    guard period.last > today else { return }
    throw InputError(
      code: "option.period-not-over",
      "the period ends on \(period.last), but the data go until \(today).",
      remedy: period.first > today
        ? "Name days up to \(today), or none: then the newest whole quarter that can be compared is."
        : "Write --to \(today)."
    )
  }

  /// The base may begin so many days before the first lead and still pass for whole: leads do not
  /// come in every day.
  private static let quietDays = 7

  /// The day of the first lead on record, of whatever kind, where a base begins well before it.
  private func recordBegins(after base: GapPeriod, _ rule: JourneyRule) throws -> CivilDate? {
    func days(_ first: Int?, _ last: Int?) -> FunnelQuestion {
      FunnelQuestion(
        by: [.week],
        firstDay: first.map { CivilDate(dayNumber: $0) },
        lastDay: last.map { CivilDate(dayNumber: $0) },
        rule: rule,
        pairs: []
      )
    }
    func hasLeads(_ question: FunnelQuestion) throws -> Bool {
      try source.cells(for: question).cells.contains { $0.episodes > 0 }
    }
    guard try !hasLeads(days(nil, base.first.dayNumber + Self.quietDays)) else { return nil }
    let weeks = try source.cells(for: days(base.first.dayNumber, nil))
    let monday = weeks.grouped(by: .week).lazy.filter { $0.cell.episodes > 0 }
      .compactMap { CivilDate($0.key) }.min()
    guard let monday else { return nil }
    let first = try (0..<7).first {
      let day = monday.dayNumber + $0
      return try hasLeads(days(day, day))
    }
    return CivilDate(dayNumber: monday.dayNumber + (first ?? 0))
  }

  static func sum(_ cells: [FunnelCell]) -> FunnelCell? {
    guard var sum = cells.first else { return nil }
    for cell in cells.dropFirst() { sum += cell }
    return sum
  }

  // MARK: Errors

  private static var noPeriod: InputError {
    InputError(
      code: "gap.no-period",
      "no whole quarter or month on record can be compared.",
      remedy: "Name the days with --from and --to, or import the time before as well."
    )
  }

  private static var noPlan: InputError {
    InputError(
      code: "gap.no-plan",
      "the agreement has no plan to compare with.",
      remedy: "Add \"plan:\" with leads a month, rates and mean_deal to agreement.yaml."
    )
  }
}
