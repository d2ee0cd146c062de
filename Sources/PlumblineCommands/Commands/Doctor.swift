import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline doctor`: whether a workspace is whole.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check that a workspace is whole: its agreement, its facts, what is kept beside them.",
    discussion: """
      Reads every fact and compares its checksum, and compares the kept journeys with journeys made \
      anew from the facts. Journeys that differ are made anew. Exit code 1 when something was wrong.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Flag(help: "Join small pieces of the store into large ones, if it is whole.")
  var compact = false

  @Option(help: "How the findings are written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    let workspace = workspace.value
    let progress = Progress()
    let report = try workspace.examined(compacting: compact) { text in progress.tell(text) }
    progress.finish()
    switch format {
    case .json: print(try report.json(), terminator: "")
    case .table: print(report.text, terminator: "")
    }
    if report.isWrong { throw ExitCode(1) }
  }
}
