import Foundation

/// A folder for what is not finished yet, beside where it is to be, so that it can be moved there in
/// one step.
struct UnfinishedFolder {
  /// The folder's path.
  let path: String

  private static let prefix = ".plumbline-"
  private static let suffix = ".unfinished"

  /// Makes a folder that nobody else may look into, and removes those that were left behind.
  ///
  /// - Throws: `CocoaError` when it cannot be made.
  init(beside target: String) throws {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
    Self.sweep(folder.path)
    let random = String(UInt64.random(in: 0 ... .max), radix: 16)
    path =
      folder.appendingPathComponent(
        "\(Self.prefix)\(getpid())-\(random)\(Self.suffix)"
      ).path
    guard mkdir(path, 0o700) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Removes the folder with what is in it; nothing where it has been moved.
  func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Removes what processes left behind that are no longer there.
  ///
  /// On a shared disk it may be another machine's, whose work then fails and leaves nothing.
  private static func sweep(_ folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) && name.hasSuffix(suffix) {
      let process = name.dropFirst(prefix.count).prefix { $0 != "-" }
      guard let process = pid_t(process), process > 0, process != getpid(),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}

/// Sees to it that a folder's list of names is on the disk.
func synchronizeFolder(_ path: String) {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
