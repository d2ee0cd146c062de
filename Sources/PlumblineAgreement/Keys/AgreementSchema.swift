/// The agreement file's form as JSON Schema, for editors that complete and check while one writes.
///
/// - SeeAlso: JSON Schema, draft 2020-12, <https://json-schema.org/draft/2020-12>.
public enum AgreementSchema {
  /// The schema as JSON, ending in a line break.
  ///
  /// It describes the forms of keys and values. What one part of the file says about another, and
  /// words such as `4 working hours` within their bounds, the reader alone can judge. Numbers are to
  /// be written without quotes.
  public static let text: String = {
    let root = object(of: AgreementKeys.top)
    guard case .object(let members) = root else { return "" }
    let head: [(String, SchemaJSON)] = [
      ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      ("$id", .string("https://plumbline.example/agreement.schema.json")),
      ("title", .string("agreement.yaml, format 1")),
      ("description", .string("What marketing and sales agreed.")),
    ]
    let definitions = AgreementKeys.all.dropFirst().map { (name(of: $0), object(of: $0)) }
    return SchemaJSON.object(head + members + [("$defs", .object(definitions))]).text() + "\n"
  }()

  private static func object(of section: AgreementKeys.Section) -> SchemaJSON {
    var members: [(String, SchemaJSON)] = [("type", .string("object"))]
    members.append(
      (
        "properties",
        .object(
          section.keys.map { key in
            (key.name, described(schema(of: key.form), key.meaning))
          }
        )
      )
    )
    let required = section.keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(("required", .list(required.map(SchemaJSON.string)))) }
    members.append(
      ("additionalProperties", section.others.map(schema) ?? .flag(false))
    )
    return .object(members)
  }

  private static func name(of section: AgreementKeys.Section) -> String {
    section.name.lowercased().split(separator: " ").joined(separator: "_")
  }

  private static func described(_ schema: SchemaJSON, _ meaning: String) -> SchemaJSON {
    guard case .object(let members) = schema else { return schema }
    return .object([("description", .string(meaning))] + members)
  }

  private static let anyScalar = SchemaJSON.list(
    ["string", "number", "boolean"].map(SchemaJSON.string)
  )

  private static func schema(of form: KeyForm) -> SchemaJSON {
    switch form {
    case .text: return .object([("type", anyScalar)])
    case .filledText: return .object([("type", anyScalar), ("pattern", .string("\\S"))])
    case .form(let pattern, let example):
      return .object([
        ("type", .string("string")), ("pattern", .string(pattern)),
        ("examples", .list([.string(example)])),
      ])
    case .word(let words): return .object([("enum", .list(words.map(SchemaJSON.string)))])
    case .flag: return .object([("type", .string("boolean"))])
    case .integer(let range):
      return .object([
        ("type", .string("integer")), ("minimum", .number("\(range.lowerBound)")),
        ("maximum", .number("\(range.upperBound)")),
      ])
    case .decimal(let range):
      return .object([
        ("type", .string("number")),
        (range.includesLow ? "minimum" : "exclusiveMinimum", .number(range.low.wholeDigits)),
        (range.includesHigh ? "maximum" : "exclusiveMaximum", .number(range.high.wholeDigits)),
      ])
    case .list(let form):
      return .object([("type", .string("array")), ("items", schema(of: form))])
    case .mapping(let keys, let values):
      return .object([
        ("type", .string("object")), ("propertyNames", schema(of: keys)),
        ("additionalProperties", schema(of: values)),
      ])
    case .section(let section):
      return .object([("$ref", .string("#/$defs/\(name(of: section))"))])
    case .nothing: return .object([("type", .string("null"))])
    case .anything: return .object([])
    case .either(let forms): return .object([("anyOf", .list(forms.map(schema)))])
    }
  }
}

/// JSON with its members in the order given.
private indirect enum SchemaJSON {
  case object([(String, SchemaJSON)])
  case list([SchemaJSON])
  case string(String)
  case number(String)
  case flag(Bool)

  func text(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent + 2)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { key, value in
        "\n\(margin)\(Self.quoted(key)): \(value.text(indent: indent + 2))"
      }
      return "{\(lines.joined(separator: ","))\(end)}"
    case .list(let values):
      let isPlain = values.allSatisfy { value in
        if case .object = value { false } else { true }
      }
      if isPlain { return "[\(values.map { $0.text() }.joined(separator: ", "))]" }
      let lines = values.map { "\n\(margin)\($0.text(indent: indent + 2))" }
      return "[\(lines.joined(separator: ","))\(end)]"
    case .string(let text): return Self.quoted(text)
    case .number(let digits): return digits
    case .flag(let flag): return flag ? "true" : "false"
    }
  }

  /// A text of printable ASCII in quotes; the schema holds no other.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Double {
  /// The digits of a whole number within 64 bits.
  fileprivate var wholeDigits: String { "\(Int64(self))" }
}
