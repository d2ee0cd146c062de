import Dispatch

/// Computes independent values on all processors.
package enum ConcurrentMap {
  /// The values for 0..<count, in this order, whatever the number of processors.
  package static func map<Value: Sendable>(
    count: Int,
    _ value: @Sendable (Int) -> Value
  ) -> [Value] {
    if count < 2 { return (0..<count).map(value) }
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      let slots = Slots(base: buffer.baseAddress)
      DispatchQueue.concurrentPerform(iterations: count) { index in
        slots.fill(index, with: value(index))
      }
      initialized = count
    }
  }

  /// The room for the values.
  ///
  /// Unchecked because each slot is written once, by the one task that its index is given to, and
  /// read only after all tasks have ended.
  private struct Slots<Value>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Value>?

    func fill(_ index: Int, with value: Value) {
      base?.advanced(by: index).initialize(to: value)
    }
  }
}
