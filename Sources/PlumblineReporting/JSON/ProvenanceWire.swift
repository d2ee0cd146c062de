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

/// The question as every JSON answer repeats it.
struct QuestionWire: Codable, Hashable, Sendable {
  let by: [FunnelDimension]
  let filters: [DimensionFilter]
  @OrNull var firstDay: String?
  @OrNull var lastDay: String?
  let skips: SkipRule

  init(_ question: FunnelQuestion) {
    by = question.by
    filters = question.filters
    _firstDay = OrNull(
      wrappedValue: question.firstDay.map { CivilDate(dayNumber: $0).description }
    )
    _lastDay = OrNull(wrappedValue: question.lastDay.map { CivilDate(dayNumber: $0).description })
    skips = question.skips
  }
}

/// A horizon in JSON.
struct HorizonWire: Codable, Hashable, Sendable {
  let from: String
  let to: String
  let days: Int
  let isAgreed: Bool

  init(_ horizon: StretchHorizon) {
    from = horizon.from
    to = horizon.to
    days = horizon.days
    isAgreed = horizon.isAgreed
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
