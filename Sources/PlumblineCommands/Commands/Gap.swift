public import ArgumentParser
import Foundation
public import PlumblineCore
import PlumblineReporting

/// `plumbline gap`: where a period's revenue fell short, and by how much.
public struct Gap: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "gap",
    abstract: "Say which channels and steps a period's revenue fell short by, and how sure that is."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption
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

  /// The command without its options.
  public init() {}

  /// The bridge and what it was counted from.
  public struct Answer {
    /// By which channels and steps the period fell short.
    public let gap: GapAnswer
    /// The facts, read under the agreement.
    public let history: CompanyHistory
  }

  /// The bridge as asked.
  public func answer() throws -> Answer {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let gap = try GapBuilder(history.agreement, source: source).answer(
      against: against,
      period: try period(),
      filters: try question.filters(),
      skips: question.skips
    )
    return Answer(gap: gap, history: history)
  }

  /// The bridge as JSON.
  public func json(_ answer: Answer) throws -> String {
    try RevenueGapJSON(answer.gap, under: answer.history.agreement).text()
  }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let answer = try answer()
    switch format {
    case .json: print(try json(answer), terminator: "")
    case .table:
      print(
        RevenueGapText(
          answer.gap,
          under: answer.history.agreement,
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
