import PlumblineCore
import PlumblineStatistics

/// Plans of past dates against what came, in JSON.
struct PlanReplayWire: Codable, Hashable, Sendable {
  struct Share: Codable, Hashable, Sendable {
    let count: Int
    let of: Int
    @OrNull var share: Double?
    @OrNull var lower: Double?
    @OrNull var upper: Double?
    let promised: Double

    init(_ share: ForecastRecord.Share) {
      count = share.count
      of = share.of
      promised = share.promised
      _share = OrNull(wrappedValue: Rounded.share(share.share))
      _lower = OrNull(wrappedValue: Rounded.share(share.interval?.lower))
      _upper = OrNull(wrappedValue: Rounded.share(share.interval?.upper))
    }
  }

  struct Row: Codable, Hashable, Sendable {
    let date: String
    let lastDay: String
    let leads: Int
    @OrNull var leadsPerWeek: Double?
    @OrNull var expected: Double?
    @OrNull var reachedNinety: Double?
    @OrNull var reachedEighty: Double?
    @OrNull var reachedFifty: Double?
    @OrNull var reachedTen: Double?
    @OrNull var came: Double?
    let wins: Int
    let winsWithoutAmount: Int
    let wonLeads: [String]
    @OrNull var isWithinRange: Bool?
    @OrNull var shareBelow: Double?
    @OrNull var periodBefore: Double?
    @OrNull var straightLine: Double?

    init(_ row: PlanReplay.Row, _ currency: String) {
      func amount(_ value: Double?) -> OrNull<Double> {
        OrNull(wrappedValue: Rounded.amount(value, currency))
      }
      date = row.date.description
      lastDay = row.lastDay.description
      leads = row.leads
      _leadsPerWeek = OrNull(wrappedValue: Rounded.tenth(row.leadsPerWeek))
      _expected = amount(row.forecast?.mean)
      _reachedNinety = amount(row.forecast?.low)
      _reachedEighty = amount(row.forecast?.likely)
      _reachedFifty = amount(row.forecast?.evenOdds)
      _reachedTen = amount(row.forecast?.high)
      _came = amount(Double(row.actual))
      wins = row.wins
      winsWithoutAmount = row.winsWithoutAmount
      wonLeads = row.wonLeads
      _isWithinRange = OrNull(wrappedValue: row.isWithinRange)
      _shareBelow = OrNull(wrappedValue: Rounded.share(row.position))
      _periodBefore = amount(row.periodBefore.map(Double.init))
      _straightLine = amount(row.straightLine)
    }
  }

  struct Chance: Codable, Hashable, Sendable {
    let from: Double
    let to: Double
    let plans: Int
    @OrNull var meanChance: Double?
    let wonMore: Int
    @OrNull var lower: Double?
    @OrNull var upper: Double?

    init(_ group: PlanReplay.ChanceGroup) {
      from = group.chances.lowerBound
      to = min(group.chances.upperBound, 1)
      plans = group.replays
      wonMore = group.came
      _meanChance = OrNull(wrappedValue: Rounded.share(group.meanChance))
      _lower = OrNull(wrappedValue: Rounded.share(group.interval?.lower))
      _upper = OrNull(wrappedValue: Rounded.share(group.interval?.upper))
    }
  }

  struct Distance: Codable, Hashable, Sendable {
    @OrNull var distance: Double?
    @OrNull var error: Double?

    init(_ distance: PlanReplay.Distance?) {
      _distance = OrNull(wrappedValue: Rounded.share(distance?.share))
      _error = OrNull(wrappedValue: Rounded.share(distance?.errorShare))
    }
  }

  var format = JSONText.format
  var kind = "plan_replay"
  let agreement: AgreementWire
  let asOf: String
  let filters: [DimensionFilter]
  let skips: SkipRule
  let days: Int
  let fewestMonths: Int
  let olderDates: Int
  let plans: [Row]
  let replays: Int
  let separatePeriods: Int
  let verdict: ForecastRecord.Verdict
  let withinRange: Share
  let aboveEvenOdds: Share
  let aboveLikely: Share
  @OrNull var meanError: Double?
  @OrNull var meanDistance: Double?
  let chances: [Chance]
  let plan: Distance
  let periodBefore: Distance
  let straightLine: Distance
  let headline: String
  let notes: [String]

  init(_ replay: PlanReplay, _ agreement: Agreement) {
    let words = PlanReplayWords(replay: replay, agreement: agreement)
    let record = replay.record
    let comparison = replay.comparison
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(replay.asOf, agreement.calendar)
    filters = replay.question.filters
    skips = replay.rule.skips
    days = replay.days
    fewestMonths = replay.fewestMonths
    olderDates = replay.olderDates
    plans = replay.rows.map { Row($0, agreement.currency) }
    replays = record.replays
    separatePeriods = record.separatePeriods
    verdict = record.verdict
    withinRange = Share(record.withinRange)
    aboveEvenOdds = Share(record.aboveEvenOdds)
    aboveLikely = Share(record.aboveLikely)
    _meanError = OrNull(wrappedValue: Rounded.share(record.meanError))
    _meanDistance = OrNull(wrappedValue: Rounded.share(record.meanDistance))
    chances = replay.chancesGiven.map { Chance($0) }
    plan = Distance(comparison?.plan)
    periodBefore = Distance(comparison?.periodBefore)
    straightLine = Distance(comparison?.straightLine)
    headline = replay.rows.isEmpty ? words.noneText : words.headline
    notes = replay.rows.isEmpty ? [] : words.notes
  }
}
