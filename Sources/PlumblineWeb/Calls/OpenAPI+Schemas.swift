import PlumblineCore
import PlumblineReporting

extension OpenAPI {
  /// A schema for each kind of answer and each part that answers share.
  static let schemas: [String: JSONTree] = {
    var schemas: [String: JSONTree] = ["errors": errors]
    for shape in AnswerShape.kinds { schemas[shape.name] = schema(of: shape, isAnswer: true) }
    for shape in AnswerShape.parts { schemas[shape.name] = schema(of: shape, isAnswer: false) }
    return schemas
  }()

  /// Where a schema is.
  static func reference(_ name: String) -> JSONTree {
    ["$ref": .text("#/components/schemas/\(name)")]
  }

  private static func schema(of shape: AnswerShape, isAnswer: Bool) -> JSONTree {
    var properties: [String: JSONTree] = [:]
    for member in shape.members {
      let schema = schema(of: member.value)
      properties[member.name] =
        member.mayBeNull ? ["anyOf": [schema, ["type": "null"]]] : schema
    }
    var required = shape.members.filter(\.isAlwaysThere).map(\.name)
    if isAnswer {
      properties["format"] = [
        "type": "integer",
        "description": "Changes only when a key changes its meaning or goes away.",
      ]
      properties["kind"] = ["const": .text(shape.name)]
      required += ["format", "kind"]
    }
    return [
      "type": "object", "required": .list(required.sorted().map { .text($0) }),
      "properties": .object(properties),
    ]
  }

  private static func schema(of value: AnswerShape.Value) -> JSONTree {
    switch value {
    case .text: ["type": "string"]
    case .time: ["type": "string", "format": "date-time"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .truth: ["type": "boolean"]
    case .object: ["type": "object"]
    case .shape(let name): reference(name)
    case .list(let value): ["type": "array", "items": schema(of: value)]
    }
  }

  private static var errors: JSONTree {
    [
      "type": "object",
      "required": ["errors"],
      "additionalProperties": false,
      "properties": ["errors": ["type": "array", "minItems": 1, "items": reference("finding")]],
    ]
  }
}
