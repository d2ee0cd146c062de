import PlumblineCore

/// The agreement as every JSON answer names it.
struct AgreementWire: Codable, Hashable, Sendable {
  let company: String
  let version: String
  let hash: String
  let currency: String
  let timeZone: String

  init(_ agreement: Agreement) {
    company = agreement.company
    version = agreement.version
    hash = agreement.hash
    currency = agreement.currency
    timeZone = agreement.calendar.zoneName
  }
}

/// The question as every JSON answer repeats it, with the rules under which events were read.
struct QuestionWire: Codable, Hashable, Sendable {
  /// What a question can set in place of the agreement.
  enum Rule: String, Codable, Hashable, Sendable {
    case skips, returns, confirmed, horizons
    case mqlAt = "mql_at"
  }

  /// A stage that counts only when a later one follows in time.
  struct Confirmed: Codable, Hashable, Sendable {
    let stage: String
    let by: String
    let withinDays: Int
    @OrNull var from: String?
    @OrNull var until: String?

    init(_ condition: Confirmation, _ agreement: Agreement) {
      stage = agreement.path[condition.stage].id
      by = agreement.path[condition.by].id
      withinDays = condition.withinDays
      let calendar = agreement.calendar
      _from = OrNull(wrappedValue: condition.from.map { Format.iso8601($0, calendar) })
      _until = OrNull(wrappedValue: condition.until.map { Format.iso8601($0, calendar) })
    }
  }

  /// Days that were asked for a step.
  struct AskedHorizon: Codable, Hashable, Sendable {
    let step: String
    let days: Int
  }

  let by: [FunnelDimension]
  let filters: [DimensionFilter]
  @OrNull var firstDay: String?
  @OrNull var lastDay: String?
  let skips: SkipRule
  let returns: ReturnRule
  let confirmed: [Confirmed]
  @OrNull var mqlAt: Int?
  let askedHorizons: [AskedHorizon]
  let whatIf: [Rule]

  init(_ question: FunnelQuestion, _ agreement: Agreement) {
    by = question.by
    filters = question.filters
    _firstDay = OrNull(
      wrappedValue: question.firstDay.map { CivilDate(dayNumber: $0).description }
    )
    _lastDay = OrNull(wrappedValue: question.lastDay.map { CivilDate(dayNumber: $0).description })
    skips = question.skips
    returns = question.rule.returns
    confirmed = question.rule.confirmations.map { Confirmed($0, agreement) }
    _mqlAt = OrNull(wrappedValue: agreement.askedScore)
    askedHorizons = agreement.askedHorizons.sorted { $0.key < $1.key }.map {
      AskedHorizon(step: $0.key, days: $0.value)
    }
    var changed: [Rule] = []
    if question.skips != agreement.skips { changed.append(.skips) }
    if agreement.askedReturns != nil || question.rule.returns != agreement.returns {
      changed.append(.returns)
    }
    if question.rule.confirmations != agreement.confirmationsOverTime { changed.append(.confirmed) }
    if agreement.askedScore != nil { changed.append(.mqlAt) }
    if !agreement.askedHorizons.isEmpty { changed.append(.horizons) }
    whatIf = changed
  }
}

/// A horizon in JSON.
struct HorizonWire: Codable, Hashable, Sendable {
  let from: String
  let to: String
  let days: Int
  let isAgreed: Bool

  init(_ horizon: StretchHorizon, _ agreement: Agreement) {
    from = horizon.from
    to = horizon.to
    days = horizon.days
    isAgreed = horizon.isAgreed && !horizon.isAsked(of: agreement)
  }
}

/// A capture gap in JSON.
struct GapWire: Codable, Hashable, Sendable {
  let kind: CaptureGap.Kind
  let count: Int
  @OrNull var of: Int?
  let examples: [String]
  let message: String
  let remedy: String

  init(_ gap: CaptureGap) {
    kind = gap.kind
    count = gap.count
    _of = OrNull(wrappedValue: gap.of)
    examples = gap.examples
    message = GapText.sentence(gap)
    remedy = gap.kind.remedy
  }
}
