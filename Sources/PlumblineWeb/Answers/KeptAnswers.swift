import PlumblineCommands
import Synchronization

/// Answers as values, for as long as nothing on disk changes: what several pages are made of, or
/// one page again and again, is counted once.
final class KeptAnswers<Answer: Sendable>: Sendable {
  private struct Key: Hashable {
    var question: [String]
    var shownOwners: Set<String>?
  }

  private struct Kept {
    var answer: Answer
    /// What was said besides, which whoever asks again is told again.
    var remarks: [String]
  }

  private struct State {
    var stamp: ReadingShelf.Stamp?
    var answers: [Key: Kept] = [:]
  }

  private let most: Int
  private let state = Mutex(State())

  /// An empty collection.
  ///
  /// - Parameter most: How many answers are kept; all go when there is one more.
  init(most: Int) { self.most = most }

  /// The answer to a question.
  ///
  /// - Parameters:
  ///   - parameters: What is asked; whatever changes the answer, and is neither the facts nor the
  ///     agreement, must be among it.
  ///   - owners: Whose names the answer shows; everybody's when nil.
  ///   - stamp: What is on disk.
  ///   - make: Counts it.
  /// - Returns: The answer.
  /// - Throws: What `make` throws.
  func answer(
    _ parameters: [QuestionCall.Parameter],
    showing owners: Set<String>?,
    at stamp: ReadingShelf.Stamp,
    _ make: () throws -> Answer
  ) throws -> Answer {
    let key = Key(question: parameters.map { "\($0.name)=\($0.value)" }, shownOwners: owners)
    let known = state.withLock { $0.stamp == stamp ? $0.answers[key] : nil }
    let kept = try known ?? counted(make, for: key, at: stamp)
    for remark in kept.remarks { Console.complain(remark) }
    return kept.answer
  }

  private func counted(
    _ make: () throws -> Answer,
    for key: Key,
    at stamp: ReadingShelf.Stamp
  ) throws -> Kept {
    let made = try Console.hearing(make)
    let kept = Kept(answer: made.value, remarks: made.remarks)
    state.withLock { state in
      if state.stamp != stamp || state.answers.count >= most { state = State(stamp: stamp) }
      state.answers[key] = kept
    }
    return kept
  }
}
