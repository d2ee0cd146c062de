import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStorage

/// `plumbline restore`: a workspace from a backup.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a new workspace from a backup, or check that a backup is whole.",
    discussion: """
      Every checksum is compared before anything is written, and the workspace is there whole or not \
      at all. Nothing is overwritten. Whoever was signed in to the web app signs in again, and all API \
      tokens are to be made anew. Passwords, roles and who is locked out are those of the backup's \
      day.
      """
  )

  @Option(name: [.short, .long], help: "The new workspace's folder; it must not be there yet.")
  var workspace: String?

  @Flag(help: "Only read the backup and compare every checksum; write nothing.")
  var check = false

  @Argument(help: "The backup.")
  var file: String

  func run() throws {
    let archive = BackupArchive(path: file)
    switch (check, workspace) {
    case (true, nil):
      let manifest = try archive.verify(accepting: WorkspaceFiles.contain)
      print("\(file) is whole: \(manifest.summary), \(manifest.origin).")
      print(manifest.listing, terminator: "")
    case (false, let folder?):
      try requireOther(folder)
      let manifest = try archive.restore(
        to: folder,
        accepting: WorkspaceFiles.contain,
        clearing: WorkspaceFiles.fleetingTables
      )
      print("Restored \(folder): \(manifest.summary), \(manifest.origin).")
      if FileManager.default.fileExists(atPath: Workspace(folder).accountsPath) {
        print(
          "Sessions and API tokens have ended. Passwords, roles and who is locked out are those"
        )
        print("of the backup's day: lock out anew whoever was locked out since.")
      }
      print("Next: plumbline doctor\(Workspace(folder).option)")
    case (true, _?):
      throw InputError(
        code: "restore.check-only",
        "--check writes nothing, so it takes no --workspace.",
        remedy: "Leave one of them away."
      )
    case (false, nil):
      throw InputError(
        code: "restore.no-folder",
        "a backup is restored to a new folder, and none was named.",
        remedy: "Name one: plumbline restore \(Workspace.quoted(file)) --workspace FOLDER"
      )
    }
  }

  /// The folder takes the place of what was there, and whoever stands in it would stand nowhere.
  private func requireOther(_ folder: String) throws {
    let present = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    guard
      URL(fileURLWithPath: folder).standardizedFileURL.path == present.standardizedFileURL.path
    else { return }
    throw InputError(
      code: "restore.present-folder",
      "a backup is not restored to the folder that you are in.",
      remedy: "Name a new folder with --workspace."
    )
  }
}
