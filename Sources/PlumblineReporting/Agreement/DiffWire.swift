import PlumblineCore
import PlumblineStatistics

/// Two definitions in JSON.
struct DiffWire: Codable, Hashable, Sendable {
  let format: Int
  let kind: String
  let headline: String
  let agreementBefore: AgreementWire
  let agreementAfter: AgreementWire
  let asOf: String
  let changes: [Change]
  let stages: [Stage]
  let transitions: [Transition]
  let changedClass: Int
  let passesInAll: Int
  @OrNull var months: Months?
  let workload: Workload
  let promises: Promises
  let scoreWithoutHandOff: HandOffGaps
  let passes: [Pass]
  let gaps: [GapWire]
  let notes: [String]

  struct Change: Codable, Hashable, Sendable {
    let path: String
    @OrNull var before: String?
    @OrNull var after: String?
  }

  struct Interval: Codable, Hashable, Sendable {
    let lower: Double
    let upper: Double
  }

  struct Stage: Codable, Hashable, Sendable {
    let stage: String
    @OrNull var before: Int?
    @OrNull var after: Int?
    let gained: Int
    let lost: Int
    let moved: Int
    let earlier: Int
    let later: Int
    @OrNull var perMonthBefore: Double?
    @OrNull var perMonthAfter: Double?
    @OrNull var gainedWorth: Worth?
    @OrNull var lostWorth: Worth?
  }

  struct Worth: Codable, Hashable, Sendable {
    let passes: Int
    let old: Int
    let young: Int
    let undated: Int
    let untested: Int
    let horizonInDays: Int
    let won: Int
    @OrNull var rate: Double?
    @OrNull var rateInterval: Interval?
    @OrNull var revenue: Double?
    let dealsWithoutAmount: Int
    @OrNull var youngRate: Double?
    @OrNull var youngRateSource: PassWorth.RateSource?
    let youngRateBase: Int
    @OrNull var expectedWins: Double?
    @OrNull var expectedWinsInterval: Interval?
    @OrNull var expectedRevenue: Double?
    @OrNull var expectedRevenueInterval: Interval?
  }

  struct Transition: Codable, Hashable, Sendable {
    @OrNull var before: Place?
    @OrNull var after: Place?
    let count: Int
  }

  struct Place: Codable, Hashable, Sendable {
    let stage: String
    @OrNull var exit: String?
  }

  struct Months: Codable, Hashable, Sendable {
    let firstDay: String
    let lastDay: String
  }

  struct Workload: Codable, Hashable, Sendable {
    let before: WorkSide
    let after: WorkSide
  }

  struct WorkSide: Codable, Hashable, Sendable {
    let stage: String
    let handOffs: Int
    @OrNull var handOffsPerMonth: Double?
    @OrNull var attempts: Int?
    @OrNull var attemptsPerMonth: Double?
    let reps: Int
    @OrNull var handOffsPerRep: Double?
  }

  struct Promises: Codable, Hashable, Sendable {
    let before: PromiseSide
    let after: PromiseSide
    let newlyBroken: [String]
    let noLongerBroken: [String]
  }

  struct HandOffGaps: Codable, Hashable, Sendable {
    let before: Int
    let after: Int
  }

  struct PromiseSide: Codable, Hashable, Sendable {
    let record: WorkSummary.FollowUpRecord
    @OrNull var judged: Int?
    @OrNull var broken: Int?
    @OrNull var rateInterval: Interval?
  }

  struct Pass: Codable, Hashable, Sendable {
    let lead: String
    let attempt: Int
    @OrNull var before: Place?
    @OrNull var after: Place?
    let stages: [PassStage]
  }

  struct PassStage: Codable, Hashable, Sendable {
    let stage: String
    let change: StageChange.Kind
    @OrNull var before: String?
    @OrNull var after: String?
  }
}

extension DiffWire {
  init(_ diff: DefinitionDiff, names: (before: String, after: String)?) {
    let words = DiffWords(diff, names: names)
    let currency = diff.after.currency
    format = JSONText.format
    kind = "agreement_diff"
    headline = words.headline
    agreementBefore = AgreementWire(diff.before)
    agreementAfter = AgreementWire(diff.after)
    asOf = Format.iso8601(diff.asOf, diff.after.calendar)
    changes = diff.changes.map {
      Change(path: $0.path, before: $0.before, after: $0.after)
    }
    stages = diff.stages.map { Stage($0, currency) }
    transitions = diff.transitions.map {
      Transition(before: Place.of($0.before), after: Place.of($0.after), count: $0.count)
    }
    changedClass = diff.changedClass
    passesInAll = diff.allPasses
    _months = OrNull(
      wrappedValue: diff.months.map {
        Months(firstDay: $0.lowerBound.description, lastDay: $0.upperBound.description)
      }
    )
    workload = Workload(
      before: WorkSide(diff.workload.before),
      after: WorkSide(diff.workload.after)
    )
    promises = Promises(
      before: PromiseSide(diff.promises.before),
      after: PromiseSide(diff.promises.after),
      newlyBroken: diff.promises.newlyBroken,
      noLongerBroken: diff.promises.noLongerBroken
    )
    scoreWithoutHandOff = HandOffGaps(
      before: diff.scoreWithoutHandOff.before,
      after: diff.scoreWithoutHandOff.after
    )
    passes = diff.passes.map { pass in
      Pass(
        lead: pass.id,
        attempt: pass.attempt,
        before: Place.of(pass.before),
        after: Place.of(pass.after),
        stages: pass.stages.map { PassStage($0, diff) }
      )
    }
    gaps = diff.gaps.map(GapWire.init)
    notes = words.notes
  }
}

extension DiffWire.Interval {
  fileprivate static func rates(_ interval: ConfidenceInterval?) -> OrNull<Self> {
    OrNull(
      wrappedValue: interval.flatMap { interval in
        guard let lower = Rounded.share(interval.lower), let upper = Rounded.share(interval.upper)
        else { return nil }
        return Self(lower: lower, upper: upper)
      }
    )
  }

  fileprivate static func tenths(_ interval: ConfidenceInterval?) -> OrNull<Self> {
    OrNull(
      wrappedValue: interval.flatMap { interval in
        guard let lower = Rounded.tenth(interval.lower), let upper = Rounded.tenth(interval.upper)
        else { return nil }
        return Self(lower: lower, upper: upper)
      }
    )
  }

  fileprivate static func amounts(
    _ interval: ConfidenceInterval?,
    _ currency: String
  ) -> OrNull<Self> {
    OrNull(
      wrappedValue: interval.flatMap { interval in
        guard let lower = Rounded.amount(interval.lower, currency),
          let upper = Rounded.amount(interval.upper, currency)
        else { return nil }
        return Self(lower: lower, upper: upper)
      }
    )
  }
}

extension DiffWire.Stage {
  fileprivate init(_ stage: StageDiff, _ currency: String) {
    self.stage = stage.id
    _before = OrNull(wrappedValue: stage.before)
    _after = OrNull(wrappedValue: stage.after)
    gained = stage.gained
    lost = stage.lost
    moved = stage.moved
    earlier = stage.earlier
    later = stage.later
    _perMonthBefore = OrNull(wrappedValue: Rounded.tenth(stage.perMonthBefore))
    _perMonthAfter = OrNull(wrappedValue: Rounded.tenth(stage.perMonthAfter))
    _gainedWorth = OrNull(wrappedValue: stage.gainedWorth.map { DiffWire.Worth($0, currency) })
    _lostWorth = OrNull(wrappedValue: stage.lostWorth.map { DiffWire.Worth($0, currency) })
  }
}

extension DiffWire.Worth {
  fileprivate init(_ worth: PassWorth, _ currency: String) {
    passes = worth.passes
    old = worth.old
    young = worth.young
    undated = worth.undated
    untested = worth.untested
    horizonInDays = worth.horizonInDays
    won = worth.won
    let rate = worth.old > 0 ? Double(worth.won) / Double(worth.old) : nil
    _rate = OrNull(wrappedValue: Rounded.share(rate))
    _rateInterval = DiffWire.Interval.rates(worth.interval)
    _revenue = OrNull(wrappedValue: Rounded.amount(Double(worth.revenue), currency))
    dealsWithoutAmount = worth.dealsWithoutAmount
    _youngRate = OrNull(wrappedValue: Rounded.share(worth.youngRate))
    _youngRateSource = OrNull(wrappedValue: worth.rateSource)
    youngRateBase = worth.rateBase
    _expectedWins = OrNull(wrappedValue: Rounded.tenth(worth.expectedWins?.value))
    _expectedWinsInterval = DiffWire.Interval.tenths(worth.expectedWins?.interval)
    _expectedRevenue = OrNull(
      wrappedValue: Rounded.amount(worth.expectedRevenue?.value, currency)
    )
    _expectedRevenueInterval = DiffWire.Interval.amounts(
      worth.expectedRevenue?.interval,
      currency
    )
  }
}

extension DiffWire.Place {
  fileprivate static func of(_ value: DefinitionClass?) -> Self? {
    value.map { Self(stage: $0.stage, exit: $0.exit) }
  }
}

extension DiffWire.WorkSide {
  fileprivate init(_ side: WorkloadDiff.Side) {
    stage = side.stage
    handOffs = side.handOffs
    _handOffsPerMonth = OrNull(wrappedValue: Rounded.tenth(side.handOffsPerMonth))
    _attempts = OrNull(wrappedValue: side.attempts)
    _attemptsPerMonth = OrNull(wrappedValue: Rounded.tenth(side.attemptsPerMonth))
    reps = side.reps
    _handOffsPerRep = OrNull(wrappedValue: Rounded.tenth(side.handOffsPerRep))
  }
}

extension DiffWire.PromiseSide {
  fileprivate init(_ side: PromiseDiff.Side) {
    record = side.record
    _judged = OrNull(wrappedValue: side.judged)
    _broken = OrNull(wrappedValue: side.broken)
    var interval: ConfidenceInterval?
    if let judged = side.judged, let broken = side.broken, judged > 0 {
      interval = .wilson(successes: Double(broken), trials: Double(judged))
    }
    _rateInterval = DiffWire.Interval.rates(interval)
  }
}

extension DiffWire.PassStage {
  fileprivate init(_ change: StageChange, _ diff: DefinitionDiff) {
    func time(_ time: TimePoint, _ calendar: LocalCalendar) -> OrNull<String> {
      OrNull(
        wrappedValue: time.isDated
          ? time.precision == .day
            ? calendar.day(of: time.instant).description
            : Format.iso8601(time.instant, calendar)
          : nil
      )
    }
    stage = change.stage
    self.change = change.kind
    _before = time(change.before, diff.before.calendar)
    _after = time(change.after, diff.after.calendar)
  }
}
