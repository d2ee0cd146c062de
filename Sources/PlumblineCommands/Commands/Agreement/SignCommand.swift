import ArgumentParser
import Foundation
import PlumblineAgreement
import PlumblineCore

/// `plumbline agreement sign`.
struct AgreementSignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign a version of the agreement for a team, and freeze a copy of it.",
    discussion: "The agreement in agreement.yaml is signed unless --version names another one."
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "For which team: marketing or sales.")
  var team: TeamOption

  @Option(help: "The name of who signs.")
  var by: String

  @Option(
    help: "The team's private key: the path of its file, or env:NAME for an environment variable."
  )
  var key: String

  @Option(help: "The version to sign. (default: that of agreement.yaml)")
  var version: String?

  func run() throws {
    let folder = workspace.value.agreements
    let key = try SigningKey.read(key, environment: ProcessInfo.processInfo.environment)
    let signing = try folder.sign(
      version: version,
      for: team.team,
      by: by,
      at: Workspace.now,
      with: key
    )
    let missing = signing.missing.map(\.rawValue)
    print("Signed version \(signing.version) for \(team.rawValue).")
    for path in signing.paths { print("  wrote \(path)") }
    if missing.isEmpty {
      print("Both teams have signed it.")
    } else {
      print("Not signed yet by \(missing.joined(separator: " and by ")).")
    }
  }
}
