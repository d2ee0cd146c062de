import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline funnel`: counts, rates, costs and times per group.
struct Funnel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "funnel",
    abstract:
      "Show the funnel: counts, honest rates, costs and times, per channel or anything else."
  )

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(help: "Split by channel, segment, campaign, owner, cohort, week or attempt.")
  var by: FunnelDimension?

  @Option(help: "How the answer is written: table, json or csv.")
  var format = OutputFormat.table

  @Option(
    help: """
      Print the ids of the leads behind a number instead: reached:sql, advanced:sql, \
      detoured:sql, open:sql or residual:sql, for those that --where leaves.
      """
  )
  var ids: String?

  func run() throws {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let builder = FunnelBuilder(history.agreement, source: source)
    let asked = builder.question(
      by: by.map { [$0] } ?? [],
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips
    )
    if let ids {
      let number = try RecordNumber.parse(ids, history.agreement)
      for id in source.leadIDs(for: RecordQuestion(asked, number: number)) { print(id) }
      return
    }
    let answer = try builder.answer(asked)
    switch format {
    case .table:
      print(
        FunnelText(
          answer,
          under: history.agreement,
          gaps: history.gaps,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    case .json:
      print(
        try FunnelJSON(answer, under: history.agreement, gaps: history.gaps).text(),
        terminator: ""
      )
    case .csv: print(FunnelCSV(answer, under: history.agreement).text, terminator: "")
    }
  }
}

/// A number of a cell as the command line names it, such as `open:sql`.
enum RecordNumber {
  static func parse(_ text: String, _ agreement: Agreement) throws -> RecordQuestion.Number {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    let stages = agreement.path.map(\.id)
    guard parts.count == 2, let stage = agreement.pathIndex(of: parts[1]) else {
      let hint = parts.count == 2 ? Suggestion.nearest(to: parts[1], among: stages) : nil
      throw InputError(
        code: "option.unknown-number",
        "--ids \(text) names no number of the funnel.",
        remedy: (hint.map { "Did you mean \(parts[0]):\($0)? " } ?? "")
          + "Write it as open:STAGE, or reached, advanced, detoured or residual instead of open; "
          + "the stages are \(stages.joined(separator: ", "))."
      )
    }
    let isLast = stage == stages.count - 1
    switch parts[0] {
    case "reached": return .reached(stage: stage)
    case "advanced" where !isLast: return .advanced(from: stage)
    case "detoured" where !isLast: return .detoured(from: stage)
    case "open" where !isLast: return .open(in: stage)
    case "residual" where !isLast: return .residual(from: stage)
    default:
      throw InputError(
        code: "option.unknown-number",
        "--ids \(text) names no number of the funnel.",
        remedy: "Known are reached, advanced, detoured, open and residual; the last stage has "
          + "only reached."
      )
    }
  }
}
