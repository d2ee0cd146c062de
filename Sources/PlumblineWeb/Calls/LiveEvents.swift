import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCommands
import ServiceLifecycle
import Synchronization

/// Tells the pages that are open what is on disk, as long as the server runs.
final class LiveEvents: Sendable {
  private struct State {
    var stamp = ""
    var next = 0
    var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    var isOver = false
  }

  /// How many pages can listen; each takes a connection.
  static let mostListeners = 512

  private let state = Mutex(State())

  /// Says what is on disk, if that is new.
  ///
  /// - Parameters:
  ///   - stamp: What is on disk.
  ///   - again: Whether it is said though it is the same.
  func tell(_ stamp: String, again: Bool = false) {
    state.withLock { state in
      guard again || state.stamp != stamp else { return }
      state.stamp = stamp
      for listener in state.listeners.values { listener.yield(stamp) }
    }
  }

  /// Says goodbye to all who listen; nobody can listen any more.
  func end() {
    let listeners = state.withLock { state in
      defer { state.listeners = [:] }
      state.isOver = true
      return Array(state.listeners.values)
    }
    // What ends a stream takes its listener off the list, which needs the lock.
    for listener in listeners { listener.finish() }
  }

  /// What is on disk, now and whenever that changes; nil when nobody more can listen.
  ///
  /// Who is slow to hear misses what is no longer so.
  func listen() -> AsyncStream<String>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: String.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let number: Int? = state.withLock { state in
      guard !state.isOver, state.listeners.count < Self.mostListeners else { return nil }
      state.next += 1
      state.listeners[state.next] = continuation
      // Before the first look there is nothing to say.
      if !state.stamp.isEmpty { continuation.yield(state.stamp) }
      return state.next
    }
    guard let number else { return nil }
    continuation.onTermination = { _ in
      _ = self.state.withLock { $0.listeners.removeValue(forKey: number) }
    }
    return stream
  }

  /// The stream of one page: `facts` with what is on disk, whenever that changes.
  static func answer(_ visit: Visit) async throws -> Response {
    guard let stream = visit.office.live.listen() else { throw HTTPError(.serviceUnavailable) }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
      ],
      body: ResponseBody { writer in
        // A first line at once, so that the browser knows that it is connected.
        try await writer.write(ByteBuffer(string: "retry: 5000\n\n"))
        // The server waits for its connections before it stops anything else: they end themselves.
        for await stamp in stream.cancelOnGracefulShutdown() {
          try await writer.write(ByteBuffer(string: "event: facts\ndata: \(stamp)\n\n"))
        }
        try await writer.finish(nil)
      }
    )
  }
}
