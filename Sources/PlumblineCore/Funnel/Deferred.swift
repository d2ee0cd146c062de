import Synchronization

/// A part of a history that is read when somebody asks for it, once.
package final class Deferred<Value: Sendable>: Sendable {
  private enum State {
    case waiting(@Sendable () throws -> Value)
    case loaded(Value)
  }

  private let state: Mutex<State>

  /// A part that is at hand.
  package init(_ value: Value) { state = Mutex(.loaded(value)) }

  /// A part that is yet to be read.
  ///
  /// - Parameter load: Reads it; called again after it threw, never after it returned.
  package init(loading load: @escaping @Sendable () throws -> Value) {
    state = Mutex(.waiting(load))
  }

  /// The part, read first where it is not at hand; whoever asks meanwhile waits.
  ///
  /// - Throws: What reading it throws.
  package func value() throws -> Value {
    try state.withLock { state in
      switch state {
      case .loaded(let value): return value
      case .waiting(let load):
        let value = try load()
        state = .loaded(value)
        return value
      }
    }
  }
}
