import Foundation
import PlumblineCore

/// Writes files so that nobody ever sees half of one, or one with the wrong permissions.
enum SecureFile {
  /// Makes a folder if there is none.
  ///
  /// - Throws: `InputError` when it cannot be made.
  static func makeFolder(_ path: String, beside parent: URL) throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } catch {
      throw unwritable(path)
    }
  }

  /// Writes a file in the place of the one that is there, if any.
  ///
  /// - Throws: `InputError` when it cannot be written.
  static func replace(_ write: FileWrite) throws {
    let path = write.path
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let draft = "\(folder).\(name).\(getpid()).part"
    unlink(draft)
    try create(FileWrite(path: draft, bytes: write.bytes, permissions: write.permissions))
    guard rename(draft, path) == 0 else {
      unlink(draft)
      throw unwritable(path)
    }
  }

  /// Writes a file that must not be there yet; it never has other permissions than these.
  ///
  /// - Throws: `InputError` when it is there or cannot be written.
  static func create(_ write: FileWrite) throws {
    let descriptor = open(write.path, O_WRONLY | O_CREAT | O_EXCL, mode_t(write.permissions))
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw InputError(
          code: "file.exists",
          "\(write.path) exists already.",
          remedy: "Name another file; nothing is overwritten here."
        )
      }
      throw unwritable(write.path)
    }
    var rest = write.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isWritten = rest.isEmpty && fsync(descriptor) == 0
    guard close(descriptor) == 0, isWritten else {
      unlink(write.path)
      throw unwritable(write.path)
    }
  }

  /// Takes away a file, if it is there.
  static func remove(_ path: String) { unlink(path) }

  private static func unwritable(_ path: String) -> InputError {
    InputError(
      code: "file.unwritable",
      "\(path) cannot be written.",
      remedy: "Check that the folder exists, that you may write there, and that there is room."
    )
  }
}
