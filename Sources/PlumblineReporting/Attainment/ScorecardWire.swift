import PlumblineCore
import PlumblineStatistics

/// The share of leads that close, in JSON.
struct ClosingShareWire: Codable, Hashable, Sendable {
  let withinDays: Int
  let wholePeriod: ClosingCohortWire
  let cohorts: [ClosingCohortWire]

  init(_ closing: ClosingShare) {
    withinDays = closing.withinDays
    wholePeriod = ClosingCohortWire(closing.period)
    cohorts = closing.months.map { ClosingCohortWire($0) }
  }
}

/// The leads of one month in JSON.
struct ClosingCohortWire: Codable, Hashable, Sendable {
  @OrNull var month: String?
  let leads: Int
  let won: Int
  @OrNull var share: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  @OrNull var maturity: Double?
  let basis: GapRate.Basis
  let isPreliminary: Bool

  init(_ cohort: ClosingCohort) {
    _month = OrNull(wrappedValue: cohort.month?.description)
    leads = cohort.rate.entered
    won = cohort.rate.converted
    _share = OrNull(wrappedValue: Rounded.share(cohort.rate.rate))
    _lower = OrNull(wrappedValue: Rounded.share(cohort.interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(cohort.interval?.upper))
    _maturity = OrNull(wrappedValue: Rounded.share(cohort.rate.maturity))
    basis = cohort.rate.basis
    isPreliminary = cohort.isPreliminary
  }
}

/// What a team is paid for, in JSON.
struct TeamScorecardWire: Codable, Hashable, Sendable {
  let team: String
  @OrNull var payout: Double?
  @OrNull var payoutIfItEndedNow: Double?
  @OrNull var payoutAtTarget: Double?
  @OrNull var weightedShare: Double?
  let outcomeWeight: Double
  let lines: [ScorecardLineWire]

  init(_ team: TeamScorecard, _ currency: String) {
    func amount(_ value: Int64?) -> Double? { Rounded.amount(value.map(Double.init), currency) }
    self.team = team.team.rawValue
    _payout = OrNull(wrappedValue: team.isRunning ? nil : amount(team.payout))
    _payoutIfItEndedNow = OrNull(wrappedValue: team.isRunning ? amount(team.payout) : nil)
    _payoutAtTarget = OrNull(wrappedValue: amount(team.payoutAtTarget))
    _weightedShare = OrNull(wrappedValue: Rounded.share(team.weightedShare))
    outcomeWeight = Rounded.share(team.outcomeWeight) ?? 0
    lines = team.lines.map { ScorecardLineWire($0, currency) }
  }
}

/// One line of a scorecard in JSON.
struct ScorecardLineWire: Codable, Hashable, Sendable {
  let measure: String
  let weight: Double
  let per: AttainmentPeriod.Kind
  let paysFrom: Double
  let paysUpTo: Double
  @OrNull var target: Double?
  @OrNull var targetFrom: ScorecardLine.TargetOrigin?
  @OrNull var reached: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  @OrNull var base: Int?
  @OrNull var maturity: Double?
  let isPreliminary: Bool
  @OrNull var shareOfTarget: Double?
  @OrNull var paidShare: Double?
  @OrNull var payout: Double?
  @OrNull var payoutIfItEndedNow: Double?
  @OrNull var payoutFrom: Double?
  @OrNull var payoutTo: Double?
  @OrNull var absence: ScorecardLine.Absence?
  let ids: [String]

  init(_ line: ScorecardLine, _ currency: String) {
    func number(_ value: Double?) -> Double? { Self.number(value, line.measure, currency) }
    func amount(_ value: Int64?) -> Double? { Rounded.amount(value.map(Double.init), currency) }
    measure = line.measure?.rawValue ?? line.incentive.measure
    weight = Rounded.share(line.incentive.weight) ?? 0
    per = line.incentive.period
    paysFrom = Rounded.share(line.incentive.paysFrom) ?? 0
    paysUpTo = Rounded.share(line.incentive.paysUpTo) ?? 0
    _target = OrNull(wrappedValue: number(line.target))
    _targetFrom = OrNull(wrappedValue: line.targetOrigin)
    _reached = OrNull(wrappedValue: number(line.result?.value))
    _lower = OrNull(wrappedValue: number(line.result?.interval?.lower))
    _upper = OrNull(wrappedValue: number(line.result?.interval?.upper))
    _base = OrNull(wrappedValue: line.result?.base)
    _maturity = OrNull(wrappedValue: Rounded.share(line.result?.maturity))
    isPreliminary = line.isPreliminary
    _shareOfTarget = OrNull(wrappedValue: Rounded.share(line.shareOfTarget))
    _paidShare = OrNull(wrappedValue: Rounded.share(line.paidShare))
    _payout = OrNull(wrappedValue: line.isRunning ? nil : amount(line.payout))
    _payoutIfItEndedNow = OrNull(wrappedValue: line.isRunning ? amount(line.payout) : nil)
    _payoutFrom = OrNull(wrappedValue: amount(line.payoutRange?.lowerBound))
    _payoutTo = OrNull(wrappedValue: amount(line.payoutRange?.upperBound))
    _absence = OrNull(wrappedValue: line.absence)
    ids = line.result?.ids ?? []
  }

  /// A number of a measure: money in major units, anything else as it is.
  static func number(
    _ value: Double?,
    _ measure: ScorecardMeasure?,
    _ currency: String
  ) -> Double? {
    measure?.unit == .money ? Rounded.amount(value, currency) : Rounded.share(value)
  }
}

/// What the company got, in JSON.
struct CompanyValueWire: Codable, Hashable, Sendable {
  @OrNull var wins: Double?
  @OrNull var meanDeal: Double?
  @OrNull var lifetimeValue: Double?
  @OrNull var spend: Double?
  @OrNull var value: Double?

  init(_ value: CompanyValue, _ currency: String) {
    _wins = OrNull(wrappedValue: Rounded.share(value.wins))
    _meanDeal = OrNull(wrappedValue: Rounded.amount(value.meanDeal, currency))
    _lifetimeValue = OrNull(wrappedValue: Rounded.amount(value.lifetimeValue, currency))
    _spend = OrNull(wrappedValue: Rounded.amount(value.spend, currency))
    _value = OrNull(wrappedValue: Rounded.amount(value.value, currency))
  }
}

/// A what-if in JSON.
struct WhatIfWire: Codable, Hashable, Sendable {
  /// A measure before and after.
  struct Change: Codable, Hashable, Sendable {
    let measure: ScorecardMeasure
    @OrNull var before: Double?
    @OrNull var after: Double?
    let origin: WhatIfAnswer.Change.Origin
  }

  let changes: [Change]
  let before: [TeamScorecardWire]
  let after: [TeamScorecardWire]
  let valueBefore: CompanyValueWire
  let valueAfter: CompanyValueWire
  @OrNull var valueChange: Double?
  let payoutChange: Double
  let findings: [String]

  init(_ whatIf: WhatIfAnswer, _ words: AttainmentWords) {
    let currency = words.currency
    changes = whatIf.changes.map { change in
      func number(_ value: Double?) -> OrNull<Double> {
        OrNull(wrappedValue: ScorecardLineWire.number(value, change.measure, currency))
      }
      return Change(
        measure: change.measure,
        before: number(change.before).wrappedValue,
        after: number(change.after).wrappedValue,
        origin: change.origin
      )
    }
    before = whatIf.before.map { TeamScorecardWire($0, currency) }
    after = whatIf.after.map { TeamScorecardWire($0, currency) }
    valueBefore = CompanyValueWire(whatIf.valueBefore, currency)
    valueAfter = CompanyValueWire(whatIf.valueAfter, currency)
    _valueChange = OrNull(wrappedValue: Rounded.amount(whatIf.valueChange, currency))
    payoutChange = Rounded.amount(Double(whatIf.payoutChange), currency) ?? 0
    findings = words.findings(whatIf)
  }
}

/// A launch in JSON.
struct LaunchWire: Codable, Hashable, Sendable {
  let name: String
  let firstDay: String
  @OrNull var lastDay: String?
  let campaigns: [String]
  let unknownCampaigns: [String]
  @OrNull var qualifiedLeadsTarget: Int?
  let qualifiedLeads: Int
  let qualifiedLeadIds: [String]
  @OrNull var winsTarget: Int?
  let wins: Int
  let wonDealIds: [String]
  let hasBegun: Bool
  let isOver: Bool

  init(_ result: LaunchResult) {
    name = result.launch.name
    firstDay = "\(result.launch.starts)"
    _lastDay = OrNull(wrappedValue: result.launch.ends?.description)
    campaigns = result.launch.campaigns
    unknownCampaigns = result.unknownCampaigns
    _qualifiedLeadsTarget = OrNull(wrappedValue: result.launch.qualifiedLeads)
    qualifiedLeads = result.qualifiedLeads.count
    qualifiedLeadIds = result.qualifiedLeads
    _winsTarget = OrNull(wrappedValue: result.launch.wins)
    wins = result.wins.count
    wonDealIds = result.wins
    hasBegun = result.hasBegun
    isOver = result.isOver
  }
}
