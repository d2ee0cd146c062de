import ArgumentParser
import Foundation
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

  @Option(name: [.short, .long], help: "The file to write.")
  var output = "report.html"

  func run() throws {
    let history = try workspace.value.history(for: question)
    let source = EmbeddedCells(history)
    try question.warnOfUnknownValues(source)
    let builder = FunnelBuilder(history.agreement, source: source)
    let filters = try question.filters()
    let (first, last) = (try question.firstDay(), try question.lastDay())
    let answer = try builder.answer(
      builder.question(
        by: [.channel],
        filters: filters,
        firstDay: first,
        lastDay: last,
        skips: question.skips
      )
    )
    let diagnosis = try DiagnosisBuilder(history.agreement, source: source).diagnosis(
      filters: filters,
      firstDay: first,
      lastDay: last,
      skips: question.skips,
      gaps: history.gaps
    )
    let html = HTMLReport(
      diagnosis,
      funnel: answer,
      under: history.agreement,
      generatedBy: "plumbline \(Plumbline.release)"
    ).text
    guard FileManager.default.createFile(atPath: output, contents: Data(html.utf8)) else {
      throw InputError(
        code: "report.not-written",
        "\(output) cannot be written.",
        remedy: "Name a file in a folder that you may write to, with --output."
      )
    }
    print("Wrote \(output).")
  }
}
