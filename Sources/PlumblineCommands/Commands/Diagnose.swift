import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineReporting

/// `plumbline diagnose`: the verdict.
struct Diagnose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose",
    abstract: "Say where the funnel leaks, what it costs, how sure that is, and whose it is."
  )

  /// What `--fail-on` may watch for.
  enum Watched: String, ExpressibleByArgument, CaseIterable {
    case leak
  }

  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var question: QuestionOptions

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  @Flag(help: "Show the numbers of each step of the method as well.")
  var explain = false

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when one is found: leak.")
  var failOn: Watched?

  @Option(
    help: """
      Print the leads behind a unit instead, one a line with whether it was won and followed up as \
      agreed: the unit's id as --format json gives it, such as channel/Meta/direct.
      """
  )
  var ids: String?

  func run() throws {
    let (history, source) = try workspace.value.cells(for: question)
    try question.warnOfUnknownValues(source)
    let diagnosis = try DiagnosisBuilder(history.agreement, source: source).diagnosis(
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips,
      gaps: history.gaps
    )
    if let ids {
      try printLeads(behind: ids, diagnosis, source)
      return
    }
    switch format {
    case .json: print(try DiagnosisJSON(diagnosis, under: history.agreement).text(), terminator: "")
    case .table:
      print(
        DiagnosisText(
          diagnosis,
          under: history.agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text(explained: explain),
        terminator: ""
      )
    }
    if failOn == .leak, !diagnosis.leaks.isEmpty { throw ExitCode(1) }
  }

  private func printLeads(
    behind id: String,
    _ diagnosis: Diagnosis,
    _ source: EmbeddedCells
  ) throws {
    let units = diagnosis.verdict.evidence.map(\.unit)
    guard let unit = units.first(where: { $0.id == id }) else {
      let named = diagnosis.leaks.map(\.unit.id)
      throw InputError(
        code: "option.unknown-leak",
        "there is no leak \"\(id)\", nor any unit of that name that was judged.",
        remedy: named.isEmpty
          ? "No leak was found; --format json lists every unit that was judged."
          : "Found were: \(named.joined(separator: ", "))."
      )
    }
    let records = try source.workRecords(for: diagnosis.question)
    for (isWon, word) in [(true, "won"), (false, "not_won")] {
      for (isMet, followUp) in [(true, "followed_up"), (false, "not_followed_up")] {
        let judged = diagnosis.verdict.followUpIsRecorded
        guard judged || isMet else { continue }
        let leads = records.leadIDs(
          channel: unit.channel,
          owner: unit.owner,
          isFollowedUp: judged ? isMet : nil,
          isWon: isWon
        )
        for lead in leads { print("\(lead)\t\(word)\t\(judged ? followUp : "unknown")") }
      }
    }
  }
}
