import PlumblineStatistics

/// Makes plans at past dates from what had happened by then, and sets what came beside them.
public struct PlanReplayBuilder {
  /// What is known at an instant.
  public typealias Past = (_ instant: Instant) throws -> (CompanyHistory, EmbeddedCells)

  /// What a plan is made from and for.
  public struct Occasion {
    /// Everything that had happened before `firstDay`.
    public let history: CompanyHistory
    /// The cells of that history.
    public let cells: EmbeddedCells
    /// The first day of the period: the day of the plan.
    public let firstDay: CivilDate
    /// The last day of the period.
    public let lastDay: CivilDate
    /// The leads in each week of the period.
    public let leadsPerWeek: Double
  }

  /// Makes a plan; nil where there is not enough data for one.
  public typealias Forecaster = (Occasion) throws -> PastForecast?

  private let history: CompanyHistory
  private let question: QuotaQuestion
  private let rule: JourneyRule
  private let past: Past
  private let forecast: Forecaster
  /// When leads came, returns included, ascending: those that the question is about.
  private let arrivals: [Int64]
  /// The won deals that the question is about and whose day is known, by their day.
  private let won: [CompanyHistory.WonDeal]

  /// The fewest months of record before a plan.
  public static let fewestMonths = 6
  /// The shortest period that is worth replaying, in days.
  public static let fewestDays = 28
  /// The most dates that are replayed, unless asked otherwise: the newest.
  public static let mostReplays = 24

  /// A builder.
  ///
  /// - Parameters:
  ///   - history: Everything on record: what came.
  ///   - journeys: The journeys of that history; their rule holds for past plans too.
  ///   - question: The plan asked for today; its conditions, mix and rule hold for past plans too.
  ///   - past: What was known at an instant.
  ///   - forecast: Makes a plan; as the question asks for when nil.
  public init(
    _ history: CompanyHistory,
    journeys: Journeys,
    asking question: QuotaQuestion,
    past: @escaping Past,
    forecast: Forecaster? = nil
  ) {
    self.history = history
    self.question = question
    self.past = past
    let rule = journeys.rule
    self.rule = rule
    let today = history.agreement.calendar.day(of: history.asOf)
    self.forecast = forecast ?? { try Self.plan(of: $0, asking: question, rule, today) }
    let rows = QuotaPlanBuilder(history: history, journeys: journeys).wantedRows(question)
    arrivals = rows.compactMap { row in
      let entered = journeys.reached[0][row]
      return entered.isDated ? entered.instant.seconds : nil
    }.sorted()
    let wanted = question.filters.isEmpty ? nil : Set(rows)
    won = history.wonDeals.filter { deal in
      guard deal.closed.isDated else { return false }
      guard let wanted else { return true }
      return journeys.row(ofLead: deal.lead, at: deal.closed).map(wanted.contains) ?? false
    }.sorted { $0.closed < $1.closed }
  }

  /// The plan of an occasion, asked as today's is: the period and how far back rates go move with
  /// the date.
  private static func plan(
    of occasion: Occasion,
    asking question: QuotaQuestion,
    _ rule: JourneyRule,
    _ today: CivilDate
  ) throws -> PastForecast? {
    var asked = question
    asked.quota = 0
    asked.namesLeads = false
    (asked.since, asked.deadline) = (occasion.firstDay, occasion.lastDay)
    asked.ratesSince = question.ratesSince.map {
      CivilDate(dayNumber: $0.dayNumber + occasion.firstDay.dayNumber - today.dayNumber)
    }
    let builder = QuotaPlanBuilder(
      history: occasion.history,
      journeys: occasion.cells.journeys(under: rule)
    )
    let plan = try builder.plan(asked)
    guard let outlook = plan.outlook else { return nil }
    return PastForecast(mean: outlook.mean(entriesPerWeek: occasion.leadsPerWeek)) { chance in
      outlook.reached(withProbability: chance, entriesPerWeek: occasion.leadsPerWeek)
    }
  }

  /// The plans of past dates: one at the beginning of each month that has enough record before it
  /// and whose period is over.
  ///
  /// - Parameters:
  ///   - days: The length of each period, at least 1.
  ///   - most: The most dates; the newest are taken.
  ///   - fewestMonths: The fewest months of record before the first plan.
  /// - Returns: The plans against what came.
  /// - Throws: What the past or the forecaster throws.
  /// - Complexity: One reading of the record for each date.
  public func replay(
    days: Int,
    most: Int = Self.mostReplays,
    fewestMonths: Int = Self.fewestMonths
  ) throws -> PlanReplay {
    let all = dates(days: days, fewestMonths: fewestMonths)
    let dates = all.suffix(max(most, 0))
    return PlanReplay(
      question,
      rule: rule,
      asOf: history.asOf,
      days: days,
      rows: try dates.map { try row($0, days: days) },
      fewestMonths: fewestMonths,
      olderDates: all.count - dates.count
    )
  }

  /// The day on which the record begins: that of the first lead; nil without a dated one.
  public var firstDay: CivilDate? {
    arrivals.first.map { calendar.day(of: Instant(seconds: $0)) }
  }

  private var calendar: LocalCalendar { history.agreement.calendar }

  /// The month starts whose period lies within the record.
  private func dates(days: Int, fewestMonths: Int) -> [CivilDate] {
    guard days > 0, let begin = firstDay else { return [] }
    // The as-of day is over when the as-of instant is its last second.
    let end = calendar.day(of: history.asOf.advanced(bySeconds: 1))
    var date = begin.startOfMonth
    if date < begin { date = date.nextMonth }
    for _ in 0..<max(fewestMonths, 0) { date = date.nextMonth }
    var dates: [CivilDate] = []
    while date.dayNumber + days <= end.dayNumber {
      dates.append(date)
      date = date.nextMonth
    }
    return dates
  }

  private func row(_ date: CivilDate, days: Int) throws -> PlanReplay.Row {
    let after = CivilDate(dayNumber: date.dayNumber + days)
    let span = instants(from: date, to: after)
    let came = arrivals.count { span.contains($0) }
    let perWeek = Double(came) * 7 / Double(days)
    let brought = won(in: span)
    let begin = firstDay ?? date
    let recordDays = max(date.dayNumber - begin.dayNumber, 1)
    let before = CivilDate(dayNumber: date.dayNumber - days)
    let sumBefore = amount(of: won(in: instants(from: begin, to: date)))
    // The instant before the day begins: nothing of the day itself is known.
    let (known, cells) = try past(Instant(seconds: span.lowerBound - 1))
    let occasion = Occasion(
      history: known,
      cells: cells,
      firstDay: date,
      lastDay: CivilDate(dayNumber: after.dayNumber - 1),
      leadsPerWeek: perWeek
    )
    return PlanReplay.Row(
      date: date,
      lastDay: occasion.lastDay,
      leads: came,
      leadsPerWeek: perWeek,
      forecast: try forecast(occasion),
      actual: amount(of: brought),
      wins: brought.count { $0.amount != nil },
      winsWithoutAmount: brought.count { $0.amount == nil },
      wonLeads: Set(brought.map { history.id(ofLead: $0.lead) }).sorted(),
      periodBefore: before >= begin
        ? amount(of: won(in: instants(from: before, to: date))) : nil,
      straightLine: Double(sumBefore) / Double(recordDays) * Double(days)
    )
  }

  /// Seconds from the beginning of one day to that of another.
  private func instants(from first: CivilDate, to end: CivilDate) -> Range<Int64> {
    let start = calendar.instant(of: first).seconds
    return start..<max(start, calendar.instant(of: end).seconds)
  }

  private func won(in span: Range<Int64>) -> [CompanyHistory.WonDeal] {
    won.filter { span.contains($0.closed.instant.seconds) }
  }

  private func amount(of deals: [CompanyHistory.WonDeal]) -> Int64 {
    deals.reduce(0) { $0 + ($1.amount ?? 0) }
  }
}

extension CivilDate {
  /// The first day of the month after this date's.
  fileprivate var nextMonth: CivilDate {
    let (year, month, _) = components
    return CivilDate(
      dayNumber: startOfMonth.dayNumber + CivilDate.days(inMonth: month, of: year)
    )
  }
}
