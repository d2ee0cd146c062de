import PlumblineCore
import PlumblineStatistics

/// A rate with its interval in JSON.
struct IntervalWire: Codable, Hashable, Sendable {
  @OrNull var rate: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?

  init(_ rate: Double, _ interval: ConfidenceInterval) {
    _rate = OrNull(wrappedValue: Rounded.share(rate))
    _lower = OrNull(wrappedValue: Rounded.share(interval.lower))
    _upper = OrNull(wrappedValue: Rounded.share(interval.upper))
  }
}

/// One comparison of plain rates in JSON.
struct ComparisonWire: Codable, Hashable, Sendable {
  let dimension: FunnelDimension
  let unit: String
  let from: String
  let to: String
  let rate: RateWire
  @OrNull var restRate: Double?
  let restEntered: Int
  let shrunk: IntervalWire
  let verdict: RateVerdict
  @OrNull var qValue: Double?
  @OrNull var needed: Int?
  let message: String

  init(_ comparison: UnitComparison, _ words: ComparisonWords) {
    let path = words.words.agreement.path
    dimension = comparison.dimension
    unit = comparison.unit
    from = path[comparison.fromStage].id
    to = path[comparison.fromStage + 1].id
    rate = RateWire(comparison.own)
    _restRate = OrNull(wrappedValue: Rounded.share(comparison.restRate))
    restEntered = comparison.restEntered
    shrunk = IntervalWire(comparison.shrunk.mean, comparison.shrunk.interval)
    verdict = comparison.judgement.verdict
    _qValue = OrNull(wrappedValue: Rounded.share(comparison.judgement.qValue))
    _needed = OrNull(wrappedValue: comparison.judgement.needed)
    message = words.verdict
  }
}

/// A unit lower by plain counts and not named, in JSON.
struct LookAlikeWire: Codable, Hashable, Sendable {
  let dimension: FunnelDimension
  let unit: String
  let leads: Int
  let won: Int
  let restLeads: Int
  let restWon: Int
  let isExplained: Bool
  let message: String

  init(_ alike: LookAlike, _ words: DiagnosisWords) {
    dimension = alike.dimension
    unit = alike.unit
    leads = Int(alike.sample.trials.rounded())
    won = Int(alike.sample.successes.rounded())
    restLeads = Int(alike.rest.trials.rounded())
    restWon = Int(alike.rest.successes.rounded())
    isExplained = alike.isExplained
    message = words.explained(alike)
  }
}

/// How much channels or reps differ in JSON.
struct SpreadWire: Codable, Hashable, Sendable {
  struct Unit: Codable, Hashable, Sendable {
    let name: String
    let leads: Int
    let won: Int
    @OrNull var shrunk: Double?

    init(_ unit: UnitSpread.Unit) {
      name = unit.name
      leads = Int(unit.sample.trials.rounded())
      won = Int(unit.sample.successes.rounded())
      _shrunk = OrNull(wrappedValue: Rounded.share(unit.shrunk))
    }
  }

  let dimension: FunnelDimension
  let count: Int
  let lowest: Unit
  let highest: Unit
  @OrNull var pValue: Double?

  init(_ spread: UnitSpread) {
    dimension = spread.dimension
    count = spread.count
    lowest = Unit(spread.lowest)
    highest = Unit(spread.highest)
    _pValue = OrNull(wrappedValue: Rounded.share(spread.pValue))
  }
}

/// A step whose early rate has changed, in JSON.
struct DriftWire: Codable, Hashable, Sendable {
  let from: String
  let to: String
  let withinDays: Int
  let firstAlike: String
  @OrNull var pValue: Double?

  init(_ drift: StepDrift, _ agreement: Agreement) {
    from = agreement.path[drift.fromStage].id
    to = agreement.path[drift.fromStage + 1].id
    withinDays = drift.withinDays
    firstAlike = drift.firstAlike
    _pValue = OrNull(wrappedValue: Rounded.share(drift.pValue))
  }
}

/// A day on which somebody tidied up, in JSON.
struct BulkExitWire: Codable, Hashable, Sendable {
  let day: String
  let exits: Int
  let quarterExits: Int

  init(_ day: BulkExitDay) {
    self.day = day.day.description
    exits = day.exits
    quarterExits = day.quarterExits
  }
}

/// A whole diagnosis in JSON.
struct DiagnosisWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "diagnosis"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let question: QuestionWire
  let stages: [String]
  let horizons: [HorizonWire]
  let leaks: [LeakWire]
  let parties: [PartyWire]
  let lookAlikes: [LookAlikeWire]
  let standardized: [StandardizedWire]
  let channelGaps: [ChannelGapWire]
  let spreads: [SpreadWire]
  let model: ModelWire
  let work: WorkWire
  let comparisons: [ComparisonWire]
  let total: FunnelRowWire
  let channels: [FunnelRowWire]
  @OrNull var meanDeal: Double?
  let drifts: [DriftWire]
  let bulkExitDays: [BulkExitWire]
  let gaps: [GapWire]

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    let words = DiagnosisWords(diagnosis, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(diagnosis.asOf, agreement.calendar)
    question = QuestionWire(diagnosis.question, agreement)
    stages = agreement.path.map(\.id)
    horizons = diagnosis.horizons.map { HorizonWire($0, agreement) }
    leaks = words.leaks.map { LeakWire($0, agreement) }
    parties = diagnosis.verdict.parties.map { PartyWire($0, words.model) }
    lookAlikes = diagnosis.lookAlikes.map { LookAlikeWire($0, words) }
    standardized =
      diagnosis.channelRates.map { StandardizedWire(.channel, $0) }
      + diagnosis.ownerRates.map { StandardizedWire(.owner, $0) }
    channelGaps = diagnosis.channelGaps.map { ChannelGapWire($0) }
    spreads = diagnosis.spreads.map { SpreadWire($0) }
    model = ModelWire(diagnosis.verdict, words.model)
    work = WorkWire(diagnosis.work, words)
    comparisons = diagnosis.comparisons.map { ComparisonWire($0, words.words($0)) }
    total = FunnelRowWire(diagnosis.total, agreement)
    channels = diagnosis.channels.map { FunnelRowWire($0, agreement) }
    _meanDeal = OrNull(wrappedValue: Rounded.amount(diagnosis.meanDeal, agreement.currency))
    drifts = diagnosis.drifts.map { DriftWire($0, agreement) }
    bulkExitDays = diagnosis.bulkExitDays.map { BulkExitWire($0) }
    gaps = diagnosis.gaps.map { GapWire($0) }
  }
}
