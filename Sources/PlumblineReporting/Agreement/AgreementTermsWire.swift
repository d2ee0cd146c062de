import PlumblineCore

/// A whole agreement in JSON.
struct AgreementTermsWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "agreement_terms"
  let headline: String
  let agreement: AgreementWire
  @OrNull var effective: String?
  let stages: [StageTermsWire]
  let detours: [StageTermsWire]
  let handOff: String
  let isHandOffAgreed: Bool
  let skips: SkipRule
  let returns: ReturnRule
  let workingTime: WorkingTimeWire
  let idealCustomer: [CriterionWire]
  let qualifyingFactors: [FactorWire]
  @OrNull var score: ScoreTermsWire?
  @OrNull var marketing: MarketingPromiseWire?
  @OrNull var sales: SalesPromiseWire?
  let dispositions: [DispositionReasonWire]
  let recycle: [RecycleRuleWire]
  let suppress: SuppressionWire
  @OrNull var routing: RoutingRule?
  let goals: [GoalWire]
  let incentives: [IncentiveWire]
  let launches: [LaunchWire]
  let vocabulary: [TermWire]
  let economics: EconomicsTermsWire
  let thresholds: [ThresholdWire]
  let notAgreed: [String]

  init(_ agreement: Agreement) {
    let words = AgreementShowWords(agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    _effective = OrNull(wrappedValue: agreement.effective?.description)
    stages = agreement.path.indices.map { index in
      StageTermsWire(
        agreement.path[index],
        agreement.confirmations.first { $0.stage == index },
        agreement
      )
    }
    detours = agreement.detours.map { StageTermsWire($0, nil, agreement) }
    handOff =
      agreement.path.indices.contains(agreement.handOffStage)
      ? agreement.path[agreement.handOffStage].id : ""
    isHandOffAgreed = agreement.agreedHandOff != nil
    skips = agreement.skips
    returns = agreement.returns
    workingTime = WorkingTimeWire(agreement.workingTime)
    idealCustomer = agreement.idealCustomer.map { CriterionWire($0) }
    qualifyingFactors = agreement.qualifyingFactors.map { FactorWire($0) }
    _score = OrNull(wrappedValue: agreement.scoring.map { ScoreTermsWire($0) })
    _marketing = OrNull(wrappedValue: agreement.marketingSLA.map { MarketingPromiseWire($0) })
    _sales = OrNull(wrappedValue: agreement.salesSLA.map { SalesPromiseWire($0) })
    dispositions = agreement.dispositions.map { DispositionReasonWire($0) }
    recycle = agreement.recycleRules.map { RecycleRuleWire($0) }
    suppress = SuppressionWire(agreement.suppression)
    _routing = OrNull(wrappedValue: agreement.routing)
    goals = agreement.goals.map { GoalWire($0, agreement.currency) }
    incentives = agreement.incentives.map { IncentiveWire($0, agreement.currency) }
    launches = agreement.launches.map { LaunchWire($0) }
    vocabulary = agreement.vocabulary.map { TermWire($0) }
    economics = EconomicsTermsWire(agreement.economics, agreement.currency)
    thresholds = ThresholdWords.all(of: agreement).map { ThresholdWire($0) }
    notAgreed = words.missing
  }
}
