import Foundation
import PlumblineCore
import Synchronization

/// Hashes and checks passwords one at a time, beside the threads that answer requests.
///
/// One hash takes 128 MiB and some tenths of a second by design; many at once would be an easy way
/// to bring the machine down.
final class PasswordWork: Sendable {
  /// So many may wait; a longer queue would not be answered in time.
  static let longestQueue = 32

  let cost: PasswordHash.Cost
  private let nobody: PasswordHash
  private let queue = DispatchQueue(label: "plumbline.passwords")
  private let waiting = Mutex(0)

  /// A place to hash with some cost.
  init(cost: PasswordHash.Cost = .usual) {
    self.cost = cost
    nobody = .nobody(cost: cost)
  }

  /// The hash of a new password.
  ///
  /// - Throws: `InputError` with code `accounts.passwords-busy` when too many wait.
  func hash(_ password: Password) async throws -> String {
    let cost = cost
    return try await run { try PasswordHash(of: password, cost: cost).text }
  }

  /// Checks a password against a kept hash, or takes as long to say no when there is none.
  ///
  /// - Parameters:
  ///   - password: The password.
  ///   - kept: The kept hash; nil where there is none.
  /// - Returns: Whether it is right, and the hash to keep instead when the parameters have changed.
  /// - Throws: `InputError` with code `accounts.passwords-busy` when too many wait.
  func check(
    _ password: Password,
    against kept: String?
  ) async throws -> (isRight: Bool, renewed: String?) {
    let (cost, nobody) = (cost, nobody)
    return try await run {
      guard let hash = kept.flatMap({ PasswordHash($0) }) else {
        _ = try nobody.matches(password)
        return (false, nil)
      }
      guard try hash.matches(password) else { return (false, nil) }
      guard hash.needsRenewal(cost: cost) else { return (true, nil) }
      return (true, try PasswordHash(of: password, cost: cost).text)
    }
  }

  private func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    let isFull = waiting.withLock { count in
      guard count < Self.longestQueue else { return true }
      count += 1
      return false
    }
    if isFull {
      throw InputError(
        code: "accounts.passwords-busy",
        "too many people are signing in at this moment.",
        remedy: "Try again in a few seconds."
      )
    }
    defer { waiting.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
