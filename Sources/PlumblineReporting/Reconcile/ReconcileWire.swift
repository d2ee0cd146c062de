import PlumblineCore
import PlumblineStatistics

/// A number under one definition, in JSON.
struct ReadingWire: Codable, Hashable, Sendable {
  let unit: MetricReading.Unit
  @OrNull var value: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  let numerator: String
  let denominator: String
  let records: Int
  let isEstimate: Bool
  @OrNull var missing: MetricReading.Absence?

  init(_ reading: MetricReading) {
    unit = reading.unit
    _value = OrNull(wrappedValue: Rounded.share(reading.value))
    _lower = OrNull(wrappedValue: Rounded.share(reading.interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(reading.interval?.upper))
    numerator = String(reading.numerator)
    denominator = String(reading.denominator)
    records = reading.records
    isEstimate = reading.isEstimated
    _missing = OrNull(wrappedValue: reading.absence)
  }
}

/// One step of a bridge in JSON.
struct BridgeStepWire: Codable, Hashable, Sendable {
  let id: String
  let rule: ReconcileRule
  let meaning: String
  let records: Int
  let recordIds: [String]
  @OrNull var numeratorChange: String?
  @OrNull var denominatorChange: String?
  @OrNull var change: Double?
  @OrNull var exactChange: String?
  let after: ReadingWire

  init(_ step: BridgeStep, id: String, _ words: ReconcileWords) {
    self.id = id
    rule = step.rule
    meaning = words.rule(step)
    records = step.recordIDs.count
    recordIds = step.recordIDs
    _numeratorChange = OrNull(wrappedValue: step.numeratorChange.map { String($0) })
    _denominatorChange = OrNull(wrappedValue: step.denominatorChange.map { String($0) })
    _change = OrNull(wrappedValue: Rounded.share(step.change))
    _exactChange = OrNull(wrappedValue: step.exactChange.map { String(describing: $0) })
    after = ReadingWire(step.after)
  }
}

/// One definition in JSON.
struct DefinitionWire: Codable, Hashable, Sendable {
  let id: ReconciledDefinition.Name
  let title: String
  let formula: String
  let answer: ReadingWire
  let steps: [BridgeStepWire]

  init(_ definition: ReconciledDefinition, _ words: ReconcileWords) {
    id = definition.name
    title = words.title(definition.name)
    formula = words.formula(definition.name)
    answer = ReadingWire(definition.reading)
    steps = definition.steps.enumerated().map { index, step in
      BridgeStepWire(step, id: "\(definition.name.rawValue).\(index + 1)", words)
    }
  }
}

/// A quota in JSON.
struct QuotaWire: Codable, Hashable, Sendable {
  let origin: QuotaChoice.Origin
  let firstDay: String
  let lastDay: String
  let people: Int
  @OrNull var amount: Double?

  init(_ quota: QuotaChoice, _ currency: String) {
    origin = quota.origin
    firstDay = quota.days.lowerBound.description
    lastDay = quota.days.upperBound.description
    people = quota.people
    _amount = OrNull(wrappedValue: Rounded.amount(Double(quota.amount), currency))
  }
}

/// A metric under every definition in JSON.
struct ReconcileWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "reconcile"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let metric: String
  @OrNull var firstDay: String?
  @OrNull var lastDay: String?
  let filters: [DimensionFilter]
  @OrNull var from: String?
  @OrNull var to: String?
  @OrNull var withinDays: Int?
  @OrNull var quota: QuotaWire?
  let untimedHandOffs: Int
  let differentAnswers: Int
  let definitions: [DefinitionWire]
  let notes: [String]

  init(_ answer: ReconcileAnswer, _ agreement: Agreement) {
    let words = ReconcileWords(answer, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    metric = answer.metric.name(in: agreement)
    _firstDay = OrNull(wrappedValue: answer.firstDay?.description)
    _lastDay = OrNull(wrappedValue: answer.lastDay?.description)
    filters = answer.filters
    _from = OrNull(wrappedValue: answer.pair.map { agreement.path[$0.from].id })
    _to = OrNull(wrappedValue: answer.pair.map { agreement.path[$0.to].id })
    _withinDays = OrNull(wrappedValue: answer.horizon?.days)
    _quota = OrNull(wrappedValue: answer.quota.map { QuotaWire($0, agreement.currency) })
    untimedHandOffs = answer.untimedCount
    differentAnswers = words.differentAnswers
    definitions = answer.definitions.map { DefinitionWire($0, words) }
    notes = words.notes
  }
}

/// A metric that can be reconciled, in JSON.
struct MetricNameWire: Codable, Hashable, Sendable {
  let id: String
  let name: String
}

/// The metrics that can be reconciled, in JSON.
struct ReconcileListWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "reconcile_list"
  let agreement: AgreementWire
  let metrics: [MetricNameWire]

  init(_ agreement: Agreement) {
    self.agreement = AgreementWire(agreement)
    let stages = StageWords(agreement)
    metrics = ReconcileMetric.all(of: agreement).map {
      MetricNameWire(
        id: $0.name(in: agreement),
        name: ReconcileWords.name(of: $0, stages)
      )
    }
  }
}
