import ArgumentParser
import Foundation
import PlumblineCore

/// `plumbline init`: makes a workspace.
struct Initialize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a workspace: a folder with a commented agreement.yaml and an empty store."
  )

  @Argument(help: "The folder; made if it does not exist.")
  var folder = "."

  @Option(help: "The company's name, for headings.")
  var company = ""

  @Option(help: "The currency of every answer, three letters.")
  var currency = "USD"

  @Option(name: .customLong("time-zone"), help: "Where days begin, such as Europe/Berlin.")
  var timeZone = "UTC"

  func run() throws {
    let workspace = Workspace(folder)
    do {
      try workspace.writeStarter(company: company, currency: currency, timeZone: timeZone)
    } catch let error as InputError {
      throw InputError(error.diagnostics.map(Self.asOption))
    }
    print(
      """
      Made the workspace \(workspace.name).
      Next: look through \(workspace.agreementPath), then
        plumbline import --suggest FILE… > \(Workspace.quoted(workspace.path(of: "mapping.yaml")))
        plumbline import\(workspace.option) FILE…
        plumbline diagnose\(workspace.option)
      """
    )
  }

  /// A finding about a file that was not written, told of the option that it came from.
  private static func asOption(_ finding: Diagnostic) -> Diagnostic {
    let options = ["agreement.currency": "--currency: ", "agreement.time-zone": "--time-zone: "]
    guard let option = options[finding.code] else { return finding }
    var finding = finding
    finding.location = nil
    finding.message = option + finding.message
    return finding
  }
}
