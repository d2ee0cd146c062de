import HTTPTypes
import PlumblineCore
import Testing

@testable import PlumblineWeb

@Suite struct `Pages that wait for news` {
  /// Lets everybody in, once.
  private struct ShortDoor: Doorkeeper {
    func viewer(session: String, now: Instant) async throws -> Viewer? {
      try await OpenDoor().viewer(session: session, now: now)
    }

    func viewer(token: String, now: Instant) async throws -> Viewer? { nil }
    func holds(session: String, now: Instant) async throws -> Bool { false }
    func hasAccounts() async throws -> Bool { true }
  }

  @Test func `are a few of one account, the newest`() async throws {
    let live = LiveEvents()
    live.tell("one")
    let first = try #require(live.listen(1))
    let others = (0..<LiveEvents.mostOfOneAccount).compactMap { _ in live.listen(1) }
    #expect(others.count == LiveEvents.mostOfOneAccount)
    let another = live.listen(2)
    #expect(another != nil)
    // The first ends by itself after what it was told; the others would go on.
    var told = 0
    for await _ in first { told += 1 }
    #expect(told <= 1)
    for stream in others {
      var news = stream.makeAsyncIterator()
      #expect(await news.next() != nil)
    }
  }

  @Test func `are told nothing once their session has ended`() async throws {
    var web = try WebHarness()
    web.office.doorkeeper = ShortDoor()
    web.office.live.tell("one")
    let answer = try await web.ask("/events")
    #expect(answer.status == 200)
    #expect(answer.text == "retry: 5000\n\n")
  }

  @Test func `need a session`() async throws {
    #expect(try await WebHarness().ask("/events", as: nil).status == 303)
  }

  @Test func `do not keep their session alive`() async throws {
    try await TemporarySignIn.with { desk in
      let entry = try #require(
        try desk.signIn.start(
          desk.owner.account,
          from: TemporarySignIn.origin,
          at: TemporarySignIn.start
        )
      )
      for after in stride(from: 0, through: Session.idleSeconds + 900, by: 900) {
        let now = TemporarySignIn.start.advanced(bySeconds: after)
        let holds = try desk.signIn.holds(cookie: entry.cookie, at: now)
        #expect(holds == (after < Session.idleSeconds), "\(after)")
      }
    }
  }
}
