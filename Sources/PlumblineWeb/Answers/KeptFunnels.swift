import PlumblineCommands
import PlumblineCore
import Synchronization

/// Funnels as the agreement counts them, for as long as nothing on disk changes: what a what-if is
/// held against is not counted again while its rules move.
final class KeptFunnels: Sendable {
  private struct Key: Hashable {
    var question: [String]
    var shownOwners: Set<String>?
  }

  private struct State {
    var stamp: ReadingShelf.Stamp?
    var funnels: [Key: FunnelAnswer] = [:]
  }

  private static let most = 64
  private let state = Mutex(State())

  /// The funnel that answers a question.
  ///
  /// - Parameters:
  ///   - parameters: What is asked.
  ///   - viewer: Who asks.
  ///   - stamp: What is on disk.
  ///   - make: Counts it.
  /// - Returns: The funnel.
  /// - Throws: What `make` throws.
  func funnel(
    _ parameters: [QuestionCall.Parameter],
    for viewer: Viewer,
    at stamp: ReadingShelf.Stamp,
    _ make: () throws -> FunnelAnswer
  ) throws -> FunnelAnswer {
    let key = Key(
      question: parameters.filter { $0.name != "as" }.map { "\($0.name)=\($0.value)" },
      shownOwners: viewer.shownOwners
    )
    let known = state.withLock { $0.stamp == stamp ? $0.funnels[key] : nil }
    if let known { return known }
    let made = try make()
    state.withLock { state in
      if state.stamp != stamp || state.funnels.count >= Self.most {
        state = State(stamp: stamp)
      }
      state.funnels[key] = made
    }
    return made
  }
}
