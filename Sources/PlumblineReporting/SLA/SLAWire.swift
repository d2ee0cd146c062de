import PlumblineCore
import PlumblineStatistics

/// How one promise was kept, in JSON.
struct SLAPromiseWire: Codable, Hashable, Sendable {
  let promise: SLAStep.Promise
  let total: Int
  let judged: Int
  let kept: Int
  let keptLate: Int
  let closedLate: Int
  let breached: Int
  let escalated: Int
  let dueSoon: Int
  let dueLater: Int
  let closedBefore: Int
  let unknown: Int
  @OrNull var share: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  let target: Double
  let verdict: SLAVerdict

  init(_ promise: SLAStep.Promise, _ kept: SLACompliance) {
    let tally = kept.tally
    self.promise = promise
    total = tally.total
    judged = tally.judged
    self.kept = tally[.kept]
    keptLate = tally[.keptLate]
    closedLate = tally[.closedLate]
    breached = tally[.breached]
    escalated = tally[.escalated]
    dueSoon = tally[.dueSoon]
    dueLater = tally[.dueLater]
    closedBefore = tally[.closedBefore]
    unknown = tally[.unknown]
    let interval = kept.share.map { _ in kept.interval }
    _share = OrNull(wrappedValue: Rounded.share(kept.share))
    _lower = OrNull(wrappedValue: Rounded.share(interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(interval?.upper))
    target = kept.target
    verdict = kept.verdict
  }
}

/// By when a share had what it waited for, in JSON.
struct SLAQuantileWire: Codable, Hashable, Sendable {
  @OrNull var seconds: Int64?
  @OrNull var lower: Int64?
  @OrNull var upper: Int64?

  init(_ quantile: WaitingTimes.Quantile) {
    _seconds = OrNull(wrappedValue: quantile.seconds)
    _lower = OrNull(wrappedValue: quantile.lower)
    _upper = OrNull(wrappedValue: quantile.upper)
  }
}

/// How long something was waited for, in JSON.
struct SLAWaitsWire: Codable, Hashable, Sendable {
  let count: Int
  let ended: Int
  let prevented: Int
  let open: Int
  let median: SLAQuantileWire
  let nineOfTen: SLAQuantileWire

  init?(_ times: WaitingTimes?) {
    guard let times else { return nil }
    count = times.count
    ended = times.ended
    prevented = times.prevented
    open = times.open
    median = SLAQuantileWire(times.quantile(0.5))
    nineOfTen = SLAQuantileWire(times.quantile(0.9))
  }
}

/// The promises about some leads, in JSON.
struct SLAGroupWire: Codable, Hashable, Sendable {
  let name: String
  let handOffs: Int
  let promises: [SLAPromiseWire]
  @OrNull var firstTouch: SLAWaitsWire?
  @OrNull var assignment: SLAWaitsWire?
  @OrNull var touchAfterAssignment: SLAWaitsWire?

  init(_ group: SLAGroup) {
    name = group.name
    handOffs = group.handOffs
    promises = SLAStep.Promise.allCases.compactMap { promise in
      group.promises[promise].map { SLAPromiseWire(promise, $0) }
    }
    _firstTouch = OrNull(wrappedValue: SLAWaitsWire(group.waits))
    _assignment = OrNull(wrappedValue: SLAWaitsWire(group.systemDelays))
    _touchAfterAssignment = OrNull(wrappedValue: SLAWaitsWire(group.humanDelays))
  }
}

/// A split of the sales' side, in JSON.
struct SLASplitWire: Codable, Hashable, Sendable {
  let by: SLAOptions.Dimension
  let groups: [SLAGroupWire]

  init(_ split: SLASplit) {
    by = split.dimension
    groups = split.groups.map { SLAGroupWire($0) }
  }
}

/// A stage that leads must leave in time, in JSON.
struct SLAStaleWire: Codable, Hashable, Sendable {
  let stage: String
  let staleAfterDays: Int
  let leads: Int
  let undated: Int
  let stale: [String]

  init(_ stale: SLAStaleStage, _ words: SLAWords) {
    stage = words.agreement.path[stale.stage].id
    staleAfterDays = stale.staleAfterDays
    leads = stale.leads
    undated = stale.undated
    self.stale = stale.stale.map { words.answer.id(ofLead: $0) }
  }
}

/// The sales' side in JSON.
struct SLASalesWire: Codable, Hashable, Sendable {
  let handOffStage: String
  @OrNull var firstDay: String?
  let lastDay: String
  let undated: Int
  let isWorkingTime: Bool
  let all: SLAGroupWire
  let splits: [SLASplitWire]
  let notRecorded: [SLAStep.Promise]
  let staleStages: [SLAStaleWire]
  let withAssignment: Int
  let reassigned: Int
  let byDay: Int
  @OrNull var newestContact: String?

  init(_ sales: SalesSide, _ words: SLAWords) {
    handOffStage = words.agreement.path[sales.stage].id
    _firstDay = OrNull(wrappedValue: sales.firstDay?.description)
    lastDay = sales.lastDay.description
    undated = sales.undated
    isWorkingTime = sales.isWorkingTime
    all = SLAGroupWire(sales.all)
    splits = sales.splits.map { SLASplitWire($0) }
    notRecorded = sales.notRecorded
    staleStages = sales.staleStages.map { SLAStaleWire($0, words) }
    withAssignment = sales.withAssignment
    reassigned = sales.reassigned
    byDay = sales.byDay
    _newestContact = OrNull(
      wrappedValue: sales.newestContact.map { Format.iso8601($0, words.agreement.calendar) }
    )
  }
}

/// A share with what is not known, in JSON.
struct SLAShareWire: Codable, Hashable, Sendable {
  let yes: Int
  let no: Int
  let unknown: Int
  @OrNull var atLeast: Double?
  @OrNull var atMost: Double?
  @OrNull var shareOfKnown: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?

  init?(_ share: KnownShare?) {
    guard let share else { return nil }
    yes = share.yes
    no = share.no
    unknown = share.unknown
    let interval = share.shareOfKnown.map { _ in share.interval }
    _atLeast = OrNull(wrappedValue: Rounded.share(share.bounds?.lowerBound))
    _atMost = OrNull(wrappedValue: Rounded.share(share.bounds?.upperBound))
    _shareOfKnown = OrNull(wrappedValue: Rounded.share(share.shareOfKnown))
    _lower = OrNull(wrappedValue: Rounded.share(interval?.lower))
    _upper = OrNull(wrappedValue: Rounded.share(interval?.upper))
  }
}

/// One period of marketing's side, in JSON.
struct SLAPeriodWire: Codable, Hashable, Sendable {
  let name: String
  let firstDay: String
  let lastDay: String
  let isOver: Bool
  let isWhole: Bool
  let delivered: Int
  @OrNull var promised: Int?
  @OrNull var idealCustomer: SLAShareWire?
  @OrNull var factors: SLAShareWire?
  let leads: [String]

  init(_ period: MarketingPeriod, _ words: SLAWords) {
    name = words.periodName(period)
    firstDay = period.days.lowerBound.description
    lastDay = period.days.upperBound.description
    isOver = period.isOver
    isWhole = period.isWhole
    delivered = period.leads.count
    _promised = OrNull(wrappedValue: period.promised)
    _idealCustomer = OrNull(wrappedValue: SLAShareWire(period.ideal))
    _factors = OrNull(wrappedValue: SLAShareWire(period.factors))
    leads = period.leads.map { words.answer.id(ofLead: $0) }.sorted()
  }
}

/// Where the running period will end, in JSON.
struct SLAForecastWire: Codable, Hashable, Sendable {
  @OrNull var due: Double?
  let weeks: [Int]
  @OrNull var weeklyMean: Double?
  @OrNull var dispersion: Double?
  @OrNull var expected: Double?
  @OrNull var lower: Int?
  @OrNull var upper: Int?
  @OrNull var chance: Double?

  init(_ forecast: MarketingForecast) {
    let count = forecast.forecast
    let range = count?.interval()
    _due = OrNull(wrappedValue: Rounded.tenth(forecast.due))
    weeks = forecast.weeks
    _weeklyMean = OrNull(wrappedValue: Rounded.share(count?.weeklyMean))
    _dispersion = OrNull(wrappedValue: Rounded.share(count?.dispersion))
    _expected = OrNull(wrappedValue: Rounded.tenth(count?.expected))
    _lower = OrNull(wrappedValue: range?.lowerBound)
    _upper = OrNull(wrappedValue: range?.upperBound)
    _chance = OrNull(wrappedValue: Rounded.share(forecast.chance))
  }
}

/// Marketing's side in JSON.
struct SLAMarketingWire: Codable, Hashable, Sendable {
  let period: MarketingSLA.Period
  let periods: [SLAPeriodWire]
  @OrNull var forecast: SLAForecastWire?
  @OrNull var promisedIdealCustomer: Double?
  @OrNull var promisedFactors: Double?
  let undated: Int

  init(_ side: MarketingSide, _ words: SLAWords) {
    period = side.period
    periods = side.periods.map { SLAPeriodWire($0, words) }
    _forecast = OrNull(wrappedValue: side.forecast.map { SLAForecastWire($0) })
    _promisedIdealCustomer = OrNull(wrappedValue: side.promise.shareInIdealCustomer)
    _promisedFactors = OrNull(wrappedValue: side.promise.shareWithFactors)
    undated = side.undated
  }
}

/// One open step in JSON.
struct SLAStepWire: Codable, Hashable, Sendable {
  let lead: String
  let owner: String
  let promise: SLAStep.Promise
  let step: SLAStep.Step
  let due: String
  @OrNull var stage: String?
  let episode: Int
  let clock: Int
  let key: String
  @OrNull var secondsLeft: Int64?
  let inWorkingTime: Bool

  init(_ step: SLAStep, _ calendar: LocalCalendar) {
    lead = step.lead
    owner = step.owner
    promise = step.promise
    self.step = step.step
    due = Format.iso8601(step.due, calendar)
    _stage = OrNull(wrappedValue: step.stage)
    episode = step.episode
    clock = step.clock
    key = step.key
    _secondsLeft = OrNull(wrappedValue: step.secondsLeft)
    inWorkingTime = step.isWorkingTime
  }
}

/// The promises of both sides in JSON.
struct SLAWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "sla"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  @OrNull var factsUntil: String?
  let question: QuestionWire
  @OrNull var marketing: SLAMarketingWire?
  @OrNull var sales: SLASalesWire?
  let steps: [SLAStepWire]
  let notes: [String]

  init(_ answer: SLAAnswer, _ agreement: Agreement) {
    let words = SLAWords(answer, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    _factsUntil = OrNull(
      wrappedValue: answer.factsUntil.map { Format.iso8601($0, agreement.calendar) }
    )
    question = QuestionWire(words.question, agreement)
    _marketing = OrNull(wrappedValue: answer.marketing.map { SLAMarketingWire($0, words) })
    _sales = OrNull(wrappedValue: answer.sales.map { SLASalesWire($0, words) })
    steps = answer.steps.map { SLAStepWire($0, agreement.calendar) }
    notes = words.notes
  }
}
