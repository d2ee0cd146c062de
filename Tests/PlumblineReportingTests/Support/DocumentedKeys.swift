import PlumblineCore
import Foundation
import PlumblineOracle
import PlumblineTestSupport
import Testing

/// Compares the keys of a JSON answer with those that `Documentation/json.md` explains.
struct DocumentedKeys {
  /// The section of the answer.
  let section: String
  /// The section of a shape that is explained once, by the last step of the paths where it stands.
  var shapes: [String: String] = [:]

  private static let common = [
    "agreement": "agreement", "question": "question", "horizons[]": "horizon",
  ]

  /// Every key that is written is explained, and, where the texts show all there is, every key that
  /// is explained is written.
  func check(_ texts: [String]) throws {
    var written: [String: Set<String>] = [section: []]
    for text in texts {
      var found: Set<String> = []
      collect(try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)), at: "", into: &found)
      for key in found {
        let (shape, rest) = owner(of: key)
        written[shape, default: []].insert(rest)
      }
    }
    for (shape, keys) in written {
      let documented = try Self.documented(shape)
      let missing = keys.subtracting(documented).sorted()
      #expect(missing.isEmpty, "Documentation/json.md, \(shape), lacks: \(missing)")
      guard shape == section || shapes.values.contains(shape) else { continue }
      let stale = documented.subtracting(keys).sorted()
      #expect(stale.isEmpty, "Documentation/json.md, \(shape), has no longer: \(stale)")
    }
  }

  private func collect(_ tree: JSONTree, at path: String, into found: inout Set<String>) {
    switch tree {
    case .object(let members):
      for (name, value) in members {
        let key = path.isEmpty ? name : "\(path).\(name)"
        found.insert(key)
        collect(value, at: key, into: &found)
      }
    case .list(let values):
      for value in values { collect(value, at: "\(path)[]", into: &found) }
    default: break
    }
  }

  private func owner(of key: String) -> (String, String) {
    let steps = key.split(separator: ".").map(String.init)
    for index in steps.indices.dropLast().reversed() {
      guard let shape = shapes[steps[index]] ?? Self.common[steps[index]] else { continue }
      return (shape, steps[(index + 1)...].joined(separator: "."))
    }
    return (section, key)
  }

  /// The keys that a section explains.
  private static func documented(_ section: String) throws -> Set<String> {
    let file = Repository.root.appending(path: "Documentation/json.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "## `\(section)`\n"), "no section \(section)")
    let rest = text[start.upperBound...]
    let end = rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex
    return Set(rest[..<end].matches(of: /\| `([a-z_.\[\]]+)` \|/).map { String($0.1) })
  }
}
