public import ArgumentParser
public import PlumblineAgreement
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement verify`.
public struct AgreementVerifyCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Check that both teams signed every version, and that the signed files are as they were.",
    discussion: "Exits with 2 and says why when a signature is missing or does not hold."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// What was found of the versions and their signatures.
  public func answer() throws -> SignatureAudit {
    SignatureAudit(try workspace.value.agreements.contents())
  }

  /// What was found, as JSON.
  public func json(_ answer: SignatureAudit) throws -> String { try answer.json() }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let audit = try answer()
    try audit.show(.verification(faults: audit.faults.count), format)
    guard audit.faults.isEmpty else { throw InputError(audit.faults) }
  }
}
