import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement reconcile`: one metric under every definition that circulates.
struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Say why two people have two numbers for one metric, record by record."
  )

  @Argument(
    help: """
      The metric: a step of the path such as mql-to-sql, win-rate, speed-to-lead, coverage or \
      payback. (default: the list of them)
      """
  )
  var metric: String?

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: "Only the ids of the records of one step, one a line, such as any_stages.2."
  )
  var ids: String?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    guard let metric else { return try list() }
    // Before anything that takes long; what else there is to say of the file is said below.
    let wanted = try ReconcileMetric(metric, in: try workspace.value.checkedAgreement().agreement)
    let place = workspace.value
    let (history, source) = try place.cells(for: question)
    let knownBy = question.knownBy
    try question.warnOfUnknownValues(source)
    let answer = try Reconciler(
      history,
      source: source,
      deals: DealRecords(
        reading: try workspace.value.store(),
        for: history,
        through: question.knownBy
      ),
      records: {
        try EconomicsRecords(reading: try place.store(), for: history, through: knownBy)
      }
    ).answer(
      wanted,
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips
    )
    if let ids {
      for id in try answer.step(ids).recordIDs { print(id) }
      return
    }
    switch format {
    case .json: print(try ReconcileJSON(answer, under: history.agreement).text(), terminator: "")
    case .table:
      print(
        ReconcileText(
          answer,
          under: history.agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  private func list() throws {
    let agreement = try question.changed(try workspace.value.agreement())
    switch format {
    case .json: print(try ReconcileListJSON(agreement).text(), terminator: "")
    case .table:
      print(
        ReconcileListText(
          agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
