import Foundation
import PlumblineCore
import Testing

@testable import PlumblineCommands

@Suite struct `An assistant's server` {
  private func ask(_ line: String, of workspace: String = ".") throws -> JSONTree? {
    try AssistantServer(workspace: workspace).answer(to: line).map {
      try JSONDecoder().decode(JSONTree.self, from: Data($0.utf8))
    }
  }

  private func code(_ line: String) throws -> JSONTree? { try ask(line)?["error"]["code"] }

  @Test func `agrees on a version that it speaks`() throws {
    for (asked, agreed) in [
      ("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-06-18"),
      ("1999-01-01", "2025-06-18"),
    ] {
      let line = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\(asked)"}}
        """
      #expect(try ask(line)?["result"]["protocolVersion"] == .text(agreed))
    }
  }

  @Test func `gives ids back as they came`() throws {
    let server = AssistantServer(workspace: ".")
    for id in ["1", "0", "-7", "9007199254740993", "12345678901234567890", "\"a\"", "\"\""] {
      let answer = server.answer(to: "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"ping\"}")
      #expect(answer == "{\"id\":\(id),\"jsonrpc\":\"2.0\",\"result\":{}}")
    }
    for id in ["1.5", "{}", "[1]", "null", "true"] {
      let line = "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"ping\"}"
      #expect(try code(line) == .number(-32_600))
      #expect(try ask(line)?["id"] == .null)
    }
  }

  @Test func `answers neither notifications nor answers nor blank lines`() throws {
    for line in [
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
      "{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":{}}",
      "{\"jsonrpc\":\"2.0\",\"id\":4,\"error\":{\"code\":1,\"message\":\"no\"}}", "", "  \t",
    ] {
      #expect(AssistantServer(workspace: ".").answer(to: line) == nil)
    }
  }

  @Test func `says what is wrong with a message`() throws {
    #expect(try code("{") == .number(-32_700))
    #expect(try code("[{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"ping\"}]") == .number(-32_600))
    #expect(try code("{\"id\":6,\"method\":\"ping\"}") == .number(-32_600))
    #expect(try code("{\"jsonrpc\":\"2.0\",\"id\":6}") == .number(-32_600))
    #expect(try code("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"x\"}") == .number(-32_601))
    let call = "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"tools/call\",\"params\":"
    #expect(try code(call + "{\"name\":\"nothing\"}}") == .number(-32_602))
    for arguments in ["[1]", "\"by\"", "7", "true"] {
      let line = call + "{\"name\":\"funnel\",\"arguments\":\(arguments)}}"
      #expect(try code(line) == .number(-32_602))
    }
  }

  @Test func `has a tool for every question, which gives what the command prints`() throws {
    let listed = try ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
    guard case .list(let tools)? = listed?["result"]["tools"] else {
      Issue.record("no tools")
      return
    }
    #expect(tools.count == QuestionDoor.all.count)
    let workspace = try SmallExample.folder().path
    let asked = try ask(
      """
      {"jsonrpc":"2.0","id":1,"method":"tools/call",\
      "params":{"name":"funnel","arguments":{"by":"channel"}}}
      """,
      of: workspace
    )
    guard case .list(let content)? = asked?["result"]["content"] else {
      Issue.record("no content")
      return
    }
    #expect(asked?["result"]["isError"] == .flag(false))
    let door = try #require(QuestionDoor.named("funnel"))
    let call = try QuestionCall(door, [("by", "channel")], of: workspace)
    #expect(content.first?["text"].text == (try call.answer().json))
  }

  @Test func `tells an assistant how to mend its question`() throws {
    let asked = try ask(
      """
      {"jsonrpc":"2.0","id":1,"method":"tools/call",\
      "params":{"name":"funnel","arguments":{"where":["nothing"]}}}
      """,
      of: try SmallExample.folder().path
    )
    #expect(asked?["result"]["isError"] == .flag(true))
    guard case .list(let content)? = asked?["result"]["content"] else {
      Issue.record("no content")
      return
    }
    #expect(content.first?["text"].text?.contains("option.malformed-condition") == true)
  }
}
