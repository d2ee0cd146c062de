import PlumblineCore
import Synchronization
import Testing

@testable import PlumblineWeb

/// Answers that are kept.
@Suite struct `Answer cache` {
  private struct Refused: Error {}

  private let made = Tally()

  /// How often answers were made.
  private final class Tally: Sendable {
    let counts = Mutex<[String: Int]>([:])

    func make(_ text: String) -> Written {
      counts.withLock { $0[text, default: 0] += 1 }
      return Written(text)
    }

    subscript(text: String) -> Int { counts.withLock { $0[text, default: 0] } }
  }

  private func key(
    _ question: String,
    stamp: String = "1",
    owners: Set<String>? = nil,
    reader: String = "sales"
  ) -> AnswerCache.Key {
    AnswerCache.Key(question: question, stamp: stamp, shownOwners: owners, reader: reader)
  }

  private func ask(_ cache: AnswerCache, _ key: AnswerCache.Key, _ text: String) async throws {
    let made = made
    #expect(try await cache.answer(for: key) { made.make(text) }.text == text)
  }

  @Test func `an answer is made once, and anew for every other question, stamp or reader`()
    async throws
  {
    let cache = AnswerCache()
    for _ in 0..<2 {
      try await ask(cache, key("a"), "a")
      try await ask(cache, key("b"), "b")
      try await ask(cache, key("a", owners: []), "a of nobody")
      try await ask(cache, key("a", owners: ["rep-01"]), "a of one")
      try await ask(cache, key("a", reader: "marketing"), "a in other words")
    }
    try await ask(cache, key("a", stamp: "2"), "a later")
    for text in ["a", "b", "a of nobody", "a of one", "a in other words", "a later"] {
      #expect(made[text] == 1, "\(text)")
    }
  }

  @Test func `many who ask at once wait for one answer`() async throws {
    let (cache, made) = (AnswerCache(), made)
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await cache.answer(for: key("a")) {
            try await Task.sleep(for: .milliseconds(20))
            return made.make("a")
          }.text
        }
      }
      for try await text in group { #expect(text == "a") }
    }
    #expect(made["a"] == 1)
  }

  @Test func `what could not be answered is tried again`() async throws {
    let cache = AnswerCache()
    await #expect(throws: Refused.self) {
      _ = try await cache.answer(for: key("a")) { throw Refused() }
    }
    try await ask(cache, key("a"), "a")
  }

  @Test func `answers about what is no longer on disk go first`() async throws {
    let cache = AnswerCache()
    try await ask(cache, key("a", stamp: "1"), "old")
    try await ask(cache, key("b", stamp: "2"), "new")
    try await ask(cache, key("a", stamp: "1"), "old")
    #expect(made["old"] == 2)
  }

  @Test func `those not asked for longest make room, and the newest stays however large`()
    async throws
  {
    let cache = AnswerCache(most: 8)
    try await ask(cache, key("a"), "aaaa")
    try await ask(cache, key("b"), "bbbb")
    try await ask(cache, key("a"), "aaaa")
    try await ask(cache, key("c"), "cccc")
    try await ask(cache, key("a"), "aaaa")
    #expect(made["aaaa"] == 1)
    try await ask(cache, key("b"), "bbbb")
    #expect(made["bbbb"] == 2)
    let large = String(repeating: "x", count: 100)
    for _ in 0..<2 { try await ask(cache, key("d"), large) }
    #expect(made[large] == 1)
    try await ask(cache, key("a"), "aaaa")
    #expect(made["aaaa"] == 2)
  }

  @Test func `a mark tells answers and remarks apart`() {
    let marks = [
      Written("a"), Written("b"), Written("a", remarks: ["x"]), Written("a", remarks: ["y"]),
      Written("a", remarks: ["x", "y"]),
    ].map(\.mark)
    #expect(Set(marks).count == marks.count)
    #expect(Written("a").mark == marks[0])
    #expect(Written("").size == 1)
  }
}
