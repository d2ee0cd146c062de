public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline agreement backtest`: whether the definition makes revenue.
public struct AgreementBacktest: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Test the score, its threshold and the qualifying factors against what leads became."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "The stage whose entry is tested. (default: the one that hands leads to sales)")
  var stage: String?

  @Option(help: "Only leads that reached it on this day or later, as 2026-01-31.")
  var from: String?

  @Option(help: "Only leads that reached it on this day or earlier, as 2026-01-31.")
  var to: String?

  @Option(
    help: """
      Leads from this day on judge what the earlier ones chose. (default: the newest quarter of \
      the leads)
      """
  )
  var split: String?

  @Option(
    parsing: .unconditional,
    help: """
      What a win brings after the cost of delivery, in the agreement's currency. (default: the \
      mean won deal times the gross margin)
      """
  )
  var value: Double?

  @Option(
    parsing: .unconditional,
    help: """
      What working a lead costs, in the agreement's currency. (default: what the reps cost over \
      the leads they were given)
      """
  )
  var cost: Double?

  @Option(parsing: .unconditional, help: "How many leads sales can work a month.")
  var capacity: Double?

  @Option(
    name: .customLong("as-of"),
    help: "Count only what had happened by then, as 2026-01-31. (default: the newest fact)"
  )
  var asOf: String?

  @OptionGroup var reader: ReaderOption

  @Flag(help: "In JSON, list every lead with its score and what became of it.")
  var ids = false

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// The test and what it was made from.
  public struct Answer {
    /// How the score, its threshold and the factors fared.
    public let backtest: Backtest
    /// The facts, read under the agreement.
    public let history: CompanyHistory
    /// The agreement, with the reader that was asked for.
    public let agreement: Agreement
  }

  /// The test as asked.
  public func answer() throws -> Answer {
    let agreement = reader.speaking(try workspace.value.agreement(), in: format)
    let (history, source) = try workspace.value.cells(
      under: agreement,
      asOf: try asOf.map { try QuestionOptions.instant($0, "--as-of", agreement.calendar) }
    )
    let store = try workspace.value.facts()
    let ledger = try Ledger(reading: store, kinds: [.attribute, .lead, .merge, .touch])
    let attributes = LeadAttributes(ledger, asOf: history.asOf)
    let journeys = source.journeys(under: agreement.journeyRule)
    let options = try options(agreement)
    let pair = StagePair(
      from: options.cohort.stage ?? agreement.handOffStage,
      to: agreement.path.count - 1
    )
    let horizon = try FunnelBuilder(agreement, source: source)
      .horizon(of: pair, rule: agreement.journeyRule)
    let scores = LeadScores(
      agreement.scoring ?? LeadScoring(),
      attributes,
      LeadTouches(ledger, for: history),
      of: history
    )
    let test = BacktestBuilder(history, journeys, options: options).backtest(
      horizonInDays: horizon.days,
      attributes: attributes
    ) { lead, time in
      guard scores.isComputed(lead) else { return scores.recordedAtHandOff(lead).map(Double.init) }
      return scores.score(of: lead, at: time.isDated ? time.instant : history.asOf).total
    }
    return Answer(backtest: test, history: history, agreement: agreement)
  }

  /// The test as JSON.
  public func json(_ answer: Answer) throws -> String {
    try BacktestJSON(answer.backtest, of: answer.history, lists: ids).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        BacktestText(
          answer.backtest,
          under: answer.agreement,
          asOf: answer.history.asOf,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  private func options(_ agreement: Agreement) throws -> BacktestBuilder.Options {
    var faults: [Diagnostic] = []
    func number(_ value: Double?, _ option: String, isZeroFine: Bool) -> Double? {
      guard let value else { return nil }
      if value <= 1e12, value > 0 || (isZeroFine && value == 0) { return value }
      faults.append(
        Diagnostic(
          .error,
          code: "option.out-of-range",
          "\(option) \(value) cannot be used.",
          remedy: "Give a number \(isZeroFine ? "from 0" : "above 0"), at most 1,000,000,000,000."
        )
      )
      return nil
    }
    var position: Int?
    if let stage {
      position = agreement.pathIndex(of: stage)
      if position == nil || position == agreement.path.count - 1 {
        let names = agreement.path.dropLast().map(\.id)
        faults.append(
          Diagnostic(
            .error,
            code: "option.unknown-stage",
            "--stage \(stage): leads cannot be tested on entering that.",
            remedy: (Suggestion.nearest(to: stage, among: names).map { "Did you mean \($0)? " }
              ?? "") + "The stages are \(names.joined(separator: ", "))."
          )
        )
      }
    }
    let units = Double(Currency.minorUnits(of: agreement.currency))
    let made = BacktestBuilder.Options(
      cohort: BacktestCohort.Options(
        stage: position,
        firstDay: try QuestionOptions.day(from, "--from"),
        lastDay: try QuestionOptions.day(to, "--to"),
        splitDay: try QuestionOptions.day(split, "--split")
      ),
      valuePerWin: number(value, "--value", isZeroFine: false).map { $0 * units },
      costPerLead: number(cost, "--cost", isZeroFine: true).map { $0 * units },
      capacityPerMonth: number(capacity, "--capacity", isZeroFine: false)
    )
    guard faults.isEmpty else { throw InputError(faults) }
    return made
  }
}
