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
      generatedBy: "plumbline \(Plumbline.release)",
      incidence: try builder.incidence(of: handOff, asked),
      gap: try gap(history.agreement, cells, filters, first, last),
      watch: watch
    ).text
    try HTMLFile.write(html, to: output)
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
