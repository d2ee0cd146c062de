import PlumblineCore
import PlumblineStatistics

/// The week or month in JSON.
struct WeeklyPeriodWire: Codable, Hashable, Sendable {
  let kind: WeeklyPeriod.Kind
  let name: String
  let firstDay: String
  let lastDay: String
  let isOver: Bool

  init(_ answer: WeeklyAnswer) {
    kind = answer.period.kind
    name = answer.period.description
    firstDay = answer.period.firstDay.description
    lastDay = answer.period.lastDay.description
    isOver = answer.isOver
  }
}

/// The ends of a range in JSON.
struct WeeklyRangeWire: Codable, Hashable, Sendable {
  @OrNull var lower: Double?
  @OrNull var upper: Double?

  init(_ interval: ConfidenceInterval) {
    _lower = OrNull(wrappedValue: Rounded.share(interval.lower))
    _upper = OrNull(wrappedValue: Rounded.share(interval.upper))
  }
}

/// A promise in JSON.
struct WeeklyPromiseWire: Codable, Hashable, Sendable {
  let promise: PromiseLine.Promise
  let side: String
  @OrNull var target: Double?
  let base: Int
  let kept: Int
  let unknown: Int
  @OrNull var share: Double?
  @OrNull var interval: WeeklyRangeWire?
  let verdict: PromiseLine.Verdict
  let keptLeads: [String]
  let missedLeads: [String]
  let unknownLeads: [String]

  init(_ line: PromiseLine) {
    promise = line.promise
    side = line.side.rawValue
    _target = OrNull(wrappedValue: Rounded.share(line.target))
    base = line.base
    kept = line.kept
    unknown = line.unknown
    _share = OrNull(wrappedValue: Rounded.share(line.share))
    _interval = OrNull(wrappedValue: line.interval.map { WeeklyRangeWire($0) })
    verdict = line.verdict
    keptLeads = line.keptLeads
    missedLeads = line.missedLeads
    unknownLeads = line.unknownLeads
  }
}

/// What became of some leads, in JSON.
struct WeeklyLoopLineWire: Codable, Hashable, Sendable {
  let fate: String
  @OrNull var stage: String?
  @OrNull var reason: String?
  let leads: [String]
  let carriedOver: [String]
  let stale: [String]

  init(_ line: ClosedLoop.Line, _ agreement: Agreement) {
    fate = line.fate.word
    if case .reached(let stage) = line.fate {
      _stage = OrNull(wrappedValue: agreement.path[stage].id)
    } else {
      _stage = OrNull(wrappedValue: nil)
    }
    _reason = OrNull(wrappedValue: line.reason)
    leads = line.leads
    carriedOver = line.carriedOver
    stale = line.stale
  }
}

extension ClosedLoop.Fate {
  /// The word for programs.
  var word: String {
    switch self {
    case .accepted: "accepted"
    case .reached: "at_stage"
    case .won: "won"
    case .lost: "lost"
    case .recycled: "recycled"
    case .rejected: "rejected"
    case .openInTime: "open_in_time"
    case .openDoneLate: "open_done_late"
    case .openPastPromise: "open_past_promise"
    case .neverTouched: "never_touched"
    case .openUnjudged: "open_not_judged"
    }
  }
}

/// The closed loop in JSON.
struct WeeklyLoopWire: Codable, Hashable, Sendable {
  let handedOver: Int
  let carriedOver: Int
  let undated: Int
  let lines: [WeeklyLoopLineWire]

  init(_ loop: ClosedLoop, _ agreement: Agreement) {
    handedOver = loop.handedOverCount
    carriedOver = loop.carriedOverCount
    undated = loop.undatedCount
    lines = loop.lines.map { WeeklyLoopLineWire($0, agreement) }
  }
}

/// A count beside what is usual, in JSON.
struct WeeklyCountWire: Codable, Hashable, Sendable {
  let stage: String
  let count: Int
  @OrNull var previous: Int?
  let periodsBefore: Int
  @OrNull var mean: Double?
  @OrNull var overdispersion: Double?
  @OrNull var usualFrom: Int?
  @OrNull var usualTo: Int?
  let state: String
  let leads: [String]

  init(_ change: CountChange, _ agreement: Agreement) {
    stage = agreement.path[change.stage].id
    count = change.count
    _previous = OrNull(wrappedValue: change.previous)
    periodsBefore = change.baseline?.periods ?? 0
    _mean = OrNull(wrappedValue: Rounded.share(change.baseline?.mean))
    _overdispersion = OrNull(wrappedValue: Rounded.share(change.baseline?.overdispersion))
    _usualFrom = OrNull(wrappedValue: change.usual?.lowerBound)
    _usualTo = OrNull(wrappedValue: change.usual?.upperBound)
    state =
      switch change.state {
      case .usual: "usual"
      case .fewer: "fewer"
      case .more: "more"
      case .tooFewPeriods: "too_little_data"
      case .notOver: "not_over"
      }
    leads = change.leads
  }
}

/// A weekly share under watch, in JSON; `plumbline watch` has its weeks.
struct WeeklyShareWire: Codable, Hashable, Sendable {
  let id: String
  let subject: String
  @OrNull var dimension: FunnelDimension?
  @OrNull var unit: String?
  let state: String
  @OrNull var since: String?
  @OrNull var usual: Double?
  @OrNull var newestWeek: String?
  @OrNull var items: Int?
  @OrNull var met: Int?

  init(_ watched: WatchedSeries, _ words: WatchWords) {
    id = watched.series.id
    subject = words.subject(watched.series)
    _dimension = OrNull(wrappedValue: watched.series.dimension)
    _unit = OrNull(wrappedValue: watched.series.dimension == nil ? nil : watched.series.unit)
    state = words.stateID(watched.state)
    _since = OrNull(wrappedValue: AgendaWords.start(of: watched)?.description)
    _usual = OrNull(
      wrappedValue: Rounded.share(
        watched.baseline.map { Double($0.met) / Double(max($0.items, 1)) }
      )
    )
    let newest = watched.points.last
    _newestWeek = OrNull(wrappedValue: newest?.start.description)
    _items = OrNull(wrappedValue: newest?.point.items)
    _met = OrNull(wrappedValue: newest?.point.met)
  }
}

/// What changed, in JSON.
struct WeeklyChangesWire: Codable, Hashable, Sendable {
  let isQuiet: Bool
  let isJudged: Bool
  @OrNull var falseAlarmsPerYear: Double?
  let counts: [WeeklyCountWire]
  let shares: [WeeklyShareWire]

  init(_ changes: WeeklyChanges, _ agreement: Agreement) {
    let words = WatchWords(changes.watch, agreement)
    isQuiet = changes.isQuiet
    isJudged = changes.isJudged
    _falseAlarmsPerYear = OrNull(wrappedValue: Rounded.share(changes.falseAlarmsPerYear))
    counts = changes.counts.map { WeeklyCountWire($0, agreement) }
    shares = changes.watch.series.filter(\.isJudged).map { WeeklyShareWire($0, words) }
  }
}

/// A thing to talk about, in JSON.
struct WeeklyPointWire: Codable, Hashable, Sendable {
  struct Owner: Codable, Hashable, Sendable {
    let name: String
    let leads: Int
  }

  let kind: String
  let party: Party
  let title: String
  let numbers: String
  let question: String
  @OrNull var atStake: Double?
  let owners: [Owner]
  let others: Int
  let leads: [String]

  init(_ item: AgendaItem, _ words: WeeklyWords) {
    let text = AgendaWords(item, words)
    kind = item.kind
    party = item.party
    title = text.title
    numbers = text.numbers
    question = text.question
    _atStake = OrNull(wrappedValue: Rounded.amount(item.stake, words.agreement.currency))
    owners = item.owners.map { Owner(name: $0.name, leads: $0.leads) }
    others = item.others
    leads = item.leads
  }
}

/// The agenda in JSON.
struct WeeklyAgendaWire: Codable, Hashable, Sendable {
  @OrNull var leadValue: Double?
  let leftOut: Int
  let points: [WeeklyPointWire]

  init(_ agenda: WeeklyAgenda, _ words: WeeklyWords) {
    _leadValue = OrNull(
      wrappedValue: Rounded.amount(agenda.leadValue, words.agreement.currency)
    )
    leftOut = agenda.leftOut
    points = agenda.items.map { WeeklyPointWire($0, words) }
  }
}

/// What sales found beside what marketing believed, in JSON.
struct WeeklyBeliefsWire: Codable, Hashable, Sendable {
  struct Reason: Codable, Hashable, Sendable {
    let reason: String
    @OrNull var outcome: DispositionReason.Outcome?
    let ideal: [String]
    let notIdeal: [String]
    let unknown: [String]
  }

  struct Factor: Codable, Hashable, Sendable {
    let factor: String
    let agreed: Int
    let contradicted: [String]
    let notAsked: Int
    @OrNull var interval: WeeklyRangeWire?
  }

  let reasons: [Reason]
  let factors: [Factor]

  init(_ beliefs: BeliefTable) {
    reasons = beliefs.reasons.map { reason in
      Reason(
        reason: reason.reason,
        outcome: reason.outcome,
        ideal: reason.ideal,
        notIdeal: reason.notIdeal,
        unknown: reason.unknown
      )
    }
    factors = beliefs.factors.map { factor in
      Factor(
        factor: factor.id,
        agreed: factor.agreed,
        contradicted: factor.contradicted,
        notAsked: factor.notAsked,
        interval: factor.interval.map { WeeklyRangeWire($0) }
      )
    }
  }
}

/// An answer of a pulse survey in JSON.
struct WeeklyPulseWire: Codable, Hashable, Sendable {
  let question: String
  let team: String
  @OrNull var answers: Int?
  @OrNull var mean: Double?
  @OrNull var scale: Int?

  init(_ line: PulseLine) {
    question = line.question
    team = line.team
    _answers = OrNull(wrappedValue: line.answers)
    _mean = OrNull(wrappedValue: Rounded.share(line.mean))
    _scale = OrNull(wrappedValue: line.scale)
  }
}

/// The whole page in JSON.
struct WeeklyWire: Codable, Hashable, Sendable {
  var format = JSONText.format
  var kind = "weekly"
  let headline: String
  let agreement: AgreementWire
  let asOf: String
  let period: WeeklyPeriodWire
  let isFollowUpJudged: Bool
  let promises: [WeeklyPromiseWire]
  let loop: WeeklyLoopWire
  let changes: WeeklyChangesWire
  let agenda: WeeklyAgendaWire
  let beliefs: WeeklyBeliefsWire
  let pulse: [WeeklyPulseWire]

  init(_ answer: WeeklyAnswer, _ agreement: Agreement) {
    let words = WeeklyWords(answer, agreement)
    headline = words.headline
    self.agreement = AgreementWire(agreement)
    asOf = Format.iso8601(answer.asOf, agreement.calendar)
    period = WeeklyPeriodWire(answer)
    isFollowUpJudged = answer.isFollowUpJudged
    promises = answer.promises.map { WeeklyPromiseWire($0) }
    loop = WeeklyLoopWire(answer.loop, agreement)
    changes = WeeklyChangesWire(answer.changes, agreement)
    agenda = WeeklyAgendaWire(answer.agenda, words)
    beliefs = WeeklyBeliefsWire(answer.beliefs)
    pulse = answer.pulse.map { WeeklyPulseWire($0) }
  }
}
