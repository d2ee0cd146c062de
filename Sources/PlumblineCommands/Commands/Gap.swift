public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting

/// `plumbline gap`: where a period's revenue fell short, and by how much.
struct Gap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gap",
    abstract: "Say which channels and steps a period's revenue fell short by, and how sure that is."
  )

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(
    help: """
      What the period is compared with: previous (the period of the same length before), plan \
      (the agreement's) or best (as if every channel's leads went on as the best channel's).
      """
  )
  var against = GapBenchmark.previous

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let answer = try GapBuilder(history.agreement, source: source).answer(
      against: against,
      period: try period(),
      filters: try question.filters(),
      skips: question.skips
    )
    switch format {
    case .json:
      print(try RevenueGapJSON(answer, under: history.agreement).text(), terminator: "")
    case .table:
      print(
        RevenueGapText(
          answer,
          under: history.agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }

  /// The days asked for; nil lets the data choose.
  private func period() throws -> GapPeriod? {
    let (first, last) = (try question.firstDay(), try question.lastDay())
    switch (first, last) {
    case (nil, nil): return nil
    case (let first?, let last?): return GapPeriod(first: first, last: last)
    default:
      throw InputError(
        code: "option.half-a-period",
        "a gap needs both --from and --to, or neither.",
        remedy: "Name the first and the last day, such as --from 2026-01-01 --to 2026-03-31."
      )
    }
  }
}

extension GapBenchmark: ExpressibleByArgument {}
