import Dispatch
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Synchronization

/// Answers questions about one workspace, a few at a time, away from the threads that serve
/// connections.
final class Desk: Sendable {
  /// The workspace.
  let workspace: Workspace
  /// What is kept of it between questions.
  let shelf = ReadingShelf()
  /// Answers that were given, as pages and calls write them.
  let answers = AnswerCache()
  /// Funnels that what-ifs are held against.
  let agreedFunnels = KeptFunnels()

  private let queue: DispatchQueue
  private let seats: DispatchSemaphore
  /// Only one at a time changes the workspace.
  private let writing = DispatchQueue(label: "plumbline.writing")

  /// A desk.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - seats: How many questions are worked on at once.
  init(_ workspace: Workspace, seats: Int) {
    self.workspace = workspace
    self.seats = DispatchSemaphore(value: max(1, seats))
    queue = DispatchQueue(label: "plumbline.desk", attributes: .concurrent)
  }

  /// What is on disk now: as long as it is the same, so are all answers.
  ///
  /// - Throws: `InputError` when the store cannot be read.
  func stamp() async throws -> ReadingShelf.Stamp {
    try await perform { try self.shelf.stamp(of: self.workspace) }
  }

  /// Works on a question.
  ///
  /// - Parameters:
  ///   - viewer: Who asks: only the names that they may see are shown.
  ///   - body: What asks `Question`s; runs on one thread.
  /// - Returns: The answer, and what was said besides it.
  /// - Throws: What `body` throws.
  func ask<Answer: Sendable>(
    for viewer: Viewer,
    _ body: @escaping @Sendable () throws -> Answer
  ) async throws -> (answer: Answer, remarks: [String]) {
    let heard = try await perform {
      try Console.hearing { try self.shelf.serving(showing: viewer.shownOwners, body) }
    }
    // What several questions of one page say is said once.
    var said: Set<String> = []
    return (heard.value, heard.remarks.filter { said.insert($0).inserted })
  }

  /// Changes the workspace; one change waits for the other.
  ///
  /// - Parameter body: What changes it.
  /// - Returns: What `body` gave, and what was said besides.
  /// - Throws: What `body` throws.
  func change<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> (value: Value, remarks: [String]) {
    try await withCheckedThrowingContinuation { continuation in
      writing.async {
        continuation.resume(with: Result { try Console.hearing(body) })
      }
    }
  }

  func perform<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    // A queue's thread knows nothing of the task that asks.
    let place = AnswerPlace.current
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        self.seats.wait()
        defer { self.seats.signal() }
        continuation.resume(
          with: Result { try AnswerPlace.$current.withValue(place, operation: body) }
        )
      }
    }
  }
}

extension Desk {
  /// The company's name as the agreement gives it; empty where there is none.
  func company() async -> String {
    let name = try? await perform {
      try Console.hearing { try self.shelf.serving { try self.workspace.agreement().company } }
        .value
    }
    return name ?? ""
  }
}
