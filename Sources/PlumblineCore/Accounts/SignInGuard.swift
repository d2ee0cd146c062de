/// Slows down guessing: how often somebody was wrong, and how long they wait for it.
///
/// There is one for each name and one for each address. An attempt counts as wrong from its
/// beginning, so that many at the same time gain nothing; a right one takes that back.
public struct SignInGuard: Hashable, Sendable {
  /// So many wrong attempts cost no wait.
  public static let freeFailures = 5
  /// The wait after the last free one; each further one doubles it.
  public static let firstWaitSeconds: Int64 = 15
  /// Nobody waits longer than this after a wrong attempt.
  public static let longestWaitSeconds: Int64 = 15 * 60
  /// What was wrong longer ago than this is forgotten.
  public static let memorySeconds: Int64 = 3600

  /// What an attempt may do.
  public enum Decision: Hashable, Sendable {
    /// It may be made.
    case allowed
    /// It must wait for so many seconds, at least 1.
    case wait(seconds: Int64)
  }

  /// How many attempts were wrong.
  public private(set) var failures: Int
  /// When the last of them was.
  public private(set) var lastFailureAt: Instant?

  /// A guard that knows of wrong attempts.
  public init(failures: Int = 0, lastFailureAt: Instant? = nil) {
    self.failures = max(0, failures)
    self.lastFailureAt = lastFailureAt
  }

  /// What an attempt may do now.
  public func decision(at now: Instant) -> Decision {
    guard failures >= Self.freeFailures, let last = lastFailureAt else { return .allowed }
    // A clock that was set back must not lock anybody out for longer than the wait.
    let passed = max(0, now.seconds - last.seconds)
    let wait = Self.wait(after: failures)
    return passed >= wait ? .allowed : .wait(seconds: wait - passed)
  }

  /// Counts an attempt as wrong, before it is known to be.
  public mutating func begin(at now: Instant) {
    if isForgotten(at: now) { failures = 0 }
    failures += 1
    lastFailureAt = now
  }

  /// Takes back the count of one attempt that was right after all.
  public mutating func takeBack() { failures = max(0, failures - 1) }

  /// Whether nothing of it counts any more.
  public func isForgotten(at now: Instant) -> Bool {
    guard let last = lastFailureAt, failures > 0 else { return true }
    return now.seconds - last.seconds >= Self.memorySeconds
  }

  /// The seconds to wait after so many wrong attempts.
  static func wait(after failures: Int) -> Int64 {
    guard failures >= freeFailures else { return 0 }
    // Six doublings are past the longest wait.
    return min(longestWaitSeconds, firstWaitSeconds << min(failures - freeFailures, 6))
  }
}
