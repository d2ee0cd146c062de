import ArgumentParser
import PlumblineCore
import PlumblineReporting

/// `plumbline agreement show`: what the file means, in plain words.
struct AgreementShowCommand: ParsableCommand {
  /// How the agreement is written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
  }

  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Say in plain words what the two teams agreed, on one page for both."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "How the answer is written: table or json.")
  var format = Format.table

  func run() throws {
    let (agreement, findings) = try workspace.value.checkedAgreement()
    for finding in findings where finding.severity != .error {
      Console.complain(finding.description)
    }
    switch format {
    case .json: print(try AgreementShowJSON(agreement).text(), terminator: "")
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
