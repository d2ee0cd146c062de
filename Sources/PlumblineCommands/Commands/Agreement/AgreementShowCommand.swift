public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline agreement show`: what the file means, in plain words.
public struct AgreementShowCommand: Question {
  /// How the agreement is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  /// How the command line names and explains it.
  public static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say in plain words what the two teams agreed, on one page for both."
  )

  /// The workspace that it is asked of.
  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = Format.table

  /// The command without its options.
  public init() {}

  /// The agreement as it stands.
  public func answer() throws -> Agreement {
    let (agreement, findings) = try workspace.value.checkedAgreement()
    for finding in findings where finding.severity != .error {
      Console.complain(finding.description)
    }
    return try workspace.value.shown(agreement)
  }

  /// The agreement as JSON.
  public func json(_ answer: Agreement) throws -> String { try AgreementShowJSON(answer).text() }

  /// Writes the answer as the command line asks for it.
  public func run() throws {
    let agreement = try answer()
    switch format {
    case .json: print(try json(agreement), terminator: "")
    case .table:
      print(
        AgreementShowText(
          agreement,
          layout: TextLayout(width: Console.width, isTerminal: Console.isStyled)
        ).text,
        terminator: ""
      )
    }
  }
}
