import PlumblineStatistics

/// Does pieces of work on all cores.
///
/// - Throws: What the first piece in order that failed throws; the others are done all the same.
func concurrently(_ work: [@Sendable () throws -> Void]) throws {
  let results = ConcurrentMap.map(count: work.count) { index in Result { try work[index]() } }
  for result in results { try result.get() }
}

/// A place for the result of one piece of concurrent work.
///
/// Written by one piece of work, read when all are done: `concurrently` stands between.
final class Slot<Value: Sendable>: @unchecked Sendable {
  var value: Value

  init(_ value: Value) { self.value = value }
}
