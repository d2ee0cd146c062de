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

  @Option(name: .customLong("fail-on"), help: "Exit with 1 when one is found: leak.")
  var failOn: Watched?

  @Option(
    help: """
      Print the leads of a leak instead, one a line with what became of each: the leak's id as \
      --format json gives it, such as channel/Meta/opportunity.
      """
  )
  var ids: String?

  func run() throws {
    let history = try workspace.value.history(for: question)
    let source = EmbeddedCells(history)
    try question.warnOfUnknownValues(source)
    let diagnosis = try DiagnosisBuilder(history.agreement, source: source).diagnosis(
      filters: try question.filters(),
      firstDay: try question.firstDay(),
      lastDay: try question.lastDay(),
      skips: question.skips,
      gaps: history.gaps
    )
    if let ids {
      try printLeads(of: ids, diagnosis, history.agreement, source)
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
        ).text,
        terminator: ""
      )
    }
    if failOn == .leak, !diagnosis.findings.isEmpty { throw ExitCode(1) }
  }

  private func printLeads(
    of id: String,
    _ diagnosis: Diagnosis,
    _ agreement: Agreement,
    _ source: EmbeddedCells
  ) throws {
    guard let finding = diagnosis.findings.first(where: { $0.id(agreement) == id }) else {
      let known = diagnosis.findings.map { $0.id(agreement) }
      throw InputError(
        code: "option.unknown-leak",
        "there is no leak \"\(id)\".",
        remedy: known.isEmpty
          ? "No leak was found." : "Found were: \(known.joined(separator: ", "))."
      )
    }
    var question = diagnosis.question
    question.by = []
    question.filters.append(
      DimensionFilter(finding.comparison.dimension, values: [finding.comparison.unit])
    )
    let stage = finding.comparison.fromStage
    let numbers: [(String, RecordQuestion.Number)] = [
      ("advanced", .advanced(from: stage)), ("detoured", .detoured(from: stage)),
      ("open", .open(in: stage)), ("residual", .residual(from: stage)),
    ]
    for (word, number) in numbers {
      for lead in source.leadIDs(for: RecordQuestion(question, number: number)) {
        print("\(lead)\t\(word)")
      }
    }
  }
}
