import ArgumentParser
import PlumblineAgreement
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement history`.
struct AgreementHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the versions of the agreement: when each holds, and who signed it."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    let audit = SignatureAudit(try workspace.value.agreements.contents())
    try audit.show(.history, format)
  }
}
