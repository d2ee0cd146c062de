import PlumblineCore
import PlumblineStatistics

/// A unit in JSON.
struct LeakUnitWire: Codable, Hashable, Sendable {
  let id: String
  let kind: LeakUnit.Kind
  let effect: LeakUnit.Effect
  @OrNull var channel: String?
  @OrNull var owner: String?
  let name: String

  init(_ unit: LeakUnit, _ words: LeakWords) {
    id = unit.id
    kind = unit.kind
    effect = unit.effect
    _channel = OrNull(wrappedValue: unit.channel)
    _owner = OrNull(wrappedValue: unit.owner)
    name = words.name(unit)
  }
}

/// A difference in log-odds in JSON.
struct ContrastWire: Codable, Hashable, Sendable {
  @OrNull var logOdds: Double?
  @OrNull var standardDeviation: Double?
  @OrNull var lower90: Double?
  @OrNull var upper90: Double?
  @OrNull var lower95: Double?
  @OrNull var upper95: Double?
  @OrNull var oddsRatio: Double?

  init(_ contrast: LeakContrast) {
    func wire(_ value: Double) -> OrNull<Double> { OrNull(wrappedValue: Rounded.share(value)) }
    _logOdds = wire(contrast.mean)
    _standardDeviation = wire(contrast.standardDeviation)
    _lower90 = wire(contrast.interval90.lower)
    _upper90 = wire(contrast.interval90.upper)
    _lower95 = wire(contrast.interval95.lower)
    _upper95 = wire(contrast.interval95.upper)
    _oddsRatio = wire(LeakWords.odds(contrast.mean))
  }
}

/// The evidence of one unit in JSON.
struct LeakEvidenceWire: Codable, Hashable, Sendable {
  let unit: LeakUnitWire
  let party: Party
  let isNamed: Bool
  let leads: Int
  @OrNull var rawRate: Double?
  let comparableUnits: Int
  @OrNull var contrast: ContrastWire?
  @OrNull var probability: Double?
  @OrNull var largeProbability: Double?
  @OrNull var lossShare: Double?
  @OrNull var badCaseShare: Double?
  @OrNull var customersLost: Double?
  @OrNull var unadjustedLogOdds: Double?
  @OrNull var stability: Double?
  @OrNull var eValue: Double?

  init(_ evidence: LeakEvidence, _ words: LeakWords) {
    func wire(_ value: Double?) -> OrNull<Double> { OrNull(wrappedValue: Rounded.share(value)) }
    unit = LeakUnitWire(evidence.unit, words)
    party = evidence.unit.party
    isNamed = evidence.isNamed
    leads = evidence.leads
    _rawRate = wire(evidence.rawRate)
    comparableUnits = evidence.comparableUnits
    _contrast = OrNull(wrappedValue: evidence.contrast.map { ContrastWire($0) })
    _probability = wire(evidence.probability)
    _largeProbability = wire(evidence.largeProbability)
    _lossShare = wire(evidence.lossShare)
    _badCaseShare = wire(evidence.badCaseShare)
    _customersLost = wire(evidence.expectedWinsLost)
    _unadjustedLogOdds = wire(evidence.unadjustedContrast)
    _stability = wire(evidence.stability)
    _eValue = wire(evidence.eValue)
  }
}

/// What a leak costs in JSON, in customers and major units of the agreement's currency.
struct RecoverableWire: Codable, Hashable, Sendable {
  @OrNull var customers: Double?
  @OrNull var customersBadCase: Double?
  @OrNull var revenue: Double?
  @OrNull var revenueBadCase: Double?

  init(_ recoverable: Recoverable, _ currency: String) {
    _customers = OrNull(wrappedValue: Rounded.tenth(recoverable.wins))
    _customersBadCase = OrNull(wrappedValue: Rounded.tenth(recoverable.winsBadCase))
    _revenue = OrNull(wrappedValue: Rounded.amount(recoverable.revenue, currency))
    _revenueBadCase = OrNull(wrappedValue: Rounded.amount(recoverable.revenueBadCase, currency))
  }
}

/// A named leak in JSON.
struct LeakWire: Codable, Hashable, Sendable {
  let id: String
  let party: Party
  let evidence: LeakEvidenceWire
  @OrNull var restRate: Double?
  let restLeads: Int
  let betterOwners: [String]
  let lowerOwners: [String]
  let recoverable: RecoverableWire
  let shownAt: [ComparisonWire]
  let evidenceFor: [String]
  let evidenceAgainst: [String]
  let wouldChange: [String]
  let remedy: String

  init(_ sentences: LeakSentences, _ agreement: Agreement) {
    let leak = sentences.leak
    id = leak.unit.id
    party = leak.party
    evidence = LeakEvidenceWire(leak.evidence, sentences.words)
    _restRate = OrNull(wrappedValue: Rounded.share(leak.restRate))
    restLeads = leak.restLeads
    betterOwners = leak.disagreement?.betterOwners ?? []
    lowerOwners = leak.disagreement?.lowerOwners ?? []
    recoverable = RecoverableWire(leak.recoverable, agreement.currency)
    shownAt = leak.places.map { ComparisonWire($0, ComparisonWords($0, sentences.words.stages)) }
    evidenceFor = sentences.evidenceFor
    evidenceAgainst = sentences.evidenceAgainst
    wouldChange = sentences.wouldChange
    remedy = sentences.remedy
  }
}

/// A code with its sentence in JSON.
struct CodedWire: Codable, Hashable, Sendable {
  let code: String
  let message: String
}

/// A unit that is withheld in JSON.
struct WithheldWire: Codable, Hashable, Sendable {
  let unit: LeakUnitWire
  let code: String
  let message: String

  init(_ withheld: WithheldLeak, _ words: LeakWords) {
    unit = LeakUnitWire(withheld.unit, words)
    code = withheld.cause.code
    message = words.explanation(of: withheld)
  }
}

/// A party's answer in JSON.
struct PartyWire: Codable, Hashable, Sendable {
  let party: Party
  let answer: LeakAnswer
  let message: String
  @OrNull var lossShare: Double?
  @OrNull var recoverableShare: Double?
  let named: [LeakUnitWire]
  let withheld: [WithheldWire]
  let reasons: [CodedWire]
  let remedies: [CodedWire]

  init(_ answer: LeakVerdict.PartyAnswer, _ words: LeakWords) {
    party = answer.party
    self.answer = answer.answer
    message = words.explanation(of: answer)
    _lossShare = OrNull(wrappedValue: Rounded.share(answer.lossShare))
    _recoverableShare = OrNull(wrappedValue: Rounded.share(words.share(of: answer)))
    named = answer.named.map { LeakUnitWire($0, words) }
    withheld = answer.withheld.map { WithheldWire($0, words) }
    reasons = answer.reasons.map { CodedWire(code: $0.code, message: words.explanation(of: $0)) }
    remedies = answer.remedies.map { CodedWire(code: $0.code, message: words.advice($0)) }
  }
}

extension LeakReason {
  /// A stable name.
  var code: String {
    switch self {
    case .tooFewOutcomes: "too_few_outcomes"
    case .nothingToCompare: "nothing_to_compare"
    case .notCrossed: "not_crossed"
    case .tooFewLeads: "too_few_leads"
    case .ownersMayDisagree: "owners_may_disagree"
    case .unevenRouting: "uneven_routing"
    case .ownersChoose: "owners_choose"
    case .scoreNotRecorded: "score_not_recorded"
    case .followUpNotRecorded: "follow_up_not_recorded"
    case .teamMayBeShort: "team_may_be_short"
    case .nobodyFollowedUp: "nobody_followed_up"
    case .smallLoss: "small_loss"
    case .manySmall: "many_small"
    }
  }
}

extension LeakRemedy {
  /// A stable name.
  var code: String {
    switch self {
    case .shareChannel: "share_channel"
    case .routeByLot: "route_by_lot"
    case .routeAllByLot: "route_all_by_lot"
    case .collectLeads: "collect_leads"
    case .recordScore: "record_score"
    case .recordFollowUp: "record_follow_up"
    }
  }
}

extension WithheldLeak.Cause {
  /// A stable name.
  var code: String {
    switch self {
    case .ownersMayDisagree: "owners_may_disagree"
    case .unevenRouting: "uneven_routing"
    case .ownersChoose: "owners_choose"
    case .scoreNotRecorded: "score_not_recorded"
    case .followUpNotRecorded: "follow_up_not_recorded"
    }
  }
}
