public import ArgumentParser
public import PlumblineCore
import PlumblineReporting

/// `plumbline agreement show`: what the file means, in plain words.
public struct AgreementShowCommand: Question {
  /// How the agreement is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  public static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say in plain words what the two teams agreed, on one page for both."
  )

  @OptionGroup public var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = Format.table

  public init() {}

  /// The agreement as it stands.
  public func answer() throws -> Agreement {
    let (agreement, findings) = try workspace.value.checkedAgreement()
    for finding in findings where finding.severity != .error {
      Console.complain(finding.description)
    }
    return agreement
  }

  /// The agreement as JSON.
  public func json(_ answer: Agreement) throws -> String { try AgreementShowJSON(answer).text() }

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
