import ArgumentParser
import Foundation
import PlumblineCommands
import PlumblineCore
import Testing

@testable import PlumblineWeb

/// Funnels that a what-if is held against.
@Suite struct `Kept funnels` {
  private struct Refused: Error {}

  private func viewer(_ role: AccountRole, owner: String? = nil) -> Viewer {
    Viewer(account: 1, name: "Test", role: role, owner: owner, formToken: "")
  }

  @Test func `one is counted once for each question, viewer and state of the disk`() throws {
    let (demo, kept) = (WebHarness.demo, KeptFunnels())
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
      _ = try kept.funnel(parameters, for: viewer, at: stamp) {
        counted += 1
        return funnel
      }
      return counted - earlier
    }
    let leader = viewer(.leadership)
    #expect(try ask([], leader, now) == 1)
    #expect(try ask([], leader, now) == 0)
    #expect(try ask([("by", "channel")], leader, now) == 1)
    // Other words are no other numbers.
    #expect(try ask([("by", "channel"), ("as", "sales")], leader, now) == 0)
    #expect(try ask([], viewer(.sales, owner: "rep-01"), now) == 1)
    #expect(try ask([], viewer(.sales, owner: "rep-02"), now) == 1)
    #expect(try ask([], leader, before) == 1)
    // What was counted of another state of the disk is not believed again.
    #expect(try ask([], leader, now) == 1)
    #expect(throws: Refused.self) {
      _ = try kept.funnel([("by", "owner")], for: leader, at: now) { throw Refused() }
    }
    #expect(try ask([("by", "owner")], leader, now) == 1)
  }
}
