import PlumblineCore
import PlumblineStatistics

/// A plan in JSON.
struct QuotaPlanWire: Codable, Hashable, Sendable {
  let kind: String
  let format: Int
  let agreement: AgreementWire
  let asOf: String
  let headline: String
  /// `planned`, or why there are no numbers.
  let standing: String
  let isMet: Bool
  let period: PlanPeriodWire
  let filters: [DimensionFilter]
  let skips: SkipRule
  let quota: Double
  let booked: PlanBookedWire
  let need: Double
  let wins: PlanWinsWire
  let curve: PlanCurveWire
  let pipeline: PlanPipelineWire
  @OrNull var today: PlanTodayWire?
  @OrNull var chanceWithoutNew: Double?
  let answers: [PlanAnswerWire]
  let stages: [PlanStageWire]
  let weeks: [PlanWeekWire]
  let channels: [PlanChannelWire]
  @OrNull var conditions: PlanConditionsWire?
  let forecast: [PlanPointWire]
  let assumptions: [String]
  let seed: UInt64

  init(_ words: QuotaPlanWords) {
    let (plan, agreement) = (words.plan, words.agreement)
    let currency = agreement.currency
    kind = "quota_plan"
    format = JSONText.format
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(plan.asOf, agreement.calendar)
    headline = words.headline
    standing =
      switch plan.standing {
      case .planned: "planned"
      case .noLeads: "no_leads"
      case .noWins: "no_wins"
      case .undated: "undated"
      case .noAmounts: "no_amounts"
      case .tooYoung: "too_young"
      }
    isMet = plan.isMet
    period = PlanPeriodWire(plan.question, words.target)
    filters = plan.question.filters
    skips = words.rule.skips
    quota = Rounded.amount(Double(plan.question.quota), currency) ?? 0
    booked = PlanBookedWire(plan.booked, currency)
    need = Rounded.amount(Double(plan.need), currency) ?? 0
    wins = PlanWinsWire(plan.wins, currency)
    curve = PlanCurveWire(plan)
    pipeline = PlanPipelineWire(plan, agreement)
    _today = OrNull(
      wrappedValue: plan.today.map { PlanTodayWire($0, chance: words.chanceToday) }
    )
    _chanceWithoutNew = OrNull(wrappedValue: Rounded.share(words.chance(leadsPerWeek: 0)))
    answers = plan.question.probabilities.map { PlanAnswerWire($0, plan) }
    stages = plan.stages.map { PlanStageWire($0, plan, agreement) }
    weeks = plan.weeks.map(PlanWeekWire.init)
    channels = plan.channels.map { PlanChannelWire($0, currency) }
    _conditions = OrNull(
      wrappedValue: plan.conditions.map { PlanConditionsWire($0, agreement) }
    )
    forecast = plan.forecast.map { PlanPointWire($0, currency) }
    assumptions = plan.outlook == nil ? [] : words.assumptions
    seed = plan.question.seed
  }
}

/// The days of a plan in JSON.
struct PlanPeriodWire: Codable, Hashable, Sendable {
  let firstDay: String
  let lastDay: String
  let quotaFrom: String
  let firstDayFrom: String

  init(_ question: QuotaQuestion, _ target: QuotaTarget) {
    firstDay = question.since.description
    lastDay = question.deadline.description
    quotaFrom =
      switch target.source {
      case .given: "given"
      case .goal, .goals: "goal"
      case .quotas: "quotas"
      }
    firstDayFrom =
      switch target.beginning {
      case .given: "given"
      case .goal: "goal"
      case .quarter: "quarter"
      case .year: "year"
      }
  }
}

/// What is booked in JSON.
struct PlanBookedWire: Codable, Hashable, Sendable {
  let amount: Double
  let deals: Int
  let withoutAmount: Int
  let undated: Int
  let leads: [String]
  let amountWithoutLead: Double
  let dealsWithoutLead: [String]

  init(_ booked: BookedRevenue, _ currency: String) {
    amount = Rounded.amount(Double(booked.amount), currency) ?? 0
    deals = booked.deals
    withoutAmount = booked.withoutAmount
    undated = booked.undated
    leads = booked.leadIDs
    amountWithoutLead = Rounded.amount(Double(booked.withoutLead.amount), currency) ?? 0
    dealsWithoutLead = booked.withoutLead.ids
  }
}

/// How large wins are in JSON.
struct PlanWinsWire: Codable, Hashable, Sendable {
  let withAmount: Int
  let withoutAmount: Int
  let withSeveralDeals: Int
  @OrNull var mean: Double?
  @OrNull var meanLower: Double?
  @OrNull var meanUpper: Double?
  @OrNull var median: Double?
  @OrNull var standardDeviation: Double?

  init(_ wins: WinSizes, _ currency: String) {
    withAmount = wins.amounts.count
    withoutAmount = wins.withoutAmount
    withSeveralDeals = wins.withSeveral
    _mean = OrNull(wrappedValue: Rounded.amount(wins.amounts.mean, currency))
    let interval = wins.amounts.meanInterval
    _meanLower = OrNull(wrappedValue: Rounded.amount(interval?.lower, currency))
    _meanUpper = OrNull(wrappedValue: Rounded.amount(interval?.upper, currency))
    _median = OrNull(wrappedValue: Rounded.amount(wins.median, currency))
    let deviation = wins.amounts.count > 1 ? wins.amounts.variance.squareRoot() : nil
    _standardDeviation = OrNull(wrappedValue: Rounded.amount(deviation, currency))
  }
}

/// The curve behind a plan in JSON.
struct PlanCurveWire: Codable, Hashable, Sendable {
  let leads: Int
  let wins: Int
  let undated: Int
  @OrNull var leadsSince: String?
  let withinDays: Int
  @OrNull var share: Double?
  @OrNull var longestSupportedDays: Int?

  init(_ plan: QuotaPlan) {
    let curve = plan.curve
    leads = curve.leads
    wins = curve.wins
    undated = curve.undated
    _leadsSince = OrNull(wrappedValue: plan.question.ratesSince?.description)
    withinDays = curve.horizon.days
    _share = OrNull(
      wrappedValue: Rounded.share(curve.incidence.estimate(withinDays: curve.horizon.days).rate)
    )
    _longestSupportedDays = OrNull(wrappedValue: curve.incidence.longestSupportedHorizonInDays)
  }
}

/// The open pipeline in JSON.
struct PlanPipelineWire: Codable, Hashable, Sendable {
  /// The leads at one stage.
  struct Part: Codable, Hashable, Sendable {
    let stage: String
    let open: Int
    let expectedWins: Double
  }

  /// One open lead.
  struct Lead: Codable, Hashable, Sendable {
    let id: String
    let stage: String
    @OrNull var ageInDays: Int?
    let chance: Double
  }

  let by: QuotaQuestion.PipelineRule
  let open: Int
  let undated: Int
  let olderThanRecord: Int
  @OrNull var expectedWins: Double?
  @OrNull var expectedWinsByOtherRule: Double?
  @OrNull var expectedAmount: Double?
  @OrNull var standardDeviation: Double?
  let parts: [Part]
  let leads: [Lead]

  init(_ plan: QuotaPlan, _ agreement: Agreement) {
    let pipeline = plan.pipeline
    let isKnown = plan.outlook != nil
    by = pipeline.rule
    open = pipeline.leads
    undated = pipeline.undated
    olderThanRecord = pipeline.beyondRecord
    _expectedWins = OrNull(wrappedValue: isKnown ? Rounded.share(pipeline.wins) : nil)
    _expectedWinsByOtherRule = OrNull(wrappedValue: Rounded.share(pipeline.winsByOtherRule))
    _expectedAmount = OrNull(
      wrappedValue: isKnown ? Rounded.amount(pipeline.revenue, agreement.currency) : nil
    )
    _standardDeviation = OrNull(
      wrappedValue: isKnown
        ? Rounded.amount(pipeline.standardDeviation, agreement.currency) : nil
    )
    parts = pipeline.parts.map {
      Part(
        stage: agreement.path[$0.stage].id,
        open: $0.leads,
        expectedWins: Rounded.share($0.wins) ?? 0
      )
    }
    leads = pipeline.openLeads.map {
      Lead(
        id: $0.id,
        stage: agreement.path[$0.stage].id,
        ageInDays: $0.ageInDays,
        chance: Rounded.share($0.chance) ?? 0
      )
    }
  }
}

/// The leads of late in JSON.
struct PlanTodayWire: Codable, Hashable, Sendable {
  let leadsPerWeek: Double
  let lower: Double
  let upper: Double
  let weeks: [Int]
  let returned: Int
  let lastDay: String
  @OrNull var chance: Double?

  init(_ volume: LeadVolume, chance: Double?) {
    let interval = volume.interval()
    leadsPerWeek = Rounded.share(volume.perWeek) ?? 0
    lower = Rounded.share(interval.lower) ?? 0
    upper = Rounded.share(interval.upper) ?? 0
    weeks = volume.weeks
    returned = volume.returned
    lastDay = volume.lastDay.description
    _chance = OrNull(wrappedValue: Rounded.share(chance))
  }
}

/// What one chance takes in JSON.
struct PlanAnswerWire: Codable, Hashable, Sendable {
  let chance: Double
  @OrNull var leadsPerWeek: Double?
  @OrNull var leads: Double?
  @OrNull var drawnChance: Double?

  init(_ chance: Double, _ plan: QuotaPlan) {
    self.chance = chance
    let needed = plan.leadsPerWeek(probability: chance)
    _leadsPerWeek = OrNull(wrappedValue: Rounded.share(needed))
    _leads = OrNull(wrappedValue: Rounded.share(needed.map { $0 * plan.weekCount }))
    let drawn = needed.flatMap {
      plan.needsSimulation(leadsPerWeek: $0) ? plan.simulatedChance(leadsPerWeek: $0) : nil
    }
    _drawnChance = OrNull(wrappedValue: Rounded.share(drawn))
  }
}

/// A stage of a plan in JSON.
struct PlanStageWire: Codable, Hashable, Sendable {
  let stage: String
  @OrNull var withinDays: Int?
  @OrNull var share: Double?
  @OrNull var lower: Double?
  @OrNull var upper: Double?
  let isSupported: Bool
  @OrNull var lastUsefulWeek: String?
  /// One for each chance.
  let perWeek: [Double?]

  init(_ stage: PlanStage, _ plan: QuotaPlan, _ agreement: Agreement) {
    self.stage = agreement.path[stage.stage].id
    _withinDays = OrNull(wrappedValue: stage.fromLead?.days)
    let isKnown = stage.isSupported && stage.rate?.rate != nil
    _share = OrNull(wrappedValue: isKnown ? Rounded.share(stage.rate?.rate) : nil)
    _lower = OrNull(wrappedValue: isKnown ? Rounded.share(stage.rate?.interval.lower) : nil)
    _upper = OrNull(wrappedValue: isKnown ? Rounded.share(stage.rate?.interval.upper) : nil)
    isSupported = stage.isSupported
    _lastUsefulWeek = OrNull(wrappedValue: stage.lastUsefulWeek?.description)
    perWeek = plan.question.probabilities.map { chance in
      Rounded.share(plan.leadsPerWeek(probability: chance).flatMap(stage.entries(ofLeads:)))
    }
  }
}

/// A week in JSON.
struct PlanWeekWire: Codable, Hashable, Sendable {
  let begins: String
  let share: Double
  let wonInTime: Double

  init(_ week: PlanWeek) {
    begins = week.begins.description
    share = Rounded.share(week.share) ?? 0
    wonInTime = Rounded.share(week.yield) ?? 0
  }
}

/// A channel of a mix in JSON.
struct PlanChannelWire: Codable, Hashable, Sendable {
  let channel: String
  let share: Double
  let leads: Int
  let wins: Int
  let rateFrom: String
  let winsPerHundredLeads: Double
  @OrNull var meanWin: Double?
  let hasOwnMeanWin: Bool

  init(_ channel: PlanChannel, _ currency: String) {
    self.channel = channel.name
    share = Rounded.share(channel.share) ?? 0
    leads = channel.leads
    wins = channel.wins
    rateFrom = channel.basis.rawValue
    winsPerHundredLeads = Rounded.share(channel.winsPerHundred) ?? 0
    _meanWin = OrNull(wrappedValue: Rounded.amount(channel.meanWin, currency))
    hasOwnMeanWin = channel.hasOwnWinSize
  }
}

/// What would have to be true in JSON.
struct PlanConditionsWire: Codable, Hashable, Sendable {
  /// One step.
  struct Step: Codable, Hashable, Sendable {
    let from: String
    let to: String
    let withinDays: Int
    @OrNull var share: Double?
    let lower: Double
    let upper: Double
    /// One for each chance; above 1 when the step alone cannot do it.
    let needed: [Double?]
  }

  let chances: [Double]
  let steps: [Step]
  let meanWin: [Double?]

  init(_ conditions: PlanConditions, _ agreement: Agreement) {
    chances = conditions.probabilities
    steps = conditions.steps.map { step in
      Step(
        from: agreement.path[step.from].id,
        to: agreement.path[step.from + 1].id,
        withinDays: step.withinDays,
        share: Rounded.share(step.present.rate),
        lower: Rounded.share(step.present.interval.lower) ?? 0,
        upper: Rounded.share(step.present.interval.upper) ?? 1,
        needed: step.needed.map(Rounded.share)
      )
    }
    meanWin = conditions.meanWin.map { Rounded.amount($0, agreement.currency) }
  }
}

/// A point of the way to the deadline in JSON.
struct PlanPointWire: Codable, Hashable, Sendable {
  let day: String
  @OrNull var booked: Double?
  @OrNull var mean: Double?
  @OrNull var reachedByNinety: Double?
  @OrNull var reachedByEighty: Double?
  @OrNull var reachedByFifty: Double?
  @OrNull var reachedByTen: Double?

  init(_ point: ForecastPoint, _ currency: String) {
    day = point.day.description
    _booked = OrNull(wrappedValue: Rounded.amount(point.booked, currency))
    _mean = OrNull(wrappedValue: Rounded.amount(point.mean, currency))
    _reachedByNinety = OrNull(wrappedValue: Rounded.amount(point.reached?.ninety, currency))
    _reachedByEighty = OrNull(wrappedValue: Rounded.amount(point.reached?.eighty, currency))
    _reachedByFifty = OrNull(wrappedValue: Rounded.amount(point.reached?.fifty, currency))
    _reachedByTen = OrNull(wrappedValue: Rounded.amount(point.reached?.ten, currency))
  }
}
