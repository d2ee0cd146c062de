import Foundation
import PlumblineCore
import PlumblineYAML

/// JSON of which there is exactly one spelling: keys in a fixed order, two blanks a level, no escapes
/// but those of `"` and `\`, a line feed at the end.
///
/// A file in any other spelling is refused, so that no byte of it can change unnoticed.
indirect enum CanonicalJSON {
  case null
  case number(Int)
  case text(String)
  case list([CanonicalJSON])
  case object([(key: String, value: CanonicalJSON)])

  /// The bytes of a whole file.
  var fileBytes: [UInt8] { Array((text(indent: "") + "\n").utf8) }

  private func text(indent: String) -> String {
    switch self {
    case .null: return "null"
    case .number(let number): return String(number)
    case .text(let text):
      return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .list(let values):
      return Self.block("[", values.map { $0.text(indent: indent + "  ") }, "]", indent)
    case .object(let members):
      let lines = members.map { member in
        "\"\(member.key)\": \(member.value.text(indent: indent + "  "))"
      }
      return Self.block("{", lines, "}", indent)
    }
  }

  private static func block(
    _ open: String,
    _ lines: [String],
    _ close: String,
    _ indent: String
  ) -> String {
    guard !lines.isEmpty else { return open + close }
    return "\(open)\n" + lines.map { "\(indent)  \($0)" }.joined(separator: ",\n")
      + "\n\(indent)\(close)"
  }

  /// What a file says, if it is written as this program writes it.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - parse: What the file's JSON means; nil where it means nothing.
  ///   - spelled: The one spelling of what was read.
  /// - Returns: What the file holds.
  /// - Throws: `InputError` when it holds something else, or spells it otherwise.
  static func read<Wire: Decodable, Value>(
    _ file: AgreementFile,
    parse: (Wire) -> Value?,
    spelled: (Value) -> CanonicalJSON
  ) throws(InputError) -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let wire = try? decoder.decode(Wire.self, from: Data(file.bytes)),
      let value = parse(wire)
    else { throw malformed(file, line: nil) }
    let other = AgreementFile(path: file.path, bytes: spelled(value).fileBytes)
    if let line = file.firstDifference(from: other) { throw malformed(file, line: line) }
    return value
  }

  private static func malformed(_ file: AgreementFile, line: Int?) -> InputError {
    InputError(
      code: "signature.file-damaged",
      "the file is not as plumbline wrote it.",
      at: Diagnostic.Location(file: file.path, line: line, column: line == nil ? nil : 1),
      remedy: "Put back the file as it was; it is not to be edited by hand."
    )
  }
}

extension String {
  /// Whether a text may stand in a signed line: it has something to show, at most 200 characters,
  /// and nothing that breaks a line or hides the order of its letters.
  var isSignable: Bool {
    !isEmpty && unicodeScalars.count <= 200 && first?.isWhitespace == false
      && last?.isWhitespace == false
      && unicodeScalars.allSatisfy { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: !scalar.properties.isBidiControl
        }
      }
  }
}
