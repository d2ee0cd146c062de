import PlumblineStatistics

/// Reads from cells what a budget needs, and divides it.
public struct BudgetBuilder: Sendable {
  private let agreement: Agreement
  private let source: any CellSource
  private let minutes: TouchMinutes?
  /// The first and the last day with spend on record.
  private let spendDays: ClosedRange<CivilDate>?

  /// Fewer leads than this do not say how many activities one takes.
  public static let fewestLeadsForTouches = 30

  /// A builder that asks a source for cells.
  ///
  /// - Parameters:
  ///   - history: What the cells were counted from, for the days of its spend.
  ///   - source: Its cells.
  ///   - minutes: What an activity takes; nil where not known.
  public init(_ history: CompanyHistory, source: any CellSource, minutes: TouchMinutes? = nil) {
    agreement = history.agreement
    self.source = source
    self.minutes = minutes
    let today = agreement.calendar.day(of: history.asOf)
    let spend = history.spend.filter { $0.amount > 0 && $0.firstDay <= today }
    let first = spend.map(\.firstDay).min()
    let last = spend.map { min($0.lastDay, today) }.max()
    spendDays = first.flatMap { first in last.map { first...max(first, $0) } }
  }

  /// How the budget is best divided.
  ///
  /// - Parameter options: What is asked.
  /// - Returns: The answer, also where nothing can be divided.
  /// - Throws: `InputError` for options that no record fits, or what the source throws.
  public func answer(_ options: BudgetOptions = BudgetOptions()) throws -> BudgetAnswer {
    let situation = try keptSituation(options)
    try Self.check(options, situation.units.map(\.name))
    return try BudgetPlanner(situation, options).answer()
  }

  // MARK: What is on record

  /// What of the options changes what is counted.
  private struct Counted: Hashable {
    let rule: JourneyRule
    let by: FunnelDimension
    let mostWeeks: Int
    let hoursPerLead: Double?
    let hoursPerMonth: Double?
    let minutes: TouchMinutes?
  }

  /// All that is on record of each channel, kept for the next question where the engine can.
  func keptSituation(_ options: BudgetOptions) throws -> BudgetCase {
    guard let engine = source as? EmbeddedCells else { return try situation(options) }
    let counted = Counted(
      rule: agreement.journeyRule,
      by: options.by,
      mostWeeks: options.mostWeeks,
      hoursPerLead: options.hoursPerLead,
      hoursPerMonth: options.hoursPerMonth,
      minutes: minutes
    )
    return try engine.kept(by: counted) { try situation(options) }
  }

  /// All that is on record of each channel.
  func situation(_ options: BudgetOptions) throws -> BudgetCase {
    let rule = agreement.journeyRule
    let last = agreement.path.count - 1
    let pair = StagePair(from: 0, to: last)
    let builder = FunnelBuilder(agreement, source: source)
    let horizon = try builder.horizon(of: pair, rule: rule)
    let cells = try source.cells(
      for: FunnelQuestion(by: [options.by, .week], rule: rule, pairs: [])
    )
    let weeks = weeks(asOf: cells.asOf, options)
    // Money brings new leads; those who come back later are nobody's spend.
    let first = DimensionFilter(.attempt, values: ["1"])
    let rates = try source.cells(
      for: FunnelQuestion(by: [options.by], filters: [first], rule: rule, pairs: [pair])
    )
    let record = Dictionary(uniqueKeysWithValues: zip(rates.keys.map { $0[0] }, rates.cells))
    let completer = RateCompleter(horizons: [horizon], record: record)
    let touches = try touches(options, rates, settledBy: horizon, first)
    let byName = Dictionary(grouping: zip(cells.keys, cells.cells), by: { $0.0[0] })
    let units = try byName.sorted { $0.key < $1.key }.map { name, own -> BudgetUnit in
      var counted: [CivilDate: FunnelCell] = [:]
      var (deals, lastSpend) = (AmountSummary([]), CivilDate?.none)
      for (key, cell) in own {
        let amounts = try AmountSummary(
          count: cell.wonDeals - cell.wonDealsWithoutAmount,
          sum: Double(cell.revenue),
          sumOfSquares: cell.squaredRevenue
        )
        deals = deals + amounts
        guard let monday = CivilDate(key[1]) else { continue }
        counted[monday] = cell
        if cell.spend ?? 0 > 0 { lastSpend = max(lastSpend ?? monday, monday) }
      }
      return BudgetUnit(
        name: name,
        weeks: try series(weeks, counted),
        lastSpend: lastSpend,
        winRate: completer.rate(record[name], of: name, from: 0),
        deals: deals,
        touchesPerLead: touches.byName[name]
      )
    }
    return BudgetCase(
      asOf: cells.asOf,
      units: units,
      economics: agreement.economics,
      hours: SalesHours(
        agreement.economics,
        options,
        minutes: minutes,
        usualTouches: touches.usual,
        reps: try reps(weeks)
      ),
      horizon: horizon,
      lastSpendDay: spendDays?.upperBound
    )
  }

  /// The Mondays of the whole local weeks for which spend is on record, the newest so many.
  ///
  /// An ad export that ends before the others must not look like a stop.
  private func weeks(asOf: Instant, _ options: BudgetOptions) -> [CivilDate] {
    guard let spendDays else { return [] }
    let tomorrow = agreement.calendar.day(of: asOf.advanced(bySeconds: 1))
    let yesterday = CivilDate(dayNumber: tomorrow.dayNumber - 1)
    let span = WholeWeeks(
      from: spendDays.lowerBound,
      to: min(spendDays.upperBound, yesterday)
    )
    guard let first = span.firstDay?.dayNumber, let last = span.lastDay?.dayNumber, first < last
    else { return [] }
    let all = stride(from: first, to: last, by: 7).map { CivilDate(dayNumber: $0) }
    return Array(all.suffix(options.mostWeeks))
  }

  /// A unit's weeks, none left out, spend carried over from one to the next as agreed.
  private func series(
    _ weeks: [CivilDate],
    _ cells: [CivilDate: FunnelCell]
  ) throws -> [BudgetWeek] {
    guard let firstWeek = weeks.first else { return [] }
    let carried = agreement.economics.weeklyCarryOver ?? 0
    // What was spent before the weeks that count may still work in them.
    let earliest = carried > 0 ? cells.keys.min() ?? firstWeek : firstWeek
    let before = stride(from: earliest.dayNumber, to: firstWeek.dayNumber, by: 7).map {
      CivilDate(dayNumber: $0)
    }
    let all = before + weeks
    // A correction may make a week's spend negative; no response is read from such a week.
    let spend = all.map { max(0, Double(cells[$0]?.spend ?? 0)) }
    let effective = try CarryOver.geometric(spend, carried: carried)
    return all.indices.dropFirst(before.count).map { index in
      BudgetWeek(
        start: all[index],
        spend: spend[index],
        effectiveSpend: effective[index],
        leads: cells[all[index]]?.leads ?? 0
      )
    }
  }

  /// What people do for a lead, from leads old enough to have had all of it.
  private func touches(
    _ options: BudgetOptions,
    _ everybody: FunnelCells,
    settledBy horizon: StretchHorizon,
    _ first: DimensionFilter
  ) throws -> (usual: Double?, byName: [String: Double]) {
    let today = agreement.calendar.day(of: everybody.asOf).dayNumber
    let settled = try source.cells(
      for: FunnelQuestion(
        by: [options.by],
        filters: [first],
        lastDay: CivilDate(dayNumber: today - horizon.days),
        rule: agreement.journeyRule,
        pairs: []
      )
    )
    let fewest = Self.fewestLeadsForTouches
    let cells = settled.total?.episodes ?? 0 >= fewest ? settled : everybody
    guard let total = cells.total, total.episodes > 0, total.activities > 0 else {
      return (nil, [:])
    }
    func perLead(_ cell: FunnelCell) -> Double { Double(cell.activities) / Double(cell.episodes) }
    var byName: [String: Double] = [:]
    for (key, cell) in zip(cells.keys, cells.cells) where cell.episodes >= fewest {
      byName[key[0]] = perLead(cell)
    }
    return (perLead(total), byName)
  }

  /// The owners who had new leads in the newest weeks.
  private func reps(_ weeks: [CivilDate]) throws -> Int {
    guard let last = weeks.last else { return 0 }
    let newest = weeks.suffix(BudgetOptions.weeksOfToday)
    let cells = try source.cells(
      for: FunnelQuestion(
        by: [.owner],
        firstDay: newest.first,
        lastDay: CivilDate(dayNumber: last.dayNumber + 6),
        rule: agreement.journeyRule,
        pairs: []
      )
    )
    return zip(cells.keys, cells.cells).count { key, cell in
      key[0] != FunnelDimension.none && cell.episodes > 0
    }
  }

  // MARK: Options

  /// Refuses what cannot be meant.
  private static func check(_ options: BudgetOptions, _ names: [String]) throws {
    var faults: [Diagnostic] = []
    for (option, amounts) in [("--least", options.least), ("--most", options.most)] {
      for name in amounts.keys.sorted()
      where !names.contains(where: { $0.lowercased() == name.lowercased() }) {
        let hint = Suggestion.nearest(to: name, among: names).map { "Did you mean \($0)? " } ?? ""
        faults.append(
          Diagnostic(
            .error,
            code: "option.unknown-channel",
            "\(option) \(name): no \(options.by.rawValue) has that name.",
            remedy: "\(hint)Known are: \(names.prefix(12).joined(separator: ", "))"
              + (names.count > 12 ? ", …." : ".")
          )
        )
      }
    }
    for name in options.least.keys.sorted() {
      guard let least = options.least(name), let most = options.most(name), least > most else {
        continue
      }
      faults.append(
        Diagnostic(
          .error,
          code: "option.out-of-range",
          "--least \(name) is above --most \(name).",
          remedy: "Exchange the two amounts."
        )
      )
    }
    guard faults.isEmpty else { throw InputError(faults) }
  }
}
