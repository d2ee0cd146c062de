import PlumblineCore
import PlumblineStatistics

/// What is usual, in JSON.
struct WatchBaselineWire: Codable, Hashable, Sendable {
  let weeks: Int
  let items: Int
  let met: Int
  @OrNull var share: Double?
  @OrNull var overdispersion: Double?
  let firstWeek: String
  let lastWeek: String

  init?(_ watched: WatchedSeries) {
    guard let baseline = watched.baseline, let first = watched.baselineWeeks.first,
      let last = watched.baselineWeeks.last
    else { return nil }
    weeks = baseline.weeks
    items = baseline.items
    met = baseline.met
    _share = OrNull(
      wrappedValue: Rounded.share(Double(baseline.met) / Double(max(baseline.items, 1)))
    )
    _overdispersion = OrNull(wrappedValue: Rounded.share(baseline.overdispersion))
    firstWeek = first.start.description
    lastWeek = last.start.description
  }
}

/// One watched week in JSON.
struct WatchWeekWire: Codable, Hashable, Sendable {
  let week: String
  let items: Int
  let met: Int
  @OrNull var share: Double?
  @OrNull var score: Double?
  @OrNull var smoothedScore: Double?
  @OrNull var limit: Double?
  let usualFrom: Int
  let usualTo: Int
  let isAlarm: Bool
  let isShock: Bool

  init(_ week: WatchPoint) {
    self.week = week.start.description
    items = week.point.items
    met = week.point.met
    _share = OrNull(wrappedValue: Rounded.share(week.point.rate))
    _score = OrNull(wrappedValue: Rounded.share(week.point.score))
    _smoothedScore = OrNull(wrappedValue: Rounded.share(week.point.smoothedScore))
    _limit = OrNull(wrappedValue: Rounded.share(week.point.limit))
    usualFrom = week.usual.lowerBound
    usualTo = week.usual.upperBound
    isAlarm = week.point.isAlarm
    isShock = week.point.isShock
  }
}

/// An alert in JSON.
struct WatchTicketWire: Codable, Hashable, Sendable {
  let kind: WatchTicket.Kind
  let firstWeek: String
  @OrNull var lastWeek: String?

  init(_ ticket: WatchTicket) {
    kind = ticket.kind
    firstWeek = ticket.from.description
    _lastWeek = OrNull(wrappedValue: ticket.until?.description)
  }
}

/// One series in JSON.
struct WatchSeriesWire: Codable, Hashable, Sendable {
  let id: String
  let kind: WeeklySeries.Kind
  let subject: String
  @OrNull var dimension: FunnelDimension?
  @OrNull var unit: String?
  @OrNull var from: String?
  @OrNull var to: String?
  @OrNull var withinDays: Int?
  let worse: WorseDirection
  let state: String
  @OrNull var since: String?
  @OrNull var missing: String?
  @OrNull var baseline: WatchBaselineWire?
  @OrNull var itemsPerWeek: Double?
  @OrNull var fall: Double?
  @OrNull var weeksToSeeFall: Int?
  let weeks: [WatchWeekWire]
  let alerts: [WatchTicketWire]

  init(_ watched: WatchedSeries, _ words: WatchWords) {
    let series = watched.series
    let path = words.agreement.path
    id = series.id
    kind = series.kind
    subject = words.subject(series)
    _dimension = OrNull(wrappedValue: series.dimension)
    _unit = OrNull(wrappedValue: series.dimension == nil ? nil : series.unit)
    _from = OrNull(wrappedValue: series.fromStage.map { path[$0].id })
    _to = OrNull(wrappedValue: series.fromStage.map { path[$0 + 1].id })
    _withinDays = OrNull(wrappedValue: series.withinDays)
    worse = series.worse
    state = words.stateID(watched.state)
    switch watched.state {
    case .alarm(let since): _since = OrNull(wrappedValue: since.description)
    case .shock(let week): _since = OrNull(wrappedValue: week.description)
    case .quiet, .tooLittleData: _since = OrNull(wrappedValue: nil)
    }
    if case .tooLittleData(let missing) = watched.state {
      _missing = OrNull(wrappedValue: words.missing(missing))
    } else {
      _missing = OrNull(wrappedValue: nil)
    }
    _baseline = OrNull(wrappedValue: WatchBaselineWire(watched))
    _itemsPerWeek = OrNull(wrappedValue: Rounded.tenth(watched.itemsPerWeek))
    _fall = OrNull(wrappedValue: watched.isJudged ? Rounded.share(watched.fall) : nil)
    _weeksToSeeFall = OrNull(wrappedValue: watched.weeksToSeeFall)
    weeks = watched.points.map { WatchWeekWire($0) }
    alerts = watched.tickets.map { WatchTicketWire($0) }
  }
}

/// All watched series in JSON.
struct WatchWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "watch"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let question: QuestionWire
  let weeksWatched: Int
  @OrNull var baselineTo: String?
  @OrNull var falseAlarmsPerYear: Double?
  let judged: Int
  let alerting: Int
  @OrNull var limitFactor: Double?
  let series: [WatchSeriesWire]
  let undatedSteps: [String]
  let notes: [String]

  init(_ answer: WatchAnswer, _ agreement: Agreement) {
    let words = WatchWords(answer, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    question = QuestionWire(answer.question, agreement)
    weeksWatched = answer.options.weeks
    _baselineTo = OrNull(wrappedValue: answer.options.baselineEnd?.description)
    _falseAlarmsPerYear = OrNull(wrappedValue: Rounded.share(answer.options.falseAlarmsPerYear))
    judged = answer.judgedCount
    alerting = answer.alerts.count
    _limitFactor = OrNull(wrappedValue: Rounded.share(answer.limitFactor))
    series = answer.series.map { WatchSeriesWire($0, words) }
    undatedSteps = answer.undatedSteps.map {
      "\(agreement.path[$0].id)-\(agreement.path[$0 + 1].id)"
    }
    notes = words.notes
  }
}
