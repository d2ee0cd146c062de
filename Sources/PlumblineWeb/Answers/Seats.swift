import Dispatch
import Hummingbird
import Synchronization

/// A few threads that long work is done on, so that no account keeps the others waiting.
///
/// Whoever asks for more than their share waits, and those who came later but have less go first.
final class Seats: Sendable {
  private struct Job: Sendable {
    let account: Int64?
    let run: @Sendable () -> Void
  }

  private struct State {
    var free: Int
    var running: [Int64: Int] = [:]
    var waiting: [Job] = []
  }

  /// So many questions of one account may wait; a page asks a few at once.
  static let mostWaiting = 24

  private let mostForEach: Int
  private let queue: DispatchQueue
  private let state: Mutex<State>

  /// Seats.
  ///
  /// - Parameters:
  ///   - name: What the threads are called.
  ///   - count: How many there are; two at least, for one account has half of them at most.
  init(_ name: String, _ count: Int) {
    let count = max(2, count)
    mostForEach = count / 2
    queue = DispatchQueue(label: name, attributes: .concurrent)
    state = Mutex(State(free: count))
  }

  /// Does some work once there is a seat for it.
  ///
  /// - Parameters:
  ///   - account: Who asks; nil for what the server does for everybody.
  ///   - body: The work.
  /// - Returns: What it gave.
  /// - Throws: What it throws, or an HTTP error where too much of the same account waits.
  func work<Value: Sendable>(
    for account: Int64?,
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let isTaken = take(
        Job(account: account) {
          let result = Result(catching: body)
          self.leave(account)
          continuation.resume(with: result)
        }
      )
      if !isTaken {
        continuation.resume(throwing: HTTPError.tooMany(retryAfter: RetryAfter.busySeconds))
      }
    }
  }

  /// Lets a job wait; false when too many of the same account do.
  private func take(_ job: Job) -> Bool {
    let begun: [Job]? = state.withLock { state -> [Job]? in
      if let account = job.account,
        state.waiting.count(where: { $0.account == account }) >= Self.mostWaiting
      {
        return nil
      }
      state.waiting.append(job)
      return ready(&state)
    }
    guard let begun else { return false }
    start(begun)
    return true
  }

  private func leave(_ account: Int64?) {
    start(
      state.withLock { state in
        state.free += 1
        if let account {
          let left = (state.running[account] ?? 1) - 1
          state.running[account] = left > 0 ? left : nil
        }
        return ready(&state)
      }
    )
  }

  /// Takes out what may begin, in the order in which it came.
  private func ready(_ state: inout State) -> [Job] {
    var jobs: [Job] = []
    while state.free > 0,
      let place = state.waiting.firstIndex(where: { job in
        job.account.map { state.running[$0] ?? 0 < mostForEach } ?? true
      })
    {
      let job = state.waiting.remove(at: place)
      state.free -= 1
      if let account = job.account { state.running[account, default: 0] += 1 }
      jobs.append(job)
    }
    return jobs
  }

  private func start(_ jobs: [Job]) {
    for job in jobs { queue.async(execute: job.run) }
  }
}
