import Foundation
public import PlumblineCore

/// Adds lines to the end of a file.
public struct FileCarrier: AlertCarrier {
  private let path: String

  /// A carrier to the file at a path, which is made when it is not there.
  public init(path: String) { self.path = path }

  /// Adds a message; it is on the disk when this returns.
  ///
  /// - Parameters:
  ///   - message: Lines, each with its line break.
  ///   - recipients: Not used.
  /// - Returns: What became of it.
  public func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
    // Read as well, to see whether the last line is whole.
    let descriptor = open(path, O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      return .refused(
        reason: "the file cannot be opened (\(String(cString: strerror(errno))))",
        retryAfter: nil
      )
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var last: UInt8 = 0x0A
    let size = lseek(descriptor, 0, SEEK_END)
    if size > 0 { _ = pread(descriptor, &last, 1, size - 1) }
    // A line that a stopped run left in the middle must not run into ours.
    let start: [UInt8] = last == 0x0A ? [] : [0x0A]
    let result = StreamCarrier(file).carry(start + message, to: [])
    guard result == .taken else { return result }
    return fsync(descriptor) == 0 ? .taken : .uncertain(reason: "the disk did not confirm it")
  }
}
