public import PlumblineCore
public import Foundation
public import PlumblineOracle

/// An input with its expected answer, from the reference data beside the repository.
///
/// A number agrees when it differs by at most abs + rel · |expected|, with the tolerance whose
/// pattern fits the value's path most closely; everything else must be equal. Values that the
/// answer has beyond the expected ones are ignored.
public struct ReferenceCase: Sendable, Decodable, CustomStringConvertible {
  /// The name, which is the file's name without its ending.
  public let id: String
  /// The method and its input, to be answered.
  public var oracle: OracleCase { OracleCase(method: method, input: input) }
  private let method: String
  /// The input.
  public let input: JSONTree
  /// The answer to agree with.
  public let expected: JSONTree
  private let tolerance: [String: Tolerance]

  private struct Tolerance: Sendable, Decodable {
    let abs: Double?
    let rel: Double?
  }

  /// The name, shown as the argument of a test.
  public var description: String { id }

  /// The folder of the reference data for statistics; paths in inputs are relative to it.
  public static let folder = Repository.root.deletingLastPathComponent()
    .appending(path: "shared/data/stats", directoryHint: .isDirectory)

  /// Whether the reference data are there; they are not part of the repository.
  public static var areAvailable: Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: "cases").path())
  }

  /// What a skipped test says.
  public static let absenceNote = "the reference data are not beside this repository"

  /// The cases whose name starts with a prefix, by name; none where the data are absent.
  ///
  /// - Parameter prefix: The start of the name, such as `cif-`.
  /// - Returns: The cases.
  /// - Throws: When a file cannot be read as a case.
  public static func load(prefix: String) throws -> [ReferenceCase] {
    guard areAvailable else { return [] }
    return try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "cases"),
      includingPropertiesForKeys: nil
    )
    .filter { $0.lastPathComponent.hasPrefix(prefix) && $0.pathExtension == "json" }
    .sorted { $0.lastPathComponent < $1.lastPathComponent }
    .map { try JSONDecoder().decode(ReferenceCase.self, from: Data(contentsOf: $0)) }
  }

  /// Everything in which an answer differs from the expected one; empty when they agree.
  public func differences(from answer: JSONTree) -> [String] {
    var found: [String] = []
    compare(expected, answer, at: [], into: &found)
    return found
  }

  private func compare(
    _ expected: JSONTree,
    _ answer: JSONTree,
    at path: [String],
    into found: inout [String]
  ) {
    let place = path.isEmpty ? "the answer" : path.joined(separator: ".")
    switch (expected, answer) {
    case (.object(let members), .object):
      for name in members.keys.sorted() {
        compare(expected[name], answer[name], at: path + [name], into: &found)
      }
    case (.list(let wanted), .list(let given)) where wanted.count == given.count:
      for (index, pair) in zip(wanted, given).enumerated() {
        compare(pair.0, pair.1, at: path + ["\(index)"], into: &found)
      }
    case (.list(let wanted), .list(let given)):
      found.append("\(place): expected \(wanted.count) values, got \(given.count)")
    case (.number(let wanted), .number(let given)):
      let allowed = tolerance(at: path)
      let limit = (allowed?.abs ?? 0) + (allowed?.rel ?? 0) * abs(wanted)
      // Written so that a NaN fails.
      if !(abs(given - wanted) <= limit) {
        found.append("\(place): expected \(wanted), got \(given) (allowed \(limit))")
      }
    default:
      if expected != answer { found.append("\(place): expected \(expected), got \(answer)") }
    }
  }

  /// The tolerance with the most specific pattern: long ones first, then those with fewer stars.
  private func tolerance(at path: [String]) -> Tolerance? {
    var best = tolerance["default"]
    var highest = -1
    for (pattern, candidate) in tolerance where pattern != "default" {
      let steps = pattern.split(separator: ".")
      guard steps.count <= path.count,
        zip(steps, path).allSatisfy({ $0 == "*" || $0 == $1 })
      else { continue }
      let score = 2 * steps.count - steps.count { $0 == "*" }
      if score > highest { (best, highest) = (candidate, score) }
    }
    return best
  }
}
