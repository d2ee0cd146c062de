import Foundation
import PlumblineCore
import ServiceLifecycle
import Synchronization

/// The imports that were started here, as far as they are.
///
/// They are known as long as the server runs; what is left of them for a server that is started
/// anew, `UploadShelf` notes.
final class ImportJobs: Service, Sendable {
  /// How far an import is.
  enum State: Sendable {
    /// It waits for another change to end.
    case queued
    /// It runs; what is being done.
    case running(String)
    /// It has ended; the import's number, 0 when there was nothing new, and its report as JSON.
    case done(sequence: Int, report: String)
    /// Nothing was stored, and why.
    case failed([Diagnostic])

    /// Whether nothing more will happen.
    var isOver: Bool {
      switch self {
      case .queued, .running: false
      case .done, .failed: true
      }
    }
  }

  /// An import.
  struct Job: Sendable {
    /// Its random name.
    let id: String
    /// The labels of its files.
    let names: [String]
    /// How many rows they have, if that is known.
    let rowCount: Int?
    /// How far it is.
    var state = State.queued
  }

  private struct Jobs {
    var jobs: [Job] = []
    var tasks: [String: Task<Void, Never>] = [:]
    /// The newest check of the workspace; nil before the first.
    var check: Check?
  }

  /// A check of the workspace.
  struct Check: Sendable {
    /// When it was made.
    let at: Instant
    /// The parts with what was found, or why it could not be made.
    let parts: [(name: String, findings: [Diagnostic])]
  }

  private static let mostKept = 50

  private let state = Mutex(Jobs())

  /// The newest check of the workspace.
  var check: Check? {
    get { state.withLock { $0.check } }
    set { state.withLock { $0.check = newValue } }
  }

  /// The import of a name; nil when none is known.
  func job(_ id: String) -> Job? { state.withLock { $0.jobs.first { $0.id == id } } }

  /// The imports that have not ended, the oldest first.
  var open: [Job] { state.withLock { $0.jobs.filter { !$0.state.isOver } } }

  /// Starts an import, unless the same upload is being imported already.
  ///
  /// - Parameters:
  ///   - job: The import.
  ///   - work: Does it and gives its last state; told how to say what is being done.
  func start(
    _ job: Job,
    _ work: @escaping @Sendable (_ tell: @escaping @Sendable (String) -> Void) async -> State
  ) {
    let isNew = state.withLock { state in
      guard state.jobs.first(where: { $0.id == job.id })?.state.isOver ?? true else { return false }
      state.jobs.removeAll { $0.id == job.id }
      if let old = state.jobs.firstIndex(where: \.state.isOver), state.jobs.count >= Self.mostKept {
        state.jobs.remove(at: old)
      }
      state.jobs.append(job)
      return true
    }
    guard isNew else { return }
    let task = Task {
      let last = await work { text in self.note(.running(text), of: job.id) }
      self.note(last, of: job.id)
      _ = self.state.withLock { $0.tasks.removeValue(forKey: job.id) }
    }
    state.withLock { state in
      if !(state.jobs.first { $0.id == job.id }?.state.isOver ?? true) {
        state.tasks[job.id] = task
      }
    }
  }

  private func note(_ new: State, of id: String) {
    state.withLock { state in
      guard let place = state.jobs.firstIndex(where: { $0.id == id }),
        !state.jobs[place].state.isOver
      else { return }
      state.jobs[place].state = new
    }
  }

  /// Lets the imports that run come to their end when the server stops.
  func run() async throws {
    try await gracefulShutdown()
    for task in state.withLock({ Array($0.tasks.values) }) { await task.value }
  }
}
