import Foundation
import PlumblineCore
import PlumblineReporting

/// Holds an answer against its shape, both ways.
enum ShapeCheck {
  /// What does not fit: keys that are not described, keys that are and are not there, other types.
  static func faults(_ json: String, _ kinds: [String]) throws -> [String] {
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(json.utf8))
    guard let kind = tree["kind"].text, kinds.contains(kind), let shape = AnswerShape.of(kind)
    else { return ["the kind \(tree["kind"])"] }
    guard tree["format"].integer != nil else { return ["no format"] }
    return faults(tree, shape, at: kind, besides: ["format", "kind"])
  }

  private static func faults(
    _ tree: JSONTree,
    _ shape: AnswerShape,
    at path: String,
    besides known: Set<String> = []
  ) -> [String] {
    guard case .object(let members) = tree else { return ["\(path) is no object"] }
    let described = Set(shape.members.map(\.name)).union(known)
    var faults = Set(members.keys).subtracting(described).sorted().map {
      "\(path).\($0) is not described"
    }
    for member in shape.members {
      let place = "\(path).\(member.name)"
      guard let value = members[member.name] else {
        if member.isAlwaysThere { faults.append("\(place) is not there") }
        continue
      }
      if value == .null {
        if !member.mayBeNull { faults.append("\(place) is null") }
      } else {
        faults += mismatches(value, member.value, at: place)
      }
    }
    return faults
  }

  private static func mismatches(
    _ tree: JSONTree,
    _ value: AnswerShape.Value,
    at path: String
  ) -> [String] {
    let fits: Bool
    switch (value, tree) {
    case (.shape(let name), _):
      guard let shape = (AnswerShape.parts + AnswerShape.kinds).first(where: { $0.name == name })
      else { return ["\(path): there is no shape \(name)"] }
      let isAnswer = AnswerShape.of(name) != nil
      return faults(tree, shape, at: path, besides: isAnswer ? ["format", "kind"] : [])
    case (.list(let item), .list(let values)):
      return values.enumerated().flatMap { mismatches($1, item, at: "\(path)[\($0)]") }
    case (.text, .text), (.number, .number), (.truth, .flag), (.object, .object): fits = true
    case (.time, .text(let text)):
      fits = text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/) != nil
    case (.integer, .number): fits = tree.integer != nil
    default: fits = false
    }
    return fits ? [] : ["\(path) is \(tree)"]
  }
}
