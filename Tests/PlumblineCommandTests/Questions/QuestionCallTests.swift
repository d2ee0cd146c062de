import PlumblineCore
import Testing

@testable import PlumblineCommands

/// Names and values from outside become a command, and nothing else.
struct QuestionCallTests {
  private static func faults(
    _ door: String,
    _ parameters: [QuestionCall.Parameter]
  ) throws -> [Diagnostic] {
    let door = try #require(QuestionDoor.named(door))
    do {
      _ = try QuestionCall(door, parameters, of: "nowhere")
      return []
    } catch let error as InputError {
      return error.diagnostics
    }
  }

  /// Values that would be more than a value on a terminal.
  private static let hostile = [
    " ", "-", "--", "---", "-w/etc", "--workspace=/etc", "--workspace /etc", "-h", "--help",
    "--output=/tmp/x", "a b c", "\"quoted\" 'twice'", "two\nlines", "tab\there", "$(id)", "`id`",
    "a=b=c", "=", "ü💧\u{202E}rtl", "%00", "@file", String(repeating: "x", count: 10_000),
  ]

  @Test(arguments: hostile)
  func `a value stays the value of its option`(value: String) throws {
    let asked = try QuestionCall.question(
      Funnel.self,
      [("where", value), ("from", value), ("where", "channel=Meta"), ("to", value)],
      of: "nowhere"
    )
    #expect(asked.question.where == [value, "channel=Meta"])
    #expect(asked.question.from == value)
    #expect(asked.question.to == value)
    #expect(asked.workspace.value.name == "nowhere")
    #expect(asked.question.skips == nil)
    #expect(asked.ids == nil)
    #expect(asked.format == .json)
  }

  @Test(arguments: hostile)
  func `a value stays the word that stands without an option`(value: String) throws {
    let asked = try QuestionCall.question(
      ShowLead.self,
      [("as", "sales"), ("id", value)],
      of: "nowhere"
    )
    #expect(asked.id == value)
    #expect(asked.workspace.value.name == "nowhere")
    #expect(asked.reader.reader == .sales)
  }

  @Test(arguments: hostile)
  func `changes of a simulation are words and never options`(value: String) throws {
    let asked = try QuestionCall.question(
      Simulate.self,
      [("changes", value), ("set", value), ("months", "3")],
      of: "nowhere"
    )
    let words = value.split(separator: " ").map(String.init)
    #expect(asked.changes.filter { $0 != "--" } == words.filter { $0 != "--" })
    #expect(asked.set == [value])
    #expect(asked.months == 3)
    #expect(asked.scenario == nil)
    #expect(asked.output == nil)
    #expect(asked.workspace.value.name == "nowhere")
  }

  @Test func `words of several values come in order`() throws {
    let asked = try QuestionCall.question(
      AgreementDiffCommand.self,
      [("first", "."), ("second", "2026-Q1"), ("known-by", "2")],
      of: "nowhere"
    )
    #expect((asked.first, asked.second) == (".", "2026-Q1"))
    let turned = try QuestionCall.question(
      AgreementDiffCommand.self,
      [("second", "2026-Q1"), ("first", ".")],
      of: "nowhere"
    )
    #expect((turned.first, turned.second) == (".", "2026-Q1"))
    let simulated = try QuestionCall.question(
      Simulate.self,
      [("changes", "hire 2"), ("changes", "spend -20%")],
      of: "nowhere"
    )
    #expect(simulated.changes.filter { $0 != "--" } == ["hire", "2", "spend", "-20%"])
  }

  @Test(
    arguments: [
      ("true", true), ("", true), ("false", false),
    ]
  )
  func `a flag is given by true or by nothing`(value: String, isSet: Bool) throws {
    let asked = try QuestionCall.question(
      CustomerEconomics.self,
      [("cash", value)],
      of: "nowhere"
    )
    #expect(asked.cash == isSet)
  }

  /// Parameters that a door does not take.
  struct Refusal: Sendable {
    let door: String
    let parameters: [QuestionCall.Parameter]
    let code: String
    let remedy: String

    init(
      _ door: String,
      _ name: String,
      _ value: String,
      _ code: String = "unknown-parameter",
      says remedy: String = "Known are"
    ) {
      self.door = door
      parameters = [(name, value)]
      self.code = "api.\(code)"
      self.remedy = remedy
    }
  }

  private static let refusals = [
    Refusal("funnel", "wher", "channel=Meta", says: "Did you mean where?"),
    Refusal("funnel", "workspace", "/etc", says: "Known are: where"),
    Refusal("funnel", "format", "csv"),
    Refusal("funnel", "ids", "open:sql"),
    Refusal("funnel", "w", "/etc"),
    Refusal("funnel", "--from", "2026-01-01", says: "Did you mean from?"),
    Refusal("funnel", "from=2026-01-01 --to", "x"),
    Refusal("funnel", "", "x"),
    Refusal("agreement-show", "from", "x", says: "It has none."),
    Refusal("weekly", "output", "/etc/x"),
    Refusal("weekly", "to", "a@example.com"),
    Refusal("simulate", "scenario", "/etc/passwd"),
    Refusal("economics", "cash", "maybe", "unreadable-parameter", says: "cash=true"),
    Refusal("funnel", "from", "a\0b", "unreadable-parameter", says: "Leave it out."),
    Refusal("show-lead", "as", "sales", "missing-parameter", says: "The lead's id"),
    Refusal("agreement-diff", "first", ".", "missing-parameter", says: "second definition"),
  ]

  @Test(arguments: refusals)
  func `what a door does not take is refused with its remedy`(refusal: Refusal) throws {
    let faults = try Self.faults(refusal.door, refusal.parameters)
    #expect(faults.map(\.code) == [refusal.code])
    #expect(faults.first?.remedy?.contains(refusal.remedy) == true, "\(faults)")
  }

  @Test func `what nobody filled in is left out`() throws {
    let asked = try QuestionCall.question(
      Funnel.self,
      [("from", ""), ("where", ""), ("where", "channel=Meta"), ("known-by", ""), ("from", "x")],
      of: "nowhere"
    )
    #expect(asked.question.from == "x")
    #expect(asked.question.where == ["channel=Meta"])
    #expect(try Self.faults("show-lead", [("id", "")]).map(\.code) == ["api.missing-parameter"])
    let list = try QuestionCall.question(ReconcileCommand.self, [("metric", "")], of: "nowhere")
    #expect(list.metric == nil)
  }

  @Test func `what is taken once is refused twice`() throws {
    let faults = try Self.faults("funnel", [("from", "2026-01-01"), ("from", "2026-01-01")])
    #expect(faults.map(\.code) == ["api.repeated-parameter"])
  }

  @Test func `what cannot be read is told in a sentence, all of it at once`() throws {
    let faults = try Self.faults(
      "funnel",
      [("known-by", "two"), ("skips", "strickt"), ("by", "color"), ("from", "2026-01-01")]
    )
    #expect(Set(faults.map(\.code)) == ["api.unreadable-parameter"])
    #expect(faults.count == 3)
    for (fault, name) in zip(faults, ["--known-by", "--skips", "--by"]) {
      #expect(fault.message.contains(name))
      #expect(!fault.message.contains("Usage"))
      #expect(!fault.message.contains("\n  "))
    }
    let both = try Self.faults("sla", [("now", "true"), ("as-of", "2026-01-01")])
    #expect(both.map(\.message) == ["--now and --as-of name two instants; give one of them."])
  }

  @Test func `all names that are unknown are told at once`() throws {
    let faults = try Self.faults("funnel", [("a", "1"), ("b", "2"), ("from", "2026-01-01")])
    #expect(faults.map(\.code) == ["api.unknown-parameter", "api.unknown-parameter"])
  }
}
