public import PlumblineCore
public import PlumblineReporting

/// The parts of the verdict of some leads, each counted when it is asked for.
///
/// A report holds all of them; a page of a server shows some, and asks for no others.
public struct Verdict {
  /// The facts, read under the agreement.
  public let history: CompanyHistory
  /// The engine that counts them.
  public let source: EmbeddedCells

  private let workspace: Workspace
  private let question: QuestionOptions
  private let against: GapBenchmark
  private let filters: [DimensionFilter]
  private let first: CivilDate?
  private let last: CivilDate?
  /// The parts ask much the same.
  private let cells: CachedCells

  /// The verdict of the leads that options name.
  ///
  /// - Throws: `InputError` for options or facts that a person must mend, or what the store throws.
  init(_ workspace: Workspace, _ question: QuestionOptions, against: GapBenchmark) throws {
    self.workspace = workspace
    self.question = question
    self.against = against
    (history, source) = try workspace.cells(for: question)
    try question.warnOfUnknownValues(source)
    cells = CachedCells(source)
    filters = try question.filters()
    (first, last) = (try question.firstDay(), try question.lastDay())
  }

  private var agreement: Agreement { history.agreement }
  private var builder: FunnelBuilder { FunnelBuilder(agreement, source: cells) }
  private var asked: FunnelQuestion {
    builder.question(
      by: [.channel],
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips
    )
  }

  /// The funnel by channel.
  ///
  /// - Throws: What `FunnelBuilder.answer(_:)` throws.
  public func funnel() throws -> FunnelAnswer { try builder.answer(asked) }

  /// The leaks, what they cost, how sure that is and whose they are.
  ///
  /// - Throws: What the diagnosis throws.
  public func diagnosis() throws -> Diagnosis {
    try DiagnosisBuilder(agreement, source: cells).diagnosis(
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips,
      gaps: history.gaps
    )
  }

  /// How fast leads handed to sales are won, by channel.
  ///
  /// - Throws: What `FunnelBuilder` throws.
  public func incidence() throws -> IncidenceAnswer? {
    let pair = StagePair(from: agreement.handOffStage, to: agreement.path.count - 1)
    return try builder.incidence(of: pair, asked)
  }

  /// The weekly rates under watch.
  ///
  /// - Throws: What `WatchBuilder` throws.
  public func watch() throws -> WatchAnswer {
    try WatchBuilder(agreement, source: cells).answer(
      additional: try source.followUpSeries(
        filters: filters,
        firstDay: first,
        lastDay: last,
        skips: question.skips
      ),
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips
    )
  }

  /// The bridge; nil where no period can be compared, and where only one end of one was named: a
  /// bridge of some other period would pass for that of the report.
  ///
  /// - Throws: What `GapBuilder` throws for a plan or a best channel that cannot be compared with.
  public func gap() throws -> GapAnswer? {
    let period: GapPeriod?
    switch (first, last) {
    case (nil, nil): period = nil
    case (let first?, let last?): period = GapPeriod(first: first, last: last)
    default:
      Console.complain("The report has no bridge: it needs both --from and --to, or neither.")
      return nil
    }
    do {
      return try GapBuilder(agreement, source: cells).answer(
        against: against,
        period: period,
        filters: filters,
        skips: question.skips
      )
    } catch let error as InputError
      where against == .previous
      || error.diagnostics.contains(where: { $0.code == "option.period-not-over" })
    {
      // A young history has no two periods, and one that is not over has no second: the report
      // stands without its bridge, and says so.
      let why = error.diagnostics.map(\.message).joined(separator: " ")
      Console.complain("The report has no bridge: \(why)")
      return nil
    }
  }

  /// What customers of each channel cost; nil, with a word on why, where the agreement or the
  /// record says too little for it.
  ///
  /// - Throws: What the store throws.
  public func economics() throws -> EconomicsAnswer? {
    try Self.unlessMissing("costs of customers") {
      let records = try workspace.economics(of: source, knownBy: question.knownBy)
      return try EconomicsBuilder(source, records).answer(
        EconomicsQuestion(
          by: .channel,
          filters: filters,
          firstDay: first,
          lastDay: last,
          skips: question.skips,
          view: .cohort
        )
      )
    }
  }

  /// Whether it is about the whole company, so that a quota and the cash are those of these leads.
  public var isOfWholeCompany: Bool { filters.isEmpty && first == nil && last == nil }

  /// The way to the quota; nil for a part of the company, and, with a word on why, where the
  /// agreement or the record says too little for it.
  ///
  /// - Throws: What the store throws.
  public func quota() throws -> (plan: QuotaPlan, target: QuotaTarget, rule: JourneyRule)? {
    guard isOfWholeCompany else { return nil }
    let rule = agreement.journeyRule.with(question.skips)
    let records = try workspace.deals(of: source, knownBy: question.knownBy)
    return try Self.unlessMissing("way to a quota") {
      let target = try QuotaTarget(
        quota: nil,
        by: nil,
        since: nil,
        agreement: history.agreementInForce,
        quotas: records.quotas,
        today: agreement.calendar.day(of: history.asOf)
      )
      let asked = QuotaQuestion(
        quota: target.quota,
        deadline: target.deadline,
        since: target.since
      )
      let builder = QuotaPlanBuilder(source, under: rule)
      return (try builder.plan(asked), target, rule)
    }
  }

  /// Reps and cash over the coming months; nil for a part of the company, and, with a word on why,
  /// where the agreement or the record says too little for it.
  ///
  /// - Throws: What the simulation throws.
  public func headcount() throws -> HeadcountAnswer? {
    guard isOfWholeCompany else { return nil }
    return try Self.unlessMissing("picture of reps and cash") {
      let measurement = source.headcountMeasurement
      let start = measurement.nextMonth
      let currency = agreement.currency
      let request = HeadcountRequest(
        minorUnits: Currency.minorUnits(of: currency),
        closeRateOfMix: { measurement.closeRate(mix: $0) }
      )
      let hire = try request.scenario(["hire", "1"], in: start, isDated: false)
      return try HeadcountSimulator(
        measurement.inputs,
        HeadcountQuestion(start: start),
        currency: currency
      ).answer([hire].compactMap { $0 }, today: .today)
    }
  }

  /// All parts as one page.
  ///
  /// - Parameter program: What made the page, such as a program and its version.
  /// - Returns: The page.
  /// - Throws: What the parts throw.
  public func page(generatedBy program: String) throws -> HTMLReport {
    let (funnel, diagnosis, watch) = (try funnel(), try diagnosis(), try watch())
    return HTMLReport(
      diagnosis,
      funnel: funnel,
      under: agreement,
      generatedBy: program,
      incidence: try incidence(),
      gap: try gap(),
      watch: watch,
      plans: ReportPlans(
        economics: try economics(),
        quota: try quota(),
        headcount: try headcount()
      )
    )
  }

  /// An answer; nil, and a word on standard error, where the agreement or the record says too
  /// little for it.
  private static func unlessMissing<Answer>(
    _ what: String,
    _ body: () throws -> Answer
  ) throws -> Answer? {
    do {
      return try body()
    } catch let error as InputError {
      let why = error.diagnostics.map(\.message).joined(separator: " ")
      Console.complain("The report has no \(what): \(why)")
      return nil
    }
  }
}
