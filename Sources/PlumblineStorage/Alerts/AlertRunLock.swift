import Foundation
public import PlumblineCore

/// Held by the one run that delivers; ends with the process, however it ends.
///
/// What is sent twice or not is up to the claims in the log; the lock only tells a claim that a
/// stopped run left behind from one that another run is about to settle.
public final class AlertRunLock: Sendable {
  private let file: Int32

  /// Takes the lock beside a log.
  ///
  /// - Parameter path: The log's path; the lock is `PATH.lock`.
  /// - Throws: `InputError` with code `alerts.busy` when another run holds it, `alerts.lock` when it
  ///   cannot be made.
  public init(besideLog path: String) throws(InputError) {
    file = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw InputError(
        code: "alerts.lock",
        "\(path).lock cannot be made.",
        remedy: "Allow writing to the workspace's folder."
      )
    }
    // From here on `deinit` closes the file, also when the initializer throws.
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      throw InputError(
        code: "alerts.busy",
        "another run is delivering alerts of this workspace.",
        remedy: "Wait until it has ended; what it does not deliver, the next run does."
      )
    }
  }

  deinit { close(file) }
}
