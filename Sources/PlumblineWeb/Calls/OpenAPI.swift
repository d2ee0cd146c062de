import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore
import PlumblineReporting

/// The description of the JSON API, made from the calls that the routes are made of, from the
/// commands behind the questions and from the shapes of answers: it cannot promise what they do not
/// take, and tests hold what they give against it.
enum OpenAPI {
  /// The description; anyone may read it, for it tells nothing about the workspace.
  static func answer(_ visit: Visit) async throws -> Response { visit.known(try written.get()) }

  /// The same as long as the program runs.
  private static let written = Result { try text() }

  /// The description as JSON.
  ///
  /// - Throws: What reading a command's description throws, which the tests rule out.
  static func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(try document()), as: UTF8.self) + "\n"
  }

  /// The description.
  ///
  /// - Throws: What reading a command's description throws, which the tests rule out.
  static func document() throws -> JSONTree {
    var paths: [String: JSONTree] = [:]
    for door in QuestionDoor.all {
      paths[QuestionCalls.path(of: door)] = ["get": try operation(of: door)]
    }
    for call in Call.all {
      paths[template(call.path)] = [call.method.rawValue.lowercased(): try operation(of: call)]
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Plumbline", "version": .text(Release.number),
        "description": """
        Every question of the command line, asked by an address: the same options, the same \
        JSON; and what else the pages show and do. Every key of an answer is always there; new \
        keys may come at any time, so answers may have more than is described here. \
        Documentation/json.md says what each key is, also of the objects that are not described \
        further here. An address of more than 8 KiB is no request that is understood: it is refused \
        with 400 and without a body.
        """,
      ],
      "paths": .object(paths),
      "security": [["token": []], ["session": []]],
      "components": [
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description": "A token of the page Settings, with a scope and an end.",
          ],
          "session": [
            "type": "apiKey", "in": "cookie", "name": .text(Identification.cookie),
            "description": "The session of a browser; it reads, and changes nothing here.",
          ],
        ],
        "schemas": .object(schemas),
      ],
    ]
  }

  private static func operation(of door: QuestionDoor) throws -> JSONTree {
    let words =
      door.namesPeople
      ? "For leadership, for its answer names people of sales."
      : "For everyone who may read; people of sales have pseudonyms but for leadership."
    return [
      "operationId": .text(door.name),
      "summary": .text(door.summary),
      "description": .text("\(words) Scope of a token: read."),
      "parameters": .list(try CallParameter.of(door).map(parameter)),
      "responses": responses(AnswerKinds.ofDoors[door.name] ?? [], changes: false),
    ]
  }

  private static func operation(of call: Call) throws -> JSONTree {
    let changes = call.method != .get
    let description = [call.details, who(call.access)].filter { !$0.isEmpty }
    var members: [String: JSONTree] = [
      "operationId": .text(call.name),
      "summary": .text(call.summary),
      "description": .text(description.joined(separator: " ")),
      "parameters": .list(try call.parameters().map(parameter)),
      "responses": responses([call.kind] + call.otherKinds, changes: changes, call.faults),
    ]
    if changes {
      members["security"] = [["token": []]]
      members["requestBody"] = body(call.fields)
    }
    return .object(members)
  }

  /// Who may ask, in a sentence.
  private static func who(_ access: Access) -> String {
    switch access {
    case .anyone: "For anyone."
    case .everyone(let scope): "For everyone. Scope of a token: \(scope.rawValue)."
    case .only(let roles, let scope):
      "For \(roles.map(\.rawValue).sorted().joined(separator: ", ")). "
        + "Scope of a token: \(scope.rawValue)."
    }
  }

  /// A path as OpenAPI writes it: `{id}` for `:id`.
  private static func template(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }
      .joined(separator: "/")
  }

  private static func parameter(_ parameter: CallParameter) -> JSONTree {
    var members: [String: JSONTree] = [
      "name": .text(parameter.name), "in": .text(parameter.isInPath ? "path" : "query"),
      "description": .text(parameter.help), "required": .flag(parameter.isRequired),
      "schema": parameter.schema,
    ]
    if let example = parameter.example {
      members["example"] = Int(example).map { .number(Double($0)) } ?? .text(example)
    }
    return .object(members)
  }

  private static func body(_ fields: [CallParameter]) -> JSONTree {
    [
      "required": true,
      "content": [
        "application/json": [
          "schema": [
            "type": "object",
            "additionalProperties": false,
            "required": .list(fields.filter(\.isRequired).map { .text($0.name) }),
            "properties": .object(
              Dictionary(
                uniqueKeysWithValues: fields.map { field in
                  guard case .object(var schema) = field.schema else {
                    return (field.name, field.schema)
                  }
                  schema["description"] = .text(field.help)
                  if let example = field.example { schema["examples"] = [.text(example)] }
                  return (field.name, .object(schema))
                }
              )
            ),
          ]
        ]
      ],
    ]
  }

  private static func responses(
    _ kinds: [String],
    changes: Bool,
    _ faults: [Call.Fault] = []
  ) -> JSONTree {
    let references = kinds.map(reference)
    let schema: JSONTree = references.count == 1 ? references[0] : ["oneOf": .list(references)]
    var headers: [String: JSONTree] = [:]
    if !changes {
      headers["ETag"] = [
        "description": "Changes only with the answer.", "schema": ["type": "string"],
      ]
      headers["Plumbline-Remark"] = [
        "description": "What else there is to say; may come several times.",
        "schema": ["type": "string"],
      ]
    }
    var responses: [String: JSONTree] = [
      "200": [
        "description": "The answer.", "headers": .object(headers),
        "content": ["application/json": ["schema": schema]],
      ],
      "400": failure("A parameter, the body, or what was imported, must be mended."),
      "401": failure("Nobody has signed in, or the token is not known."),
      "403": failure("This is not for the role, or not for the token."),
      "429": failure(
        "Too much of what was asked before is still being worked on: ask later.",
        ["Retry-After": retryAfter]
      ),
      "503": failure(
        "The server's files cannot be used at the moment.",
        ["Retry-After": retryAfter]
      ),
    ]
    if !changes {
      responses["304"] = ["description": "The answer is the one whose mark If-None-Match gives."]
    }
    for fault in faults {
      switch fault {
      case .notFound: responses["404"] = failure("There is no such thing.")
      case .tooLarge: responses["413"] = failure("The body is more than is taken.")
      }
    }
    return .object(responses)
  }

  /// When to ask again, as every answer says that was refused for now.
  private static let retryAfter: JSONTree = [
    "description": "In so many seconds the same may be asked again.",
    "schema": ["type": "integer", "minimum": 1],
  ]

  private static func failure(
    _ description: String,
    _ headers: [String: JSONTree] = [:]
  ) -> JSONTree {
    var members: [String: JSONTree] = [
      "description": .text(description),
      "content": ["application/json": ["schema": reference("errors")]],
    ]
    if !headers.isEmpty { members["headers"] = .object(headers) }
    return .object(members)
  }
}
