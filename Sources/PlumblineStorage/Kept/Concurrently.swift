import Dispatch
import Synchronization

/// Does pieces of work on all cores.
///
/// - Throws: What the first piece in order that failed throws; the others are done all the same.
func concurrently(_ work: [@Sendable () throws -> Void]) throws {
  let failures = Mutex<[Int: any Error]>([:])
  DispatchQueue.concurrentPerform(iterations: work.count) { index in
    do {
      try work[index]()
    } catch {
      failures.withLock { $0[index] = error }
    }
  }
  if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
}

/// A place for the result of one piece of concurrent work.
///
/// Written by one piece of work, read when all are done: `concurrently` stands between.
final class Slot<Value: Sendable>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}
