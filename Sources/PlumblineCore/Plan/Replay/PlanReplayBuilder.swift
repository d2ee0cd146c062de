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
  private let journeys: Journeys
  private let past: Past
  private let forecast: Forecaster

  /// The fewest months of record before a plan.
  public static let fewestMonths = 6
  /// The most dates that are replayed, unless asked otherwise: the newest.
  public static let mostReplays = 24

  /// A builder.
  ///
  /// - Parameters:
  ///   - history: Everything on record: what came.
  ///   - cells: The cells of that history.
  ///   - past: What was known at an instant.
  ///   - forecast: Makes a plan.
  public init(
    _ history: CompanyHistory,
    cells: EmbeddedCells,
    past: @escaping Past,
    forecast: @escaping Forecaster
  ) {
    self.history = history
    self.past = past
    self.forecast = forecast
    journeys = cells.journeys(under: history.agreement.journeyRule)
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
      days: days,
      rows: try dates.map { try row($0, days: days) },
      fewestMonths: fewestMonths,
      olderDates: all.count - dates.count
    )
  }

  /// The day on which the record begins: that of the first lead; nil without a dated one.
  public var firstDay: CivilDate? {
    journeys.reached.first?.filter(\.isDated).min().map { calendar.day(of: $0.instant) }
  }

  private var calendar: LocalCalendar { history.agreement.calendar }

  /// The month starts whose period lies within the record.
  private func dates(days: Int, fewestMonths: Int) -> [CivilDate] {
    guard days > 0, let begin = firstDay else { return [] }
    let end = calendar.instant(of: calendar.day(of: history.asOf)) == history.asOf
      ? calendar.day(of: history.asOf) : CivilDate(dayNumber: calendar.day(of: history.asOf).dayNumber + 1)
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
    let came = journeys.reached.first?.count { $0.isDated && span.contains($0.instant.seconds) } ?? 0
    let perWeek = Double(came) * 7 / Double(days)
    let won = won(in: span)
    let begin = firstDay ?? date
    let recordDays = max(date.dayNumber - begin.dayNumber, 1)
    let before = CivilDate(dayNumber: date.dayNumber - days)
    let sumBefore = amount(of: self.won(in: instants(from: begin, to: date)))
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
      actual: amount(of: won),
      wins: won.count { $0.amount != nil },
      winsWithoutAmount: won.count { $0.amount == nil },
      wonLeads: Set(won.map { history.id(ofLead: $0.lead) }).sorted(),
      periodBefore: before >= begin ? amount(of: self.won(in: instants(from: before, to: date))) : nil,
      straightLine: Double(sumBefore) / Double(recordDays) * Double(days)
    )
  }

  /// Seconds from the beginning of one day to that of another.
  private func instants(from first: CivilDate, to end: CivilDate) -> Range<Int64> {
    let start = calendar.instant(of: first).seconds
    return start..<max(start, calendar.instant(of: end).seconds)
  }

  private func won(in span: Range<Int64>) -> [CompanyHistory.WonDeal] {
    history.wonDeals.filter { $0.closed.isDated && span.contains($0.closed.instant.seconds) }
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
