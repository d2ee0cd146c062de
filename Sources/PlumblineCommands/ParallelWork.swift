import Dispatch
import Synchronization

/// Independent pieces of work on several threads, with progress on standard error.
struct ParallelWork {
  /// How many pieces are worked on at once.
  let threads: Int
  /// What the pieces are called, in the plural.
  let noun: String

  /// Works on pieces 0..<count.
  ///
  /// - Parameters:
  ///   - count: The number of pieces.
  ///   - work: One piece; what it gives depends on its number alone.
  /// - Returns: What each piece gave, in their order, whatever the number of threads.
  func map<Piece: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Piece) -> [Piece] {
    let board = Mutex(Board<Piece>())
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while let index = board.withLock({ $0.take(below: count) }) {
        let piece = work(index)
        board.withLock { $0.put(piece, at: index, of: count, noun) }
      }
    }
    return board.withLock { board in
      board.progress.finish()
      return (0..<count).compactMap { board.done[$0] }
    }
  }

  /// What is done and what comes next.
  private struct Board<Piece: Sendable> {
    var next = 0
    var done: [Int: Piece] = [:]
    let progress = Progress()

    mutating func take(below count: Int) -> Int? {
      guard next < count else { return nil }
      defer { next += 1 }
      return next
    }

    mutating func put(_ piece: Piece, at index: Int, of count: Int, _ noun: String) {
      done[index] = piece
      progress.tell("\(noun): \(done.count) of \(count)")
    }
  }
}
