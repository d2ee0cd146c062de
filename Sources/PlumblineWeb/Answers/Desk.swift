import Dispatch
import PlumblineCommands
import PlumblineCore
import PlumblineReporting
import Synchronization

/// Answers questions about one workspace, a few at a time, away from the threads that serve
/// connections.
///
/// What takes long has seats of its own: a glance at what lies there never waits for a question.
final class Desk: Sendable {
  /// The workspace.
  let workspace: Workspace
  /// What is kept of it between questions.
  let shelf = ReadingShelf()
  /// Answers that were given, as pages and calls write them.
  let answers = AnswerCache()
  /// Funnels that what-ifs are held against.
  let agreedFunnels = KeptAnswers<FunnelAnswer>(most: 64)
  /// Weeks and months that pages and their lists are made of; each holds on to its leads.
  let weeks = KeptAnswers<Weekly.Answer>(most: 4)

  private let seats: Seats
  private let glances = Seats("plumbline.glances", 4)
  /// Only one at a time changes the workspace.
  private let writing = DispatchQueue(label: "plumbline.writing")

  /// A desk.
  ///
  /// - Parameters:
  ///   - workspace: The workspace.
  ///   - seats: How many questions are worked on at once, two at least.
  init(_ workspace: Workspace, seats: Int) {
    self.workspace = workspace
    self.seats = Seats("plumbline.desk", seats)
  }

  /// What is on disk now: as long as it is the same, so are all answers.
  ///
  /// - Throws: `InputError` when the store cannot be read.
  func stamp() async throws -> ReadingShelf.Stamp {
    try await glance { try self.shelf.stamp(of: self.workspace) }
  }

  /// Works on a question.
  ///
  /// - Parameters:
  ///   - viewer: Who asks: only the names that they may see are shown.
  ///   - body: What asks `Question`s; runs on one thread.
  /// - Returns: The answer, and what was said besides it.
  /// - Throws: What `body` throws, or an HTTP error when too many questions of theirs wait.
  func ask<Answer: Sendable>(
    for viewer: Viewer,
    _ body: @escaping @Sendable () throws -> Answer
  ) async throws -> (answer: Answer, remarks: [String]) {
    let heard = try await perform(for: viewer) {
      try Console.hearing { try self.shelf.serving(showing: viewer.shownOwners, body) }
    }
    // What several questions of one page say is said once.
    var said: Set<String> = []
    let remarks = heard.remarks.map { $0.without(workspace) }
    return (heard.value, remarks.filter { said.insert($0).inserted })
  }

  /// Changes the workspace; one change waits for the other.
  ///
  /// - Parameter body: What changes it.
  /// - Returns: What `body` gave, and what was said besides.
  /// - Throws: What `body` throws.
  func change<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> (value: Value, remarks: [String]) {
    let placed = Self.placed(body)
    return try await withCheckedThrowingContinuation { continuation in
      writing.async {
        continuation.resume(with: Result { try Console.hearing(placed) })
      }
    }
  }

  /// Work in the place of the task that wants it: a queue's thread knows nothing of that.
  private static func placed<Value>(
    _ body: @escaping @Sendable () throws -> Value
  ) -> @Sendable () throws -> Value {
    let place = AnswerPlace.current
    return { try AnswerPlace.$current.withValue(place, operation: body) }
  }

  /// Does work that takes long for somebody, and asks no question.
  ///
  /// - Parameters:
  ///   - viewer: Who wants it.
  ///   - body: The work; runs on one thread.
  /// - Returns: What it gave.
  /// - Throws: What `body` throws, or an HTTP error when too much of theirs waits.
  func perform<Value: Sendable>(
    for viewer: Viewer,
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await seats.work(for: viewer.account, Self.placed(body))
  }

  /// Looks at what lies in the workspace; for what takes milliseconds, however much was imported.
  ///
  /// - Parameter body: What looks; runs on one thread.
  /// - Returns: What it gave.
  /// - Throws: What `body` throws.
  func glance<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await glances.work(for: nil, Self.placed(body))
  }
}

extension Desk {
  /// The company's name as the agreement gives it; empty where there is none.
  func company() async -> String {
    let name = try? await glance {
      try Console.hearing { try self.shelf.serving { try self.workspace.agreement().company } }
        .value
    }
    return name ?? ""
  }
}
