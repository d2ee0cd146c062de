import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineCore

/// `plumbline agreement`: the file that both teams signed up to.
struct Agree: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Work with agreement.yaml.",
    subcommands: [AgreementCheckCommand.self]
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
    let path = workspace.value.agreementPath
    guard let bytes = FileManager.default.contents(atPath: path) else {
      try Workspace.requireAbsence(path)
      throw InputError(
        code: "workspace.no-agreement",
        "\(path) does not exist.",
        remedy: "Make a workspace with plumbline init, or name one with --workspace."
      )
    }
    let reading = AgreementReader.read(Array(bytes), file: path)
    guard let agreement = reading.agreement else { throw InputError(reading.diagnostics) }
    for finding in reading.diagnostics { print(finding.description) }
    print(
      "\(path) is fine: version \(agreement.version), \(agreement.path.count) stages, "
        + "hash \(agreement.hash.prefix(12))."
    )
  }
}
