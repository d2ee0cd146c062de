public import PlumblineCore

extension QuestionSchema.Kind {
  /// The JSON Schema of a value, for the API's description and for assistants' tools.
  public var schema: JSONTree {
    switch self {
    case .text: ["type": "string"]
    case .truth: ["type": "boolean"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .choice(let values): ["type": "string", "enum": .list(values.map { .text($0) })]
    }
  }
}
