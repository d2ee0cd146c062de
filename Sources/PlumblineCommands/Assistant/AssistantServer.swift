import Foundation
import PlumblineCore
import PlumblineReporting

/// The questions as tools of an assistant, by the Model Context Protocol: an assistant asks
/// Plumbline rather than estimating.
///
/// Messages are JSON-RPC 2.0, a line each; see the protocol's specification of 2025-06-18, whose
/// transport over standard input and output this is.
struct AssistantServer {
  /// Versions of the protocol that are spoken, the newest first; 2025-03-26 is not among them, for
  /// it wants several messages on one line to be taken.
  private static let versions = ["2025-06-18", "2024-11-05"]

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
    if line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
    guard let message = try? JSONDecoder().decode(JSONTree.self, from: Data(line.utf8)) else {
      return Self.failure(.none, .parse, "This is no JSON.")
    }
    let id = MessageID(of: line)
    guard case .object(let members) = message, message["jsonrpc"].text == "2.0" else {
      return Self.failure(id, .request, "This is no request of JSON-RPC 2.0.")
    }
    guard let method = message["method"].text else {
      // An answer, though nobody was asked.
      let isAnswer = members["result"] != nil || members["error"] != nil
      if members["method"] == nil, isAnswer { return nil }
      return Self.failure(id, .request, "This is no request of JSON-RPC 2.0.")
    }
    // A message without an id tells something and wants no answer.
    guard members["id"] != nil else { return nil }
    guard let id else {
      return Self.failure(nil, .request, "An id is a text or a whole number.")
    }
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

  private func call(_ id: MessageID, _ parameters: JSONTree) -> String {
    let name = parameters["name"].text ?? ""
    guard let door = QuestionDoor.all.first(where: { Self.toolName(of: $0) == name }) else {
      return Self.failure(id, .parameters, "There is no tool \(name.prefix(64)).")
    }
    switch parameters["arguments"] {
    case .object, .null: break
    default: return Self.failure(id, .parameters, "The arguments are an object.")
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

  private static func success(_ id: MessageID, _ result: JSONTree) -> String {
    written(Answer(id: id, result: result))
  }

  private static func failure(_ id: MessageID?, _ fault: Fault, _ message: String) -> String {
    let error: JSONTree = [
      "code": .number(Double(fault.rawValue)), "message": .text(message),
    ]
    return written(Answer(id: id, error: error))
  }

  private static func written(_ answer: Answer) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // An answer holds nothing that JSON cannot.
    guard let data = try? encoder.encode(answer) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
  }
}

/// What tells a message apart, given back as it came.
private enum MessageID: Codable {
  case text(String)
  case whole(Int64)
  case large(UInt64)

  /// The id of a message; nil where it has none, or one that is neither text nor a whole number.
  init?(of line: String) {
    struct Message: Decodable { var id: MessageID }
    guard let message = try? JSONDecoder().decode(Message.self, from: Data(line.utf8)) else {
      return nil
    }
    self = message.id
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let whole = try? container.decode(Int64.self) {
      self = .whole(whole)
    } else {
      self = .large(try container.decode(UInt64.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .whole(let number): try container.encode(number)
    case .large(let number): try container.encode(number)
    }
  }
}

/// An answer to a message.
private struct Answer: Encodable {
  var id: MessageID?
  var result: JSONTree?
  var error: JSONTree?

  private enum Key: String, CodingKey { case id, result, error, jsonrpc }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("2.0", forKey: .jsonrpc)
    // Null where nobody could tell which message it was.
    try container.encode(id, forKey: .id)
    try container.encodeIfPresent(result, forKey: .result)
    try container.encodeIfPresent(error, forKey: .error)
  }
}
