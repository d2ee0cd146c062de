import Foundation
import PlumblineReporting
import PlumblineTestSupport
import Testing

/// The shapes of answers are those that `Documentation/json.md` explains.
@Suite struct `Shapes of answers` {
  private static let text = Result {
    try String(
      contentsOf: Repository.root.appending(path: "Documentation/json.md"),
      encoding: .utf8
    )
  }

  /// The keys that a section explains, such as `records[].owner`.
  private func documented(_ section: String) throws -> Set<String> {
    let text = try Self.text.get()
    let start = try #require(text.firstRange(of: "## `\(section)`\n"), "no section \(section)")
    let rest = text[start.upperBound...]
    let end = rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex
    return Set(rest[..<end].matches(of: /\| `([a-z0-9_.\[\]]+)` \|/).map { String($0.1) })
  }

  @Test(arguments: AnswerShape.kinds.map(\.name))
  func `have the keys that stand at the top of what is explained`(kind: String) throws {
    let shape = try #require(AnswerShape.of(kind))
    let top = try documented(kind).filter { !$0.contains(".") && !$0.contains("[") }
    #expect(Set(shape.members.map(\.name) + ["format", "kind"]) == top)
  }

  @Test(arguments: [
    "accounts", "audit_log", "gaps", "import_record", "imports", "lead_search", "open_leads",
    "spend",
    "open_promises", "recorded", "records",
  ])
  func `have every key, where they are described to the end`(kind: String) throws {
    let shape = try #require(AnswerShape.of(kind))
    #expect(try keys(of: shape).union(["format", "kind"]) == documented(kind))
  }

  /// The paths of all keys but those of shapes that have a section of their own.
  private func keys(of shape: AnswerShape, at path: String = "") -> Set<String> {
    shape.members.reduce(into: []) { keys, member in
      var (key, value) = (path + member.name, member.value)
      keys.insert(key)
      if case .list(let item) = value { (key, value) = (key + "[]", item) }
      guard case .shape(let name) = value,
        !["agreement", "gap", "import"].contains(name),
        let part = AnswerShape.parts.first(where: { $0.name == name })
      else { return }
      keys.formUnion(self.keys(of: part, at: key + "."))
    }
  }

  @Test(arguments: ["agreement", "gap", "horizon", "question"])
  func `share the parts that are explained once`(name: String) throws {
    let part = try #require(AnswerShape.parts.first { $0.name == name })
    let top = try documented(name).filter { !$0.contains(".") && !$0.contains("[") }
    #expect(Set(part.members.map(\.name)) == top)
  }

  @Test func `name only shapes that there are, each once`() {
    let names = (AnswerShape.kinds + AnswerShape.parts).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(AnswerShape.kinds.map(\.name) == AnswerShape.kinds.map(\.name).sorted())
    #expect(AnswerShape.parts.map(\.name) == AnswerShape.parts.map(\.name).sorted())
    for shape in AnswerShape.kinds + AnswerShape.parts {
      #expect(shape.members.map(\.name) == shape.members.map(\.name).sorted(), "\(shape.name)")
      for member in shape.members {
        var value = member.value
        while case .list(let item) = value { value = item }
        if case .shape(let name) = value { #expect(names.contains(name), "\(name)") }
      }
    }
  }
}
