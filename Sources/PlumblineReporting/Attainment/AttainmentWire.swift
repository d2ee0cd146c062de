import PlumblineCore
import PlumblineStatistics

/// Attainment in JSON.
struct AttainmentWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "attainment"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let period: String
  let firstDay: String
  let lastDay: String
  let timeGone: Double
  let weeksLeft: Double
  let hasBegun: Bool
  let isOver: Bool
  @OrNull var absence: AttainmentAbsence?
  let writtenPeriods: [String]
  let team: AttainmentRowWire
  let people: [AttainmentRowWire]
  let nobody: AttainmentRowWire
  let residual: Double
  @OrNull var quotaOfNobody: Double?
  let differences: [String]
  let undatedWins: [String]
  @OrNull var meanDeal: Double?
  let dealsBehindMean: Int
  @OrNull var forecastAbsence: String?
  @OrNull var record: ForecastRecordWire?
  let closing: ClosingShareWire
  let teams: [TeamScorecardWire]
  @OrNull var costWithinDays: Int?
  let value: CompanyValueWire
  @OrNull var whatIf: WhatIfWire?
  let launches: [LaunchWire]
  @OrNull var worthALook: [String]?
  let notes: [String]

  init(_ answer: AttainmentAnswer, _ agreement: Agreement, _ found: WorthALook? = nil) {
    let words = AttainmentWords(answer, agreement)
    let currency = agreement.currency
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    period = "\(answer.period)"
    firstDay = "\(answer.period.days.lowerBound)"
    lastDay = "\(answer.period.days.upperBound)"
    timeGone = Rounded.share(answer.pace.gone) ?? 0
    weeksLeft = Rounded.share(answer.pace.weeksLeft) ?? 0
    hasBegun = answer.pace.hasBegun
    isOver = answer.pace.isOver
    _absence = OrNull(wrappedValue: answer.absence)
    writtenPeriods = answer.writtenPeriods.map(\.description)
    team = AttainmentRowWire(answer.team, currency)
    people = answer.people.map { AttainmentRowWire($0, currency) }
    nobody = AttainmentRowWire(answer.nobody, currency)
    residual = Rounded.amount(Double(answer.residual), currency) ?? 0
    _quotaOfNobody = OrNull(
      wrappedValue: Rounded.amount(answer.quotaOfNobody.map(Double.init), currency)
    )
    differences = words.differences
    undatedWins = answer.undatedWins
    _meanDeal = OrNull(wrappedValue: Rounded.amount(answer.deal.mean, currency))
    dealsBehindMean = answer.deal.count
    _forecastAbsence = OrNull(wrappedValue: words.forecastAbsence)
    _record = OrNull(wrappedValue: answer.record.map { ForecastRecordWire($0) })
    closing = ClosingShareWire(answer.closing)
    teams = answer.teams.map { TeamScorecardWire($0, currency) }
    _costWithinDays = OrNull(wrappedValue: answer.costWithinDays)
    value = CompanyValueWire(answer.value, currency)
    _whatIf = OrNull(wrappedValue: answer.whatIf.map { WhatIfWire($0, words) })
    launches = answer.launches.map { LaunchWire($0) }
    _worthALook = OrNull(wrappedValue: found.map { [$0.headline] + $0.sentences })
    notes =
      words.notes
      + [words.chanceText, words.monthText, words.lastHours, words.recordText].compactMap(\.self)
      + words.scorecardNotes
  }
}

/// One row in JSON.
struct AttainmentRowWire: Codable, Hashable, Sendable {
  @OrNull var owner: String?
  @OrNull var quota: Double?
  @OrNull var quotaFrom: String?
  @OrNull var quotaBasis: String?
  let won: Double
  let wonDeals: Int
  let wonDealsWithoutAmount: Int
  let refunds: Int
  let wonDealIds: [String]
  @OrNull var toGo: Double?
  @OrNull var attainment: Double?
  let openAmount: Double
  let openDeals: Int
  let openDueInPeriod: Double
  let openWeighted: Double
  let openLeftOut: Int
  let openDealIds: [String]
  @OrNull var coverage: Double?
  @OrNull var weightedCoverage: Double?
  @OrNull var chance: ChanceRangeWire?
  @OrNull var need: WeeklyNeedWire?
  @OrNull var forecast: AttainmentForecastWire?
  let months: [AttainmentMonthWire]

  init(_ row: AttainmentRow, _ currency: String) {
    func amount(_ value: Int64?) -> Double? { Rounded.amount(value.map(Double.init), currency) }
    if case .owner(let name) = row.subject {
      _owner = OrNull(wrappedValue: name)
    } else {
      _owner = OrNull(wrappedValue: nil)
    }
    _quota = OrNull(wrappedValue: amount(row.quota?.amount))
    _quotaFrom = OrNull(wrappedValue: row.quota?.origin.rawValue)
    _quotaBasis = OrNull(wrappedValue: row.quota.map { Self.basis($0) })
    won = amount(row.won.amount) ?? 0
    wonDeals = row.won.count
    wonDealsWithoutAmount = row.won.withoutAmount
    refunds = row.won.refunds
    wonDealIds = row.won.ids
    _toGo = OrNull(wrappedValue: amount(row.gap))
    _attainment = OrNull(wrappedValue: Rounded.share(row.attainment))
    openAmount = amount(row.open.amount) ?? 0
    openDeals = row.open.count
    openDueInPeriod = amount(row.open.dueInPeriod) ?? 0
    openWeighted = amount(row.open.weighted) ?? 0
    openLeftOut = row.open.leftOut
    openDealIds = row.open.ids
    _coverage = OrNull(wrappedValue: Rounded.share(row.coverage))
    _weightedCoverage = OrNull(wrappedValue: Rounded.share(row.weightedCoverage))
    _chance = OrNull(wrappedValue: row.chance.map { ChanceRangeWire($0, currency) })
    _need = OrNull(wrappedValue: row.need.map { WeeklyNeedWire($0, currency) })
    _forecast = OrNull(wrappedValue: row.forecast.map { AttainmentForecastWire($0, currency) })
    months = row.months.map { AttainmentMonthWire($0, currency) }
  }

  private static func basis(_ quota: QuotaFigure) -> String {
    switch quota.basis {
    case .written: quota.measure == .revenue ? "revenue" : "written"
    case .parts: "parts"
    case .share: "share"
    case .partial: "partial"
    case .people: "people"
    }
  }
}

/// One month of a row in JSON.
struct AttainmentMonthWire: Codable, Hashable, Sendable {
  let month: String
  @OrNull var quota: Double?
  let won: Double
  let wonDeals: Int
  @OrNull var attainment: Double?
  let openDue: Double
  @OrNull var need: Double?
  @OrNull var coverage: Double?

  init(_ month: AttainmentMonth, _ currency: String) {
    self.month = "\(month.month)"
    _quota = OrNull(
      wrappedValue: Rounded.amount(month.quota.map { Double($0.amount) }, currency)
    )
    won = Rounded.amount(Double(month.won.amount), currency) ?? 0
    wonDeals = month.won.count
    _attainment = OrNull(wrappedValue: Rounded.share(month.attainment))
    openDue = Rounded.amount(Double(month.openDue), currency) ?? 0
    _need = OrNull(wrappedValue: Rounded.amount(month.need.map(Double.init), currency))
    _coverage = OrNull(wrappedValue: Rounded.share(month.coverage))
  }
}

/// What chance alone leaves, in JSON.
struct ChanceRangeWire: Codable, Hashable, Sendable {
  let expected: Double
  let lower: Double
  let upper: Double
  let pValue: Double
  let adjusted: Double
  let verdict: ChanceRange.Verdict

  init(_ chance: ChanceRange, _ currency: String) {
    expected = Rounded.amount(chance.expected, currency) ?? 0
    lower = Rounded.amount(chance.interval.lower, currency) ?? 0
    upper = Rounded.amount(chance.interval.upper, currency) ?? 0
    pValue = Rounded.share(chance.pValue) ?? 0
    adjusted = Rounded.share(chance.adjusted) ?? 0
    verdict = chance.verdict
  }
}

/// What is needed each week, in JSON.
struct WeeklyNeedWire: Codable, Hashable, Sendable {
  let amount: Double
  @OrNull var deals: Double?
  @OrNull var handOffs: Double?
  @OrNull var leads: Double?

  init(_ need: WeeklyNeed, _ currency: String) {
    amount = Rounded.amount(need.amount, currency) ?? 0
    _deals = OrNull(wrappedValue: Rounded.share(need.deals))
    _handOffs = OrNull(wrappedValue: Rounded.share(need.handOffs))
    _leads = OrNull(wrappedValue: Rounded.share(need.leads))
  }
}

/// A forecast in JSON.
struct AttainmentForecastWire: Codable, Hashable, Sendable {
  let basis: AttainmentForecast.Basis
  let booked: Double
  let fromPipeline: Double
  let fromNew: Double
  let expected: Double
  let standardDeviation: Double
  let likelyLow: Double
  let median: Double
  let likelyHigh: Double
  @OrNull var chance: Double?

  init(_ forecast: AttainmentForecast, _ currency: String) {
    func amount(_ value: Double) -> Double { Rounded.amount(value, currency) ?? 0 }
    basis = forecast.basis
    booked = amount(forecast.booked)
    fromPipeline = amount(forecast.fromPipeline)
    fromNew = amount(forecast.fromNew)
    expected = amount(forecast.expected)
    standardDeviation = amount(forecast.standardDeviation)
    likelyLow = amount(forecast.likely.p90)
    median = amount(forecast.likely.p50)
    likelyHigh = amount(forecast.likely.p10)
    _chance = OrNull(wrappedValue: Rounded.share(forecast.chance))
  }
}

/// How past forecasts turned out, in JSON.
struct ForecastRecordWire: Codable, Hashable, Sendable {
  let replays: Int
  let separatePeriods: Int
  let withinRange: Int
  let promised: Double
  let verdict: ForecastRecord.Verdict

  init(_ record: ForecastRecord) {
    replays = record.replays
    separatePeriods = record.separatePeriods
    withinRange = record.withinRange.count
    promised = record.withinRange.promised
    verdict = record.verdict
  }
}
