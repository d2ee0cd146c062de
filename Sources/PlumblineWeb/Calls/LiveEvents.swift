import HTTPTypes
import Hummingbird
import NIOCore
import PlumblineCommands
import ServiceLifecycle
import Synchronization

/// Looks every second whether facts or the agreement have changed, and tells the pages that are
/// open.
final class LiveEvents: Service, Sendable {
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

  /// Each takes a connection.
  private static let mostListeners = 512
  /// So many pages of one account are told; the oldest make room, and ask again when they are
  /// looked at.
  static let mostOfOneAccount = 8
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
      for listener in state.listeners.values { listener.stream.finish() }
      state.listeners = [:]
    }
  }

  private func tell(_ stamp: String, again: Bool) {
    state.withLock { state in
      guard again || state.stamp != stamp else { return }
      state.stamp = stamp
      for listener in state.listeners.values { listener.stream.yield(stamp) }
    }
  }

  /// The news for one more page of an account; nil when there are too many pages.
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
      continuation.yield(state.stamp)
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
  func answer(_ visit: Visit) async throws -> Response {
    let pass = try Identification.pass(of: visit.request)
    let office = visit.office
    guard let stream = listen(try visit.person.account) else {
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
