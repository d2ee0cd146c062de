import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCommands
import ServiceLifecycle
import Synchronization

/// Tells the pages that are open what is on disk, as long as the server runs.
final class LiveEvents: Sendable {
  private struct Listener {
    var account: Int64
    var stream: AsyncStream<String>.Continuation
  }

  private struct State {
    var stamp = ""
    var next = 0
    var listeners: [Int: Listener] = [:]
    var isOver = false
  }

  /// How many pages can listen; each takes a connection.
  static let mostListeners = 512
  /// So many pages of one account are told; the oldest make room, and ask again when they are
  /// looked at.
  static let mostOfOneAccount = 8

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
      for listener in state.listeners.values { listener.stream.yield(stamp) }
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
    for listener in listeners { listener.stream.finish() }
  }

  /// What is on disk, now and whenever that changes.
  ///
  /// Who is slow to hear misses what is no longer so.
  ///
  /// - Parameter account: Whose page it is.
  /// - Returns: The news; nil when nobody more can listen.
  func listen(_ account: Int64) -> AsyncStream<String>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: String.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    let (number, ended): (Int?, [Listener]) = state.withLock { state in
      let own = state.listeners.filter { $0.value.account == account }.keys.sorted()
      let old = own.dropLast(Self.mostOfOneAccount - 1)
      let ended = old.compactMap { state.listeners.removeValue(forKey: $0) }
      guard !state.isOver, state.listeners.count < Self.mostListeners else { return (nil, ended) }
      state.next += 1
      state.listeners[state.next] = Listener(account: account, stream: continuation)
      // Before the first look there is nothing to say.
      if !state.stamp.isEmpty { continuation.yield(state.stamp) }
      return (state.next, ended)
    }
    // Not under the lock, which whoever ends takes.
    for listener in ended { listener.stream.finish() }
    guard let number else { return nil }
    continuation.onTermination = { _ in
      _ = self.state.withLock { $0.listeners.removeValue(forKey: number) }
    }
    return stream
  }

  /// The stream of one page: `facts` with what is on disk, whenever that changes, for as long as
  /// whoever asks may read it.
  static func answer(_ visit: Visit) async throws -> Response {
    let pass = try Identification.pass(of: visit.request)
    let office = visit.office
    guard let stream = office.live.listen(try visit.person.account) else {
      throw HTTPError(.serviceUnavailable)
    }
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
          guard try await office.doorkeeper.holds(pass, now: office.now()) else { break }
          try await writer.write(ByteBuffer(string: "event: facts\ndata: \(stamp)\n\n"))
        }
        try await writer.finish(nil)
      }
    )
  }
}
