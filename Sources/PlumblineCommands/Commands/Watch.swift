public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting
import PlumblineStatistics

/// `plumbline watch`: weekly shares, and which have become worse than they were.
public struct Watch: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract:
      "Watch weekly rates and say which have become worse than usual, with few false alarms."
  )

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case alarm
  }

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(help: "How many whole weeks are watched; the weeks before say what is usual.")
  var weeks = 8

  @Option(name: .customLong("baseline-weeks"), help: "The most weeks that say what is usual.")
  var baselineWeeks = 26

  @Option(
    name: .customLong("baseline-to"),
    help: """
      Take what was usual before this day, as 2026-01-31, and watch every week since, such as \
      after an alert was dealt with. (default: the weeks before --weeks)
      """
  )
  var baselineTo: String?

  @Option(
    name: .customLong("false-alarms-per-year"),
    help: "How many false alarms a year are wanted, over all series together."
  )
  var falseAlarmsPerYear = 1.0

  @Option(help: "How the answer is written: table, json or csv.")
  var format = OutputFormat.table

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when there is an open alert: alarm.")
  var failOn: Watched?

  /// The command without its options.
  public init() {}

  /// The weekly rates and what they were counted from.
  public struct Answer {
    /// The series, and which have become worse than usual.
    public let watch: WatchAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// The weekly rates as asked.
  public func answer() throws -> Answer {
    let options = try options()
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let (filters, skips) = (try question.filters(), question.skips)
    let (first, last) = (try question.firstDay(), try question.lastDay())
    let watch = try WatchBuilder(history.agreement, source: source).answer(
      options,
      additional: try source.followUpSeries(
        filters: filters,
        firstDay: first,
        lastDay: last,
        skips: skips
      ),
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: skips
    )
    return Answer(watch: watch, history: history)
  }

  /// The weekly rates as JSON.
  public func json(_ answer: Answer) throws -> String {
    try WatchJSON(answer.watch, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    let agreement = answer.history.agreement
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .csv: print(WatchCSV(answer.watch, under: agreement).text, terminator: "")
    case .table:
      print(
        WatchText(
          answer.watch,
          under: agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
    if failOn == .alarm, !answer.watch.alerts.isEmpty { throw ExitCode(1) }
  }

  private func options() throws -> WatchOptions {
    var faults: [Diagnostic] = []
    func refuse(_ option: String, _ value: String, _ remedy: String) {
      faults.append(
        Diagnostic(
          .error,
          code: "option.out-of-range",
          "\(option) \(value) cannot be used.",
          remedy: remedy
        )
      )
    }
    if !(1...520).contains(weeks) {
      refuse("--weeks", String(weeks), "Name 1 to 520 weeks.")
    }
    let fewest = ProportionBaseline.fewestWeeks
    if !(fewest...520).contains(baselineWeeks) {
      refuse(
        "--baseline-weeks",
        String(baselineWeeks),
        "Name \(fewest) to 520 weeks: from fewer nothing can be called usual."
      )
    }
    if !(falseAlarmsPerYear > 0 && falseAlarmsPerYear <= 52) {
      refuse(
        "--false-alarms-per-year",
        String(falseAlarmsPerYear),
        "Name a number above 0 and up to 52; none at all would mean no alarms."
      )
    }
    guard faults.isEmpty else { throw InputError(faults) }
    return WatchOptions(
      weeks: weeks,
      mostBaselineWeeks: baselineWeeks,
      baselineEnd: try question.day(baselineTo, "--baseline-to"),
      falseAlarmsPerYear: falseAlarmsPerYear
    )
  }
}
