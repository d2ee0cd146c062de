import Foundation
import PlumblineCore
import PlumblineReporting

/// The questions as tools of an assistant, by the Model Context Protocol: an assistant asks
/// Plumbline rather than estimating.
///
/// Messages are JSON-RPC 2.0, a line each; see the protocol's specification of 2025-06-18, whose
/// transport over standard input and output this is.
struct AssistantServer {
  /// Versions of the protocol that are spoken, the newest first.
  private static let versions = ["2025-06-18", "2025-03-26", "2024-11-05"]

  private enum Fault: Int {
    case parse = -32700
    case request = -32600
    case method = -32601
    case parameters = -32602
    case ours = -32603
  }

  /// The workspace's folder.
  let workspace: String
  /// What is kept between questions.
  let shelf = ReadingShelf()

  /// The answer to one line; nil for what wants none.
  ///
  /// - Parameter line: A message.
  /// - Returns: The answer, on one line.
  func answer(to line: String) -> String? {
    guard let message = try? JSONDecoder().decode(JSONTree.self, from: Data(line.utf8)) else {
      return Self.failure(.null, .parse, "This is no JSON.")
    }
    guard case .object(let members) = message, message["jsonrpc"].text == "2.0",
      let method = message["method"].text
    else { return Self.failure(message["id"], .request, "This is no request of JSON-RPC 2.0.") }
    // A message without an id tells something and wants no answer.
    guard let id = members["id"], id != .null else { return nil }
    switch method {
    case "initialize": return Self.success(id, greeting(message["params"]))
    case "ping": return Self.success(id, .object([:]))
    case "tools/list":
      do {
        return Self.success(id, ["tools": .list(try QuestionDoor.all.map(Self.tool))])
      } catch {
        return Self.failure(id, .ours, "The tools cannot be listed.")
      }
    case "tools/call": return call(id, message["params"])
    default: return Self.failure(id, .method, "There is no method \(method.prefix(64)).")
    }
  }

  private func greeting(_ parameters: JSONTree) -> JSONTree {
    let asked = parameters["protocolVersion"].text ?? ""
    return [
      "protocolVersion": .text(Self.versions.contains(asked) ? asked : Self.versions[0]),
      "capabilities": ["tools": [:]],
      "serverInfo": ["name": "plumbline", "version": .text(Release.number)],
      "instructions": """
      Plumbline answers where a company's funnel leaks, what it costs, how sure that is and \
      whose it is to mend. Quote its numbers with their base and interval, and say when it \
      says that it cannot tell. Never compute a rate of your own from its counts: young \
      cohorts have not had the time to convert.
      """,
    ]
  }

  private static func tool(_ door: QuestionDoor) throws -> JSONTree {
    let schema = try QuestionSchema(of: door)
    var properties: [String: JSONTree] = [:]
    for parameter in schema.parameters {
      var value = parameter.kind.schema
      if parameter.isRepeated { value = ["type": "array", "items": value] }
      if case .object(var members) = value {
        members["description"] = .text(parameter.help)
        value = .object(members)
      }
      properties[parameter.name] = value
    }
    return [
      "name": .text(toolName(of: door)),
      "title": .text(door.words.joined(separator: " ")),
      "description": .text(door.summary),
      "inputSchema": [
        "type": "object",
        "properties": .object(properties),
        "required": .list(schema.parameters.filter(\.isRequired).map { .text($0.name) }),
        "additionalProperties": false,
      ],
      "annotations": ["readOnlyHint": true, "openWorldHint": false],
    ]
  }

  /// A door's name as a tool: letters, digits and underscores, which every assistant takes.
  private static func toolName(of door: QuestionDoor) -> String {
    door.name.replacing("-", with: "_")
  }

  private func call(_ id: JSONTree, _ parameters: JSONTree) -> String {
    let name = parameters["name"].text ?? ""
    guard let door = QuestionDoor.all.first(where: { Self.toolName(of: $0) == name }) else {
      return Self.failure(id, .parameters, "There is no tool \(name.prefix(64)).")
    }
    do {
      let given = try Self.given(parameters["arguments"])
      let call = try QuestionCall(door, given, of: workspace)
      let (json, remarks) = try shelf.serving { try call.answer() }
      let texts = [json] + remarks
      return Self.success(id, Self.result(texts, isError: false))
    } catch let error as InputError {
      // What the assistant can mend by asking otherwise is an answer of the tool, not of the
      // protocol.
      return Self.success(id, Self.result(error.diagnostics.map(\.description), isError: true))
    } catch {
      return Self.success(
        id,
        Self.result(["Something went wrong on Plumbline's side."], isError: true)
      )
    }
  }

  /// Names and values of arguments; a list gives its name several times.
  private static func given(_ arguments: JSONTree) throws -> [QuestionCall.Parameter] {
    guard case .object(let members) = arguments else { return [] }
    return try members.sorted { $0.key < $1.key }.flatMap { name, value in
      let values = if case .list(let several) = value { several } else { [value] }
      return try values.filter { $0 != .null }.map { (name: name, value: try text(of: $0, name)) }
    }
  }

  private static func text(of value: JSONTree, _ name: String) throws -> String {
    switch value {
    case .text(let text): return text
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number):
      return number.rounded() == number && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    case .null, .list, .object:
      throw InputError(
        code: "api.unreadable-parameter",
        "\"\(name.prefix(64))\" is neither text, a number nor true or false.",
        remedy: "Write it as the tool's schema says."
      )
    }
  }

  private static func result(_ texts: [String], isError: Bool) -> JSONTree {
    [
      "content": .list(texts.map { ["type": "text", "text": .text($0)] }),
      "isError": .flag(isError),
    ]
  }

  private static func success(_ id: JSONTree, _ result: JSONTree) -> String {
    written(["jsonrpc": "2.0", "id": id, "result": result])
  }

  private static func failure(_ id: JSONTree, _ fault: Fault, _ message: String) -> String {
    written([
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .number(Double(fault.rawValue)), "message": .text(message)],
    ])
  }

  private static func written(_ message: JSONTree) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A tree holds nothing that JSON cannot.
    guard let data = try? encoder.encode(message) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }
}
