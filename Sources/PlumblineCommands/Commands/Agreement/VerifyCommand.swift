import ArgumentParser
import PlumblineAgreement
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement verify`.
struct AgreementVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check that both teams signed every version, and that the signed files are as they were.",
    discussion: "Exits with 2 and says why when a signature is missing or does not hold."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  func run() throws {
    let audit = SignatureAudit(try workspace.value.agreements.contents())
    try audit.show(.verification(faults: audit.faults.count), format)
    guard audit.faults.isEmpty else { throw InputError(audit.faults) }
  }
}
