import Foundation
public import PlumblineCore

/// Writes messages to an open file, such as standard output.
public struct StreamCarrier: AlertCarrier {
  private let file: FileHandle

  /// A carrier to standard output.
  public init() { file = .standardOutput }

  /// A carrier to an open file, which stays open.
  init(_ file: FileHandle) { self.file = file }

  /// Writes a message.
  ///
  /// - Parameters:
  ///   - message: What is written.
  ///   - recipients: Not used.
  /// - Returns: What became of it.
  public func carry(_ message: [UInt8], to recipients: [MailAddress]) -> CarryResult {
    var written = 0
    while written < message.count {
      let count = message[written...].withUnsafeBytes {
        Foundation.write(file.fileDescriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        written += count
      } else if count < 0, errno == EINTR {
        continue
      } else {
        let reason = "it could not be written (\(String(cString: strerror(errno))))"
        // What was written in part cannot be taken back.
        return written == 0 ? .refused(reason: reason, retryAfter: nil) : .uncertain(reason: reason)
      }
    }
    return .taken
  }
}
