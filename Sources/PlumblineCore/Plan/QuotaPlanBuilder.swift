import PlumblineStatistics

/// Plans how a quota is reached, from nothing but what a history shows by its as-of instant.
public struct QuotaPlanBuilder: Sendable {
  let history: CompanyHistory
  let journeys: Journeys
  let source: EmbeddedCells
  let funnel: FunnelBuilder

  /// The longest age in days up to which a record must reach before a plan is made, where no
  /// horizon is agreed: half a year, as long as people wait for a rate.
  static let longestNeededDays = 182
  /// From so many wins on a channel is judged by its own curve, and by its own win sizes.
  static let fewestOwnWins = 30
  /// The most weeks of which each is a point of the forecast.
  static let mostForecastWeeks = 53.0
  /// The furthest that is planned ahead, in years: nobody's rates stay as they are for longer.
  public static let mostYears = 5

  /// A builder over a history and its journeys.
  ///
  /// - Parameters:
  ///   - history: What is known by the as-of instant.
  ///   - journeys: Journeys of this history.
  public init(history: CompanyHistory, journeys: Journeys) {
    self.init(EmbeddedCells(history, journeys: journeys), journeys)
  }

  /// A builder over an engine, which keeps what does not change with the quota.
  ///
  /// - Parameters:
  ///   - source: The engine.
  ///   - rule: How events are read.
  public init(_ source: EmbeddedCells, under rule: JourneyRule) {
    self.init(source, source.journeys(under: rule))
  }

  private init(_ source: EmbeddedCells, _ journeys: Journeys) {
    history = source.history
    self.journeys = journeys
    self.source = source
    funnel = FunnelBuilder(history.agreement, source: source)
  }

  /// A builder over a history, under the agreement's rule.
  public init(history: CompanyHistory) {
    self.init(
      history: history,
      journeys: Journeys(history, rule: history.agreement.journeyRule)
    )
  }

  var agreement: Agreement { history.agreement }
  var calendar: LocalCalendar { history.agreement.calendar }
  var lastStage: Int { agreement.path.count - 1 }

  /// The plan that answers a question.
  ///
  /// - Parameter question: The quota and what is assumed.
  /// - Returns: The plan; its `standing` says why where there are no numbers.
  /// - Throws: `InputError` with all that is wrong with the question.
  public func plan(_ question: QuotaQuestion) throws(InputError) -> QuotaPlan {
    try check(question)
    let counts = PlanCounts.counts(self, question)
    let (record, wins) = (counts.record, counts.wins)
    let booked = booked(question)
    var pipeline = counts.pipeline
    var plan = QuotaPlan(
      question,
      asOf: history.asOf,
      standing: standing(record, wins, question),
      booked: booked,
      wins: wins,
      curve: record.curve,
      pipeline: pipeline.answer
    )
    plan.today = counts.today
    plan.newestDay = counts.newestDay
    guard plan.standing == .planned, let deal = try? DealSize(wins.amounts) else {
      plan.stages = stages(record, question, deal: nil)
      return plan
    }
    plan.stages = stages(record, question, deal: deal)
    let mix = try mix(question, record, deal, &plan)
    guard
      let model = PlanModel(
        record: record,
        pipeline: pipeline,
        deal: deal,
        mix: mix,
        firstDay: days(to: question.since)
      ),
      let whole = model.outlook(byDay: deadlineDay(question), need: Double(plan.need))
    else { return plan }
    pipeline.value(whole.chances, deal, whole, self, question)
    plan.pipeline = pipeline.answer
    plan.outlook = whole.outlook
    plan.simulation = model.simulation(whole)
    plan.winsPerWeeklyLead = whole.winsPerEntry
    plan.weeks = zip(whole.weeks, whole.yields).enumerated().map { position, week in
      PlanWeek(
        begins: calendar.day(of: history.asOf.advanced(bySeconds: Int64(position) * 604_800)),
        share: week.0.share,
        yield: week.1
      )
    }
    plan.channels = mix?.channels(whole.weeks, deadlineDay(question), model) ?? []
    plan.conditions = conditions(plan, record, whole)
    plan.forecast = forecast(plan, model)
    return plan
  }

  // MARK: Days

  /// The days from the as-of instant to the beginning of a local day; negative for days past.
  func days(to day: CivilDate) -> Double {
    Double(calendar.instant(of: day).seconds - history.asOf.seconds) / 86_400
  }

  /// The days from the as-of instant to the end of the deadline.
  func deadlineDay(_ question: QuotaQuestion) -> Double {
    days(to: CivilDate(dayNumber: question.deadline.dayNumber + 1))
  }

  /// The day of the newest step of any lead.
  var newestDay: CivilDate? {
    journeys.reached.lazy.joined().lazy.filter(\.isDated).map(\.instant.seconds).max().map {
      calendar.day(of: Instant(seconds: $0))
    }
  }

  // MARK: Standing

  private func standing(
    _ record: PlanRecord,
    _ wins: WinSizes,
    _ question: QuotaQuestion
  ) -> QuotaPlan.Standing {
    let pair = record.whole
    let dated = pair.lags.total(.converted)
    let undated = pair.undatedConversions + pair.undatedOthers
    let entered = pair.lags.total + undated
    if entered == 0 { return .noLeads }
    if dated + pair.undatedConversions == 0 { return .noWins }
    if pair.lags.total == 0 || Double(undated) > 0.05 * Double(entered)
      || Double(pair.undatedConversions) > 0.05 * Double(dated + pair.undatedConversions)
    {
      return .undated
    }
    if wins.amounts.mean ?? 0 <= 0 { return .noAmounts }
    let horizon = record.curve.horizon
    let cap = horizon.isAgreed ? horizon.days : Self.longestNeededDays
    let ahead = Int(max(1, (deadlineDay(question) - ReversePlan.middle(ofWeek: 0)).rounded(.up)))
    let needed = min(ahead, cap)
    if Self.isSupported(record.curve.incidence, days: needed) { return .planned }
    return .tooYoung(
      longestSupportedDays: record.curve.incidence.longestSupportedHorizonInDays ?? 0,
      neededDays: needed
    )
  }

  /// Whether a curve is known up to an age: enough wait there, or nearly all are decided.
  static func isSupported(_ curve: CumulativeIncidence, days: Int) -> Bool {
    let estimate = curve.estimate(withinDays: days)
    return estimate.isSupported || (estimate.maturity ?? 0) >= RowBuilder.settledShare
  }

  // MARK: Checks

  private func check(_ question: QuotaQuestion) throws(InputError) {
    var faults: [Diagnostic] = []
    func refuse(_ code: String, _ message: String, _ remedy: String) {
      faults.append(Diagnostic(.error, code: code, message, remedy: remedy))
    }
    let today = calendar.day(of: history.asOf)
    if question.quota < 0 {
      refuse("plan.negative-quota", "a quota cannot be below 0.", "Write it as --quota 2.4M.")
    }
    if question.deadline < today {
      refuse(
        "plan.deadline-past",
        "the deadline \(question.deadline) is over as of \(today).",
        "Name a day from \(today) on with --by, or an earlier --as-of."
      )
    }
    let furthest = CivilDate(dayNumber: today.dayNumber + 366 * Self.mostYears)
    if question.deadline > furthest {
      refuse(
        "plan.deadline-far",
        "the deadline \(question.deadline) is more than \(Self.mostYears) years ahead: today's rates "
          + "say nothing of then.",
        "Name a day up to \(furthest) with --by."
      )
    }
    if question.since > question.deadline {
      refuse(
        "plan.empty-period",
        "the period begins on \(question.since), after its end on \(question.deadline).",
        "Name an earlier day with --since, or a later one with --by."
      )
    }
    if let first = question.ratesSince, first > today {
      refuse(
        "plan.no-rates",
        "rates cannot be measured on leads since \(first): that is after \(today), the day of this plan.",
        "Name an earlier day with --rates-since."
      )
    }
    for chance in question.probabilities where !(chance > 0 && chance < 1) {
      refuse(
        "plan.impossible-chance",
        "a chance of \(chance) cannot be planned for.",
        "Name chances between 0 and 1, such as 0.8."
      )
    }
    if case .shares(let shares) = question.mix { check(shares, refuse) }
    guard faults.isEmpty else { throw InputError(faults) }
  }

  private func check(
    _ shares: [QuotaQuestion.ChannelShare],
    _ refuse: (String, String, String) -> Void
  ) {
    let sum = shares.reduce(0) { $0 + $1.share }
    if shares.contains(where: { !($0.share >= 0 && $0.share <= 1) }) || abs(sum - 1) > 1e-6 {
      refuse(
        "plan.mix-not-whole",
        "the shares of the mix are not parts of a whole: they add up to \(sum).",
        "Write shares from 0 to 1 that add up to 1, such as Google=0.5 Meta=0.5."
      )
    }
    let names = shares.map { $0.channel.lowercased() }
    if Set(names).count < names.count {
      refuse("plan.mix-twice", "a channel is named twice in the mix.", "Name each channel once.")
    }
  }
}
