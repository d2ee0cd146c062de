import PlumblineCore

extension AgreementTermsWire {
  /// A promised span of time in JSON.
  struct SpanWire: Codable, Hashable, Sendable {
    let seconds: Int64
    let isWorkingTime: Bool

    init?(_ span: SalesSLA.Span?) {
      guard let span else { return nil }
      seconds = span.seconds
      isWorkingTime = span.isWorkingTime
    }
  }

  /// What marketing promised, in JSON.
  struct MarketingPromiseWire: Codable, Hashable, Sendable {
    @OrNull var qualifiedLeads: Int?
    @OrNull var per: MarketingSLA.Period?
    @OrNull var shareInIdealCustomer: Double?
    @OrNull var shareWithFactors: Double?

    init(_ sla: MarketingSLA) {
      _qualifiedLeads = OrNull(wrappedValue: sla.qualifiedLeads?.count)
      _per = OrNull(wrappedValue: sla.qualifiedLeads?.period)
      _shareInIdealCustomer = OrNull(wrappedValue: Rounded.share(sla.shareInIdealCustomer))
      _shareWithFactors = OrNull(wrappedValue: Rounded.share(sla.shareWithFactors))
    }
  }

  /// What sales promised, in JSON.
  struct SalesPromiseWire: Codable, Hashable, Sendable {
    @OrNull var firstTouch: SpanWire?
    @OrNull var firstTouchHot: SpanWire?
    @OrNull var hotFrom: Int?
    @OrNull var attempts: Int?
    @OrNull var attemptsWithinDays: Int?
    @OrNull var disposition: SpanWire?
    let compliance: Double
    @OrNull var remindBefore: SpanWire?
    @OrNull var escalateAfter: SpanWire?

    init(_ sla: SalesSLA) {
      _firstTouch = OrNull(wrappedValue: SpanWire(sla.firstTouch?.usual))
      _firstTouchHot = OrNull(wrappedValue: SpanWire(sla.firstTouch?.hot))
      _hotFrom = OrNull(wrappedValue: sla.firstTouch?.hotFromScore)
      _attempts = OrNull(wrappedValue: sla.attempts?.count)
      _attemptsWithinDays = OrNull(wrappedValue: sla.attempts?.withinDays)
      _disposition = OrNull(wrappedValue: SpanWire(sla.disposition))
      compliance = Rounded.share(sla.compliance) ?? SalesSLA.usualCompliance
      _remindBefore = OrNull(wrappedValue: SpanWire(sla.remindBefore))
      _escalateAfter = OrNull(wrappedValue: SpanWire(sla.escalateAfter))
    }
  }

  /// A goal in JSON.
  struct GoalWire: Codable, Hashable, Sendable {
    let measure: Goal.Measure
    @OrNull var owner: String?
    let period: String
    let firstDay: String
    let lastDay: String
    @OrNull var amount: Double?

    init(_ goal: Goal, _ currency: String) {
      measure = goal.measure
      _owner = OrNull(wrappedValue: goal.owner)
      period = goal.period
      firstDay = goal.days.lowerBound.description
      lastDay = goal.days.upperBound.description
      _amount = OrNull(wrappedValue: Rounded.amount(Double(goal.amount), currency))
    }
  }

  /// What a team is paid for, in JSON.
  struct IncentiveWire: Codable, Hashable, Sendable {
    let team: String
    let measure: String
    @OrNull var weight: Double?
    @OrNull var payout: Double?
    @OrNull var target: Double?
    let per: AttainmentPeriod.Kind
    let paysFrom: Double
    let paysUpTo: Double
    let isComputed: Bool

    init(_ incentive: Incentive, _ currency: String) {
      team = incentive.team.rawValue
      measure = incentive.measure
      _weight = OrNull(wrappedValue: Rounded.share(incentive.weight))
      _payout = OrNull(wrappedValue: Rounded.amount(incentive.payout.map { Double($0) }, currency))
      _target = OrNull(
        wrappedValue: incentive.known?.unit == .money
          ? Rounded.amount(incentive.target, currency) : incentive.target
      )
      per = incentive.period
      paysFrom = incentive.paysFrom
      paysUpTo = incentive.paysUpTo
      isComputed = incentive.known != nil
    }
  }

  /// A launch in JSON.
  struct LaunchWire: Codable, Hashable, Sendable {
    let name: String
    let starts: String
    @OrNull var ends: String?
    let campaigns: [String]
    @OrNull var qualifiedLeads: Int?
    @OrNull var wins: Int?

    init(_ launch: Launch) {
      name = launch.name
      starts = launch.starts.description
      _ends = OrNull(wrappedValue: launch.ends?.description)
      campaigns = launch.campaigns
      _qualifiedLeads = OrNull(wrappedValue: launch.qualifiedLeads)
      _wins = OrNull(wrappedValue: launch.wins)
    }
  }

  /// A term with each team's word, in JSON.
  struct TermWire: Codable, Hashable, Sendable {
    let term: String
    let meaning: String
    @OrNull var marketing: String?
    @OrNull var sales: String?
    @OrNull var leadership: String?

    init(_ term: VocabularyTerm) {
      self.term = term.term
      meaning = term.meaning
      _marketing = OrNull(wrappedValue: term.words[.marketing])
      _sales = OrNull(wrappedValue: term.words[.sales])
      _leadership = OrNull(wrappedValue: term.words[.leadership])
    }
  }

  /// A threshold of the verdict in JSON.
  struct ThresholdWire: Codable, Hashable, Sendable {
    let name: String
    let value: Double
    let usual: Double
    let isDefault: Bool

    init(_ threshold: ThresholdWords) {
      name = threshold.name
      value = threshold.value
      usual = threshold.usual
      isDefault = threshold.isUsual
    }
  }
}
