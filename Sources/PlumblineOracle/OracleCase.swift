public import Foundation
public import PlumblineCore

/// One reference case: a method's name and its input, answered by this program.
public struct OracleCase: Sendable, Decodable {
  /// The method's name, such as `cif`.
  public let method: String
  /// The input.
  public let input: JSONTree

  /// A case.
  public init(method: String, input: JSONTree) {
    self.method = method
    self.input = input
  }

  /// The case in a JSON file's bytes.
  ///
  /// - Throws: `InputError` when the bytes are not a case.
  public init(reading data: Data) throws {
    do {
      self = try JSONDecoder().decode(OracleCase.self, from: data)
    } catch {
      throw InputError(
        code: "oracle.unreadable",
        "the file is not a case: it needs \"method\" and \"input\" in JSON.",
        remedy: "Documentation/commands/oracle.md shows one."
      )
    }
  }

  /// The program's answer.
  ///
  /// - Parameter folder: What paths inside the input are relative to.
  /// - Returns: The answer, with the keys that the method's reference cases expect.
  /// - Throws: `InputError` for an unknown method or an input that does not fit it.
  public func answer(in folder: URL) throws -> JSONTree {
    guard let method = OracleMethods.all[method] else {
      let known = OracleMethods.all.keys.sorted()
      throw InputError(
        code: "oracle.unknown-method",
        "there is no method \"\(self.method)\".",
        remedy: "Known are: \(known.joined(separator: ", "))."
      )
    }
    return try method(OracleInput(input, folder: folder))
  }
}

/// The methods by name, each in the file of its subject.
enum OracleMethods {
  typealias Method = @Sendable (OracleInput) throws -> JSONTree

  static let all: [String: Method] = [
    incidence, comparison, journeys, verdict, work, gap, charts, economics, planning, scoring,
  ].reduce(into: [:]) { all, methods in
    all.merge(methods) { first, _ in first }
  }
}
