import ArgumentParser
import Foundation
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// Answers that several pages are made of.
@Suite struct `Kept answers` {
  private struct Refused: Error {}

  private func viewer(_ role: AccountRole, owner: String? = nil) -> Viewer {
    Viewer(account: 1, name: "Test", role: role, owner: owner, formToken: "")
  }

  @Test func `one is counted once for each question, viewer and state of the disk`() throws {
    let (demo, kept) = (WebHarness.demo, KeptAnswers<FunnelAnswer>(most: 3))
    let funnel = try Funnel.parse(["--workspace=\(demo.name)"]).answer().funnel
    let empty = try WebHarness.emptyWorkspace()
    let shelf = ReadingShelf()
    let (now, before) = (try shelf.stamp(of: demo), try ReadingShelf().stamp(of: empty))
    var counted = 0
    func ask(
      _ parameters: [QuestionCall.Parameter],
      _ viewer: Viewer,
      _ stamp: ReadingShelf.Stamp
    ) throws -> Int {
      let earlier = counted
      _ = try kept.answer(parameters, showing: viewer.shownOwners, at: stamp) {
        counted += 1
        return funnel
      }
      return counted - earlier
    }
    let leader = viewer(.leadership)
    #expect(try ask([], leader, now) == 1)
    #expect(try ask([], leader, now) == 0)
    #expect(try ask([("by", "channel")], leader, now) == 1)
    #expect(try ask([], viewer(.sales, owner: "rep-01"), now) == 1)
    #expect(try ask([], viewer(.sales, owner: "rep-02"), now) == 1)
    #expect(try ask([], leader, before) == 1)
    // What was counted of another state of the disk is not believed again.
    #expect(try ask([], leader, now) == 1)
    #expect(throws: Refused.self) {
      _ = try kept.answer([("by", "owner")], showing: nil, at: now) { throw Refused() }
    }
    #expect(try ask([("by", "owner")], leader, now) == 1)
  }

  @Test func `what was said besides is said again`() throws {
    let kept = KeptAnswers<Int>(most: 1)
    let stamp = try ReadingShelf().stamp(of: try WebHarness.emptyWorkspace())
    for number in 1...2 {
      let (answer, remarks) = try Console.hearing {
        try kept.answer([], showing: nil, at: stamp) {
          Console.complain("said while counting")
          return number
        }
      }
      #expect(answer == 1 && remarks == ["said while counting"])
    }
  }

  @Test func `no more are kept than may be`() throws {
    let kept = KeptAnswers<Int>(most: 2)
    let stamp = try ReadingShelf().stamp(of: try WebHarness.emptyWorkspace())
    func ask(_ name: String, _ number: Int) throws -> Int {
      try kept.answer([("name", name)], showing: nil, at: stamp) { number }
    }
    #expect(try ["a", "b", "a", "b"].enumerated().map { try ask($1, $0) } == [0, 1, 0, 1])
    #expect(try ask("c", 2) == 2)
    #expect(try ask("a", 3) == 3)
  }
}
