import Foundation
import PlumblineCore
import Synchronization
import Testing

@testable import PlumblineCommands

/// What a server keeps between questions never shows in an answer.
@Suite(.serialized)
struct ReadingShelfTests {
  private struct Ask: Sendable {
    let door: String
    let parameters: [QuestionCall.Parameter]

    init(_ door: String, _ parameters: QuestionCall.Parameter...) {
      self.door = door
      self.parameters = parameters
    }

    func json(of folder: URL) throws -> String {
      let door = try #require(QuestionDoor.named(door))
      return try QuestionCall(door, parameters, of: folder.path).answer().json
    }
  }

  private static let asks = [
    Ask("funnel"), Ask("funnel", ("by", "owner")), Ask("funnel", ("returns", "same_episode")),
    Ask("funnel", ("confirmed", "mql:sql:30")), Ask("funnel", ("as-of", "2026-01-31")),
    Ask("funnel", ("as", "sales"), ("known-by", "1")), Ask("gap", ("against", "best")),
    Ask("rebound"), Ask("sla"),
  ]

  @Test func `many at once get what each would get alone`() throws {
    let folder = try SmallExample.folder()
    let alone = try Self.asks.map { try $0.json(of: folder) }
    let shelf = ReadingShelf()
    let wrong = Mutex<[String]>([])
    // Every question twice, once by somebody who sees no names, in an order that mixes them.
    DispatchQueue.concurrentPerform(iterations: Self.asks.count * 4) { turn in
      let number = turn * 5 % Self.asks.count
      let hides = turn % 3 == 0
      let answer = try? shelf.serving(showing: hides ? [] : nil) {
        try Self.asks[number].json(of: folder)
      }
      let isRight =
        hides ? answer?.contains("rep-0") == false : answer == alone[number]
      if !isRight { wrong.withLock { $0.append("\(turn): \(Self.asks[number].door)") } }
    }
    #expect(wrong.withLock { $0 }.isEmpty)
  }

  @Test func `asked again in any order it says the same`() throws {
    let folder = try SmallExample.folder()
    let shelf = ReadingShelf()
    let fresh = try Self.asks.map { try $0.json(of: folder) }
    for number in [3, 0, 2, 4, 0, 5, 3, 1, 0, 2] {
      let kept = try shelf.serving { try Self.asks[number].json(of: folder) }
      #expect(kept == fresh[number], "\(number)")
    }
  }

  @Test func `facts that another process imports are seen at once`() throws {
    try SmallExample.withCopy { folder in
      let shelf = ReadingShelf()
      let place = Workspace(folder.path)
      let before = try shelf.serving { try Ask("funnel").json(of: folder) }
      let stamp = try shelf.stamp(of: place)
      #expect(try shelf.stamp(of: place) == stamp)
      let contacts = folder.appendingPathComponent("contacts.csv")
      try Data(
        """
        Record ID,Email,Create Date,Original Source,Original Source Drill-Down 1,Segment,\
        Contact owner,Lifecycle Stage
        199999,lead-199999@example.com,2026-06-29 04:03,LinkedIn,Conversation ads,Small,rep-09,Lead

        """.utf8
      ).write(to: contacts)
      let imported = try CommandRunner.run(["import", "--workspace", folder.path, contacts.path])
      try #require(imported.status == 0, "\(imported.errors)")
      let after = try shelf.serving { try Ask("funnel").json(of: folder) }
      #expect(after != before)
      #expect(after == (try Ask("funnel").json(of: folder)))
      let now = try shelf.stamp(of: place)
      #expect(now != stamp)
      #expect(now.newestImport == stamp.newestImport + 1)
      // Who is new has a pseudonym too.
      let hidden = try shelf.serving(showing: []) {
        try Ask("funnel", ("by", "owner")).json(of: folder)
      }
      #expect(!hidden.contains("rep-0"))
      #expect(hidden.contains("seller 9"))
      // What was known before is still there for who asks for it.
      #expect(
        try shelf.serving { try Ask("funnel", ("known-by", "1")).json(of: folder) }
          == Ask("funnel", ("known-by", "1")).json(of: folder)
      )
    }
  }

  @Test func `an agreement that is changed holds at once, and a broken one is told`() throws {
    try SmallExample.withCopy { folder in
      let shelf = ReadingShelf()
      let file = folder.appendingPathComponent("agreement.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      let before = try shelf.serving { try Ask("agreement-show").json(of: folder) }
      let counted = try shelf.serving { try Ask("funnel").json(of: folder) }
      try text.replacing("skips: filled", with: "skips: strict")
        .replacing("2026-Q1: 1300000", with: "2026-Q1: 1300001")
        .write(to: file, atomically: true, encoding: .utf8)
      #expect(try shelf.serving { try Ask("agreement-show").json(of: folder) } != before)
      let changed = try shelf.serving { try Ask("funnel").json(of: folder) }
      #expect(changed != counted)
      #expect(changed == (try Ask("funnel").json(of: folder)))
      try "agreement: 1\nstages: 3\n".write(to: file, atomically: true, encoding: .utf8)
      #expect(throws: InputError.self) {
        try shelf.serving { try Ask("funnel").json(of: folder) }
      }
      try text.write(to: file, atomically: true, encoding: .utf8)
      #expect(try shelf.serving { try Ask("funnel").json(of: folder) } == counted)
    }
  }

  @Test func `a workspace without facts says what to do, and has a stamp`() throws {
    try CommandRunner.withFolder { folder in
      let shelf = ReadingShelf()
      #expect(try shelf.stamp(of: Workspace(folder.path)).hasFacts == false)
      #expect(throws: InputError.self) {
        try shelf.serving(showing: []) { try Ask("funnel").json(of: folder) }
      }
      try Data(ExampleCompany.agreementYAML.utf8)
        .write(to: folder.appendingPathComponent("agreement.yaml"))
      let shown = try shelf.serving(showing: []) { try Ask("agreement-show").json(of: folder) }
      #expect(!shown.contains("rep-0"))
      #expect(shown.contains("rep 1"))
    }
  }

  @Test func `what is said besides is heard by who asked`() throws {
    let folder = try SmallExample.folder()
    let door = try #require(QuestionDoor.named("funnel"))
    let call = try QuestionCall(door, [("where", "channel=Mta")], of: folder.path)
    let (_, remarks) = try ReadingShelf().serving { try call.answer() }
    #expect(remarks.count == 1)
    #expect(remarks.first?.contains("Did you mean Meta?") == true)
  }
}
