import Foundation
import PlumblineYAML

/// Checks values against the keywords of JSON Schema that the agreement's schema uses.
struct SchemaValidator {
  private let root: [String: Any]

  init(_ schema: String) throws {
    let tree = try JSONSerialization.jsonObject(with: Data(schema.utf8))
    root = tree as? [String: Any] ?? [:]
  }

  /// The paths of the values that do not fit.
  func faults(in value: Any) -> [String] { faults(in: value, root, at: "") }

  private static let known: Set<String> = [
    "$schema", "$id", "$defs", "$ref", "title", "description", "examples", "type", "enum",
    "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "items", "properties",
    "required", "additionalProperties", "propertyNames", "anyOf",
  ]

  private func faults(in value: Any, _ schema: Any, at path: String) -> [String] {
    if let isAllowed = schema as? Bool { return isAllowed ? [] : ["\(path): not allowed"] }
    guard let schema = schema as? [String: Any] else { return ["\(path): no schema"] }
    var found = schema.keys.filter { !Self.known.contains($0) }.map { "keyword \($0)" }
    if let reference = schema["$ref"] as? String {
      let name = String(reference.dropFirst("#/$defs/".count))
      let definitions = root["$defs"] as? [String: Any]
      found += faults(in: value, definitions?[name] ?? [], at: path)
    }
    if let type = schema["type"] {
      let types = type as? [String] ?? [type as? String ?? ""]
      if !types.contains(where: { Self.isOf($0, value) }) { return found + ["\(path): type"] }
    }
    if let words = schema["enum"] as? [String], !words.contains(value as? String ?? "") {
      found.append("\(path): enum")
    }
    if let choices = schema["anyOf"] as? [Any],
      !choices.contains(where: { faults(in: value, $0, at: path).isEmpty })
    {
      found.append("\(path): anyOf")
    }
    if let text = value as? String, let pattern = schema["pattern"] as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(path): pattern")
    }
    found += bounds(of: value, schema, at: path)
    if let values = value as? [Any], let items = schema["items"] {
      for (index, value) in values.enumerated() {
        found += faults(in: value, items, at: "\(path)[\(index)]")
      }
    }
    if let members = value as? [String: Any] { found += faults(in: members, schema, at: path) }
    return found
  }

  private func bounds(of value: Any, _ schema: [String: Any], at path: String) -> [String] {
    guard !(value is Bool), let number = value as? Double else { return [] }
    let isWithin =
      (schema["minimum"] as? Double).map { number >= $0 } ?? true
      && (schema["maximum"] as? Double).map { number <= $0 } ?? true
      && (schema["exclusiveMinimum"] as? Double).map { number > $0 } ?? true
      && (schema["exclusiveMaximum"] as? Double).map { number < $0 } ?? true
    return isWithin ? [] : ["\(path): bounds"]
  }

  private func faults(
    in members: [String: Any],
    _ schema: [String: Any],
    at path: String
  ) -> [String] {
    let properties = schema["properties"] as? [String: Any] ?? [:]
    var found = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
      .map { "\(path).\($0): required" }
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      if let names = schema["propertyNames"] {
        found += faults(in: key, names, at: "\(path).\(key) (name)")
      }
      if let property = properties[key] ?? schema["additionalProperties"] {
        found += faults(in: value, property, at: "\(path).\(key)")
      }
    }
    return found
  }

  private static func isOf(_ type: String, _ value: Any) -> Bool {
    switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "null": value is NSNull
    case "boolean": value is Flag
    case "number": value is Double
    case "integer": (value as? Double).map { $0 == $0.rounded() } ?? false
    default: false
    }
  }

  /// A truth value, which is never taken for a number.
  struct Flag { let value: Bool }

  /// A node of YAML as an editor reads it: numbers, truth values and nothing by YAML 1.2's core.
  static func value(of node: YAMLNode) -> Any {
    switch node.content {
    case .list(let nodes): return nodes.map(value)
    case .mapping(let entries):
      return Dictionary(entries.map { ($0.key, value(of: $0.value)) }) { first, _ in first }
    case .scalar(let scalar):
      if scalar.isNull { return NSNull() }
      if scalar.isQuoted { return scalar.text }
      if scalar.text == "true" || scalar.text == "false" {
        return Flag(value: scalar.text == "true")
      }
      let isNumber =
        scalar.text.range(
          of: "^[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
          options: .regularExpression
        ) != nil
      if isNumber, let number = Double(scalar.text) { return number }
      return scalar.text
    }
  }
}
