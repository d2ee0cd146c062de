import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCommands
import ServiceLifecycle
import Synchronization

/// Looks every second whether facts or the agreement have changed, and tells the pages that are
/// open.
final class LiveEvents: Service, Sendable {
  private struct State {
    var stamp = ""
    var next = 0
    var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    var isOver = false
  }

  /// Each takes a connection.
  private static let mostListeners = 512
  /// So often what was said last is said again, in seconds: only by writing does one find out that
  /// a page was closed.
  private static let repeatsAfter = 15

  private let desk: Desk
  private let state = Mutex(State())

  /// What watches a desk's workspace.
  init(_ desk: Desk) { self.desk = desk }

  /// Looks until the server stops.
  func run() async throws {
    await cancelWhenGracefulShutdown {
      var looks = 0
      while !Task.isCancelled {
        looks += 1
        // A store that cannot be read now is looked at again; the pages say what is wrong.
        if let stamp = try? await self.desk.stamp().text {
          self.tell(stamp, again: looks.isMultiple(of: Self.repeatsAfter))
        }
        do { try await Task.sleep(for: .seconds(1)) } catch { break }
      }
    }
    state.withLock { state in
      state.isOver = true
      for listener in state.listeners.values { listener.finish() }
      state.listeners = [:]
    }
  }

  private func tell(_ stamp: String, again: Bool) {
    state.withLock { state in
      guard again || state.stamp != stamp else { return }
      state.stamp = stamp
      for listener in state.listeners.values { listener.yield(stamp) }
    }
  }

  private func listen() -> AsyncStream<String>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: String.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let number: Int? = state.withLock { state in
      guard !state.isOver, state.listeners.count < Self.mostListeners else { return nil }
      state.next += 1
      state.listeners[state.next] = continuation
      continuation.yield(state.stamp)
      return state.next
    }
    guard let number else { return nil }
    continuation.onTermination = { _ in
      _ = self.state.withLock { $0.listeners.removeValue(forKey: number) }
    }
    return stream
  }

  /// The stream of one page: `facts` with what is on disk, whenever that changes.
  func answer() throws -> Response {
    guard let stream = listen() else { throw HTTPError(.serviceUnavailable) }
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
