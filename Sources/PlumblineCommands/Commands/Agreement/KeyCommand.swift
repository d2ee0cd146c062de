import ArgumentParser
import PlumblineAgreement
import PlumblineCore

/// `plumbline agreement key`.
struct AgreementKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make the key with which a team signs, and register its public half.",
    discussion: """
      The private half is written to a file that its owner alone may read, and is never shown. \
      Keep it with whoever signs for the team, and out of the workspace.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Option(help: "Whose key it is: marketing or sales.")
  var team: TeamOption

  @Option(name: .shortAndLong, help: "The file for the private key; it must not exist yet.")
  var output: String

  @Flag(
    help: "Put the key in the place of the one that the team has; what that signed still holds."
  )
  var replace = false

  func run() throws {
    let folder = workspace.value.agreements
    let key = try folder.makeKey(
      for: team.team,
      output: output,
      at: Workspace.now,
      replaces: replace
    )
    print("Made a key for \(team.rawValue), with the fingerprint \(key.fingerprint).")
    print("  wrote \(output) (private: keep it to yourself, and a copy in a safe place)")
    print("  wrote \(folder.keysPath) (public: belongs with the agreement)")
  }
}
