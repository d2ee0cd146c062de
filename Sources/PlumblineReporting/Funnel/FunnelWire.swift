import PlumblineCore
import PlumblineStatistics

/// A rate in JSON.
struct RateWire: Codable, Hashable, Sendable {
  let withinDays: Int
  let entered: Int
  let converted: Int
  let status: RateEstimate.Status
  @OrNull var rate: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  @OrNull var effectiveSampleSize: Double?
  @OrNull var maturity: Double?
  @OrNull var longestSupportedDays: Int?
  @OrNull var naiveRate: Double?

  init(_ estimate: RateEstimate) {
    withinDays = estimate.withinDays
    entered = estimate.entered
    converted = estimate.converted
    status = estimate.status
    _rate = OrNull(wrappedValue: Rounded.share(estimate.rate))
    _lower = OrNull(wrappedValue: Rounded.share(estimate.interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(estimate.interval?.upper))
    _effectiveSampleSize = OrNull(wrappedValue: Rounded.tenth(estimate.effectiveSampleSize))
    _maturity = OrNull(wrappedValue: Rounded.share(estimate.maturity))
    _longestSupportedDays = OrNull(wrappedValue: estimate.longestSupportedDays)
    _naiveRate = OrNull(wrappedValue: Rounded.share(estimate.naiveRate))
  }
}

/// How many reached a stage, in JSON.
struct StageCountWire: Codable, Hashable, Sendable {
  let stage: String
  let count: Int

  static func all(_ stages: [String], _ counts: [Int]) -> [StageCountWire] {
    zip(stages, counts).map { StageCountWire(stage: $0, count: $1) }
  }
}

/// A step of the path in JSON.
struct TransitionWire: Codable, Hashable, Sendable {
  let from: String
  let to: String
  let entered: Int
  let advanced: Int
  let detoured: [StageCountWire]
  let open: Int
  let residual: Int
  let rate: RateWire

  init(_ transition: TransitionAnswer, detours: [String]) {
    from = transition.from
    to = transition.to
    entered = transition.count.entered
    advanced = transition.count.advanced
    detoured = StageCountWire.all(detours, transition.count.detoured)
    open = transition.count.open
    residual = transition.count.residual
    rate = RateWire(transition.rate)
  }
}

/// Show-up in JSON.
struct ShowUpWire: Codable, Hashable, Sendable {
  let source: ShowUp.Source
  let held: Int
  let noShow: Int
  let calledOff: Int
  let unconfirmed: Int
  let upcoming: Int
  @OrNull var rate: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  @OrNull var unconfirmedShare: Double?
  @OrNull var rateIfNoneUnconfirmedHeld: Double?
  @OrNull var rateIfAllUnconfirmedHeld: Double?

  init(_ showUp: ShowUp) {
    source = showUp.source
    held = showUp.held
    noShow = showUp.noShow
    calledOff = showUp.calledOff
    unconfirmed = showUp.unconfirmed
    upcoming = showUp.upcoming
    _rate = OrNull(wrappedValue: Rounded.share(showUp.rate))
    _lower = OrNull(wrappedValue: Rounded.share(showUp.interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(showUp.interval?.upper))
    _unconfirmedShare = OrNull(wrappedValue: Rounded.share(showUp.unconfirmedShare))
    _rateIfNoneUnconfirmedHeld = OrNull(wrappedValue: Rounded.share(showUp.lowerBound))
    _rateIfAllUnconfirmedHeld = OrNull(wrappedValue: Rounded.share(showUp.upperBound))
  }
}

/// Costs and revenue in JSON, in major units of the agreement's currency.
struct MoneyWire: Codable, Hashable, Sendable {
  @OrNull var spend: Double?
  @OrNull var costPerMeetingBooked: Double?
  @OrNull var costPerMeetingHeld: Double?
  @OrNull var costPerMeetingHeldLower: Double?
  @OrNull var costPerMeetingHeldUpper: Double?
  let wins: Int
  @OrNull var mediaCac: Double?
  @OrNull var mediaCacLower: Double?
  @OrNull var mediaCacUpper: Double?
  @OrNull var loadedCac: Double?
  @OrNull var loadedCacLower: Double?
  @OrNull var loadedCacUpper: Double?
  let wonDeals: Int
  let wonDealsWithoutAmount: Int
  @OrNull var revenue: Double?
  @OrNull var meanDeal: Double?
  @OrNull var breakEvenCac: Double?
  let verdict: MoneyAnswer.Verdict

  init(_ money: MoneyAnswer, _ currency: String) {
    func amount(_ value: Double?) -> OrNull<Double> {
      OrNull(wrappedValue: Rounded.amount(value, currency))
    }
    _spend = amount(money.spend.map(Double.init))
    _costPerMeetingBooked = amount(money.costPerMeetingBooked)
    _costPerMeetingHeld = amount(money.costPerMeetingHeld)
    _costPerMeetingHeldLower = amount(money.costPerMeetingHeldLower)
    _costPerMeetingHeldUpper = amount(money.costPerMeetingHeldUpper)
    wins = money.wins
    _mediaCac = amount(money.mediaCAC)
    _mediaCacLower = amount(money.mediaCACLower)
    _mediaCacUpper = amount(money.mediaCACUpper)
    _loadedCac = amount(money.loadedCAC)
    _loadedCacLower = amount(money.loadedCACLower)
    _loadedCacUpper = amount(money.loadedCACUpper)
    wonDeals = money.wonDeals
    wonDealsWithoutAmount = money.wonDealsWithoutAmount
    _revenue = amount(Double(money.revenue))
    _meanDeal = amount(money.meanDeal)
    _breakEvenCac = amount(money.breakEvenCAC)
    verdict = money.verdict
  }
}

/// One line of a funnel in JSON.
struct FunnelRowWire: Codable, Hashable, Sendable {
  @OrNull var group: String?
  let leads: Int
  let episodes: Int
  let reached: [StageCountWire]
  let transitions: [TransitionWire]
  let firstToLast: RateWire
  @OrNull var close: RateWire?
  @OrNull var showUp: ShowUpWire?
  let money: MoneyWire
  @OrNull var medianDaysToWin: Double?
  @OrNull var ninetiethPercentileDaysToWin: Double?

  init(_ row: FunnelRow, _ agreement: Agreement) {
    _group = OrNull(wrappedValue: row.group.isEmpty ? nil : row.group)
    leads = row.leads
    episodes = row.episodes
    reached = StageCountWire.all(agreement.path.map(\.id), row.reached)
    let detours = agreement.detours.map(\.id)
    transitions = row.transitions.map { TransitionWire($0, detours: detours) }
    firstToLast = RateWire(row.firstToLast)
    _close = OrNull(wrappedValue: row.close.map { RateWire($0) })
    _showUp = OrNull(wrappedValue: row.showUp.map { ShowUpWire($0) })
    money = MoneyWire(row.money, agreement.currency)
    _medianDaysToWin = OrNull(wrappedValue: Rounded.tenth(row.medianDaysToWin))
    _ninetiethPercentileDaysToWin = OrNull(
      wrappedValue: Rounded.tenth(row.ninetiethPercentileDaysToWin)
    )
  }
}

/// The counts under a skip rule in JSON.
struct SkipComparisonWire: Codable, Hashable, Sendable {
  let skips: SkipRule
  let reached: [StageCountWire]
}

/// A whole funnel in JSON.
struct FunnelWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "funnel"
  let agreement: AgreementWire
  let asOf: String
  let question: QuestionWire
  let stages: [String]
  let horizons: [HorizonWire]
  let rows: [FunnelRowWire]
  let total: FunnelRowWire
  let skipRules: [SkipComparisonWire]
  let gaps: [GapWire]

  init(_ answer: FunnelAnswer, _ agreement: Agreement, _ gaps: [CaptureGap]) {
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    question = QuestionWire(answer.question, agreement)
    stages = answer.stages
    horizons = answer.horizons.map { HorizonWire($0, agreement) }
    rows = answer.rows.map { FunnelRowWire($0, agreement) }
    total = FunnelRowWire(answer.total, agreement)
    skipRules = answer.skipRules.map {
      SkipComparisonWire(skips: $0.skips, reached: StageCountWire.all(answer.stages, $0.reached))
    }
    self.gaps = gaps.map { GapWire($0) }
  }
}
