import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline report`: the verdict as one file to send around.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the verdict and its evidence as one self-contained HTML file."
  )

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: """
      What the bridge begins from: previous (the period before), plan (the agreement's) or best \
      (the best channel's rates).
      """
  )
  var against = GapBenchmark.previous

  @Option(name: [.short, .long], help: "The file to write.")
  var output = "report.html"

  func run() throws {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    // The parts of a report ask much the same.
    let cells = CachedCells(source)
    let builder = FunnelBuilder(history.agreement, source: cells)
    let filters = try question.filters()
    let (first, last) = (try question.firstDay(), try question.lastDay())
    let asked = builder.question(
      by: [.channel],
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips
    )
    let answer = try builder.answer(asked)
    let diagnosis = try DiagnosisBuilder(history.agreement, source: cells).diagnosis(
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips,
      gaps: history.gaps
    )
    let handOff = StagePair(
      from: history.agreement.handOffStage,
      to: history.agreement.path.count - 1
    )
    let watch = try WatchBuilder(history.agreement, source: cells).answer(
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
    let html = HTMLReport(
      diagnosis,
      funnel: answer,
      under: history.agreement,
      generatedBy: "plumbline \(Release.number)",
      incidence: try builder.incidence(of: handOff, asked),
      gap: try gap(history.agreement, cells, filters, first, last),
      watch: watch,
      plans: try plans(history, source)
    ).text
    try HTMLFile.write(html, to: output)
  }

  /// What customers cost, and for the whole company the way to its quota and its cash.
  ///
  /// What the agreement or the record cannot say is left out.
  private func plans(_ history: CompanyHistory, _ source: EmbeddedCells) throws -> ReportPlans {
    let store = try workspace.value.store()
    var plans = ReportPlans()
    let (first, last) = (try question.firstDay(), try question.lastDay())
    let filters = try question.filters()
    plans.economics = try Self.unlessMissing("costs of customers") {
      let records = try EconomicsRecords(
        reading: store,
        for: history,
        through: question.knownBy
      )
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
    guard filters.isEmpty, first == nil, last == nil else { return plans }
    let rule = history.agreement.journeyRule.with(question.skips)
    plans.quota = try Self.unlessMissing("way to a quota") {
      let target = try QuotaTarget(
        quota: nil,
        by: nil,
        since: nil,
        agreement: history.agreementInForce,
        quotas: try DealRecords(reading: store, for: history, through: question.knownBy).quotas,
        today: history.agreement.calendar.day(of: history.asOf)
      )
      let asked = QuotaQuestion(
        quota: target.quota,
        deadline: target.deadline,
        since: target.since
      )
      let builder = QuotaPlanBuilder(history: history, journeys: source.journeys(under: rule))
      return (try builder.plan(asked), target, rule)
    }
    plans.headcount = try Self.unlessMissing("picture of reps and cash") {
      let measurement = HeadcountMeasurement(history, source: source)
      let start = measurement.nextMonth
      let currency = history.agreement.currency
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
    return plans
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

  /// The bridge; nil where no period can be compared, and where only one end of one was named: a
  /// bridge of some other period would pass for that of the report.
  private func gap(
    _ agreement: Agreement,
    _ source: any CellSource,
    _ filters: [DimensionFilter],
    _ first: CivilDate?,
    _ last: CivilDate?
  ) throws -> GapAnswer? {
    let period: GapPeriod?
    switch (first, last) {
    case (nil, nil): period = nil
    case (let first?, let last?): period = GapPeriod(first: first, last: last)
    default:
      Console.complain("The report has no bridge: it needs both --from and --to, or neither.")
      return nil
    }
    do {
      return try GapBuilder(agreement, source: source).answer(
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
}
