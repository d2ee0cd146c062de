import PlumblineCore

/// The head of a part of a form: the name of its field and, for a file, the name that the browser
/// gives it.
struct MultipartHead: Hashable, Sendable {
  /// The name of the field.
  let name: String
  /// The file's name as it was sent, which is nothing but a label; nil for a field of text.
  let fileName: String?

  /// Reads a head; nil when it is none that a form sends.
  ///
  /// - Parameter bytes: Its lines, without the blank line at its end.
  init?(_ bytes: some Collection<UInt8>) {
    guard let text = String(validating: bytes, as: UTF8.self), MarkRun.isShort(in: text) else {
      return nil
    }
    var disposition: [String: String]?
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
    guard lines.count <= 16 else { return nil }
    for line in lines {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      guard line[..<colon].lowercased() == "content-disposition" else { continue }
      let parameters = MultipartHead.parameters(line[line.index(after: colon)...])
      guard disposition == nil, parameters?[""]?.lowercased() == "form-data" else { return nil }
      disposition = parameters
    }
    guard let disposition, let name = disposition["name"], !name.isEmpty else { return nil }
    self.name = name
    fileName = disposition["filename"]
  }

  /// The boundary that a content type names.
  ///
  /// - Parameter type: The value of the field `Content-Type`.
  /// - Returns: The boundary; nil when it is not that of a form with files, or names none that
  ///   RFC 2046 allows.
  static func boundary(ofType type: String?) -> String? {
    guard let type, let parameters = parameters(type[...]),
      parameters[""]?.lowercased() == "multipart/form-data", let boundary = parameters["boundary"],
      (1...70).contains(boundary.utf8.count), boundary.last != " ",
      boundary.unicodeScalars.allSatisfy({ scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "'()+_,-./:=? ".unicodeScalars.contains(scalar))
      })
    else { return nil }
    return boundary
  }

  /// A value and its parameters, the value itself under the empty name; nil when they cannot be
  /// read or one comes twice.
  private static func parameters(_ text: Substring) -> [String: String]? {
    var found: [String: String] = [:]
    var rest = text
    let value = rest.prefix { $0 != ";" }
    found[""] = value.trimmed
    rest = rest[value.endIndex...]
    while rest.first == ";" {
      rest = rest.dropFirst()
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest[name.endIndex...]
      guard rest.first == "=" else {
        if name.trimmed.isEmpty { continue }
        return nil
      }
      rest = rest.dropFirst()
      guard let value = rest.first == "\"" ? quoted(&rest) : token(&rest),
        found.updateValue(value, forKey: name.trimmed.lowercased()) == nil
      else { return nil }
    }
    return rest.isEmpty ? found : nil
  }

  private static func token(_ rest: inout Substring) -> String? {
    let value = rest.prefix { $0 != ";" }
    rest = rest[value.endIndex...]
    return value.trimmed
  }

  /// A quoted text.
  ///
  /// A backslash stands for itself unless a quotation mark follows, as in the paths that old
  /// browsers send.
  private static func quoted(_ rest: inout Substring) -> String? {
    var value = ""
    rest = rest.dropFirst()
    while let character = rest.popFirst() {
      if character == "\"" {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        return value.replacing("%22", with: "\"")
      }
      if character == "\\", rest.first == "\"" {
        value.append("\"")
        rest = rest.dropFirst()
      } else {
        value.append(character)
      }
    }
    return nil
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let start = drop { $0 == " " || $0 == "\t" }
    let end = start.lastIndex { $0 != " " && $0 != "\t" }
    return end.map { String(start[...$0]) } ?? ""
  }
}
