import Foundation

/// Reads and writes files of any size a piece at a time.
enum BackupStream {
  private static let chunkSize = 1 << 20

  /// Calls `body` with the bytes of a file, piece by piece.
  ///
  /// - Throws: `CocoaError` where it cannot be read, or what `body` throws.
  static func read(_ path: String, _ body: (Data) throws -> Void) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    while let chunk = try file.read(upToCount: chunkSize), !chunk.isEmpty { try body(chunk) }
  }

  /// Calls `body` with the next bytes of a file, piece by piece.
  ///
  /// - Returns: Whether the file held as many.
  /// - Throws: `CocoaError` where it cannot be read, or what `body` throws.
  static func read(
    _ count: Int,
    from file: FileHandle,
    _ body: (Data) throws -> Void
  ) throws -> Bool {
    var rest = count
    while rest > 0 {
      guard let chunk = try file.read(upToCount: min(rest, chunkSize)), !chunk.isEmpty else {
        return false
      }
      rest -= chunk.count
      try body(chunk)
    }
    return true
  }

  /// Makes a file that must not be there yet.
  ///
  /// - Throws: `CocoaError` where that is not possible.
  static func create(_ path: String, permissions: Int) throws -> FileHandle {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let descriptor = open(path, flags, mode_t(permissions))
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
