public import ArgumentParser
public import PlumblineAgreement
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement history`.
public struct AgreementHistoryCommand: Question {
  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the versions of the agreement: when each holds, and who signed it."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = ReportFormat.table

  /// The command without its options.
  public init() {}

  /// The versions and their signatures.
  public func answer() throws -> SignatureAudit {
    SignatureAudit(try workspace.value.agreements.contents())
  }

  /// The versions as JSON.
  public func json(_ answer: SignatureAudit) throws -> String { try answer.json() }

  /// Writes the answer as the command line asks for it.
  public func run() throws { try answer().show(.history, format) }
}
