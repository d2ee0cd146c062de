import Foundation
import PlumblineStatistics

/// Divides rows among the processors.
enum ParallelRanges {
  /// How many ranges rows are divided into unless somebody says otherwise.
  static let usualCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// So few rows are not worth a second thread.
  private static let fewestRows = 4096

  /// Rows divided into ranges of nearly the same length, in order; none where there are no rows.
  ///
  /// - Parameters:
  ///   - count: How many rows there are.
  ///   - pieces: How many ranges; as many as processors, fewer for few rows, when nil.
  /// - Returns: The ranges.
  static func divide(_ count: Int, into pieces: Int? = nil) -> [Range<Int>] {
    let usual = min(usualCount, (count + fewestRows - 1) / fewestRows)
    let pieces = max(1, min(pieces ?? usual, count))
    guard count > 0 else { return [] }
    return (0..<pieces).map { piece in
      count * piece / pieces..<count * (piece + 1) / pieces
    }
  }

  /// The values made of each range, in the order of the ranges.
  static func map<Value: Sendable>(
    _ ranges: [Range<Int>],
    _ value: @Sendable (_ position: Int, _ range: Range<Int>) -> Value
  ) -> [Value] {
    ConcurrentMap.map(count: ranges.count) { value($0, ranges[$0]) }
  }
}

/// Room for a column that several threads fill, each its own rows.
///
/// Unchecked because every place is written by the one thread that its row is given to, and read
/// only after all threads have ended; whoever divides the rows keeps to that.
struct SharedColumn<Value>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Value>?

  init(_ base: UnsafeMutablePointer<Value>?) { self.base = base }
}
