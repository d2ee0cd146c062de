import PlumblineStatistics

/// What an answer about attainment is asked.
public struct AttainmentQuestion: Sendable {
  /// The period; nil for the shortest with a quota that holds the as-of day, else the last before
  /// it, else the next.
  public var period: AttainmentPeriod?
  /// Results to be put in the place of those that came; nil for none.
  public var whatIf: PayoutWhatIf?
  /// How past forecasts turned out; nil where nobody looked.
  public var record: ForecastRecord?
  /// The seed of what is drawn by chance.
  public var seed: UInt64

  /// A question.
  public init(
    period: AttainmentPeriod? = nil,
    whatIf: PayoutWhatIf? = nil,
    record: ForecastRecord? = nil,
    seed: UInt64 = 1
  ) {
    self.period = period
    self.whatIf = whatIf
    self.record = record
    self.seed = seed
  }
}

/// Sets what was won against what was to be won, for the team, each person and each month, and
/// what the two teams are paid for it.
public struct AttainmentBuilder {
  let source: EmbeddedCells
  let deals: DealRecords
  private let records: WeeklyRecords
  private let economics: EconomicsRecords
  /// The least adjusted chance at which somebody is not called apart from the team.
  static let falseNames = 0.05

  var history: CompanyHistory { source.history }
  var calendar: LocalCalendar { history.agreement.calendar }

  /// A builder.
  ///
  /// - Parameters:
  ///   - source: The engine over a history.
  ///   - deals: The deals and quotas of the same history.
  ///   - records: What else is on record of its leads.
  ///   - economics: What an answer about costs needs, of the same history.
  public init(
    _ source: EmbeddedCells,
    deals: DealRecords,
    records: WeeklyRecords,
    economics: EconomicsRecords
  ) {
    self.source = source
    self.deals = deals
    self.records = records
    self.economics = economics
  }

  /// The period that an answer is about.
  ///
  /// - Parameter wanted: The period asked for, if any.
  /// - Returns: That, else the shortest with a quota that holds the as-of day or came last before it.
  public func period(_ wanted: AttainmentPeriod?) -> AttainmentPeriod {
    let today = calendar.day(of: history.asOf)
    return wanted ?? Self.usual(writtenPeriods(), today) ?? AttainmentPeriod(.quarter, of: today)
  }

  /// The answer to a question.
  ///
  /// - Parameter question: The question.
  /// - Returns: Every number with the records behind it.
  /// - Throws: What the source throws.
  /// - Complexity: O(leads + deals + hand-offs x months).
  public func answer(
    _ question: AttainmentQuestion = AttainmentQuestion()
  ) throws -> AttainmentAnswer {
    let written = writtenPeriods()
    let today = calendar.day(of: history.asOf)
    let period = period(question.period)
    let agreed = period.agreement(of: history.agreement, asOf: history.asOf)
    var names = OwnerNames(deals.ownerNames)
    noteNames(&names, agreed)
    for owner in Set(history.leads.owners).sorted() where owner != 0 {
      names.note(history.texts[.owner][owner])
    }
    let book = QuotaBook(
      history.agreement,
      facts: deals.quotas,
      period: period.days,
      asOf: history.asOf,
      key: names.key
    )
    let tally = tally(period, names)
    let pace = pace(period, agreed.workingTime)
    var (team, people, nobody) = rows(period, book, tally, names)
    let left = monthsLeft(period, pace, agreed.workingTime)
    team.share(toGoBy: left)
    for index in people.indices { people[index].share(toGoBy: left) }
    let deal = dealSizes(upTo: min(period.days.upperBound, today))
    addChance(&people, deal)
    let closing = try ClosingShareBuilder(history.agreement, source: source)
    let share = try closing.share(period)
    let answerOfCosts = try costs(period, pace)
    let costs = answerOfCosts?.total
    let plans = try addForecasts(
      &team,
      &people,
      &nobody,
      period: period,
      pace: pace,
      deal: deal,
      names: names,
      seed: question.seed
    )
    let scorecard = try scorecard(period, agreed, team, share.period, costs, pace)
    let value = CompanyValue(
      wins: costs.flatMap { $0.leads > 0 ? $0.wins.total : nil },
      meanDeal: deal.mean,
      lifetimeValue: deal.mean.flatMap(history.agreement.economics.lifetimeValue(ofDeal:)),
      spend: costs.flatMap { $0.media > 0 ? $0.media : nil }
    )
    let personal = people.compactMap(\.quota?.amount)
    var answer = AttainmentAnswer(
      asOf: history.asOf,
      period: period,
      pace: pace,
      absence: nil,
      writtenPeriods: written,
      team: team,
      people: people,
      nobody: nobody,
      quotaOfNobody: personal.isEmpty
        ? nil : team.quota.map { $0.amount - personal.reduce(0, +) },
      differences: differences(book, period, team, names),
      undatedWins: tally.undated,
      deal: deal,
      forecastAbsence: plans,
      closing: share,
      scorecard: scorecard,
      teams: scorecard.teams(agreed.incentives),
      costWithinDays: scorecard.results[.costPerWin] == nil ? nil : answerOfCosts?.horizon.days,
      value: value,
      whatIf: question.whatIf.map { scorecard.whatIf($0, agreed.incentives, value) },
      launches: launches(period, agreed),
      record: question.record
    )
    answer.absence =
      team.quota == nil
      ? (written.isEmpty ? .noQuota : .noQuotaForPeriod)
      : team.quota?.amount == 0 ? .quotaIsZero : nil
    return answer
  }

  // MARK: Periods

  /// The periods for which anything is written, the shorter first where several begin together.
  private func writtenPeriods() -> [AttainmentPeriod] {
    let versions = AgreementTimeline(history.agreement)
    let last = versions.index(at: history.asOf.seconds)
    let goals = versions.versions[...last].flatMap(\.goals).map(\.days)
    let days = Set(goals + deals.quotas.filter { $0.amount != nil }.map(\.days))
    return days.compactMap { AttainmentPeriod(days: $0) }.sorted {
      ($0.days.lowerBound, $0.days.upperBound) < ($1.days.lowerBound, $1.days.upperBound)
    }
  }

  /// The period that is asked about when nobody names one; nil where nothing is written.
  private static func usual(_ written: [AttainmentPeriod], _ today: CivilDate) -> AttainmentPeriod?
  {
    written.first { $0.contains(today) }.map { first in
      written.filter { $0.contains(today) }.min { $0.kind.rank < $1.kind.rank } ?? first
    } ?? written.last { $0.days.upperBound < today } ?? written.first
  }

  func clock(_ period: AttainmentPeriod, _ workingTime: WorkingTime) -> BusinessClock {
    BusinessClock(
      workingTime,
      calendar: calendar,
      firstDay: period.days.lowerBound,
      lastDay: period.days.upperBound
    )
  }

  /// How much of a period's working time is gone; of its time, where nobody works in it.
  private func pace(_ period: AttainmentPeriod, _ workingTime: WorkingTime) -> PeriodPace {
    let seconds = period.seconds(calendar)
    let now = min(max(history.asOf.seconds + 1, seconds.lowerBound), seconds.upperBound)
    let clock = clock(period, workingTime)
    func working(_ end: Int64) -> Int64 {
      clock.workingSeconds(
        from: Instant(seconds: seconds.lowerBound),
        to: Instant(seconds: end)
      )
    }
    let week =
      Int64(workingTime.weekdays.count)
      * workingTime.shifts.reduce(0) { $0 + Int64($1.endMinute - $1.startMinute) * 60 }
    var (gone, all, usual) = (working(now), working(seconds.upperBound), week)
    if all == 0 {
      gone = now - seconds.lowerBound
      all = seconds.upperBound - seconds.lowerBound
      usual = 7 * 86_400
    }
    return PeriodPace(
      gone: Double(gone) / Double(all),
      weeksLeft: Double(all - gone) / Double(max(1, usual)),
      hasBegun: history.asOf.seconds + 1 > seconds.lowerBound,
      isOver: history.asOf.seconds + 1 >= seconds.upperBound
    )
  }

  // MARK: Scorecard

  private func scorecard(
    _ period: AttainmentPeriod,
    _ agreed: Agreement,
    _ team: AttainmentRow,
    _ closing: ClosingCohort,
    _ costs: EconomicsRow?,
    _ pace: PeriodPace
  ) throws -> Scorecard {
    let builder = FunnelBuilder(history.agreement, source: source)
    let last = history.agreement.path.count - 1
    let question = builder.question(
      firstDay: period.days.lowerBound,
      lastDay: period.days.upperBound
    )
    func leads(reaching stage: Int) -> [String] {
      source.leadIDs(for: RecordQuestion(question, number: .reached(stage: stage)))
    }
    let wonLeads = leads(reaching: last)
    let won = Set(wonLeads)
    return ScorecardBuilder(
      context: try WeeklyContext(
        source,
        WeeklyPeriod(.month, of: period.days.lowerBound),
        records
      ),
      deals: deals,
      period: period,
      won: team.won,
      closing: closing,
      wonLeads: wonLeads,
      otherLeads: leads(reaching: 0).filter { !won.contains($0) },
      costs: costs.flatMap { $0.media > 0 ? $0 : nil },
      pace: pace,
      isOnRecord: firstDay.map { $0 <= period.days.upperBound } ?? false,
      agreed: agreed
    ).scorecard(quota: team.quota)
  }

  /// What the period's leads cost and bring, as `plumbline economics` has it; nil before it began.
  private func costs(_ period: AttainmentPeriod, _ pace: PeriodPace) throws -> EconomicsAnswer? {
    guard pace.hasBegun else { return nil }
    return try EconomicsBuilder(source, economics).answer(
      EconomicsQuestion(firstDay: period.days.lowerBound, lastDay: period.days.upperBound)
    )
  }

  /// The first day of which anything is on record; nil where nothing is.
  private var firstDay: CivilDate? {
    let leads = history.leads.created.lazy.filter(\.isDated).map(\.instant).min()
    let sales = deals.deals.lazy.filter { $0.outcome == .won && $0.closed.isDated }
      .map(\.closed.instant).min()
    return [leads, sales].compactMap(\.self).min().map(calendar.day(of:))
  }
}

extension AttainmentPeriod.Kind {
  /// The shorter, the lower.
  fileprivate var rank: Int {
    switch self {
    case .month: 0
    case .quarter: 1
    case .year: 2
    }
  }
}
