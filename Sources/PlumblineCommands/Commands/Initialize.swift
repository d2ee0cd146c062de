import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineCore
import PlumblineStorage

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
    if FileManager.default.fileExists(atPath: workspace.agreementPath) {
      throw InputError(
        code: "workspace.exists",
        "\(workspace.agreementPath) exists already.",
        remedy: "Edit it, or make the workspace in another folder."
      )
    }
    let text = AgreementWriter.starter(
      company: company,
      currency: currency.uppercased(),
      timeZone: timeZone,
      observed: try observed(workspace)
    )
    let reading = AgreementReader.read(text: text, file: "agreement.yaml")
    guard reading.agreement != nil else {
      throw InputError(reading.diagnostics.map(Self.asOption))
    }
    do {
      try FileManager.default.createDirectory(
        at: workspace.folder,
        withIntermediateDirectories: true
      )
      try Data(text.utf8).write(to: URL(fileURLWithPath: workspace.agreementPath))
    } catch {
      throw InputError(
        code: "workspace.not-writable",
        "\(folder) cannot be made or written to.",
        remedy: "Choose a folder that you may write to."
      )
    }
    _ = try SQLiteFactStore(path: workspace.storePath)
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

  /// What was imported before the agreement was written.
  private func observed(_ workspace: Workspace) throws -> AgreementWriter.Observed {
    guard FileManager.default.fileExists(atPath: workspace.storePath) else {
      return AgreementWriter.Observed()
    }
    return try AgreementWriter.Observed(reading: SQLiteFactStore(path: workspace.storePath))
  }
}
