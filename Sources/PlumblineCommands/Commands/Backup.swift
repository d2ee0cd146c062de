import ArgumentParser
import Foundation
import PlumblineCore
import PlumblineStorage

/// `plumbline backup`: a whole workspace in one file.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Put the whole workspace into one file, while others go on working in it.",
    discussion: """
      The file is there whole or not at all, and only you may read it: it holds everything that was \
      imported. Sessions of the web app are not in it. See Documentation/commands/backup.md.
      """
  )

  @OptionGroup var workspace: WorkspaceOption

  @Argument(help: "The file to make, such as monday.plumbline-backup; it must not be there yet.")
  var file: String

  func run() throws {
    let files = WorkspaceFiles(workspace.value)
    let progress = Progress()
    let manifest = try BackupDraft.write(
      to: file,
      program: Release.number,
      at: Instant(seconds: Int64(Date().timeIntervalSince1970))
    ) { try files.add(to: &$0) { text in progress.tell(text) } }
    progress.finish()
    print("Wrote \(file): \(manifest.summary).")
    let waiting = files.waitingUploads()
    if waiting > 0 {
      print(
        "Not in it: \(waiting) upload\(waiting == 1 ? " that waits for its" : "s that wait for their") "
          + "import; keep the files."
      )
    }
    let leftOut = files.leftOut().map(\.printable)
    if !leftOut.isEmpty {
      print("Not in it, for they are not plumbline's: \(leftOut.joined(separator: ", ")).")
    }
  }
}

extension BackupManifest {
  /// How much it holds, in words.
  var summary: String {
    "\(files.count) file\(files.count == 1 ? "" : "s"), \(Self.size(size))"
  }

  /// When it was made, and by what.
  var origin: String {
    "made \(madeAt.formatted(.iso8601)) by plumbline \(program.printable)"
  }

  /// A line for each file.
  var listing: String {
    let sizes = files.map { Self.size($0.size) }
    let width = sizes.map(\.count).max() ?? 0
    return zip(files, sizes).map { file, size in
      "  \(String(repeating: " ", count: width - size.count))\(size)  \(file.name)\n"
    }.joined()
  }

  private static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1000: "\(bytes) bytes"
    case ..<1_000_000: String(format: "%.1f kB", Double(bytes) / 1000)
    case ..<1_000_000_000: String(format: "%.1f MB", Double(bytes) / 1_000_000)
    default: String(format: "%.1f GB", Double(bytes) / 1_000_000_000)
    }
  }
}

extension String {
  /// The text without what a terminal would take as an order.
  fileprivate var printable: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }
      )
    )
  }
}
