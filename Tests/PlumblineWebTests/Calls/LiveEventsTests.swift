import Foundation
import HTTPTypes
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// What pages that are open are told.
@Suite struct `Live events` {
  @Test func `who listens hears what is, and then what changes, once`() async throws {
    let events = LiveEvents()
    let early = try #require(events.listen(1))
    events.tell("one")
    let late = try #require(events.listen(1))
    var (first, second) = (early.makeAsyncIterator(), late.makeAsyncIterator())
    #expect(await first.next() == "one")
    #expect(await second.next() == "one")
    events.tell("one")
    events.tell("two")
    #expect(await first.next() == "two")
    events.tell("two", again: true)
    #expect(await first.next() == "two")
    events.end()
    #expect(await first.next() == nil)
  }

  @Test func `before the first look nothing is said`() async throws {
    let events = LiveEvents()
    let stream = try #require(events.listen(1))
    events.end()
    var heard: [String] = []
    for await stamp in stream { heard.append(stamp) }
    #expect(heard.isEmpty)
  }

  @Test func `who is slow misses what is no longer so`() async throws {
    let events = LiveEvents()
    let stream = try #require(events.listen(1))
    for number in 1...100 { events.tell("\(number)") }
    events.end()
    var heard: [String] = []
    for await stamp in stream { heard.append(stamp) }
    #expect(heard == ["100"])
  }

  @Test func `a listener too many is refused, until another goes`() throws {
    let events = LiveEvents()
    var streams: [AsyncStream<String>?] = (0..<LiveEvents.mostListeners).map {
      events.listen(Int64($0))
    }
    #expect(!streams.contains { $0 == nil })
    #expect(events.listen(-1) == nil)
    // A stream that nobody holds any more is over.
    streams.removeLast()
    streams.append(events.listen(-1))
    #expect(streams.last.map { $0 != nil } == true)
    #expect(events.listen(-2) == nil)
    events.end()
    #expect(events.listen(1) == nil)
  }

  @Test func `after the end pages are told to come back later`() async throws {
    let web = try WebHarness()
    web.office.live.end()
    let answer = try await web.ask("/events")
    #expect(answer.status == 503 && answer.headers[.retryAfter] == "5")
    #expect(answer.text.contains("web.busy"))
    #expect(try await web.ask("/events", as: nil).status == 303)
  }

  @Test func `the watch tells what is on disk, and its end ends all`() async throws {
    let own = try OwnWorkspace()
    defer { own.remove() }
    let (desk, events) = (own.web.office.desk, own.web.office.live)
    let stream = try #require(events.listen(1))
    let watch = Task { try await WorkspaceWatch(desk: desk, events: events).run() }
    var heard = stream.makeAsyncIterator()
    let first = try #require(await heard.next())
    let now = try await desk.stamp().text
    #expect(first == now)
    let agreement = URL(fileURLWithPath: own.workspace.agreementPath)
    let text = try String(contentsOf: agreement, encoding: .utf8)
    try Data("\(text)# more\n".utf8).write(to: agreement)
    let next = try #require(await heard.next())
    let changed = try await desk.stamp().text
    #expect(next == changed)
    #expect(next != first)
    watch.cancel()
    try await watch.value
    #expect(await heard.next() == nil)
    #expect(events.listen(1) == nil)
  }
}
