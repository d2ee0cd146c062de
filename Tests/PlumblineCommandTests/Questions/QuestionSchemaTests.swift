import PlumblineTestSupport
import Testing

@testable import PlumblineCommands

/// What the doors promise against what the commands take.
struct QuestionSchemaTests {
  private static let names = QuestionDoor.all.map(\.name)

  private static func door(_ name: String) throws -> QuestionDoor {
    try #require(QuestionDoor.named(name))
  }

  @Test func `doors stand in alphabetical order, each once`() {
    #expect(Self.names == Set(Self.names).sorted())
    #expect(QuestionDoor.named("import") == nil)
    #expect(QuestionDoor.all.allSatisfy { $0.summary.hasSuffix(".") })
  }

  @Test(arguments: names)
  func `every parameter of a door is one of its command, and is explained`(name: String) throws {
    let door = try Self.door(name)
    let schema = try QuestionSchema(of: door)
    #expect(schema.parameters.map(\.name) == door.arguments + door.options)
    for parameter in schema.parameters {
      #expect(parameter.help.count > 10, "\(parameter.name)")
    }
  }

  @Test(arguments: names)
  func `no door lets a file be named, or says how text is written`(name: String) throws {
    let door = try Self.door(name)
    let closed: Set<String> = [
      "workspace", "output", "scenario", "questions", "format", "refused", "key", "mapping",
      "fail-on", "send", "through", "help", "version",
    ]
    #expect(closed.isDisjoint(with: door.options + door.arguments))
    // The definitions of a diff may be files on the terminal; a server finds versions alone.
    guard name != "agreement-diff" else { return }
    for parameter in try QuestionSchema(of: door).parameters {
      for word in ["this file", "A file", "The file", "folder"] {
        #expect(!parameter.help.contains(word), "\(parameter.name)")
      }
    }
  }

  @Test(
    arguments: [
      ("funnel", "where", QuestionSchema.Kind.text),
      ("funnel", "known-by", .integer),
      ("funnel", "skips", .choice(["any", "filled", "ordered", "strict"])),
      ("watch", "false-alarms-per-year", .number),
      ("plan-quota", "backtest", .truth),
      ("plan-quota", "seed", .integer),
      ("plan-budget", "budget", .number),
      ("show-lead", "id", .text),
    ]
  )
  func `a value's kind is what the command reads`(
    door: String,
    name: String,
    kind: QuestionSchema.Kind
  ) throws {
    let parameter = try #require(try QuestionSchema(of: Self.door(door))[name])
    if case .choice(let words) = parameter.kind, case .choice(let expected) = kind {
      #expect(words.sorted() == expected)
    } else {
      #expect(parameter.kind == kind)
    }
  }

  @Test func `what may come twice and what must come are told`() throws {
    let funnel = try QuestionSchema(of: Self.door("funnel"))
    #expect(funnel["where"]?.isRepeated == true)
    #expect(funnel["from"]?.isRepeated == false)
    #expect(funnel.parameters.allSatisfy { !$0.isRequired })
    #expect(try QuestionSchema(of: Self.door("show-lead"))["id"]?.isRequired == true)
    let simulate = try QuestionSchema(of: Self.door("simulate"))
    #expect(simulate["changes"]?.isRequired == false)
    #expect(simulate["changes"]?.isRepeated == true)
    #expect(try QuestionSchema(of: Self.door("agreement-reconcile"))["metric"]?.isRequired == false)
    #expect(try QuestionSchema(of: Self.door("sla"))["weeks"]?.usual == "13")
  }
}
