public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline agreement reconcile`: one metric under every definition that circulates.
public struct ReconcileCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
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

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: "Only the ids of the records of one step, one a line, such as any_stages.2."
  )
  var ids: String?

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// The bridge of a metric, or the list of metrics where none was named.
  public struct Answer {
    /// Each definition's number, and the records between them; nil where no metric was named.
    public let bridge: ReconcileAnswer?
    /// The agreement under which it was asked.
    public let agreement: Agreement
  }

  /// The bridge as asked.
  public func answer() throws -> Answer {
    guard let metric else {
      return Answer(bridge: nil, agreement: try question.changed(try workspace.value.agreement()))
    }
    // Before anything that takes long; what else there is to say of the file is said below.
    let wanted = try ReconcileMetric(metric, in: try workspace.value.checkedAgreement().agreement)
    let place = workspace.value
    let (history, source) = try place.cells(for: question)
    let knownBy = question.knownBy
    try question.warnOfUnknownValues(source)
    let bridge = try Reconciler(
      history,
      source: source,
      deals: DealRecords(
        reading: try workspace.value.facts(),
        for: history,
        through: question.knownBy
      ),
      records: {
        try EconomicsRecords(reading: try place.facts(), for: history, through: knownBy)
      }
    ).answer(
      wanted,
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips
    )
    return Answer(bridge: bridge, agreement: history.agreement)
  }

  /// The bridge, or the list of metrics, as JSON.
  public func json(_ answer: Answer) throws -> String {
    guard let bridge = answer.bridge else { return try ReconcileListJSON(answer.agreement).text() }
    return try ReconcileJSON(bridge, under: answer.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    if let bridge = answer.bridge, let ids {
      for id in try bridge.step(ids).recordIDs { print(id) }
      return
    }
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table: print(text(answer), terminator: "")
    }
  }

  private func text(_ answer: Answer) -> String {
    let layout = TextLayout(width: Console.width, isTerminal: Console.isStyled)
    guard let bridge = answer.bridge else {
      return ReconcileListText(answer.agreement, layout: layout).text
    }
    return ReconcileText(bridge, under: answer.agreement, layout: layout).text
  }
}
