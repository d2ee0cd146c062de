import Foundation
import PlumblineCore
import Testing

@testable import PlumblineCommands

/// Each door on the example company: the terminal's numbers for leadership, no names for others.
@Suite(.serialized)
struct QuestionDoorTests {
  /// All but the pulse, which the tests of its pages ask, for the example company has no survey.
  private static let names = QuestionDoor.all.map(\.name).filter { $0 != "pulse-report" }

  /// What a door needs to have an answer, and what opens the most of it.
  private static let parameters: [String: [QuestionCall.Parameter]] = [
    "agreement-diff": [("first", "."), ("second", ".")],
    "agreement-reconcile": [("metric", "win-rate")],
    "attainment": [("no-record", "true")],
    "funnel": [("by", "owner")],
    "plan-quota": [("chances", "0.5")],
    "show-lead": [("id", "100002")],
    "simulate": [("changes", "hire 1"), ("draws", "20")],
  ]

  private static func ask(_ door: QuestionDoor, of folder: URL) throws -> String {
    try QuestionCall(door, parameters[door.name] ?? [], of: folder.path).answer().json
  }

  /// The same question as it would be typed.
  private static func commandLine(_ door: QuestionDoor, _ folder: URL) throws -> [String] {
    let schema = try QuestionSchema(of: door)
    var line = door.words
    for (name, value) in parameters[door.name] ?? [] {
      guard let parameter = schema[name] else { continue }
      switch parameter.kind {
      case .truth: line.append("--\(name)")
      default:
        let words = value.split(separator: " ").map(String.init)
        line += parameter.isPositional ? words : ["--\(name)"] + words
      }
    }
    return line + ["--workspace", folder.path, "--format", "json"]
  }

  @Test(arguments: names)
  func `leadership reads what the terminal prints, byte for byte`(name: String) throws {
    let door = try #require(QuestionDoor.named(name))
    let folder = try SmallExample.folder()
    let typed = try CommandRunner.run(try Self.commandLine(door, folder))
    let asked = try ReadingShelf().serving { try Self.ask(door, of: folder) }
    #expect(!asked.isEmpty)
    let isSame = asked == typed.output
    #expect(isSame, "\(typed.errors)")
  }

  @Test(arguments: names)
  func `nobody of sales is named to those who may not see names`(name: String) throws {
    let door = try #require(QuestionDoor.named(name))
    let folder = try SmallExample.folder()
    let asked = try ReadingShelf().serving(showing: []) { try Self.ask(door, of: folder) }
    let named = ExampleCompany.reps.filter { asked.contains($0) }
    if !door.namesPeople { #expect(named.isEmpty) }
    let leadership = try Self.ask(door, of: folder)
    // Attainment leaves the rows of others out, rather than calling them by pseudonyms.
    if leadership.contains("rep-0"), !door.namesPeople, name != "attainment" {
      #expect(asked.contains("seller "))
    }
  }

  @Test func `a pseudonym changes no number`() throws {
    let folder = try SmallExample.folder()
    for name in ["funnel", "plan-quota", "rebound", "sla", "weekly"] {
      let door = try #require(QuestionDoor.named(name))
      let asked = try ReadingShelf().serving(showing: []) { try Self.ask(door, of: folder) }
      let leadership = try Self.ask(door, of: folder)
      // The example's reps are in the order of their numbers.
      let renamed = (1...8).reduce(leadership) {
        // The keys of alerts say how long a name is.
        $0.replacing("|6:rep-0\($1)", with: "|8:seller \($1)")
          .replacing("rep-0\($1)", with: "seller \($1)")
      }
      let isSame = asked == renamed
      #expect(isSame, "\(name)")
    }
  }

  @Test func `a filter by pseudonym counts that person's leads and deals`() throws {
    let folder = try SmallExample.folder()
    for (name, more) in [("funnel", []), ("agreement-reconcile", [("metric", "win-rate")])]
      as [(String, [QuestionCall.Parameter])]
    {
      let door = try #require(QuestionDoor.named(name))
      func ask(_ owner: String) throws -> String {
        try QuestionCall(door, [("where", "owner=\(owner)")] + more, of: folder.path)
          .answer().json
      }
      let hidden = try ReadingShelf().serving(showing: []) { try ask("seller 3") }
      #expect(hidden == (try ask("rep-03")).replacing("rep-03", with: "seller 3"), "\(name)")
      let guessed = try ReadingShelf().serving(showing: []) {
        try Console.hearing { try ask("rep-03") }
      }
      #expect(!guessed.value.contains("seller 3"))
    }
  }

  @Test func `a rep sees the own name and no other`() throws {
    let folder = try SmallExample.folder()
    let door = try #require(QuestionDoor.named("funnel"))
    let asked = try ReadingShelf().serving(showing: ["rep-02"]) { try Self.ask(door, of: folder) }
    #expect(ExampleCompany.reps.filter { asked.contains($0) } == ["rep-02"])
    #expect(asked.contains("seller 1") && !asked.contains("seller 2"))
  }

  @Test func `a server opens no file that a question names`() throws {
    let folder = try SmallExample.folder()
    let path = folder.appendingPathComponent("agreement.yaml").path
    let door = try #require(QuestionDoor.named("agreement-diff"))
    for name in [path, "../agreement", "/etc/passwd"] {
      let call = try QuestionCall(door, [("first", "."), ("second", name)], of: folder.path)
      #expect(throws: InputError.self) {
        try ReadingShelf().serving { try call.answer() }
      }
    }
  }
}
