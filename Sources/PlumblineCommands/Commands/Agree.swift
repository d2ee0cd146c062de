import ArgumentParser
import PlumblineCore

/// `plumbline agreement`: the file that both teams signed up to.
struct Agree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Work with agreement.yaml.",
    subcommands: [
      AgreementBacktest.self, AgreementCheckCommand.self, AgreementDiffCommand.self,
      GlossaryCommand.self, AgreementHistoryCommand.self, AgreementKeyCommand.self,
      ReconcileCommand.self, AgreementSchemaCommand.self, AgreementShowCommand.self,
      AgreementSignCommand.self, AgreementVerifyCommand.self,
    ]
  )
}

/// `plumbline agreement check`.
struct AgreementCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find every fault of agreement.yaml, with line and remedy."
  )

  @OptionGroup var workspace: WorkspaceOption

  func run() throws {
    let (agreement, findings) = try workspace.value.checkedAgreement()
    for finding in findings { print(finding.description) }
    print(
      "\(workspace.value.agreementPath) is fine: version \(agreement.version), \(agreement.path.count) stages, "
        + "hash \(agreement.hash.prefix(12))."
    )
  }
}
