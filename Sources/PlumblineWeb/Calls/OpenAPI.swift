import Foundation
import HTTPTypes
import Hummingbird
import PlumblineCommands
import PlumblineCore

/// The description of the JSON API, made from the table of routes and from the commands behind the
/// questions: it cannot promise what they do not take.
enum OpenAPI {
  /// The description; anyone may read it, for it tells nothing about the workspace.
  static func answer(_ visit: Visit) async throws -> Response {
    Response(
      status: .ok,
      headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: try text()))
    )
  }

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
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Plumbline", "version": .text(Release.number),
        "description": """
        Every question of the command line, asked by an address: the same options, the same \
        JSON. Documentation/json.md says what each key is.
        """,
      ],
      "paths": .object(paths),
      "security": [["token": []], ["session": []]],
      "components": [
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description": "A token of the page Settings; the scope read is enough for questions.",
          ],
          "session": ["type": "apiKey", "in": "cookie", "name": .text(Identification.cookie)],
        ],
        "schemas": ["Errors": errors, "Answer": answer],
      ],
    ]
  }

  private static func operation(of door: QuestionDoor) throws -> JSONTree {
    let schema = try QuestionSchema(of: door)
    return [
      "operationId": .text(door.name),
      "summary": .text(door.summary),
      "description": .text(
        door.namesPeople
          ? "For leadership, for its answer names people of sales."
          : "For everyone who may read; people of sales have pseudonyms but for leadership."
      ),
      "parameters": .list(schema.parameters.map(parameter)),
      "responses": [
        "200": [
          "description": "The answer.",
          "headers": [
            "ETag": [
              "description": "Changes only with the answer.", "schema": ["type": "string"],
            ],
            "Plumbline-Remark": [
              "description": "What else there is to say; may come several times.",
              "schema": ["type": "string"],
            ],
          ],
          "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Answer"]]],
        ],
        "304": ["description": "The answer is the one whose mark If-None-Match gives."],
        "400": failure("A parameter, or what was imported, must be mended."),
        "401": failure("Nobody has signed in, or the token is not known."),
        "403": failure("This is not for the role, or not for the token."),
      ],
    ]
  }

  private static func parameter(_ parameter: QuestionSchema.Parameter) -> JSONTree {
    var schema = parameter.kind.schema
    if parameter.isRepeated { schema = ["type": "array", "items": schema] }
    return [
      "name": .text(parameter.name), "in": "query", "description": .text(parameter.help),
      "required": .flag(parameter.isRequired), "schema": schema,
    ]
  }

  private static func failure(_ description: String) -> JSONTree {
    [
      "description": .text(description),
      "content": ["application/json": ["schema": ["$ref": "#/components/schemas/Errors"]]],
    ]
  }

  private static let answer: JSONTree = [
    "type": "object",
    "required": ["format", "kind"],
    "properties": [
      "format": [
        "type": "integer",
        "description": "Changes only when a key changes its meaning or goes away.",
      ],
      "kind": [
        "type": "string", "description": "Which shape of Documentation/json.md this is.",
      ],
    ],
  ]

  private static let errors: JSONTree = [
    "type": "object",
    "required": ["errors"],
    "additionalProperties": false,
    "properties": [
      "errors": [
        "type": "array",
        "minItems": 1,
        "items": [
          "type": "object",
          "required": ["severity", "code", "message", "file", "line", "column", "remedy"],
          "additionalProperties": false,
          "properties": [
            "severity": ["type": "string", "enum": ["error", "warning"]],
            "code": ["type": "string"],
            "message": ["type": "string"],
            "file": ["type": ["string", "null"]],
            "line": ["type": ["integer", "null"]],
            "column": ["type": ["integer", "null"]],
            "remedy": ["type": ["string", "null"]],
          ],
        ],
      ]
    ],
  ]
}
