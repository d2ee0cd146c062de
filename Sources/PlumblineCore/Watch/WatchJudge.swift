import PlumblineStatistics

/// Judges weekly series against their own past, all under one budget of false alarms.
struct WatchJudge {
  let options: WatchOptions
  private let tomorrow: CivilDate

  init(_ options: WatchOptions, tomorrow: CivilDate) {
    self.options = options
    self.tomorrow = tomorrow
  }

  /// The share's worsening of which it is said how soon it is seen.
  static let fall = 0.15

  /// A series parted into what is usual and what is watched.
  private struct Draft {
    var series: WeeklySeries
    var before: [WeeklySeries.Week]
    var watched: [WeeklySeries.Week]
    var baseline: ProportionBaseline
    var missing: WatchState.Missing?
  }

  /// All series with their states, and the factor L that keeps to the budget.
  ///
  /// - Complexity: O(series x weeks x items).
  func judge(_ series: [WeeklySeries]) -> ([WatchedSeries], limitFactor: Double) {
    let drafts = series.map(draft)
    let judged = drafts.count { $0.missing == nil }
    let factor = ProportionChart.limitFactor(
      falseAlarmsPerYear: options.falseAlarmsPerYear,
      series: judged
    )
    let siblings = Dictionary(grouping: drafts.filter { $0.missing == nil }) { Kin($0.series) }
      .mapValues { $0.reduce(OverdispersionEvidence.none) { $0 + $1.baseline.evidence } }
    let watched = drafts.map { draft in
      draft.missing.map { self.unjudged(draft, $0) }
        ?? watch(draft, siblings[Kin(draft.series)] ?? .none, factor)
    }
    return (watched, factor)
  }

  /// Series that vary alike: of one kind of unit at one step or of one promise.
  private struct Kin: Hashable {
    let kind: WeeklySeries.Kind
    let subject: String
    let dimension: FunnelDimension?
    let fromStage: Int?

    init(_ series: WeeklySeries) {
      kind = series.kind
      subject = series.subject
      dimension = series.dimension
      fromStage = series.fromStage
    }
  }

  private func draft(_ series: WeeklySeries) -> Draft {
    // Items need their days to meet their mark, so the newest weeks are not whole yet.
    let end = CivilDate(dayNumber: tomorrow.dayNumber - (series.withinDays ?? 0)).startOfWeek
    let start =
      options.baselineEnd?.startOfWeek
      ?? CivilDate(dayNumber: end.dayNumber - 7 * options.weeks)
    let earliest = CivilDate(dayNumber: start.dayNumber - 7 * options.mostBaselineWeeks)
    let weeks = series.weeks.filter {
      $0.items > 0 && $0.start >= earliest && $0.start < end
    }
    let before = weeks.filter { $0.start < start }
    let watched = weeks.filter { $0.start >= start }
    let baseline = ProportionBaseline(items: before.map(\.items), met: before.map(\.met))
    var missing: WatchState.Missing?
    let perWeek = Self.itemsPerWeek(baseline)
    if baseline.weeks < ProportionBaseline.fewestWeeks {
      missing = .weeks(have: baseline.weeks, need: ProportionBaseline.fewestWeeks)
    } else if perWeek < options.fewestItemsPerWeek {
      missing = .items(perWeek: perWeek, need: options.fewestItemsPerWeek)
    } else if watched.isEmpty {
      missing = .everything
    } else if baseline.met == (series.worse == .low ? 0 : baseline.items) {
      missing = .anythingToLose
    }
    return Draft(
      series: series,
      before: before,
      watched: watched,
      baseline: baseline,
      missing: missing
    )
  }

  private static func itemsPerWeek(_ baseline: ProportionBaseline) -> Double {
    Double(baseline.items) / Double(max(baseline.weeks, 1))
  }

  private func unjudged(_ draft: Draft, _ missing: WatchState.Missing) -> WatchedSeries {
    WatchedSeries(
      series: draft.series,
      baseline: draft.baseline.weeks > 0 ? draft.baseline : nil,
      baselineWeeks: draft.before,
      points: [],
      state: .tooLittleData(missing),
      tickets: [],
      itemsPerWeek: Self.itemsPerWeek(draft.baseline),
      fall: 0,
      weeksToSeeFall: nil
    )
  }

  private func watch(
    _ draft: Draft,
    _ siblings: OverdispersionEvidence,
    _ factor: Double
  ) -> WatchedSeries {
    let isShort = draft.baseline.weeks < ProportionBaseline.weeksForOwnOverdispersion
    let baseline =
      isShort
      ? ProportionBaseline(
        items: draft.before.map(\.items),
        met: draft.before.map(\.met),
        overdispersion: siblings.overdispersion
      ) : draft.baseline
    let start = ProportionChart(
      baseline: baseline,
      limitFactor: factor,
      worse: draft.series.worse
    )
    var chart = start
    let points = draft.watched.compactMap { week in
      chart.add(items: week.items, met: week.met).map { point in
        WatchPoint(
          start: week.start,
          point: point,
          usual: start.usualCounts(items: week.items)
        )
      }
    }
    let tickets = Self.tickets(points)
    let isLow = draft.series.worse == .low
    let fall = min(Self.fall, (isLow ? baseline.rate : 1 - baseline.rate) / 2)
    let perWeek = Self.itemsPerWeek(baseline)
    return WatchedSeries(
      series: draft.series,
      baseline: baseline,
      baselineWeeks: draft.before,
      points: points,
      state: Self.state(tickets),
      tickets: tickets,
      itemsPerWeek: perWeek,
      fall: fall,
      weeksToSeeFall: start.medianWeeksUntilAlarm(
        rate: baseline.rate + (isLow ? -fall : fall),
        itemsPerWeek: max(1, Int(perWeek.rounded()))
      )
    )
  }

  /// Alerts, one for each trouble: an alarm until it clears, shocks in a row as one, and none of
  /// its own for a shock while an alarm is open.
  private static func tickets(_ points: [WatchPoint]) -> [WatchTicket] {
    var tickets: [WatchTicket] = []
    var open: WatchTicket?
    var last: CivilDate?
    for week in points {
      let kind: WatchTicket.Kind? =
        week.point.isAlarm ? .alarm : week.point.isShock ? .shock : nil
      if var ticket = open {
        if ticket.kind == .shock, kind == .alarm { ticket.kind = .alarm }
        open = ticket
        if kind == nil || (ticket.kind == .alarm && kind == .shock) {
          ticket.until = last
          tickets.append(ticket)
          open = nil
        }
      }
      if open == nil, let kind { open = WatchTicket(kind: kind, from: week.start) }
      last = week.start
    }
    if let open { tickets.append(open) }
    return tickets
  }

  private static func state(_ tickets: [WatchTicket]) -> WatchState {
    guard let last = tickets.last, last.until == nil else { return .quiet }
    return last.kind == .alarm ? .alarm(since: last.from) : .shock(week: last.from)
  }
}
