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

/// Two rates under one mix in JSON.
struct StandardizedWire: Codable, Hashable, Sendable {
  let own: IntervalWire
  let rest: IntervalWire
  @OrNull var difference: Double?
  @OrNull var differenceLower: Double?
  @OrNull var differenceUpper: Double?
  let comparableStrata: Int
  @OrNull var comparableShare: Double?

  init(_ comparison: StandardizedComparison) {
    own = IntervalWire(comparison.first.rate, comparison.first.interval)
    rest = IntervalWire(comparison.second.rate, comparison.second.interval)
    _difference = OrNull(wrappedValue: Rounded.share(comparison.difference))
    _differenceLower = OrNull(wrappedValue: Rounded.share(comparison.interval.lower))
    _differenceUpper = OrNull(wrappedValue: Rounded.share(comparison.interval.upper))
    comparableStrata = comparison.comparableStrata
    _comparableShare = OrNull(wrappedValue: Rounded.share(comparison.comparableShare))
  }
}

/// One comparison in JSON.
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
  @OrNull var standardized: StandardizedWire?
  @OrNull var disagreementPValue: Double?
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
    _standardized = OrNull(
      wrappedValue: comparison.standardized.map { StandardizedWire($0) }
    )
    _disagreementPValue = OrNull(wrappedValue: Rounded.share(comparison.disagreementPValue))
    message = words.verdict
  }
}

/// What a leak costs in JSON, in customers and major units of the agreement's currency.
struct RecoverableWire: Codable, Hashable, Sendable {
  @OrNull var customers: Double?
  @OrNull var customersLow: Double?
  @OrNull var customersHigh: Double?
  @OrNull var revenue: Double?
  @OrNull var revenueLow: Double?
  @OrNull var revenueHigh: Double?

  init(_ finding: FindingWords, _ currency: String) {
    let recoverable = finding.finding.recoverable
    let isPriced = finding.isPriced
    func customers(_ value: Double) -> OrNull<Double> {
      OrNull(wrappedValue: isPriced ? Rounded.tenth(value) : nil)
    }
    func amount(_ value: Double?) -> OrNull<Double> {
      OrNull(wrappedValue: isPriced ? Rounded.amount(value, currency) : nil)
    }
    _customers = customers(recoverable.wins)
    _customersLow = customers(recoverable.winsLow)
    _customersHigh = customers(recoverable.winsHigh)
    _revenue = amount(recoverable.revenue)
    _revenueLow = amount(recoverable.revenueLow)
    _revenueHigh = amount(recoverable.revenueHigh)
  }
}

/// A leak in JSON.
struct FindingWire: Codable, Hashable, Sendable {
  let id: String
  let party: Party
  let reason: Finding.Reason
  let comparison: ComparisonWire
  let recoverable: RecoverableWire
  let evidenceFor: [String]
  let evidenceAgainst: [String]
  let wouldChange: [String]
  let remedy: String

  init(_ finding: FindingWords, _ agreement: Agreement) {
    id = finding.finding.id(agreement)
    party = finding.finding.party
    reason = finding.finding.reason
    comparison = ComparisonWire(finding.finding.comparison, finding.comparison)
    recoverable = RecoverableWire(finding, agreement.currency)
    evidenceFor = finding.evidenceFor
    evidenceAgainst = finding.evidenceAgainst
    wouldChange = finding.wouldChange
    remedy = finding.remedy
  }
}

/// A party's answer in JSON.
struct PartyWire: Codable, Hashable, Sendable {
  let party: Party
  let answer: PartyVerdict.Answer
  let comparisons: Int
  let undecidedComparisons: Int
  let message: String
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
  let findings: [FindingWire]
  let explainedByMix: [ComparisonWire]
  let parties: [PartyWire]
  let comparisons: [ComparisonWire]
  let total: FunnelRowWire
  let channels: [FunnelRowWire]
  @OrNull var meanDeal: Double?
  let gaps: [GapWire]

  init(_ diagnosis: Diagnosis, _ agreement: Agreement) {
    let words = DiagnosisWords(diagnosis, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(diagnosis.asOf, agreement.calendar)
    question = QuestionWire(diagnosis.question)
    stages = agreement.path.map(\.id)
    horizons = diagnosis.horizons.map { HorizonWire($0) }
    findings = words.findings.map { FindingWire($0, agreement) }
    explainedByMix = diagnosis.explainedByMix.map { ComparisonWire($0, words.words($0)) }
    parties = diagnosis.parties.map {
      PartyWire(
        party: $0.party,
        answer: $0.answer,
        comparisons: $0.comparisons,
        undecidedComparisons: $0.openComparisons,
        message: words.explanation(of: $0)
      )
    }
    comparisons = diagnosis.comparisons.map { ComparisonWire($0, words.words($0)) }
    total = FunnelRowWire(diagnosis.total, agreement)
    channels = diagnosis.channels.map { FunnelRowWire($0, agreement) }
    _meanDeal = OrNull(wrappedValue: Rounded.amount(diagnosis.meanDeal, agreement.currency))
    gaps = diagnosis.gaps.map { GapWire($0) }
  }
}
