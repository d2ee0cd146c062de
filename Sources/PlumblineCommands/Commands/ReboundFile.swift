import Foundation
import PlumblineCore

/// The file that remembers who was put on which list.
struct ReboundFile {
  let path: String

  /// What is remembered; nothing where there is no file yet.
  ///
  /// - Throws: `InputError` when the file cannot be read.
  func record() throws -> ReboundRecord {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      try Workspace.requireAbsence(path)
      return ReboundRecord()
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputError(
        code: "rebound.record-damaged",
        "the record of who was put on which list cannot be read.",
        at: Diagnostic.Location(file: path),
        remedy: "Put the file back from a backup. Without it every lead would be listed again."
      )
    }
    return try ReboundRecord(text, file: path)
  }

  /// Keeps a record in place of the last, whole or not at all.
  func save(_ record: ReboundRecord) throws { try WholeFile.write(record.text, to: path) }

  /// A lock that one process at a time holds.
  struct Lock {
    fileprivate let descriptor: Int32

    /// Lets others in.
    func open() { close(descriptor) }
  }

  /// Keeps other processes from listing leads at the same time.
  ///
  /// - Throws: `InputError` when one does.
  func lock() throws -> Lock {
    let descriptor = Foundation.open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw InputError(
        code: "rebound.busy",
        "another run is writing lists, or \(path).lock cannot be written.",
        remedy: "Try again when it is done."
      )
    }
    return Lock(descriptor: descriptor)
  }
}

/// Files that are there whole or not at all, whatever happens while they are written.
enum WholeFile {
  /// Writes a text beside a file, sees it to the disk, and puts it in the file's place.
  ///
  /// - Throws: `InputError` when that is not possible; the file is as it was then.
  static func write(_ text: String, to path: String) throws {
    let new = path + ".new"
    do {
      guard FileManager.default.createFile(atPath: new, contents: nil) else {
        throw CocoaError(.fileWriteUnknown)
      }
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: new))
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
      try handle.close()
      guard rename(new, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    } catch {
      throw InputError(
        code: "file.not-written",
        "\(path) cannot be written.",
        remedy: "Check that its folder is there, that you may write to it, and that there is room."
      )
    }
    // The new name is on the disk once its folder is.
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = open(folder, O_RDONLY)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
  }
}
